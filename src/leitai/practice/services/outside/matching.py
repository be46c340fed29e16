"""Whose a line is: by ID number, then by phone, then by name and unit; else a person decides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from leitai.people.models import Person
from leitai.practice.services.outside.lines import DOUBT, NEW, UNKNOWN, Line

BY_ID, BY_PHONE, BY_NAME = "id", "phone", "name"
# Why nobody but a person can say whose a line is.
OTHER_NAME, OTHER_PHONE, OTHER_UNIT, SEVERAL = "name", "phone", "unit", "several"
CANDIDATES: Final = 10
_DIGESTS: Final = {"id_number": "id_digest", "phone": "phone_digest"}


class Matcher:
    """Everybody in service below `host` who may be meant by these lines, read in three queries."""

    def __init__(self, lines: Sequence[Line], host: str) -> None:
        serving = Person.objects.filter(unit__path__startswith=host, left_on=None)
        self._serving = serving.select_related("unit", "personal")
        self._by_number = {field: self._holders(lines, field) for field in _DIGESTS}
        self._by_name: dict[str, list[Person]] = defaultdict(list)
        names = {line.name for line in lines}
        for person in self._serving.filter(name__in=names).order_by("code"):
            self._by_name[person.name].append(person)

    def _holders(self, lines: Sequence[Line], field: str) -> Mapping[bytes, list[Person]]:
        wanted = [line.digests[field] for line in lines if field in line.digests]
        holders: dict[bytes, list[Person]] = defaultdict(list)
        column = _DIGESTS[field]
        found = self._serving.filter(**{f"personal__{column}__in": wanted}) if wanted else ()
        for person in found:
            holders[bytes(getattr(person.personal, column))].append(person)
        return holders

    def match(self, line: Line) -> None:
        """Set what becomes of a readable line that says something."""
        for person in self._with("id_number", line):
            return _sure(line, person, BY_ID) if person.name == line.name else self._other(line)
        by_phone = [
            one for one in self._with("phone", line) if not _differs(one, line, "id_number")
        ]
        same = [one for one in by_phone if one.name == line.name]
        if len(same) == 1:
            return _sure(line, same[0], BY_PHONE)
        if same:
            return _doubt(line, same, SEVERAL)
        return self._match_name(line, by_phone)

    def _match_name(self, line: Line, by_phone: Sequence[Person]) -> None:
        named = [
            one for one in self._by_name.get(line.name, ()) if not _differs(one, line, "id_number")
        ]
        here = [one for one in named if line.unit and one.unit.name == line.unit]
        if len(here) == 1 and not _differs(here[0], line, "phone"):
            return _sure(line, here[0], BY_NAME)
        if here:
            return _doubt(line, here, OTHER_PHONE if len(here) == 1 else SEVERAL)
        if named:
            return _doubt(line, named, OTHER_UNIT)
        if by_phone:
            return _doubt(line, by_phone, OTHER_NAME)
        line.state = UNKNOWN
        return None

    def _other(self, line: Line) -> None:
        _doubt(line, self._with("id_number", line), OTHER_NAME)

    def _with(self, field: str, line: Line) -> list[Person]:
        return self._by_number[field].get(line.digests.get(field, b""), [])


def _sure(line: Line, person: Person, by: str) -> None:
    line.state, line.person, line.by = NEW, person.code, by


def _doubt(line: Line, people: Iterable[Person], why: str) -> None:
    line.people = [person.code for person in people][:CANDIDATES]
    line.state, line.why = DOUBT, why


def _differs(person: Person, line: Line, field: str) -> bool:
    """Both have the number and it is not the same."""
    personal = getattr(person, "personal", None)
    theirs = getattr(personal, _DIGESTS[field]) if personal else None
    return theirs is not None and line.digests.get(field, bytes(theirs)) != bytes(theirs)
