"""Reads of a season's committee and of all appointments."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.db.models import Case, Q, QuerySet, When

from leitai.base.actor import Actor
from leitai.base.words import listed, remarked
from leitai.kernel.errors import DomainError
from leitai.people import rules
from leitai.people.enums import Position
from leitai.people.models import Appointment, Committee, CommitteeUnit, Person
from leitai.units.models import Unit

PAGE_SIZE = 50
FOUND_LIMIT = 20
# Directors first, then deputies; whoever holds a role without a position last.
_RANK = Case(
    *(When(position=value, then=place) for place, value in enumerate(Position.values)),
    default=len(Position.values),
)


@dataclass(frozen=True, slots=True)
class Body:
    """A body with its units and members; `may` says whether the viewer may change it."""

    committee: Committee
    units: tuple[CommitteeUnit, ...]
    members: tuple[Appointment, ...]
    may: bool


def list_bodies_for(viewer: Actor, season: str, *, at: datetime) -> tuple[Body, ...]:
    """The season's bodies that are not dissolved, the committee first; members in office now."""
    if not rules.can_see_committees(viewer, season):
        raise DomainError("forbidden")
    found = (
        Committee.objects.filter(season=season, closed_at=None)
        .select_related("unit", "parent")
        .order_by("unit__path", "pk")
    )
    members, parts = defaultdict(list), defaultdict(list)
    for member in _in_office(at).filter(committee__in=found):
        members[member.committee_id].append(member)
    for part in CommitteeUnit.objects.filter(committee__in=found).order_by("-part", "pk"):
        parts[part.committee_id].append(part)
    return tuple(
        Body(
            one,
            tuple(parts[one.pk]),
            tuple(members[one.pk]),
            rules.can_run_committees(viewer, season, one.unit.path),
        )
        for one in found
    )


def get_body_for(viewer: Actor, season: str, committee: int, *, at: datetime) -> Body:
    """One body; raises DomainError("committee_unknown") for another season's."""
    for body in list_bodies_for(viewer, season, at=at):
        if body.committee.pk == committee:
            return body
    raise DomainError("committee_unknown")


def get_appointment_for(viewer: Actor, season: str, appointment: int) -> Appointment:
    """An appointment of the season that the viewer may end."""
    held = (
        Appointment.objects.filter(pk=appointment, scope=season)
        .select_related("unit", "account", "committee")
        .first()
    )
    if held is None or not rules.can_appoint(viewer, held.role, held.unit.path, held.scope):
        raise DomainError("appointment_unknown")
    return held


def committee_units(viewer: Actor, season: str) -> list[Unit]:
    """Where the viewer may set up a body: the own units and the places right below them."""
    own = Unit.objects.filter(path__in=viewer.unit_paths("office", "local_office", season=season))
    below = Unit.objects.filter(parent__in=own, kind="place").order_by("path")
    return [*own, *below]


def find_people(viewer: Actor, season: str, words: str) -> list[Person]:
    """People whose name or code is typed exactly, within the viewer's subtrees."""
    words = words.strip()
    paths = viewer.unit_paths(
        "office", "exam_officer", "local_office", "unit_manager", season=season
    )
    if not words or not paths:
        return []
    reach = Q()
    for path in paths:
        reach |= Q(unit__path__startswith=path)
    found = Person.objects.filter(reach, Q(name=words) | Q(code=words)).select_related("unit")
    return list(found.order_by("unit__path", "code")[:FOUND_LIMIT])


def the_person(viewer: Actor, season: str, words: str) -> Person:
    """The one person so named; raises person_not_in_reach, or person_ambiguous with the codes."""
    found = find_people(viewer, season, words)
    if not found:
        raise DomainError("person_not_in_reach", words=words.strip())
    if len(found) > 1:
        codes = listed(remarked(one.code, one.unit.name) for one in found)
        raise DomainError("person_ambiguous", words=words.strip(), codes=codes)
    return found[0]


def page_of_appointments(
    viewer: Actor, *, words: str, role: str, number: str | None, at: datetime
) -> Page[Appointment]:
    """Who holds what in the whole house, for the administrators who keep and audit it."""
    if not rules.can_see_appointments(viewer):
        raise DomainError("forbidden")
    found = _in_office(at)
    if words.strip():
        found = found.filter(
            Q(account__display_name__contains=words.strip()) | Q(account__username=words.strip())
        )
    if role:
        found = found.filter(role=role)
    return Paginator(found, PAGE_SIZE).get_page(number)


def _in_office(at: datetime) -> QuerySet[Appointment]:
    return (
        Appointment.objects.filter(Q(until=None) | Q(until__gt=at))
        .select_related("account", "account__person", "account__person__unit", "unit", "committee")
        .order_by("committee_id", _RANK, "role", "pk")
    )
