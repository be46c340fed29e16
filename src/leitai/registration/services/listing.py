"""A unit registers a whole list at once, where the rules ask for no form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from leitai.base import events
from leitai.base.actor import Actor
from leitai.base.words import listed
from leitai.kernel.errors import DomainError, Problem, Problems
from leitai.ledger import services as ledger
from leitai.people.models import Person
from leitai.registration import rules
from leitai.registration.enums import LIVE, Kind, Route, State, Step
from leitai.registration.events import RegistrationSubmitted
from leitai.registration.models import Registration, RegistrationStep
from leitai.registration.selectors import shape
from leitai.registration.services.recalling import look_up_history
from leitai.seasons import selectors
from leitai.seasons import services as seasons
from leitai.seasons.models import Entry, Season, Stage
from leitai.seasons.services import RefusedPerson
from leitai.units import selectors as units
from leitai.units.models import Delegation

MOST = 300


@dataclass(frozen=True, slots=True)
class WantedMany:
    """Whom a unit wants to register; a line has a code, or a name and perhaps the unit."""

    stage: str
    track: str
    delegation: str
    route: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """Who is registered now, and whom a bar keeps out, each with its sentence."""

    accepted: tuple[Registration, ...]
    refused: tuple[RefusedPerson, ...]
    already: int


@transaction.atomic
def register_list(*, actor: Actor, season: Season, wanted: WantedMany, at: datetime) -> Listed:
    """Enter and submit everybody of the list whom no bar keeps out.

    Raises Problems for lines that mean nobody, several, or somebody who cannot be registered, and
    DomainError when the list is too late or over a quota; then nobody is registered.
    """
    sender = units.get_delegation(season.code, wanted.delegation)
    if not rules.can_register(actor, season.code, selectors.host_path(season), sender.unit.path):
        raise DomainError("forbidden")
    seasons.demand_unclosed(season)
    stage = selectors.get_stage(season, wanted.stage)
    shape.demand_wanted(season, stage, wanted.track, Kind.CONTESTANT, wanted.route)
    law = selectors.rulebook_of(season)
    if not shape.is_formless(law, stage.code, wanted.track):
        raise DomainError("registration_needs_form", track=law.tracks[wanted.track].title)
    people = people_of(season, sender, wanted.lines)
    mine = Registration.objects.filter(stage=stage, track=wanted.track, state__in=LIVE)
    there = set(mine.filter(person__in=people).values_list("person_id", flat=True))
    new = [one for one in people if one.pk not in there]
    _demand_free(season, stage, sender, new, wanted.track)
    report = seasons.nominate(
        actor=actor,
        season=season,
        stage=stage.code,
        delegation=sender.unit.code,
        people=[one.code for one in new],
        track=wanted.track,
        at=at,
    )
    made = _keep(actor, stage, sender, wanted, report.accepted, at)
    if made:
        ledger.append(
            chain=season.code,
            actor=actor,
            act="registration.listed",
            subject=f"delegation:{sender.unit.code}",
            data={
                "delegation": sender.name,
                "stage": stage.code,
                "track": wanted.track,
                "count": len(made),
                "people": [one.person.code for one in made],
            },
            at=at,
        )
    return Listed(tuple(made), report.refused, len(there))


def _keep(
    actor: Actor,
    stage: Stage,
    sender: Delegation,
    wanted: WantedMany,
    entries: Sequence[Entry],
    at: datetime,
) -> list[Registration]:
    Registration.objects.filter(entry__in=entries).update(entry=None)  # of who came back
    made = Registration.objects.bulk_create(
        Registration(
            season=stage.season,
            stage=stage,
            track=wanted.track,
            delegation=sender,
            person=entry.person,
            kind=Kind.CONTESTANT,
            route=Route(wanted.route),
            state=State.SUBMITTED,
            since=at,
            entry=entry,
            begun_by=actor.account,
            begun_name=actor.name[:120],
            begun_at=at,
        )
        for entry in entries
    )
    RegistrationStep.objects.bulk_create(
        RegistrationStep(
            registration=one,
            step=Step.SUBMITTED,
            by=actor.account,
            by_name=actor.name[:120],
            at=at,
        )
        for one in made
    )
    for one in made:
        look_up_history(stage.season, one.person)
        events.publish(RegistrationSubmitted(stage.season.code, one.pk))
    return made


def people_of(season: Season, sender: Delegation, lines: Sequence[str]) -> list[Person]:
    """Whom each line means, by code or by name and perhaps the unit; raises Problems."""
    told = [" ".join(line.replace(",", " ").replace("，", " ").split()) for line in lines]
    told = list(dict.fromkeys(line for line in told if line))
    if not told:
        raise DomainError("registration_list_empty")
    if len(told) > MOST:
        raise DomainError("registration_list_long", limit=MOST)
    homes = units.DelegationMap(season.code)
    inside = Person.objects.filter(unit__path__startswith=sender.unit.path, left_on=None)
    words = {line.split()[0] for line in told}
    rows = inside.filter(name__in=words) | inside.filter(code__in=words)
    known = [one for one in rows.select_related("unit") if homes.of(one.unit.path) == sender.pk]
    found: dict[int, Person] = {}
    problems: list[Problem] = []
    for line in told:
        meant = _meant(line, known)
        if len(meant) == 1:
            found[meant[0].pk] = meant[0]
        elif meant:
            who = listed(f"{one.unit.name} {one.code}" for one in meant)
            problems.append(Problem(line, "registration_namesakes", {"line": line, "who": who}))
        else:
            problems.append(
                Problem(line, "registration_unknown", {"line": line, "delegation": sender.name})
            )
    if problems:
        raise Problems(problems)
    return list(found.values())


def _meant(line: str, known: Sequence[Person]) -> list[Person]:
    """Who has that code; else that name, in a unit of the words behind it."""
    head, _space, unit = line.partition(" ")
    coded = [one for one in known if one.code == head]
    return coded or [one for one in known if one.name == head and unit in one.unit.name]


def _demand_free(
    season: Season, stage: Stage, sender: Delegation, people: Sequence[Person], track: str
) -> None:
    problems = list(_taken(season, stage, sender, people, track))
    if problems:
        raise Problems(problems)


def _taken(
    season: Season, stage: Stage, sender: Delegation, people: Sequence[Person], track: str
) -> Iterator[Problem]:
    for one in people:
        try:
            shape.demand_free(season, stage, sender, one, Kind.CONTESTANT, track)
        except DomainError as error:
            if error.code in {"quota_full", "nomination_over"}:
                raise
            yield Problem(one.name, error.code, error.data)
