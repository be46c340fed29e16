"""Titles, points and past contests from outside platforms: CSV, all or nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO

from django.db import connection, transaction
from django.utils.translation import gettext
from typing_extensions import override

from leitai.base.actor import Actor
from leitai.base.errors import text_of
from leitai.base.tables import Row, Table, read_csv
from leitai.base.words import listed
from leitai.kernel.errors import DomainError, Problem, Problems
from leitai.ledger import services as ledger
from leitai.people import selectors as people_room
from leitai.people.models import Person
from leitai.seasons import rules
from leitai.seasons.enums import FactKind
from leitai.seasons.models import Fact

COLUMNS = ("person", "kind", "key", "value", "from", "to", "source")
LIMITS = {"key": 64, "value": 64, "source": 200}
CHAIN = "house"  # facts are known of people, whatever the season
LOCK = "facts.import"
BATCH = 2000
_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

Key = tuple[str, str, str, date | None, str]  # person, kind, key, since, source
Wrong = Iterator[tuple[str, dict[str, object]]]


@dataclass(frozen=True, slots=True)
class FactReport:
    """What an import did, or in a dry run would do."""

    added: int
    unchanged: int
    problems: tuple[Problem, ...] = ()

    @override
    def __str__(self) -> str:
        if self.problems:
            return "\n".join(text_of(problem) for problem in self.problems)
        counts = {"added": self.added, "unchanged": self.unchanged}
        return gettext("新增%(added)s条，已有%(unchanged)s条。") % counts


@dataclass(frozen=True, slots=True)
class _Told:
    """A row as it will be stored."""

    number: int
    key: Key
    value: str
    until: date | None


def import_facts(
    *, actor: Actor, source: BinaryIO | Path, at: datetime, dry_run: bool = False
) -> FactReport:
    """Add the file's facts (person, kind, key, value, from, to, source).

    A fact that stands is never overwritten: the same row again changes nothing, another value
    under the same source is refused. Raises Problems with every bad row and writes nothing; a dry
    run never writes and reports the problems instead.
    """
    if not rules.can_import_facts(actor):
        raise DomainError("forbidden")
    try:
        table = read_csv(source, columns=COLUMNS)
    except Problems as error:
        if dry_run:
            return FactReport(0, 0, error.problems)
        raise
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [LOCK])
        people = people_room.people_by_code({row.cells["person"] for row in table.rows})
        told, problems = _read(table, people)
        standing = _standing(people)
        new = [one for one in told if one.key not in standing]
        problems += [
            Problem(table.place(one.number), "fact_differs", {"value": standing[one.key][0]})
            for one in told
            if one.key in standing and standing[one.key] != (one.value, one.until)
        ]
        problems = [*table.problems, *problems]
        report = FactReport(len(new), len(told) - len(new), tuple(problems))
        if dry_run:
            return report
        if problems:
            raise Problems(problems)
        _write(actor, table, new, people, at)
    return report


@dataclass(frozen=True, slots=True)
class NewFact:
    """What became known of a person (by code): where from stands in the batch's source."""

    person: str
    kind: str
    key: str
    value: str = ""
    since: date | None = None
    until: date | None = None


@transaction.atomic
def record_facts(
    *, actor: Actor, facts: Sequence[NewFact], source: str, at: datetime, chain: str = CHAIN
) -> int:
    """Add facts that a room has read and a person has checked; returns how many are new.

    The same fact from the same source again changes nothing. `chain` is the season's where the
    fact belongs to it. Raises DomainError("fact_differs") where the source said otherwise before.
    """
    if not rules.can_import_facts(actor):
        raise DomainError("forbidden")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [LOCK])
    source = source[: LIMITS["source"]]
    people = people_room.people_by_code({one.person for one in facts})
    standing = _standing(people)
    new: dict[Key, NewFact] = {}
    for one in facts:
        if one.person not in people:
            raise DomainError("person_unknown", code=one.person)
        key = (one.person, one.kind, one.key, one.since, source)
        said = standing.get(key)
        if said is None:
            new[key] = one
        elif said != (one.value, one.until):
            raise DomainError("fact_differs", value=said[0])
    Fact.objects.bulk_create(
        Fact(
            person=people[one.person],
            kind=one.kind,
            key=one.key[: LIMITS["key"]],
            value=one.value[: LIMITS["value"]],
            since=one.since,
            until=one.until,
            source=source,
            recorded_by=actor.account,
            recorded_at=at,
        )
        for one in new.values()
    )
    if new:
        data = {"source": source, "added": len(new)}
        ledger.append(
            chain=chain, actor=actor, act="facts.recorded", subject="facts", data=data, at=at
        )
    return len(new)


