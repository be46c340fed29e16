"""What a ruling may change, worked out as data: read from a form, put in words, carried out.

The room that owns a fact changes it: scores and entries are the seasons' room's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from leitai.base.actor import Actor, AppointmentRef, system
from leitai.base.words import listed
from leitai.kernel.errors import DomainError
from leitai.notices.enums import EffectKind
from leitai.people.enums import Role
from leitai.results import services as results
from leitai.rulebook import numbers
from leitai.rulebook.model import Rulebook
from leitai.seasons import selectors as seasons
from leitai.seasons.enums import REPLAYED, EntryState, ScoreState, ScoreStatus
from leitai.seasons.models import Entry, Score, Season
from leitai.seasons.services import NewScore, OtherMark, correct_scores, withdraw_entry
from leitai.seasons.services.restoring import restore_entry

HOUSE = system("ruling")  # the officers decided; the house writes
Plain = Mapping[str, Any]
MOST_ENTRIES = 20
_BETWEEN = re.compile(r"[\s,，、;；]+")
VOIDING = (EffectKind.VOID, EffectKind.REPLAY)
GONE = (EntryState.WITHDRAWN, EntryState.REFUSED)


@dataclass(frozen=True, slots=True)
class Mark:
    """An entry's score as a ruling may correct it: value and tie keys as people write them."""

    event: str
    title: str
    value: str
    status: str
    keys: tuple[tuple[str, str, str], ...]  # name, title, value


def find_entry(season: Season, stage: str, code: str) -> Entry:
    """Whatever its state: who withdrew may be put back. Raises DomainError("entry_unknown")."""
    found = (
        Entry.objects.filter(stage__season=season, stage__code=stage, code=code.strip())
        .select_related("person", "delegation", "stage")
        .first()
    )
    if found is None:
        raise DomainError("entry_unknown", entry=code)
    return found


def find_entries(season: Season, stage: str, codes: str) -> list[Entry]:
    """Those of a text with several codes, each once, as they are named; raises DomainError."""
    wanted = list(dict.fromkeys(_BETWEEN.split(codes.strip())))
    if len(wanted) > MOST_ENTRIES:
        raise DomainError("ruling_entries_many", most=MOST_ENTRIES, count=len(wanted))
    return [find_entry(season, stage, code) for code in wanted if code]


def box(place: int, name: str) -> str:
    """How a box of the form is called: those of the first entry by their plain names."""
    return name if place == 0 else f"{place + 1}-{name}"


def marks_of(season: Season, entry: Entry) -> list[Mark]:
    """The scores that stand now, in the order of the stage's events."""
    law = seasons.rulebook_of(season)
    held = {score.event: score for score in _current(entry)}
    found = []
    for code in law.stages[entry.stage.code].events:
        score, event = held.get(code), law.events[code]
        if score is None:
            continue
        keys = tuple(
            (name, key.title, _shown(score.keys.get(name), key.decimals))
            for name, key in event.keys.items()
        )
        value = _shown(_figure(score), score.decimals)
        found.append(Mark(code, event.title, value, score.status, keys))
    return found


def score_effect(
    season: Season, entry: Entry, event: str, value: str, keys: Mapping[str, str]
) -> dict[str, Any]:
    """A correction with the values before it; raises DomainError where it changes nothing."""
    law = seasons.rulebook_of(season)
    held = next((score for score in _current(entry) if score.event == event), None)
    told = law.events.get(event)
    title = told.title if told else event
    if held is None or told is None:
        raise DomainError("ruling_score_none", entry=entry.code, event=title)
    new = _scaled(value, told.decimals, title)
    held_keys = dict(held.keys)
    new_keys = held_keys | {
        name: _scaled(text, key.decimals, key.title)
        for name, key in told.keys.items()
        if (text := keys.get(name, "").strip())
    }
    if (new, new_keys) == (_figure(held), held_keys) and held.status == ScoreStatus.OK:
        raise DomainError("ruling_score_same", entry=entry.code, event=title)
    return {
        **_about(EffectKind.SCORE, entry),
        "event": event,
        "decimals": told.decimals,
        "before": [_figure(held), held_keys, held.status],
        "after": [new, new_keys],
    }


def entry_effect(kind: str, entry: Entry) -> dict[str, Any]:
    """Void, withdraw or put back an entry; raises DomainError where it changes nothing."""
    if kind not in EffectKind.values:
        raise DomainError("ruling_effect_unknown", kind=kind)
    gone = entry.state in GONE
    if (kind == EffectKind.RESTORE) != gone:
        code = "ruling_restore_none" if kind == EffectKind.RESTORE else "entry_unknown"
        raise DomainError(code, entry=entry.code)
    if kind == EffectKind.WITHDRAW and _current(entry):
        raise DomainError("ruling_withdraw_scored", entry=entry.code)
    if kind == EffectKind.REPLAY and not _current(entry):
        raise DomainError("ruling_replay_none", entry=entry.code, stage=entry.stage.title)
    return {**_about(EffectKind(kind), entry), "before": entry.state}


def stages_of(effects: Iterable[Plain]) -> tuple[str, ...]:
    """The stages that effects touch, each once."""
    return tuple(dict.fromkeys(str(one["stage"]) for one in effects))


def lines_of(season: Season, effects: Sequence[Plain]) -> list[str]:
    """One sentence an effect. Raises DomainError("ruling_score_moved") where another stands now."""
    law = seasons.rulebook_of(season)
    return [_line(season, law, one) for one in effects]


