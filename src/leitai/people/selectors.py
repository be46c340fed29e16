"""Reads of accounts, people and appointments."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from leitai.base.actor import NOBODY, Actor, AppointmentRef
from leitai.kernel.errors import DomainError
from leitai.people.models import Account, Appointment, Person


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


def get_account(username: str) -> Account:
    try:
        return Account.objects.get(username=username)
    except Account.DoesNotExist:
        raise DomainError("account_unknown", username=username) from None


def get_person(code: str) -> Person:
    """The person of that code, with the unit; raises DomainError("person_unknown")."""
    try:
        return Person.objects.select_related("unit").get(code=code)
    except Person.DoesNotExist:
        raise DomainError("person_unknown", code=code) from None


def people_by_code(codes: Collection[str]) -> dict[str, Person]:
    """The people that exist among these codes, each with unit and account."""
    found = Person.objects.filter(code__in=set(codes)).select_related("unit", "account")
    return {person.code: person for person in found}


def list_people(unit_path: str) -> QuerySet[Person]:
    """Everybody of a subtree, by code."""
    return Person.objects.filter(unit__path__startswith=unit_path).order_by("code")


def _appointments(account: Account, at: datetime) -> list[AppointmentRef]:
    held = (
        Appointment.objects.filter(Q(until=None) | Q(until__gt=at), account=account, since__lte=at)
        .order_by("role", "unit__path", "scope")
        .values_list("role", "unit__path", "scope")
    )
    return [AppointmentRef(role, path, season) for role, path, season in held]
