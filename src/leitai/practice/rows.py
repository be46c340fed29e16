"""The statements by which many rows are read and written at once; what they mean is elsewhere."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any, Final, NamedTuple

import psycopg
from django.db import connection

from leitai.practice.columns import (
    codes_of,
    items_out,
    modules_in,
    modules_out,
    press,
    source_in,
    source_out,
    unpress,
    value_in,
    value_out,
)


class JournalRow(NamedTuple):
    """A set as the lane took it."""

    day: date
    set: bytes
    learner: int
    act: str
    items: list[int]
    body: bytes
    at: datetime


class ActRow(NamedTuple):
    """An act as the rules read it, with what made it."""

    day: date
    source: str
    learner: int
    act: str
    at: datetime
    value: str
    void: str = ""


def key_of(row: ActRow) -> tuple[int, date, str]:
    """What makes an act one of its own."""
    return row.learner, row.day, row.source


class CreditLine(NamedTuple):
    """A line of somebody's points; `reason` is the rules' reason as JSON data."""

    day: date
    learner: int
    line: int
    act: str
    ledger: str
    at: datetime
    points: str
    balance: str
    reason: dict[str, object]
    corrects: int | None


class DayRow(NamedTuple):
    """A learner's day; `told` is what statistics are told of it, the rest follows from it."""

    learner: int
    day: date
    told: dict[str, Any]


Place = tuple[date, bytes]  # of a set in the journal

_SETS: Final = "SELECT day, set, learner, act, items, body, at FROM practice_journal"
_READ: Final = (
    " AND NOT EXISTS (SELECT FROM practice_unread unread"
    " WHERE unread.day = practice_journal.day AND unread.set = practice_journal.set)"
)
_ACTS: Final = "SELECT day, source, learner, act, at, value, void FROM practice_act"
_TOLD: Final = (
    "unit", "line", "staffing", "window",
    "sets", "answers", "right", "seconds", "modules", "acts", "points",
)  # fmt: skip
_DAY_COLUMNS: Final = (
    'learner_id, day, unit_id, line, staffing, "window",'
    ' sets, answers, "right", seconds, modules, acts, points'
)


def waiting_sets(limit: int) -> list[JournalRow]:
    """Sets that nobody has folded and nobody else is folding, the oldest first; locked."""
    which = "WHERE folded_at IS NULL ORDER BY at, set LIMIT %s FOR UPDATE SKIP LOCKED"
    return _sets(f"{_SETS} {which}", [limit])


def sets_of(
    learners: Collection[int], days: Collection[date] | None = None, *, read: bool = False
) -> list[JournalRow]:
    """The folded sets of learners in the order of their arrival, of some days or of all.

    `read`: only those that could be read.
    """
    which, values = _of(learners, days)
    sql = f"{_SETS} WHERE folded_at IS NOT NULL AND {which}{_READ if read else ''}"
    return _sets(f"{sql} ORDER BY at, set", values)


def sets_in(first: date, end: date, season: str, *, after: Place, limit: int) -> list[JournalRow]:
    """Folded sets of a season from `first` until before `end`, those after a place (day, set)."""
    which = (
        "WHERE folded_at IS NOT NULL AND day >= %s AND day < %s AND (day, set) > (%s, %s)"
        " AND learner IN (SELECT id FROM practice_learner WHERE season = %s)"
        " ORDER BY day, set LIMIT %s"
    )
    return _sets(f"{_SETS} {which}", [first, end, *after, season, limit])


def mark_folded(rows: Iterable[JournalRow], at: datetime) -> None:
    days, sets = _columns(((row.day, row.set) for row in rows), 2)
    _run(
        "UPDATE practice_journal journal SET folded_at = %s"
        " FROM unnest(%s::date[], %s::bytea[]) AS done(day, set)"
        " WHERE journal.day = done.day AND journal.set = done.set",
        [at, days, sets],
    )


def add_acts(rows: Sequence[ActRow]) -> set[tuple[int, date, str]]:
    """Write acts that do not stand yet; gives (learner, day, source) of those."""
    return _put_acts(rows, "DO NOTHING")


def put_voids(rows: Sequence[ActRow]) -> None:
    """Write whether these acts are void; one that is a set of the journal gets a row for it."""
    _put_acts(rows, "DO UPDATE SET void = EXCLUDED.void")


def _put_acts(rows: Sequence[ActRow], standing: str) -> set[tuple[int, date, str]]:
    if not rows:
        return set()
    told = (
        (row.day, source_in(row.source), *row[2:5], value_in(row.value), row.void) for row in rows
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO practice_act (day, source, learner, act, at, value, void)"  # noqa: S608
            " SELECT * FROM unnest(%s::date[], %s::bytea[], %s::bigint[], %s::text[],"
            " %s::timestamptz[], %s::bytea[], %s::text[])"
            f" ON CONFLICT (learner, day, source) {standing} RETURNING learner, day, source",
            _columns(told, 7),
        )
        return {(learner, day, source_out(source)) for learner, day, source in cursor.fetchall()}


