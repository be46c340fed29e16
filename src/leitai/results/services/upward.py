"""The list for the level above: drawn up from what the results say, frozen, sealed and sent."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from leitai.base.actor import Actor
from leitai.kernel import canonical
from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.results.attachments import keep
from leitai.results.enums import HELD, UpwardKind, UpwardState
from leitai.results.models import Advancement, Standing, UpwardList, UpwardRow
from leitai.results.rules import can_decide
from leitai.rulebook.data import MAIN
from leitai.seasons import selectors as seasons
from leitai.seasons.models import Entry, Season


@dataclass(frozen=True, slots=True)
class UpwardLine:
    """One of the list as the office writes it, in its order."""

    entry: int
    kind: str
    note: str = ""


@transaction.atomic
def begin_upward_list(
    *, actor: Actor, season: Season, goal: str, title: str, to: str, at: datetime
) -> UpwardList:
    """Begin a list, with those whom the rules name for that goal already on it.

    `goal` is a place beyond the season of the rulebook, or "" where the rules leave it to the
    committee whom it names.
    """
    _demand(actor, season)
    beyond = seasons.rulebook_of(season).beyond
    if goal and goal not in beyond:
        raise DomainError("upward_goal", goal=goal)
    newest = UpwardList.objects.filter(season=season).aggregate(newest=Max("number"))["newest"]
    made = UpwardList.objects.create(
        season=season,
        number=(newest or 0) + 1,
        goal=goal,
        title=title.strip()[:120],
        to=to.strip()[:120],
        made_by=actor.account,
        made_at=at,
    )
    rows = Advancement.objects.filter(
        result__stage__season=season, result__state__in=HELD, to_stage=goal, result__stale_at=None
    ).select_related("entry")
    named = dict.fromkeys(row.entry_id for row in rows.order_by("track", "pk")) if goal else {}
    _put(made, [UpwardLine(pk, UpwardKind.RECOMMENDED) for pk in named])
    _record(made, "upward.begun", actor, at)
    return made


@transaction.atomic
def write_upward_list(
    *, actor: Actor, upward: UpwardList, lines: Sequence[UpwardLine], at: datetime
) -> UpwardList:
    """Put these on the list in this order, instead of what stood there."""
    held = _locked(actor, upward, UpwardState.DRAFT)
    chosen = [line.entry for line in lines]
    if len(set(chosen)) < len(chosen):
        raise DomainError("upward_twice")
    here = Entry.objects.filter(pk__in=chosen, stage__season=held.season_id)
    if here.count() < len(chosen):
        raise DomainError("upward_stranger")
    _put(held, lines)
    _record(held, "upward.written", actor, at)
    return held


@transaction.atomic
def freeze_upward_list(*, actor: Actor, upward: UpwardList, at: datetime) -> UpwardList:
    """From here on nothing on it changes: it can be printed and sealed."""
    held = _locked(actor, upward, UpwardState.DRAFT)
    rows = list(held.rows.select_related("entry"))
    if not rows:
        raise DomainError("upward_empty")
    plain = [[r.position, r.entry.code, r.kind, r.rank or 0, r.total, r.note] for r in rows]
    held.digest = hashlib.sha256(canonical.encode(plain)).hexdigest()
    held.state, held.frozen_at = UpwardState.FROZEN, at
    held.frozen_name = actor.name[:120]
    held.save()
    _record(held, "upward.frozen", actor, at)
    return held


@transaction.atomic
def reopen_upward_list(*, actor: Actor, upward: UpwardList, at: datetime) -> UpwardList:
    """Before it was sent: back to the draft, and the ledger says so."""
    held = _locked(actor, upward, UpwardState.FROZEN)
    held.state, held.digest, held.frozen_at, held.frozen_name = UpwardState.DRAFT, "", None, ""
    held.save()
    _record(held, "upward.reopened", actor, at)
    return held


@transaction.atomic
def send_upward_list(
    *, actor: Actor, upward: UpwardList, uploads: Sequence[str], at: datetime
) -> UpwardList:
    """Keep the scan of the sealed copy: the list has been sent."""
    held = _locked(actor, upward, UpwardState.FROZEN)
    if not uploads:
        raise DomainError("upward_unsealed")
    keep(actor=actor, uploads=uploads, owner=f"upward:{held.pk}", at=at)
    held.state, held.sent_at = UpwardState.SENT, at
    held.save(update_fields=["state", "sent_at"])
    _record(held, "upward.sent", actor, at)
    return held


def _put(upward: UpwardList, lines: Sequence[UpwardLine]) -> None:
    """With rank and total of the last ranking in which each stands."""
    upward.rows.all().delete()
    entries = {
        entry.pk: entry for entry in Entry.objects.filter(pk__in=[line.entry for line in lines])
    }
    places = _places(upward.season, list(entries.values()))
    UpwardRow.objects.bulk_create(
        UpwardRow(
            list=upward,
            position=position,
            entry=entries[line.entry],
            kind=line.kind,
            note=line.note.strip()[:120],
            rank=place.rank if place else None,
            total=place.total if place else "",
        )
        for position, line in enumerate(lines, start=1)
        for place in [places.get((entries[line.entry].track, entries[line.entry].code))]
    )


def _places(season: Season, entries: Sequence[Entry]) -> dict[tuple[str, str], Standing]:
    """The latest stage's place that holds, by track and code."""
    found = (
        Standing.objects.filter(
            result__stage__season=season,
            result__state__in=HELD,
            board=MAIN,
            entry__code__in={entry.code for entry in entries},
        )
        .select_related("entry")
        .order_by("result__stage__position", "result__version")
    )
    return {(one.entry.track, one.entry.code): one for one in found}


def _locked(actor: Actor, upward: UpwardList, wanted: UpwardState) -> UpwardList:
    held = (
        UpwardList.objects.select_for_update(of=("self",))
        .select_related("season__rulebook", "season__host")
        .get(pk=upward.pk)
    )
    _demand(actor, held.season)
    if held.state != wanted:
        raise DomainError("upward_state", state=held.get_state_display())
    return held


def _demand(actor: Actor, season: Season) -> None:
    if not can_decide(actor, season.code, seasons.host_path(season)):
        raise DomainError("forbidden")


def _record(upward: UpwardList, act: str, actor: Actor, at: datetime) -> None:
    ledger.append(
        chain=upward.season.code,
        actor=actor,
        act=act,
        subject=f"upward:{upward.number}",
        data={
            "by": actor.name,
            "title": upward.title,
            "number": upward.number,
            "count": upward.rows.count(),
            "digest": upward.digest,
        },
        at=at,
    )
