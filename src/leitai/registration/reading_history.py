"""A history list as a table: what each row says, what is wrong with it, whom it may mean."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from leitai.base import sealing
from leitai.base.sheets import read_sheet
from leitai.base.tables import Row
from leitai.base.words import listed
from leitai.kernel.errors import DomainError, Problem, Problems
from leitai.people.models import Person
from leitai.people.numbers import parse_id_number
from leitai.registration.enums import LineState
from leitai.rulebook.model import Rulebook
from leitai.rulebook.procedure.answer_texts import read_date
from leitai.seasons.enums import FactKind

HEADINGS: Final[Mapping[str, str]] = {
    "name": "姓名",
    "unit": "单位",
    "id_number": "身份证号",
    "kind": "类别",
    "key": "项目",
    "value": "等次",
    "held_on": "日期",
}
LIMITS: Final = {"name": 50, "unit": 80, "key": 64, "value": 64}
NEEDED: Final = ("name", "kind", "key")
Wrong = Iterator[tuple[str, dict[str, object]]]


@dataclass(frozen=True, slots=True)
class Told:
    """A good row. `digest` is that of its ID number, if it has one."""

    row: int
    name: str
    unit: str
    number: str
    digest: bytes | None
    kind: str
    key: str
    value: str
    held_on: date | None


@dataclass(frozen=True, slots=True)
class Match:
    """Whom a row means: for certain, perhaps (and why it is in doubt), or nobody we know."""

    state: LineState
    person: Person | None = None
    why: str = ""


@dataclass(slots=True)
class Read:
    """A list that was read: its good rows, and what is wrong with the others."""

    rows: list[Told] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_history(law: Rulebook, data: bytes, name: str) -> Read:
    """Every row of the file; a file that cannot be read at all is one problem."""
    columns = tuple(HEADINGS)
    also = {title: column for column, title in HEADINGS.items()}
    try:
        table = read_sheet(data, name=name, columns=NEEDED, optional=columns, also=also)
    except Problems as error:
        return Read(problems=list(error.problems))
    kinds = kinds_of(law)
    read = Read(problems=list(table.problems))
    seen: dict[tuple[object, ...], int] = {}
    for row in table.rows:
        wrong = [
            Problem(table.place(row.number), code, data) for code, data in _wrong(law, kinds, row)
        ]
        if wrong:
            read.problems += wrong
            continue
        told = _told(kinds, row)
        key = (told.name, told.unit, told.number, told.kind, told.key, told.value, told.held_on)
        if key in seen:
            first = {"first": seen[key]}
            read.problems.append(Problem(table.place(row.number), "history_twice", first))
            continue
        seen[key] = row.number
        read.rows.append(told)
    return read


def kinds_of(law: Rulebook) -> dict[str, str]:
    """What a list may call a kind of fact → the kind: the rules' titles and ours."""
    found: dict[str, str] = {str(kind.label): kind.value for kind in FactKind}
    found |= {kind: kind for kind in FactKind.values}
    for kind, fact in law.facts.items():
        found |= {fact.title: kind, kind: kind}
    return found


def _wrong(law: Rulebook, kinds: Mapping[str, str], row: Row) -> Wrong:
    cells = row.cells
    for column in NEEDED:
        if not cells.get(column):
            yield "history_empty", {"column": HEADINGS[column]}
    for column, limit in LIMITS.items():
        if len(cells.get(column, "")) > limit:
            yield "history_long", {"column": HEADINGS[column], "limit": limit}
    word = cells.get("kind", "")
    if word and word not in kinds:
        titles = dict.fromkeys(
            law.facts[kind].title if kind in law.facts else title for title, kind in kinds.items()
        )
        yield "history_kind", {"kind": word, "known": listed(titles)}
    elif word:
        yield from _wrong_value(law, kinds[word], cells)
    if cells.get("held_on") and read_date(cells["held_on"]) is None:
        yield "history_date", {"value": cells["held_on"]}
    if cells.get("id_number"):
        try:
            parse_id_number(cells["id_number"])
        except DomainError:
            yield "history_number", {}


def _wrong_value(law: Rulebook, kind: str, cells: Mapping[str, str]) -> Wrong:
    """Where the rules name every word of a kind, a list with another word would bar nobody."""
    fact = law.facts.get(kind)
    if fact is None or not fact.values:
        return
    if not {cells.get("key", ""), cells.get("value", "")} & set(fact.values):
        yield (
            "history_value",
            {
                "value": cells.get("key", ""),
                "kind": fact.title,
                "known": listed(fact.values),
            },
        )


def _told(kinds: Mapping[str, str], row: Row) -> Told:
    cells = row.cells
    number = parse_id_number(cells["id_number"]) if cells.get("id_number") else ""
    return Told(
        row=row.number,
        name=cells["name"],
        unit=cells.get("unit", ""),
        number=number,
        digest=sealing.digest("id_number", number) if number else None,
        kind=kinds[cells["kind"]],
        key=cells["key"],
        value=cells.get("value", ""),
        held_on=read_date(cells["held_on"]) if cells.get("held_on") else None,
    )


def match(host: str, rows: Sequence[Told]) -> list[Match]:
    """Whom each row means, among the people under the host's path; three queries for all."""
    people = Person.objects.filter(unit__path__startswith=host).select_related("unit", "personal")
    digests = [row.digest for row in rows if row.digest]
    by_digest = {
        bytes(person.personal.id_digest): person
        for person in people.filter(personal__id_digest__in=digests)
        if person.personal.id_digest is not None
    }
    by_name: dict[str, list[Person]] = defaultdict(list)
    for person in people.filter(name__in={row.name for row in rows}).order_by("code"):
        by_name[person.name].append(person)
    return [_match(row, by_digest, by_name.get(row.name, [])) for row in rows]


def _match(row: Told, by_digest: Mapping[bytes, Person], same: Sequence[Person]) -> Match:
    found = by_digest.get(row.digest) if row.digest else None
    if found is not None:  # a number is one person, whatever name was typed
        if found.name == row.name:
            return Match(LineState.MATCHED, found)
        return Match(LineState.DOUBTFUL, found, "name")
    if not same:
        return Match(LineState.UNKNOWN)
    if row.digest:
        return Match(LineState.DOUBTFUL, same[0], "number")
    here = [person for person in same if row.unit and _same_unit(row.unit, person)]
    if len(here) == 1:
        return Match(LineState.MATCHED, here[0])
    return Match(LineState.DOUBTFUL, same[0], "several" if len(same) > 1 else "unit")


def _same_unit(told: str, person: Person) -> bool:
    return told == person.unit.name
