"""A leader who passed holds the duty over the delegation's unit, as long as the registration."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext

from leitai.base.actor import Actor
from leitai.people.enums import Role
from leitai.people.models import Appointment
from leitai.people.services import appoint_person, end_appointment
from leitai.registration.models import Registration


def appoint_leader(*, actor: Actor, registration: Registration, at: datetime) -> None:
    """Unless it is theirs already; raises what the people's room says of two duties at once."""
    if _held(registration, at):
        return
    appoint_person(
        actor=actor,
        person=registration.person,
        role=Role.TEAM_LEADER,
        unit=registration.delegation.unit,
        season=registration.season.code,
        at=at,
    )


def release_leader(*, actor: Actor, registration: Registration, at: datetime) -> None:
    for one in _held(registration, at):
        end_appointment(actor=actor, appointment=one, reason=gettext("领队报名已撤下"), at=at)


def _held(registration: Registration, at: datetime) -> list[Appointment]:
    if registration.person.account_id is None:
        return []
    mine = Appointment.objects.filter(
        Q(until=None) | Q(until__gt=at),
        account=registration.person.account_id,
        role=Role.TEAM_LEADER,
        unit=registration.delegation.unit,
        scope=registration.season.code,
    )
    return list(mine)
