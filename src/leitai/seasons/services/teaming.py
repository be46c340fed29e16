"""A team is entered: its name, its people in the order of their numbers, the captain first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import QuerySet

from leitai.base.actor import Actor
from leitai.base.words import listed
from leitai.kernel.errors import DomainError, Problem, Problems
from leitai.ledger import services as ledger
from leitai.people.models import Person
from leitai.seasons import rules, selectors
from leitai.seasons.enums import EntryState
from leitai.seasons.models import Entry, Season, Stage
from leitai.seasons.services.common import open_stage
from leitai.seasons.services.nominating import demand_known, demand_time, next_codes, record_told
from leitai.seasons.team_models import TeamMember
from leitai.units import selectors as units
from leitai.units.models import Delegation

_NAME: Final = 40


@dataclass(frozen=True, slots=True)
class NewTeam:
    """A team as it is keyed; `people` are codes, the captain's first."""

    stage: str
    track: str
    delegation: str
    name: str
    people: tuple[str, ...]


@transaction.atomic
def enter_team(*, actor: Actor, season: Season, team: NewTeam, at: datetime) -> Entry:
    """A nominated entry. A captain's team that had withdrawn comes back under its number.

    Raises DomainError: team_stage, team_name, team_name_taken, team_size, team_places,
    nomination_early, nomination_late, nomination_confirmed; and Problems for its people.
    """
    held, sender = _demand(actor, season, team, at)
    _demand_team(held, team, None)
    people = _people(held, sender, team, None, at)
    gone = _gone(held, sender, team, None, people[0])
    _demand_places(held, sender, team, people)
    record_told(actor, selectors.rulebook_of(season), people, at)
    entry = gone or Entry(
        stage=held, track=team.track, code=next_codes(held, sender, 1)[0], delegation=sender
    )
    entry.state, entry.entered_at = EntryState.NOMINATED, at
    return _keep(actor, season, entry, team, people, at, act="team.entered")


@transaction.atomic
def change_team(
    *, actor: Actor, season: Season, entry: Entry, team: NewTeam, at: datetime
) -> Entry:
    """Another name or other people, as long as the list is not confirmed; raises as above."""
    held, sender = _demand(actor, season, team, at)
    row = Entry.objects.select_for_update().get(pk=entry.pk, stage=held, delegation=sender)
    if row.state != EntryState.NOMINATED or not row.team:
        raise DomainError("nomination_confirmed", delegation=sender.name)
    _demand_team(held, team, row)
    people = _people(held, sender, team, row, at)
    _gone(held, sender, team, row, people[0])
    record_told(actor, selectors.rulebook_of(season), people, at)
    return _keep(actor, season, row, team, people, at, act="team.changed")


def copy_teams(entries: Mapping[int, Entry]) -> None:
    """The people of teams that go on: by the row of the stage before."""
    members = TeamMember.objects.filter(entry__in=entries).order_by("entry", "number")
    TeamMember.objects.bulk_create(
        TeamMember(entry=entries[one.entry_id], number=one.number, person_id=one.person_id)
        for one in members
    )


def _demand(actor: Actor, season: Season, team: NewTeam, at: datetime) -> tuple[Stage, Delegation]:
    sender = units.get_delegation(season.code, team.delegation)
    if not rules.can_nominate(actor, season.code, selectors.host_path(season), sender.unit.path):
        raise DomainError("forbidden")
    held = open_stage(season, team.stage)
    law = selectors.rulebook_of(season)
    if (team.stage, team.track) not in selectors.team_places(law):
        raise DomainError("team_stage", stage=held.title)
    if law.stages[held.code].method == "nomination":
        demand_time(season, held, sender, at)
    return held, sender