def kept_acts(learners: Collection[int], days: Collection[date] | None = None) -> list[ActRow]:
    """The rows of acts of learners; what they did altogether tells `selectors.acts`."""
    which, values = _of(learners, days)
    with connection.cursor() as cursor:
        cursor.execute(f"{_ACTS} WHERE {which}", values)
        return [
            ActRow(day, source_out(source), learner, act, at, value_out(value), void)
            for day, source, learner, act, at, value, void in cursor.fetchall()
        ]


def lines_of(learners: Collection[int]) -> list[CreditLine]:
    """The points of learners, line by line."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT day, learner, line, act, ledger, at, points, balance, why_id, corrects"
            " FROM practice_credit WHERE learner = ANY(%s) ORDER BY learner, line",
            [list(learners)],
        )
        found = cursor.fetchall()
        whys = list({row[8] for row in found})
        cursor.execute("SELECT id, told FROM practice_why WHERE id = ANY(%s)", [whys])
        told = {pk: _json(one) for pk, one in cursor.fetchall()}
    return [
        CreditLine._make((*row[:3], source_out(row[3]), *row[4:8], told[row[8]], row[9]))
        for row in found
    ]


def add_lines(lines: Sequence[CreditLine]) -> None:
    if not lines:
        return
    texts = [json.dumps(line.reason, ensure_ascii=False, sort_keys=True) for line in lines]
    whys = _whys_of(texts)
    rows = (
        (*line[:3], source_in(line.act), *line[4:8], whys[text], line.corrects)
        for line, text in zip(lines, texts, strict=True)
    )
    _run(
        "INSERT INTO practice_credit"
        " (day, learner, line, act, ledger, at, points, balance, why_id, corrects)"
        " SELECT day, learner, line, act, ledger, at, points, balance, why_id, corrects"
        " FROM unnest(%s::date[], %s::bigint[], %s::int[], %s::bytea[], %s::text[],"
        " %s::timestamptz[], %s::text[], %s::text[], %s::int[], %s::int[])"
        " AS new(day, learner, line, act, ledger, at, points, balance, why_id, corrects)",
        _columns(rows, 10),
    )


def _whys_of(texts: Collection[str]) -> dict[str, int]:
    """The ids of reasons, those of new ones too. In one order always: no deadlock."""
    digests = {hashlib.sha256(text.encode()).digest(): text for text in set(texts)}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT digest, id FROM practice_why WHERE digest = ANY(%s::bytea[])", [list(digests)]
        )
        found = {digests[bytes(digest)]: pk for digest, pk in cursor.fetchall()}
        new = sorted(digest for digest, text in digests.items() if text not in found)
        if new:
            cursor.execute(
                "INSERT INTO practice_why (digest, told)"
                " SELECT digest, told::jsonb FROM unnest(%s::bytea[], %s::text[])"
                " AS new(digest, told)"
                " ON CONFLICT (digest) DO UPDATE SET told = EXCLUDED.told RETURNING digest, id",
                [new, [digests[digest] for digest in new]],
            )
            found |= {digests[bytes(digest)]: pk for digest, pk in cursor.fetchall()}
    return found


def store_totals(totals: dict[int, dict[str, dict[str, str]]]) -> None:
    """By learner."""
    _run(
        "UPDATE practice_learner learner SET totals = new.totals::jsonb"
        " FROM unnest(%s::bigint[], %s::text[]) AS new(id, totals) WHERE learner.id = new.id",
        _columns(((learner, _text(told)) for learner, told in totals.items()), 2),
    )


def store_accounts(rows: Iterable[tuple[int, str, bytes, int]]) -> None:
    """(learner, law, state, lines)."""
    _run(
        "INSERT INTO practice_account (learner_id, law, state, lines)"
        " SELECT * FROM unnest(%s::bigint[], %s::text[], %s::bytea[], %s::int[])"
        " ON CONFLICT (learner_id) DO UPDATE SET law = EXCLUDED.law, state = EXCLUDED.state,"
        " lines = EXCLUDED.lines",
        _columns(((one, law, press(state), lines) for one, law, state, lines in rows), 4),
    )


def store_memories(rows: Iterable[tuple[int, bytes]]) -> None:
    """(learner, packed cards). Sent as bytes: as text they would be most of a fold's work."""
    learners, packed = _columns(((learner, press(cards)) for learner, cards in rows), 2)
    connection.ensure_connection()
    with psycopg.Cursor(connection.connection) as cursor:  # Django's would make text of it
        cursor.execute(
            "INSERT INTO practice_memory (learner_id, cards)"
            " SELECT * FROM unnest(%s::bigint[], %b::bytea[])"
            " ON CONFLICT (learner_id) DO UPDATE SET cards = EXCLUDED.cards",
            [learners, packed],
        )


