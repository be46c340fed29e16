"""Whom a matter concerns by their appointments: supervisors, and those who may approve a deed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from leitai.base.actor import Actor, AppointmentRef
from leitai.messages.models import Complaint
from leitai.messages.rules import can_handle
from leitai.people.enums import BULK_HOLDERS, Role
from leitai.people.models import Appointment

# Who could be a second officer: the committee and its cities' offices, not thousands of managers.
APPROVERS = (*BULK_HOLDERS, Role.LOCAL_OFFICE)


def handlers_of(complaint: Complaint, *, at: datetime) -> list[str]:
    """The accounts that may handle it."""
    season = complaint.season
    role = Role.SUPERVISOR if season else Role.AUDIT_ADMIN
    return [
        actor.account
        for actor in _actors((role,), season, at)
        if can_handle(actor, season, complaint.host)
    ]


def officers_of(chain: str, *, at: datetime) -> list[Actor]:
    """Everybody with an office in the season (or in all), as the actors that rules ask."""
    return _actors(APPROVERS, chain, at)


def _actors(roles: Iterable[str], season: str, at: datetime) -> list[Actor]:
    """Each account once, with the appointments among `roles` that hold at `at`; one query."""
    held = (
        Appointment.objects.filter(
            Q(until=None) | Q(until__gt=at),
            role__in=list(roles),
            scope__in=["", season],
            since__lte=at,
            account__is_active=True,
        )
        .order_by("account", "pk")
        .values_list("account", "account__person__code", "role", "unit__path", "scope")
    )
    found: defaultdict[tuple[int, str], list[AppointmentRef]] = defaultdict(list)
    for account, person, role, path, scope in held:
        found[account, person or ""].append(AppointmentRef(role, path, scope))
    return [
        Actor(account=str(account), name="", person=person, appointments=tuple(refs))
        for (account, person), refs in found.items()
    ]
