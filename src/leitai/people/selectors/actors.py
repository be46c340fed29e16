"""The frozen actor of whoever signed in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from leitai.base.actor import NOBODY, Actor, AppointmentRef
from leitai.people.models import Account, Appointment, Person
from leitai.people.selectors.accounts import get_account
from leitai.people.selectors.passes import actor_of_pass

PASS: Final = "pass"  # noqa: S105  # the session's key for the id of a one-day pass
PASS_DEVICE: Final = "pass_device"  # noqa: S105  # and for the device's secret


def actor_of_session(
    user: AbstractBaseUser | AnonymousUser, session: Mapping[str, Any], *, at: datetime
) -> Actor:
    """Of a session opened with a one-day pass, only that pass's duty; else of the account."""
    if session.get(PASS) is not None:
        return actor_of_pass(session[PASS], user, session.get(PASS_DEVICE), at=at)
    return actor_of(user, at=at)


def actor_of(user: AbstractBaseUser | AnonymousUser, *, at: datetime) -> Actor:
    """The frozen actor of a signed-in account, with the appointments that hold at `at`."""
    if not isinstance(user, Account) or not user.is_active:
        return NOBODY
    person = Person.objects.filter(account=user).values_list("code", flat=True).first()
    return Actor(
        account=str(user.pk),
        name=user.display_name or user.username,
        person=person or "",
        appointments=tuple(_appointments(user, at)),
    )


def actor_of_account(username: str, *, at: datetime) -> Actor:
    """The actor of an account by its login name; raises DomainError("account_unknown")."""
    return actor_of(get_account(username), at=at)


def holds_office(account: Account, *, at: datetime) -> bool:
    """Whether any appointment holds: such a session ends sooner when nobody works in it."""
    return _held(account, at).exists()


def _appointments(account: Account, at: datetime) -> list[AppointmentRef]:
    held = (
        _held(account, at)
        .order_by("role", "unit__path", "scope")
        .values_list("role", "unit__path", "scope")
    )
    return [AppointmentRef(role, path, season) for role, path, season in held]


def _held(account: Account, at: datetime) -> QuerySet[Appointment]:
    return Appointment.objects.filter(
        Q(until=None) | Q(until__gt=at), account=account, since__lte=at
    )
