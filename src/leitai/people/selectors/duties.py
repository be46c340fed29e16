"""Who looks after which units: the appointments that local offices and managers give."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.db.models import Q

from leitai.base.actor import Actor
from leitai.base.words import listed, remarked
from leitai.kernel.errors import DomainError
from leitai.people import rules
from leitai.people.enums import LOCAL_ROLES, Role
from leitai.people.models import Appointment, Person

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Duty:
    """An appointment in office; `may` says whether the viewer may end it."""

    held: Appointment
    may: bool


def duties_of(viewer: Actor, page: Page[Appointment]) -> list[Duty]:
    return [
        Duty(
            one,
            str(one.account_id) != viewer.account
            and rules.can_appoint(viewer, one.role, one.unit.path, one.scope),
        )
        for one in page.object_list
    ]


def page_of_duties(viewer: Actor, *, number: str | None, at: datetime) -> Page[Appointment]:
    """Managers, team leaders and the like in office within the viewer's subtrees."""
    within = _within(rules.duty_paths(viewer), "unit__path")
    held = (
        Appointment.objects.filter(Q(until=None) | Q(until__gt=at), within, role__in=LOCAL_ROLES)
        .select_related("account__person__unit", "unit")
        .order_by("unit__path", "role", "pk")
    )
    return Paginator(held, PAGE_SIZE).get_page(number)


def roles_to_give(viewer: Actor) -> list[Role]:
    """A manager gives managers below; a city's committee and the office all local duties."""
    if viewer.has(Role.SECURITY_ADMIN) or any(
        held.role in (Role.OFFICE, Role.LOCAL_OFFICE) for held in viewer.appointments
    ):
        return list(LOCAL_ROLES)
    return [Role.UNIT_MANAGER]


def seasons_to_give(viewer: Actor) -> list[str]:
    """The seasons ("" for all) in which the viewer holds what gives duties."""
    held = {ref.season for ref in viewer.appointments if ref.role in rules.DUTY_GIVERS}
    return sorted(held)


def find_duty_person(viewer: Actor, words: str) -> Person:
    """The one person so named in reach; raises person_not_in_reach or person_ambiguous."""
    words = words.strip()
    within = _within(rules.duty_paths(viewer), "unit__path")
    found = Person.objects.filter(within, Q(name=words) | Q(code=words), left_on=None)
    people = list(found.select_related("unit", "account").order_by("code")[:20])
    if not people:
        raise DomainError("person_not_in_reach", words=words)
    if len(people) > 1:
        codes = listed(remarked(one.code, one.unit.name) for one in people)
        raise DomainError("person_ambiguous", words=words, codes=codes)
    return people[0]


def get_duty_for(viewer: Actor, number: int) -> Appointment:
    """A duty that the viewer may end; raises appointment_unknown."""
    held = Appointment.objects.filter(pk=number, role__in=LOCAL_ROLES)
    one = held.select_related("unit", "account").first()
    if one is None or not rules.can_appoint(viewer, one.role, one.unit.path, one.scope):
        raise DomainError("appointment_unknown")
    return one


def _within(paths: tuple[str, ...], column: str) -> Q:
    if not paths:
        raise DomainError("forbidden")
    within = Q()
    for path in paths:
        within |= Q(**{f"{column}__startswith": path})
    return within
