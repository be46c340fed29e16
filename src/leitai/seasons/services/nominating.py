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
from leitai.kernel.errors import DomainError, Problem, Problems
from leitai.ledger import services as ledger
from leitai.people import selectors as people_room
from leitai.people.models import Person
from leitai.rulebook.data import Refusal
from leitai.rulebook.model import Rulebook
from leitai.seasons import rules, selectors
from leitai.seasons.enums import EntryState
from leitai.seasons.events import EntriesConfirmed
from leitai.seasons.models import Entry, Fact, Season, Stage
from leitai.seasons.services.common import open_stage, the_track
from leitai.units import selectors as units
from leitai.units.models import Delegation
from leitai.units.rules import is_house


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
    if name not in (law.stages[stage].tracks or law.tracks):
        raise DomainError("track_not_here", stage=held.title, track=law.tracks[name].title)
    demand_time(season, held, sender, at)
    listed = demand_known(season, sender, people)
    standing = {
        entry.person.code: entry
        for entry in Entry.objects.filter(
            stage=held, track=name, person__code__in=people
        ).select_related("person", "delegation")
    }
    gone = {code: standing.pop(code) for code in list(standing) if _is_gone(standing[code])}
    _demand_free(sender, standing)
    new = [listed[code] for code in people if code not in standing]
    barred = selectors.bars_for(season, stage, name, new, at=at)
    record_told(actor, law, new, at)
    welcome = [one for one in new if one.code not in barred]
    fresh = _enter(held, name, sender, welcome, gone, at)
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


@transaction.atomic
def take_seat(*, actor: Actor, season: Season, person: Person, slot: int, at: datetime) -> None:
    """Which numbered seat of the team somebody has: a fact of this season alone."""
    if not rules.can_nominate(
        actor, season.code, selectors.host_path(season), person.unit.path
    ) and not is_house(actor):
        raise DomainError("forbidden")
    Fact.objects.filter(person=person, kind=selectors.SLOT, key=season.code).delete()
    Fact.objects.create(
        person=person,
        kind=selectors.SLOT,
        key=season.code,
        value=str(slot),
        source=gettext("报名席位"),
        recorded_by=actor.account,
        recorded_at=at,
    )


def demand_time(season: Season, stage: Stage, sender: Delegation, at: datetime) -> None:
    law = selectors.rulebook_of(season).stages[stage.code]
    if law.method != "nomination":
        raise DomainError("stage_not_nomination", stage=stage.title)
    window = selectors.window_of(season, stage.code, sender)
    if window is None:
        return
    if at < window.opens_at:
        raise DomainError("nomination_early", stage=stage.title, opens=_clock(window.opens_at))
    if at > window.closes_at:
        raise DomainError("nomination_late", stage=stage.title, closes=_clock(window.closes_at))


def _clock(moment: datetime) -> str:
    return timezone.localtime(moment, timezone.get_default_timezone()).strftime("%Y-%m-%d %H:%M")


def demand_known(season: Season, sender: Delegation, codes: Sequence[str]) -> dict[str, Person]:
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


def _is_gone(entry: Entry) -> bool:
    return entry.state in selectors.LEFT


def record_told(actor: Actor, law: Rulebook, people: Sequence[Person], at: datetime) -> None:
    """Keep what the tree says of them as facts, since later stages are decided by facts alone.

    A row of the same kind that the tree told of an earlier unit is replaced; one that somebody
    recorded stands, and is stronger.
    """
    told = selectors.told_by_tree(law, people)
    kinds = {fact.kind for facts in told.values() for fact in facts}
    known = Fact.objects.filter(person__in=people, kind__in=kinds)
    known.filter(source__startswith=selectors.FROM_TREE).delete()
    recorded = set(known.values_list("person__code", "kind"))
    Fact.objects.bulk_create(
        Fact(
            person=person,
            kind=fact.kind,
            key=fact.key,
            value=fact.value,
            source=fact.source,
            recorded_by=actor.account,
            recorded_at=at,
        )
        for person in people
        for fact in told[person.code]
        if (person.code, fact.kind) not in recorded
    )


def _enter(
    stage: Stage,
    track: str,
    sender: Delegation,
    people: list[Person],
    gone: dict[str, Entry],
    at: datetime,
) -> dict[str, Entry]:
    """New entries; who withdrew and is sent again has the same number again."""
    places = selectors.places_of(stage.season, stage, track, sender)
    if places.limit is not None and places.taken + len(people) > places.limit:
        raise DomainError(
            "quota_full",
            delegation=sender.name,
            limit=places.limit,
            standing=places.taken,
            wanted=len(people),
        )
    selectors.demand_within_caps(stage, track, sender, people)
    if people and selectors.is_list_confirmed(stage, track, sender):
        raise DomainError("nomination_confirmed", delegation=sender.name)
    back = [_back(gone[one.code], sender, at) for one in people if one.code in gone]
    new = [one for one in people if one.code not in gone]
    fresh = Entry.objects.bulk_create(_numbered(stage, track, sender, new, at))
    return {entry.person.code: entry for entry in (*back, *fresh)}


def _back(entry: Entry, sender: Delegation, at: datetime) -> Entry:
    """Whoever comes back for another delegation has a number there, and not the old one."""
    if entry.delegation_id != sender.pk:
        raise DomainError(
            "person_entered",
            name=entry.person.name,
            code=entry.person.code,
            delegation=entry.delegation.name,
        )
    entry.state, entry.entered_at = EntryState.NOMINATED, at
    entry.save(update_fields=["state", "entered_at"])
    return entry


def _numbered(
    stage: Stage,
    track: str,
    sender: Delegation,
    people: Sequence[Person],
    at: datetime,
) -> list[Entry]:
    codes = next_codes(stage, sender, len(people))
    return [
        Entry(
            stage=stage,
            track=track,
            code=code,
            person=person,
            delegation=sender,
            entered_at=at,
        )
        for code, person in zip(codes, people, strict=True)
    ]


def next_codes(stage: Stage, sender: Delegation, count: int) -> list[str]:
    """So many numbers that nobody of the delegation has in the stage."""
    law = selectors.rulebook_of(stage.season)
    quota = law.stages[stage.code].quota
    prefix = f"{law.year}-{sender.unit.code}-"
    mine = Entry.objects.filter(stage=stage, delegation=sender)  # a number says who, in any track
    number, width = _last_number(mine, prefix), len(str(quota.count)) if quota is not None else 3
    return [f"{prefix}{number + step:0{width}d}" for step in range(1, count + 1)]


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
