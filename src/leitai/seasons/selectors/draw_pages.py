"""What the pages of a draw show, and its record as it is downloaded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext as _

from leitai.base.actor import Actor
from leitai.base.words import clauses, listed, placed
from leitai.kernel import draw as lots
from leitai.kernel import draw_hand, draw_manifest
from leitai.ledger.acts import title_of
from leitai.ledger.models import LedgerEntry
from leitai.seasons import rules
from leitai.seasons.enums import AbsentRule, DrawKind, DrawRole, DrawSource, DrawState
from leitai.seasons.models import Draw, DrawCall, DrawParty
from leitai.seasons.selectors.draw_names import Face, faces_of
from leitai.seasons.selectors.drawing import calls_of, steps_of
from leitai.seasons.selectors.seasons import host_path


@dataclass(frozen=True, slots=True)
class Row:
    """A place of the order: number, id, name, unit, and the lot that gave it (None by hand)."""

    place: int
    code: str
    name: str
    unit: str
    step: lots.Step | None = None
    number: int | None = None
    absent: bool = False


@dataclass(frozen=True, slots=True)
class PartyLine:
    party: DrawParty
    mine: bool


@dataclass(frozen=True, slots=True)
class Event:
    at: datetime
    title: str
    seq: int
    digest: str


@dataclass(frozen=True, slots=True)
class CallLine:
    """A line of a hand draw; `mended` where a later line took its place."""

    call: DrawCall
    name: str
    mended: bool


@dataclass(frozen=True, slots=True)
class DrawPage:
    draw: Draw
    rows: tuple[Row, ...]
    listed: tuple[tuple[str, str], ...]
    parties: tuple[PartyLine, ...]
    events: tuple[Event, ...]
    calls: tuple[CallLine, ...]
    waiting: tuple[tuple[str, str], ...]  # of a hand draw: who has no number yet
    source: str
    reveal_by: datetime | None
    source_at: datetime | None
    absent: str
    rules: tuple[str, ...]
    may_run: bool
    may_approve: bool
    full: bool  # a hand draw in which everybody is keyed
    at: datetime

    @property
    def hand(self) -> bool:
        return self.draw.kind == DrawKind.HAND

    @property
    def units(self) -> bool:
        """Whether any place has a unit to show: teams and free texts have none."""
        return any(row.unit for row in self.rows)

    @property
    def committed(self) -> bool:
        return self.draw.kind == DrawKind.COMMITTED

    @property
    def standing(self) -> list[CallLine]:
        """Of a hand draw: the calls that count, by number; who waits for one stands last."""
        held = [line for line in self.calls if not line.mended and not line.call.void]
        return sorted(held, key=lambda line: (line.call.number is None, line.call.number or 0))

    @property
    def last(self) -> CallLine | None:
        """The call that was keyed last and still counts."""
        return max(self.standing, key=lambda line: line.call.seq, default=None)

    @property
    def late(self) -> bool:
        """Nobody can go on: a secret was not shown in time."""
        return (
            self.draw.state in {DrawState.COMMITTED, DrawState.FROZEN}
            and self.reveal_by is not None
            and self.at > self.reveal_by
        )


def draw_page(actor: Actor, draw: Draw, *, at: datetime) -> DrawPage:
    """The whole page, for the desk and for the public alike."""
    faces = faces_of(draw)
    names = {code: face.name for code, face in faces.items()}
    plan = draw.manifest or {}
    calls = tuple(_calls(draw, names))
    held = {line.call.member for line in calls if not line.mended and not line.call.void}
    host = host_path(draw.season)
    season = draw.season.code
    waiting = tuple((code, names.get(code, code)) for code in draw.pool if code not in held)
    speaks = rules.can_speak_for
    return DrawPage(
        draw=draw,
        rows=tuple(_rows(draw, faces)),
        listed=tuple((code, names.get(code, code)) for code in draw.pool),
        parties=tuple(
            PartyLine(one, speaks(actor, one.role, one.account, season, host))
            for one in draw.parties.all()
        ),
        events=tuple(_events(draw)),
        calls=calls,
        waiting=waiting,
        source=str(DrawSource(plan["source"]["kind"]).label) if plan else "",
        reveal_by=datetime.fromisoformat(plan["reveal_by"]) if plan else None,
        source_at=datetime.fromisoformat(plan["source"]["at"]) if plan else None,
        absent=str(AbsentRule(draw.absent_rule).label) if draw.absent_rule else "",
        rules=tuple(_rules(draw, names)),
        may_run=rules.can_run_office(actor, season, host),
        may_approve=bool(draw.abort_asked_by)
        and draw.abort_asked_by != actor.account
        and draw.state not in {DrawState.ABORTED, DrawState.DRAWN}
        and speaks(actor, DrawRole.SUPERVISOR, "", season, host),
        full=draw.kind == DrawKind.HAND and not waiting,
        at=at,
    )


def draw_record(draw: Draw) -> dict[str, Any]:
    """The record as it is downloaded; `docs/formats/draw.md` has every field."""
    common = {
        "format": "leitai-draw",
        "kind": draw.kind,
        "state": draw.state,
        "season": draw.season.code,
        "purpose": draw.purpose,
        "draw_id": f"{draw.season.code}/draw/{draw.number}",
        "list": draw.roster,
        "order": draw.outcome,
        "events": [
            {"act": entry.act, "at": _second(entry.at), "seq": entry.seq, "digest": _hex(entry)}
            for entry in _entries(draw)
        ],
        "aborted": {"reason": draw.abort_reason} if draw.state == DrawState.ABORTED else None,
        "replaces": f"{draw.season.code}/draw/{draw.replaces.number}" if draw.replaces else "",
    }
    parts = {
        DrawKind.COMMITTED: _committed,
        DrawKind.SIMPLE: _simple,
        DrawKind.HAND: _hand,
    }
    return common | parts[DrawKind(draw.kind)](draw)


def _committed(draw: Draw) -> dict[str, Any]:
    shown = [party for party in draw.parties.all() if party.secret]
    public = draw.public and draw.public | {"witnesses": _witnesses(draw)}
    return {
        "manifest": draw.manifest,
        "manifest_hash": draw.manifest_hash,
        "list_hash": draw.roster_hash,
        "reveals": [
            {
                "role": one.role,
                "secret": one.secret,
                "at": _second(one.revealed_at) if one.revealed_at else "",
            }
            for one in shown
        ],
        "public": public,
        "key": draw.key,
        "attempt": draw.attempt,
        "relaxed": draw.relaxed,
        "steps": _steps(draw),
    }


def _simple(draw: Draw) -> dict[str, Any]:
    return {"pool": draw.pool, "key": draw.key, "steps": _steps(draw)}


def _hand(draw: Draw) -> dict[str, Any]:
    return {
        "pool": draw.pool,
        "absent_rule": draw.absent_rule,
        "calls": [
            {
                "seq": one.seq,
                "member": one.member,
                "number": one.number,
                "absent": one.absent,
                "corrects": one.corrects,
                "void": one.void,
                "reason": one.reason,
                "by": one.recorded_name,
                "at": _second(one.at),
            }
            for one in draw.calls.all()
        ],
        "witnesses": _witnesses(draw),
    }


def _witnesses(draw: Draw) -> list[Mapping[str, str]]:
    return [{"name": one["name"], "post": one["post"]} for one in draw.witnesses]


def _steps(draw: Draw) -> list[dict[str, Any]]:
    return [
        {
            "digest": one.digest,
            "remaining": one.remaining,
            "index": one.index,
            "drawn": one.drawn,
        }
        for one in steps_of(draw)
    ]


def _entries(draw: Draw) -> list[LedgerEntry]:
    entries = LedgerEntry.objects.filter(chain=draw.season.code, subject=f"draw:{draw.pk}")
    return list(entries.order_by("seq"))


def _events(draw: Draw) -> list[Event]:
    return [
        Event(entry.at, title_of(entry.act), entry.seq, _hex(entry)) for entry in _entries(draw)
    ]


def _rows(draw: Draw, faces: Mapping[str, Face]) -> list[Row]:
    if draw.state != DrawState.DRAWN:
        return []
    if draw.kind == DrawKind.HAND:
        calls = calls_of(draw)
        given = draw_hand.numbers(draw.pool, calls, draw.absent_rule)
        absent = {call.member for call in draw_hand.standing(calls) if call.absent}
        return [
            Row(place, code, *_face(faces, code), None, given[code], code in absent)
            for place, code in enumerate(draw.outcome, start=1)
        ]
    return [
        Row(place, step.drawn, *_face(faces, step.drawn), step)
        for place, step in enumerate(steps_of(draw), start=1)
    ]


def _face(faces: Mapping[str, Face], code: str) -> Face:
    return faces.get(code, Face(code, ""))


def _calls(draw: Draw, names: Mapping[str, str]) -> list[CallLine]:
    if draw.kind != DrawKind.HAND:
        return []
    calls = list(draw.calls.order_by("seq"))
    mended = {call.corrects for call in calls if call.corrects is not None}
    return [
        CallLine(call, names.get(call.member, call.member), call.seq in mended) for call in calls
    ]


def _rules(draw: Draw, names: Mapping[str, str]) -> list[str]:
    """The constraints as people read them, by name."""
    found = []
    for plain in (draw.manifest or {}).get("constraints", []):
        one = draw_manifest.read_constraint(plain)
        groups = clauses(listed(names.get(code, code) for code in group) for group in one.groups)
        said = _("不排在第一") if one.kind == "not_first" else _("同一组的互不相邻")
        found.append(placed(said, groups))
    return found


def _second(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _hex(entry: LedgerEntry) -> str:
    return bytes(entry.digest).hex()