def _demand_team(held: Stage, team: NewTeam, own: Entry | None) -> None:
    if not team.name or len(team.name) > _NAME:
        raise DomainError("team_name", limit=_NAME)
    standing = _standing(held, team.track, own)
    if standing.filter(team=team.name).exists():
        raise DomainError("team_name_taken", team=team.name)
    least, most = selectors.team_size(selectors.rulebook_of(held.season), held.code)
    if not least <= len(team.people) <= most:
        raise DomainError("team_size", least=least, most=most, count=len(team.people))


def _people(
    held: Stage, sender: Delegation, team: NewTeam, own: Entry | None, at: datetime
) -> list[Person]:
    """In their order; everything that is wrong with any of them, at once."""
    known = demand_known(held.season, sender, team.people)
    people = [known[code] for code in team.people]
    problems = [*_elsewhere(held, team, own, people), *_barred(held, team, people, at)]
    if problems:
        raise Problems(problems)
    return people


def _elsewhere(
    held: Stage, team: NewTeam, own: Entry | None, people: Sequence[Person]
) -> Iterator[Problem]:
    taken = TeamMember.objects.filter(
        entry__in=_standing(held, team.track, own), person__in=people
    ).select_related("person", "entry")
    for one in taken:
        told = {"name": one.person.name, "code": one.person.code, "team": one.entry.team}
        yield Problem(one.person.code, "team_member_taken", told)


def _gone(
    held: Stage, sender: Delegation, team: NewTeam, own: Entry | None, captain: Person
) -> Entry | None:
    """What the captain had entered and withdrew: only that very entry can come back."""
    mine = Entry.objects.filter(stage=held, track=team.track, person=captain)
    others = mine if own is None else mine.exclude(pk=own.pk)
    found = others.select_related("delegation").first()
    if found is not None and (own is not None or found.delegation_id != sender.pk):
        told = {"name": captain.name, "code": captain.code, "delegation": found.delegation.name}
        raise DomainError("person_entered", **told)
    return found


def _barred(
    held: Stage, team: NewTeam, people: Sequence[Person], at: datetime
) -> Iterator[Problem]:
    barred = selectors.bars_for(held.season, held.code, team.track, people, at=at)
    for one in people:
        if one.code in barred:
            told = listed(bar.source or bar.title for bar in barred[one.code])
            yield Problem(one.code, "entry_barred", {"name": one.name, "bars": told})


def _standing(held: Stage, track: str, own: Entry | None) -> QuerySet[Entry]:
    found = Entry.objects.filter(stage=held, track=track).exclude(state__in=selectors.LEFT)
    return found if own is None else found.exclude(pk=own.pk)


def _demand_places(
    held: Stage, sender: Delegation, team: NewTeam, people: Sequence[Person]
) -> None:
    """A team takes one place, and counts once in what the rules limit."""
    if selectors.is_list_confirmed(held, team.track, sender):
        raise DomainError("nomination_confirmed", delegation=sender.name)
    places = selectors.places_of(held.season, held, team.track, sender)
    if places.left == 0:
        raise DomainError("team_places", of=sender.name, limit=places.limit)
    try:
        selectors.demand_within_caps(held, team.track, sender, people[:1])
    except DomainError as error:
        raise DomainError("team_places", of=error.data["of"], limit=error.data["limit"]) from error


def _keep(
    actor: Actor,
    season: Season,
    entry: Entry,
    team: NewTeam,
    people: Sequence[Person],
    at: datetime,
    *,
    act: str,
) -> Entry:
    entry.team, entry.person = team.name, people[0]
    entry.save()
    entry.members.all().delete()
    TeamMember.objects.bulk_create(
        TeamMember(entry=entry, number=number, person=person)
        for number, person in enumerate(people, start=1)
    )
    told = {
        "stage": entry.stage.code,
        "delegation": entry.delegation.name,
        "team": team.name,
        "entry": entry.code,
        "people": list(team.people),
    }
    subject = f"entry:{entry.code}"
    ledger.append(chain=season.code, actor=actor, act=act, subject=subject, data=told, at=at)
    return entry
