"""Reads of slips: whose code this is, and who of a unit cannot sign in yet."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from leitai.base import sealing
from leitai.base.bigrams import containing
from leitai.kernel.errors import DomainError
from leitai.kernel.ids import normalise_code
from leitai.people import privacy
from leitai.people.enums import SlipPurpose
from leitai.people.models import Person, Slip

_NO_PASSWORD = "!"  # noqa: S105  # how Django begins a password that nobody has


@dataclass(frozen=True, slots=True)
class Found:
    """An open slip; `person` None where somebody has yet to say who they are."""

    slip: int
    person: int | None
    name: str
    unit: str
    reset: bool
    agreed: bool


def find_slip(code: str, *, at: datetime) -> Found:
    """Raises DomainError slip_unknown, slip_used, slip_withdrawn or slip_expired."""
    digest = sealing.code_digest(normalise_code(code))
    slip = (
        Slip.objects.select_related("person__unit", "person__account", "unit")
        .filter(digest=digest)
        .first()
    )
    if slip is None:
        raise DomainError("slip_unknown")
    demand_open(slip, at=at)
    return _found(slip, slip.person)


def get_slip(slip: int, person: int | None, *, at: datetime) -> Found:
    """The slip and person of an activation under way, if it may still go on."""
    held = Slip.objects.select_related("unit").filter(pk=slip).first()
    if held is None:
        raise DomainError("slip_unknown")
    demand_open(held, at=at)
    someone = (
        Person.objects.select_related("unit", "account").filter(pk=person).first()
        if person
        else None
    )
    return _found(held, someone)


def demand_open(slip: Slip, *, at: datetime) -> None:
    if slip.used_at is not None:
        raise DomainError("slip_used")
    if slip.withdrawn_at is not None:
        raise DomainError("slip_withdrawn")
    if slip.expires_at <= at:
        raise DomainError("slip_expired")


def find_of_unit(slip: int, *, name: str, tail: str, at: datetime) -> Found:
    """Raises slip_nobody for a wrong name and a wrong number alike; slip_ambiguous, slip_done."""
    held = Slip.objects.select_related("unit").get(pk=slip, person=None)
    demand_open(held, at=at)
    plain = unicodedata.normalize("NFKC", tail).strip().upper()
    fitting = [
        person
        for person in Person.objects.filter(
            unit=held.unit_id, left_on=None, personal__id_tail=sealing.digest("id_tail", plain)
        ).select_related("unit", "account")[:50]
        if plain_name(person.name) == plain_name(name)
    ]
    if not fitting:
        raise DomainError("slip_nobody")
    if len(fitting) > 1:
        raise DomainError("slip_ambiguous")
    account = fitting[0].account
    if (account and account.has_usable_password()) or was_activated(fitting[0]):
        raise DomainError("slip_done", name=fitting[0].name)
    return _found(held, fitting[0])


def was_activated(person: Person) -> bool:
    """Whether the holder has ever had a password: after a reset only the reset's code helps."""
    resets = Slip.objects.filter(person=person, purpose=SlipPurpose.RESET)
    return person.account_id is not None and resets.exists()


def plain_name(name: str) -> str:
    """As names are compared: without blanks, and with one kind of dot and letter."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return "".join("·" if letter in ".・•‧∙⋅" else letter for letter in plain if letter.strip())


def list_without_password(unit_path: str, *, words: str = "") -> QuerySet[Person]:
    """Who of a subtree cannot sign in yet, by code."""
    nobody = Q(account=None) | Q(account__password__startswith=_NO_PASSWORD)
    return _of(unit_path, words).filter(nobody)


def list_with_password(unit_path: str, *, words: str = "") -> QuerySet[Person]:
    """Who of a subtree can sign in, by code."""
    held = _of(unit_path, words).exclude(account=None)
    return held.exclude(account__password__startswith=_NO_PASSWORD)


def _of(unit_path: str, words: str) -> QuerySet[Person]:
    people = Person.objects.filter(unit__path__startswith=unit_path, left_on=None)
    if words:
        people = containing(people, "name", words)
    return people.select_related("unit", "account").order_by("code")


def _found(slip: Slip, person: Person | None) -> Found:
    name, unit = (person.name, person.unit) if person else ("", slip.unit)
    reset = slip.purpose == SlipPurpose.RESET
    account = person.account if person else None
    agreed = account is not None and account.consent == privacy.VERSION
    return Found(slip.pk, person.pk if person else None, name, unit.name, reset, agreed)
