"""People with numbers that cannot exist, and their slips."""

from __future__ import annotations

from leitai.people import services
from leitai.people.models import Person
from leitai.people.services import NewPerson
from tests.factories.people import SINCE
from tests.factories.units import HOUSE

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def id_number(serial: int, born: str = "19900307") -> str:
    """Of a region that does not exist (00…), with the check digit of GB 11643."""
    digits = f"000000{born}{serial:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True))
    return digits + "10X98765432"[total % 11]


def clerk(
    code: str,
    name: str,
    *,
    unit: str = "5101",
    serial: int = 0,
    phone: str = "",
    staff_number: str = "",
) -> Person:
    """Somebody of the roster; with a serial also with an ID number."""
    person = services.create_person(actor=HOUSE, person=NewPerson(code, name, unit), at=SINCE)
    services.set_personal(
        person,
        id_number=id_number(serial) if serial else "",
        phone=phone,
        staff_number=staff_number,
    )
    return Person.objects.select_related("unit", "account").get(pk=person.pk)