def _read(table: Table, people: Mapping[str, Person]) -> tuple[list[_Told], list[Problem]]:
    told: list[_Told] = []
    problems: list[Problem] = []
    seen: dict[Key, int] = {}
    for row in table.rows:
        wrong = list(_wrong(row, people))
        problems += [Problem(table.place(row.number), code, data) for code, data in wrong]
        if wrong:
            continue
        cells = row.cells
        key = (cells["person"], cells["kind"], cells["key"], _date(cells["from"]), cells["source"])
        if key in seen:
            first = {"first": seen[key]}
            problems.append(Problem(table.place(row.number), "fact_twice", first))
            continue
        seen[key] = row.number
        told.append(_Told(row.number, key, cells["value"], _date(cells["to"])))
    return told, problems


def _wrong(row: Row, people: Mapping[str, Person]) -> Wrong:
    cells = row.cells
    for column in ("person", "kind", "key", "source"):
        if not cells[column]:
            yield "fact_empty", {"column": column}
    for column, limit in LIMITS.items():
        if len(cells[column]) > limit:
            yield "fact_long", {"column": column, "limit": limit}
    if cells["person"] and cells["person"] not in people:
        yield "person_unknown", {"code": cells["person"]}
    if cells["kind"] and cells["kind"] not in FactKind.values:
        yield "fact_kind_unknown", {"kind": cells["kind"], "known": listed(FactKind.values)}
    if cells["kind"] == FactKind.POINTS and not _NUMBER.fullmatch(cells["value"]):
        yield "fact_number", {"value": cells["value"]}
    yield from _wrong_dates(cells["from"], cells["to"])


def _wrong_dates(since: str, until: str) -> Wrong:
    dates = {}
    for text in (since, until):
        try:
            dates[text] = _date(text)
        except ValueError:
            yield "fact_date", {"value": text}
    first, last = dates.get(since), dates.get(until)
    if first is not None and last is not None and last < first:
        yield "fact_backwards", {}


def _date(text: str) -> date | None:
    """Raises ValueError for anything but YYYY-MM-DD or nothing."""
    if not text:
        return None
    if not _DATE.fullmatch(text):
        raise ValueError(text)
    return date.fromisoformat(text)


def _standing(people: Mapping[str, Person]) -> dict[Key, tuple[str, date | None]]:
    facts = Fact.objects.filter(person__in=list(people.values()))
    columns = ("person__code", "kind", "key", "since", "source", "value", "until")
    return {
        (person, kind, key, since, source): (value, until)
        for person, kind, key, since, source, value, until in facts.values_list(*columns)
    }


def _write(
    actor: Actor, table: Table, new: list[_Told], people: Mapping[str, Person], at: datetime
) -> None:
    if not new:
        return
    rows = []
    for one in new:
        person, kind, key, since, source = one.key
        rows.append(
            Fact(
                person=people[person],
                kind=kind,
                key=key,
                value=one.value,
                since=since,
                until=one.until,
                source=source,
                recorded_by=actor.account,
                recorded_at=at,
            )
        )
    Fact.objects.bulk_create(rows, batch_size=BATCH)
    ledger.append(
        chain=CHAIN,
        actor=actor,
        act="facts.imported",
        subject=f"file:{table.name}"[:128],
        data={"source": table.name, "added": len(new)},
        at=at,
    )