def preview_of(season: Season, effects: Sequence[Plain]) -> list[str]:
    """Who would rise and fall: worked out by the results' room, on copies."""
    found: list[str] = []
    for stage in stages_of(effects):
        changes = [_change(one) for one in effects if one["stage"] == stage]
        known = [change for change in changes if change is not None]
        if known:
            told = results.preview_change(season=season, stage=stage, changes=known)
            found += told.lines()
    return found


def carry_out(
    season: Season, effects: Sequence[Plain], *, source: str, by: str, at: datetime
) -> None:
    """Through the seasons' services, in the caller's transaction; `source` is "objection:7".

    `by` says who ruled and on whose approval. Whoever leaves or comes back does so first: then all
    marks change in one go, and the results are computed anew once.
    """
    house = _house(season, by)
    marks: list[OtherMark] = []
    for one in effects:
        kind = EffectKind(one["kind"])
        if kind == EffectKind.SCORE:
            value, keys = one["after"]
            score = NewScore(one["entry"], value, one["decimals"], source, keys)
            marks.append(OtherMark(one["stage"], one["event"], score, one["track"]))
        elif kind in VOIDING:
            marks += _voided(season, one, source)
        else:
            _move(season, house, one, source, at)
    if marks:
        correct_scores(actor=house, season=season, marks=marks, reason=_reason(source), at=at)


def _change(one: Plain) -> results.MarkChange | results.Voiding | results.Withdrawal | None:
    if one["kind"] == EffectKind.SCORE:
        value, keys = one["after"]
        return results.MarkChange(
            one["track"], one["event"], one["entry"], value, one["decimals"], keys=keys
        )
    if one["kind"] in VOIDING:
        return results.Voiding(one["track"], one["entry"])
    if one["kind"] == EffectKind.WITHDRAW:
        return results.Withdrawal(one["track"], one["entry"], one["stage"])
    return None


def _line(season: Season, law: Rulebook, one: Plain) -> str:
    entry = find_entry(season, one["stage"], one["entry"])
    named = {"entry": entry.code, "name": entry.name, "stage": entry.stage.title}
    if one["kind"] != EffectKind.SCORE:
        label = EffectKind(one["kind"]).label
        return _("%(stage)s%(entry)s%(name)s：%(label)s。") % {**named, "label": label}
    event = law.events[one["event"]]
    held = next((score for score in _current(entry) if score.event == one["event"]), None)
    before, keys_before, _status = one["before"]
    now = [] if held is None else [_figure(held), dict(held.keys)]
    if now not in ([before, keys_before], one["after"]):
        raise DomainError("ruling_score_moved", entry=entry.code, event=event.title)
    after, keys_after = one["after"]
    changes = []
    if before != after:
        changes.append(f"{_shown(before, one['decimals'])}→{_shown(after, one['decimals'])}")
    changes += [
        f"{key.title}{_shown(keys_before.get(name), key.decimals)}→"
        f"{_shown(keys_after.get(name), key.decimals)}"
        for name, key in event.keys.items()
        if keys_before.get(name) != keys_after.get(name)
    ]
    told = {**named, "event": event.title, "change": listed(changes) or _("恢复有效")}
    return _("%(stage)s%(entry)s%(name)s的“%(event)s”：%(change)s。") % told


def _voided(season: Season, one: Plain, source: str) -> list[OtherMark]:
    """Its marks stay on record and are not ranked; to be played again, until others come."""
    if one["kind"] == EffectKind.REPLAY:
        source = f"{REPLAYED}{source.partition(':')[2]}"
    entry = find_entry(season, one["stage"], one["entry"])
    return [
        OtherMark(
            one["stage"],
            held.event,
            NewScore(entry.code, held.value, held.decimals, source, held.keys, "void", held.over),
            one["track"],
        )
        for held in _current(entry)
        if held.status != ScoreStatus.VOID
    ]


def _move(season: Season, house: Actor, one: Plain, source: str, at: datetime) -> None:
    act = withdraw_entry if one["kind"] == EffectKind.WITHDRAW else restore_entry
    act(
        actor=house,
        season=season,
        stage=one["stage"],
        entry=find_entry(season, one["stage"], one["entry"]),
        reason=_reason(source),
        at=at,
    )


def _reason(source: str) -> str:
    with translation.override("zh-hans"):
        return _("第%(number)s号异议处理决定") % {"number": source.partition(":")[2]}


def _house(season: Season, by: str) -> Actor:
    """Two officers decided, of whom neither need be of the office; the house writes for it.

    The record names them. The account is the house's: whoever ruled on one case of a stage is not
    thereby kept out of every other of it.
    """
    power = AppointmentRef(Role.OFFICE, seasons.host_path(season), season.code)
    return replace(HOUSE, name=by, appointments=(power,))


def _about(kind: EffectKind, entry: Entry) -> dict[str, Any]:
    return {
        "kind": kind.value,
        "stage": entry.stage.code,
        "track": entry.track,
        "entry": entry.code,
    }


def _current(entry: Entry) -> list[Score]:
    rows = Score.objects.filter(entry=entry).exclude(state=ScoreState.SUPERSEDED)
    return list(rows.order_by("event"))


def _figure(score: Score) -> int | str:
    """The scaled value; the figure itself (`82723/900`) where no decimal can write it."""
    return score.value if score.over == 1 else numbers.show(score.exact)


def _shown(value: int | str | None, decimals: int) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    return numbers.show(numbers.scaled(value, decimals), decimals)


def _scaled(text: str, decimals: int, title: str) -> int:
    plain = text.strip()
    if not numbers.is_decimal(plain) or not numbers.fits(numbers.parse(plain), decimals):
        raise DomainError("ruling_score_form", event=title, text=plain, decimals=decimals)
    return int(numbers.parse(plain) * 10**decimals)
