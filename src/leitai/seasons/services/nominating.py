"""A delegation's list: who it sends, who is barred and by which sentence, and its confirmation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from leitai.base import events
from leitai.base.actor import Actor
from leitai.base.errors import text_of
from leitai.kernel.errors import DomainError, Problem, Problems
from leitai.ledger import services as ledger
from leitai.people import selectors as people_room
from leitai.people.models import Person
from leitai.people.selectors import separation
from leitai.rulebook.data import Refusal
from leitai.rulebook.eligibility import refusals
from leitai.rulebook.model import Rulebook
from leitai.seasons import rules, selectors
from leitai.seasons.enums import EntryState
from leitai.seasons.events import EntriesConfirmed
from leitai.seasons.models import Entry, Season, Stage
from leitai.seasons.services.common import open_stage, the_track
from leitai.units import selectors as units
from leitai.units.models import Delegation


@dataclass(frozen=True, slots=True)
class RefusedPerson:
    """Who was not accepted, with each bar's title, its sentence and the fact that bars."""

    person: str
    name: str
    refusals: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True)
class NominationReport:
    """The accepted entries in the order of the list, and those whom a bar keeps out."""

    accepted: tuple[Entry, ...]
    refused: tuple[RefusedPerson, ...]


@transaction.atomic
def nominate(
    *,
    actor: Actor,
    season: Season,
    stage: str,
    delegation: str,
    people: Sequence[str],
    at: datetime,
    track: str | None = None,
) -> NominationReport:
    """Enter people (by code) for a delegation (by its unit's code); barred ones are left out.

    Raises Problems for people who are unknown, of another delegation or listed twice, and
    DomainError when the list is too late, confirmed, or over the quota; then nobody is entered.
    """
    law = selectors.rulebook_of(season)
    sender = units.get_delegation(season.code, delegation)
    if not rules.can_nominate(actor, season.code, selectors.host_path(season), sender.unit.path):
        raise DomainError("forbidden")
    held = open_stage(season, stage)
    name = the_track(law, held, track)
    _demand_time(season, held, at)
    listed = _listed(season, sender, people)
    standing = {
        entry.person.code: entry
        for entry in Entry.objects.filter(
            stage=held, track=name, person__code__in=people
        ).select_related("person", "delegation")
    }
    _demand_free(sender, standing)
    new = [listed[code] for code in people if code not in standing]
    barred = _barred(law, stage, new) | _kept_apart(season, new, at)
    fresh = _enter(law, held, name, sender, [one for one in new if one.code not in barred], at)
    report = NominationReport(
        tuple(
            entry for code in people if (entry := standing.get(code) or fresh.get(code)) is not None
        ),
        tuple(
            RefusedPerson(one.code, one.name, barred[one.code]) for one in new if one.code in barred
        ),
    )
    if new:
        data = _told(held, sender, list(fresh.values()), report.refused)
        ledger.append(
            chain=season.code,
            actor=actor,
            act="entries.nominated",
            subject=f"delegation:{sender.unit.code}",
            data=data,
            at=at,
        )
    return report


@transaction.atomic
def confirm_entries(
    *,
    actor: Actor,
    season: Season,
    stage: str,
    at: datetime,
    delegation: str | None = None,
) -> tuple[str, ...]:
    """Confirm the nominated entries of a stage, or of one delegation in it; returns their codes."""
    if not rules.can_run_office(actor, season.code, selectors.host_path(season)):
        raise DomainError("forbidden")
    held = open_stage(season, stage)
    waiting = Entry.objects.filter(stage=held, state=EntryState.NOMINATED)
    if delegation is not None:
        waiting = waiting.filter(delegation=units.get_delegation(season.code, delegation))
    codes = tuple(waiting.order_by("code").values_list("code", flat=True))
    if not codes:
        return ()
    waiting.update(state=EntryState.CONFIRMED)
    events.publish(EntriesConfirmed(season.code, stage, codes))
    ledger.append(
        chain=season.code,
        actor=actor,
        act="entries.confirmed",
        subject=f"stage:{stage}",
        data={"stage": held.title, "count": len(codes), "entries": list(codes)},
        at=at,
    )
    return codes


def _demand_time(season: Season, stage: Stage, at: datetime) -> None:
    law = selectors.rulebook_of(season).stages[stage.code]
    if law.method != "nomination":
        raise DomainError("stage_not_nomination", stage=stage.title)
    window = selectors.window_of(season, stage.code)
    if window is None:
        return
    if at < window.opens_at:
        raise DomainError("nomination_early", stage=stage.title, opens=_clock(window.opens_at))
    if at > window.closes_at:
        raise DomainError("nomination_late", stage=stage.title, closes=_clock(window.closes_at))