def memories_of(learners: Collection[int]) -> dict[int, bytes]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT learner_id, cards FROM practice_memory WHERE learner_id = ANY(%s)",
            [list(learners)],
        )
        return {learner: unpress(cards) for learner, cards in cursor.fetchall()}


def days_of(places: Collection[tuple[int, date]]) -> dict[tuple[int, date], dict[str, Any]]:
    """What is told of these learners' days, where anything stands."""
    learners, days = _columns(places, 2)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {_DAY_COLUMNS} FROM practice_day"  # noqa: S608  (our own columns)
            " JOIN unnest(%s::bigint[], %s::date[]) AS wanted(wanted_learner, wanted_day)"
            " ON learner_id = wanted_learner AND day = wanted_day",
            [learners, days],
        )
        rows = cursor.fetchall()
    return {
        (row[0], row[1]): dict(
            zip(_TOLD, [*row[2:10], modules_out(row[10]), *map(_json, row[11:])], strict=True)
        )
        for row in rows
    }


def store_days(rows: Sequence[DayRow]) -> None:
    if not rows:
        return
    codes = codes_of(node for row in rows for node in row.told["modules"])
    forms: dict[str, Callable[[Any], Any]] = {
        "modules": lambda told: json.dumps(modules_in(told, codes)),
        "acts": _text,
        "points": _text,
    }
    columns = _columns(
        (
            (row.learner, row.day, *(forms.get(name, _same)(row.told[name]) for name in _TOLD))
            for row in rows
        ),
        13,
    )
    _run(
        f"INSERT INTO practice_day ({_DAY_COLUMNS})"  # noqa: S608  (our own columns)
        " SELECT a, b, c, d, e, f, g, h, i, j, translate(k, '[]', '{}')::int[], l::jsonb, m::jsonb"
        " FROM unnest(%s::bigint[], %s::date[], %s::bigint[], %s::text[], %s::text[], %s::text[],"
        " %s::int[], %s::int[], %s::int[], %s::int[], %s::text[], %s::text[], %s::text[])"
        " AS new(a, b, c, d, e, f, g, h, i, j, k, l, m)"
        " ON CONFLICT (learner_id, day) DO UPDATE SET unit_id = EXCLUDED.unit_id,"
        ' line = EXCLUDED.line, staffing = EXCLUDED.staffing, "window" = EXCLUDED."window",'
        ' sets = EXCLUDED.sets, answers = EXCLUDED.answers, "right" = EXCLUDED."right",'
        " seconds = EXCLUDED.seconds, modules = EXCLUDED.modules, acts = EXCLUDED.acts,"
        " points = EXCLUDED.points",
        columns,
    )


def drop_days(places: Collection[tuple[int, date]]) -> None:
    _run(
        "DELETE FROM practice_day USING unnest(%s::bigint[], %s::date[]) AS gone(learner, day)"
        " WHERE practice_day.learner_id = gone.learner AND practice_day.day = gone.day",
        _columns(places, 2),
    )


def add_changes(
    season: str, rows: Sequence[tuple[int, date, dict[str, Any], dict[str, Any]]]
) -> None:
    """(learner, day, before, after) for the statistics."""
    told = ((one, day, _text(before), _text(after)) for one, day, before, after in rows)
    _run(
        "INSERT INTO practice_daychange (season, learner, day, before, after)"
        " SELECT %s, learner, day, before::jsonb, after::jsonb"
        " FROM unnest(%s::bigint[], %s::date[], %s::text[], %s::text[])"
        " AS new(learner, day, before, after)",
        [season, *_columns(told, 4)],
    )


def _sets(sql: str, values: Sequence[Any]) -> list[JournalRow]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [
            JournalRow(day, bytes(set_), learner, act, items_out(items), bytes(body), at)
            for day, set_, learner, act, items, body, at in cursor.fetchall()
        ]


def _of(learners: Collection[int], days: Collection[date] | None) -> tuple[str, list[Any]]:
    """Whose rows, and of which days."""
    if days is None:
        return "learner = ANY(%s)", [list(learners)]
    return "learner = ANY(%s) AND day = ANY(%s)", [list(learners), list(days)]


def _same(value: Any) -> Any:
    return value


def _run(sql: str, values: Sequence[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def _columns(rows: Iterable[Sequence[object]], width: int) -> list[list[Any]]:
    """Rows as columns, which is how `unnest` takes them."""
    columns = [list(column) for column in zip(*rows, strict=True)]
    return columns or [[] for _ in range(width)]


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _json(value: Any) -> Any:
    """Django leaves a raw query's JSON as text."""
    return json.loads(value) if isinstance(value, str | bytes) else value
