"""Who of the roster an outside identity is, by a number that the other side vouches for."""

from __future__ import annotations

from leitai.base import sealing
from leitai.people.models import Person, Personal
from leitai.people.numbers import normalise

_COLUMNS = {"phone": "phone_digest", "staff_number": "staff_digest"}


def find_person_by_number(kind: str, value: str) -> Person | None:
    """The one person in service with this number; None for nobody, and for two who share it."""
    digest = sealing.digest(kind, normalise(kind, value))
    found = Personal.objects.filter(**{_COLUMNS[kind]: digest}, person__left_on=None)
    people = list(found.select_related("person__account", "person__unit")[:2])
    return people[0].person if len(people) == 1 else None