def _clock(moment: datetime) -> str:
    return timezone.localtime(moment, timezone.get_default_timezone()).strftime("%Y-%m-%d %H:%M")


def _listed(season: Season, sender: Delegation, codes: Sequence[str]) -> dict[str, Person]:
    """The people of the list; everything that is wrong with it, at once."""
    known = people_room.people_by_code(codes)
    homes = units.DelegationMap(season.code)
    problems = list(_wrong_people(sender, codes, known, homes))
    if problems:
        raise Problems(problems)
    return known


def _wrong_people(
    sender: Delegation, codes: Sequence[str], known: dict[str, Person], homes: units.DelegationMap
) -> Iterator[Problem]:
    seen: set[str] = set()
    for code in codes:
        if code in seen:
            yield Problem(code, "person_listed_twice", {"code": code})
        seen.add(code)
        person = known.get(code)
        if person is None:
            yield Problem(code, "person_unknown", {"code": code})
        elif homes.of(person.unit.path) != sender.pk:
            foreign = {"name": person.name, "code": code, "delegation": sender.name}
            yield Problem(code, "person_foreign", foreign)


def _demand_free(sender: Delegation, standing: dict[str, Entry]) -> None:
    problems = [
        Problem(
            code,
            "person_entered",
            {"name": entry.person.name, "code": code, "delegation": entry.delegation.name},
        )
        for code, entry in standing.items()
        if entry.delegation_id != sender.pk
    ]
    if problems:
        raise Problems(problems)


def _barred(law: Rulebook, stage: str, people: Sequence[Person]) -> dict[str, tuple[Refusal, ...]]:
    facts = selectors.facts_of([person.code for person in people])
    found = {person.code: refusals(law, stage, facts[person.code]) for person in people}
    return {code: bars for code, bars in found.items() if bars}


def _kept_apart(
    season: Season, people: Sequence[Person], at: datetime
) -> dict[str, tuple[Refusal, ...]]:
    """Whoever holds a duty of this season that no contestant may hold."""
    codes = [person.code for person in people]
    found = separation.bars_for(codes, deed="enter_exam", season=season.code, at=at)
    source = gettext("回避规定")
    return {
        code: (Refusal(bar.code, text_of(DomainError(bar.code)), source, None),)
        for code, bar in found.items()
    }


def _enter(
    law: Rulebook, stage: Stage, track: str, sender: Delegation, people: list[Person], at: datetime
) -> dict[str, Entry]:
    mine = Entry.objects.filter(stage=stage, track=track, delegation=sender)
    counted = mine.exclude(state=EntryState.WITHDRAWN)
    quota = law.stages[stage.code].quota
    if quota is not None:
        scope = counted if quota.per == "delegation" else _all_of(stage, track)
        taken = scope.count()
        if taken + len(people) > quota.count:
            raise DomainError(
                "quota_full",
                delegation=sender.name,
                limit=quota.count,
                standing=taken,
                wanted=len(people),
            )
    if people and counted.filter(state=EntryState.CONFIRMED).exists():
        raise DomainError("nomination_confirmed", delegation=sender.name)
    prefix = f"{law.year}-{sender.unit.code}-"
    number = _last_number(mine, prefix)
    width = len(str(quota.count)) if quota is not None else 3
    entries = [
        Entry(
            stage=stage,
            track=track,
            code=f"{prefix}{number + step:0{width}d}",
            person=person,
            delegation=sender,
            entered_at=at,
        )
        for step, person in enumerate(people, start=1)
    ]
    Entry.objects.bulk_create(entries)
    return {entry.person.code: entry for entry in entries}


def _all_of(stage: Stage, track: str) -> QuerySet[Entry]:
    return Entry.objects.filter(stage=stage, track=track).exclude(state=EntryState.WITHDRAWN)


def _last_number(mine: QuerySet[Entry], prefix: str) -> int:
    codes = mine.values_list("code", flat=True)
    return max((int(code.removeprefix(prefix)) for code in codes), default=0)


def _told(
    stage: Stage, sender: Delegation, entries: list[Entry], refused: Sequence[RefusedPerson]
) -> dict[str, object]:
    return {
        "stage": stage.code,
        "delegation": sender.name,
        "accepted": len(entries),
        "refused": len(refused),
        "entries": {entry.code: entry.person.code for entry in entries},
        "barred": {one.person: [bar.bar for bar in one.refusals] for one in refused},
    }
