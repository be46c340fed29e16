"""Who leaves a stage: by withdrawing, by being replaced, or since the review did not pass them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from leitai.base import events
from leitai.base.actor import Actor
from leitai.base.words import listed
from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.people.models import Person
from leitai.seasons import rules, selectors
from leitai.seasons.enums import EntryState, ScoreState
from leitai.seasons.events import EntryReplaced, EntryWithdrawn
from leitai.seasons.models import Entry, Fact, Score, Season, Stage
from leitai.seasons.selectors.inputs import GONE
from leitai.seasons.services.common import open_stage
from leitai.seasons.services.nominating import record_told
from leitai.units import selectors as units


@transaction.atomic
def withdraw_entry(
    *, actor: Actor, season: Season, stage: str, entry: Entry, reason: str, at: datetime
) -> Entry:
    """Take an entry out of a stage and of every later one; who moves up is for results to say."""
    return _leave(actor, season, stage, entry, reason, at=at, state=EntryState.WITHDRAWN)


@transaction.atomic
def refuse_entry(
    *, actor: Actor, season: Season, stage: str, entry: Entry, reason: str, at: datetime
) -> Entry:
    """Take an entry out since its qualification review did not pass."""
    return _leave(actor, season, stage, entry, reason, at=at, state=EntryState.REFUSED)


@transaction.atomic
def replace_entry(
    *,
    actor: Actor,
    season: Season,
    stage: str,
    entry: Entry,
    person: Person,
    reason: str,
    at: datetime,
) -> Entry:
    """Put another person of the same delegation in an entry's place, in every stage it stands in.

    The new entry has a number of its own. Raises DomainError where the entry has scores, or the
    person is barred, entered already, of another delegation, or one too many of what a cap counts.
    """
    held = _demand(actor, season, stage, reason)
    rows = _rows(held, entry)
    _demand_unscored(rows, gettext("更换"))
    first = rows[0]
    if first.team:
        raise DomainError("team_replace", team=first.team)
    if units.DelegationMap(season.code).of(person.unit.path) != first.delegation_id:
        raise DomainError(
            "person_foreign", name=person.name, code=person.code, delegation=first.delegation.name
        )
    _demand_free(rows, person)
    _demand_welcome(season, first, person, at)
    record_told(actor, selectors.rulebook_of(season), [person], at)
    selectors.demand_replacement_within_caps(first, person)
    code = _next_code(season, first)
    made = Entry.objects.bulk_create(
        Entry(
            stage=row.stage,
            track=row.track,
            code=code,
            person=person,
            delegation=row.delegation,
            as_kind=row.as_kind,
            state=row.state,
            reason=row.reason,
            entered_at=at,
        )
        for row in rows
    )
    for row, new in zip(rows, made, strict=True):
        row.state, row.replaced_by = EntryState.REPLACED, new
    Entry.objects.bulk_update(rows, ["state", "replaced_by"])
    events.publish(EntryReplaced(season.code, first.stage.code, first.track, first.code, code))
    ledger.append(
        chain=season.code,
        actor=actor,
        act="entry.replaced",
        subject=f"entry:{first.code}",
        data={
            "stage": first.stage.title,
            "stages": [row.stage.code for row in rows],
            "track": first.track,
            "entry": first.code,
            "by": code,
            "person": person.code,
            "reason": reason.strip(),
        },
        at=at,
    )
    return made[0]


def _leave(
    actor: Actor,
    season: Season,
    stage: str,
    entry: Entry,
    reason: str,
    *,
    at: datetime,
    state: EntryState,
) -> Entry:
    held = _demand(actor, season, stage, reason)
    rows = _rows(held, entry)
    _demand_unscored(rows, str(state.label))
    Entry.objects.filter(pk__in=[row.pk for row in rows]).update(state=state)
    first = rows[0]
    _tell_engine(actor, season, first, reason, at)
    events.publish(EntryWithdrawn(season.code, first.stage.code, first.track, first.code))
    ledger.append(
        chain=season.code,
        actor=actor,
        act=f"entry.{state.value}",
        subject=f"entry:{first.code}",
        data={
            "stage": first.stage.title,
            "stages": [row.stage.code for row in rows],
            "track": first.track,
            "entry": first.code,
            "reason": reason.strip(),
        },
        at=at,
    )
    first.state = state
    return first


def _demand(actor: Actor, season: Season, stage: str, reason: str) -> Stage:
    if not rules.can_run_office(actor, season.code, selectors.host_path(season)):
        raise DomainError("forbidden")
    if not reason.strip():
        raise DomainError("entry_reason")
    return open_stage(season, stage)


def _rows(held: Stage, entry: Entry) -> list[Entry]:
    """The entry in this stage and each later one that it stands in, locked, earliest first."""
    here = Entry(stage=held, track=entry.track, code=entry.code)
    rows = list(selectors.stands_in(here).select_for_update(of=("self",)))
    if not rows or rows[0].stage_id != held.pk:
        raise DomainError("entry_gone", name=entry.name, entry=entry.code, stage=held.title)
    return rows


def _demand_unscored(rows: Sequence[Entry], what: str) -> None:
    scored = (
        Score.objects.filter(entry__in=rows)
        .exclude(state=ScoreState.SUPERSEDED)
        .select_related("entry__stage", "entry__person")
        .first()
    )
    if scored is not None:
        one = scored.entry
        raise DomainError(
            "entry_scored",
            name=one.name,
            entry=one.code,
            stage=one.stage.title,
            what=what,
        )


def _demand_free(rows: Sequence[Entry], person: Person) -> None:
    standing = (
        Entry.objects.filter(stage__in=[row.stage_id for row in rows], person=person)
        .filter(track=rows[0].track)
        .select_related("delegation")
        .first()
    )
    if standing is not None:
        raise DomainError(
            "person_entered",
            name=person.name,
            code=person.code,
            delegation=standing.delegation.name,
        )


def _demand_welcome(season: Season, entry: Entry, person: Person, at: datetime) -> None:
    bars = selectors.bars_for(season, entry.stage.code, entry.track, [person], at=at)
    if person.code in bars:
        told = listed(bar.source or bar.title for bar in bars[person.code])
        raise DomainError("entry_barred", name=person.name, bars=told)


def _next_code(season: Season, entry: Entry) -> str:
    """The delegation's next number, whatever track and stage; as wide as the others."""
    head, _dash, tail = entry.code.rpartition("-")
    used = Entry.objects.filter(stage__season=season, code__startswith=f"{head}-")
    last = max(
        (int(code.rpartition("-")[2]) for code in used.values_list("code", flat=True)), default=0
    )
    return f"{head}-{last + 1:0{len(tail)}d}"


def _tell_engine(actor: Actor, season: Season, entry: Entry, reason: str, at: datetime) -> None:
    """The fact by which the engine passes over whoever would have come into a stage.

    A nomination needs none: it is its own list. The key is the season, since facts outlive it.
    Where somebody leaves who stood in for another, the place that the other won is given up.
    """
    if selectors.rulebook_of(season).stages[entry.stage.code].method == "nomination":
        return
    for person in whose_place(entry):
        Fact.objects.get_or_create(
            person=person,
            kind=GONE,
            key=season.code,
            since=timezone.localdate(at),
            source=reason.strip()[:200],
            defaults={
                "value": entry.stage.code,
                "recorded_by": actor.account,
                "recorded_at": at,
            },
        )


def whose_place(entry: Entry) -> list[Person]:
    """Who stands in the entry, and whoever it was put in the place of, back to the first."""
    found, here = [entry.person], entry
    while earlier := Entry.objects.filter(replaced_by=here).select_related("person").first():
        found.append(earlier.person)
        here = earlier
    return found
