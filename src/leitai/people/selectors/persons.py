"""Reads of people."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from leitai.base import sealing
from leitai.kernel.errors import DomainError
from leitai.people import numbers
from leitai.people.models import Person, Personal, Posting


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


@dataclass(frozen=True, slots=True)
class Masked:
    """Personal numbers as pages show them; "" where there is none."""

    id_number: str = ""
    phone: str = ""
    staff_number: str = ""
    bank_account: str = ""
    bank_name: str = ""
    erased_at: datetime | None = None


def masked(person: Person) -> Masked:
    """The person's numbers, masked."""
    personal = getattr(person, "personal", None)
    if personal is None:
        return Masked()
    shown = {
        field: numbers.mask(field, _open(person, personal, field)) for field in Personal.LABELS
    }
    return Masked(**shown, erased_at=personal.erased_at)


def masked_phone(person: Person) -> str:
    """The phone alone, for lists."""
    personal = getattr(person, "personal", None)
    return numbers.mask("phone", _open(person, personal, "phone")) if personal else ""


def _open(person: Person, personal: Personal, field: str) -> str:
    return sealing.open_sealed(getattr(personal, field), place=f"person:{person.pk}:{field}")


def list_postings(person: Person) -> QuerySet[Posting]:
    """Where the person served, newest first."""
    return person.postings.select_related("unit").order_by("-since", "-pk")
