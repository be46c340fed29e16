"""The statements by which many rows are read and written at once; what they mean is elsewhere."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any, Final, NamedTuple

import psycopg
from django.db import connection


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


_SETS: Final = "SELECT day, set, learner, act, items, body, at FROM practice_journal"
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


def sets_of(learners: Collection[int], days: Collection[date] | None = None) -> list[JournalRow]:
    """The folded sets of learners in the order of their arrival, of some days or of all."""
    sql = f"{_SETS} WHERE folded_at IS NOT NULL AND learner = ANY(%s)"
    values: list[Any] = [list(learners)]
    if days is not None:
        sql, values = f"{sql} AND day = ANY(%s)", [*values, list(days)]
    return _sets(f"{sql} ORDER BY at, set", values)


def mark_folded(rows: Iterable[JournalRow], at: datetime) -> None:
    days, sets = _columns(((row.day, row.set) for row in rows), 2)
    _run(
        "UPDATE practice_journal journal SET folded_at = %s"
        " FROM unnest(%s::date[], %s::bytea[]) AS done(day, set)"
        " WHERE journal.day = done.day AND journal.set = done.set",
        [at, days, sets],
    )


def store_acts(rows: Sequence[ActRow]) -> set[tuple[date, str]]:
    """Write acts; gives (day, source) of those that are new. A void one stays void."""
    if not rows:
        return set()
    columns = _columns((row[:6] for row in rows), 6)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO practice_act (day, source, learner, act, at, value)"
            " SELECT * FROM unnest(%s::date[], %s::text[], %s::bigint[], %s::text[],"
            " %s::timestamptz[], %s::text[])"
            " ON CONFLICT (day, source) DO UPDATE SET act = EXCLUDED.act, at = EXCLUDED.at,"
            " value = EXCLUDED.value WHERE (practice_act.act, practice_act.at, practice_act.value)"
            " IS DISTINCT FROM (EXCLUDED.act, EXCLUDED.at, EXCLUDED.value)"
            " RETURNING day, source",
            columns,
        )
        return set(cursor.fetchall())


def add_acts(rows: Sequence[ActRow]) -> set[tuple[date, str]]:
    """Write acts that do not stand yet; gives (day, source) of those."""
    if not rows:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO practice_act (day, source, learner, act, at, value)"
            " SELECT * FROM unnest(%s::date[], %s::text[], %s::bigint[], %s::text[],"
            " %s::timestamptz[], %s::text[])"
            " ON CONFLICT (day, source) DO NOTHING RETURNING day, source",
            _columns((row[:6] for row in rows), 6),
        )
        return set(cursor.fetchall())


def acts_of(learners: Collection[int], days: Collection[date] | None = None) -> list[ActRow]:
    """All acts of learners, void ones too, in the order in which the rules take them."""
    sql = f"{_ACTS} WHERE learner = ANY(%s)"
    values: list[Any] = [list(learners)]
    if days is not None:
        sql, values = f"{sql} AND day = ANY(%s)", [*values, list(days)]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found = [ActRow(*row) for row in cursor.fetchall()]
    # Not the database's order: it sorts text by another rule than the rules of practice do.
    found.sort(key=lambda row: (row.learner, row.at, row.act, row.value, row.source))
    return found


def lines_of(learners: Collection[int]) -> list[CreditLine]:
    """The points of learners, line by line."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT day, learner, line, act, ledger, at, points, balance, reason, corrects"
            " FROM practice_credit WHERE learner = ANY(%s) ORDER BY learner, line",
            [list(learners)],
        )
        found = cursor.fetchall()
    return [CreditLine._make((*row[:8], _json(row[8]), row[9])) for row in found]


def add_lines(lines: Sequence[CreditLine]) -> None:
    if not lines:
        return
    rows = ((*line[:8], _text(line.reason), line.corrects) for line in lines)
    _run(
        "INSERT INTO practice_credit"
        " (day, learner, line, act, ledger, at, points, balance, reason, corrects)"
        " SELECT day, learner, line, act, ledger, at, points, balance, reason::jsonb, corrects"
        " FROM unnest(%s::date[], %s::bigint[], %s::int[], %s::text[], %s::text[],"
        " %s::timestamptz[], %s::text[], %s::text[], %s::text[], %s::int[])"
        " AS new(day, learner, line, act, ledger, at, points, balance, reason, corrects)",
        _columns(rows, 10),
    )


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
        _columns(rows, 4),
    )


def store_memories(rows: Iterable[tuple[int, bytes]]) -> None:
    """(learner, packed cards). Sent as bytes: as text they would be most of a fold's work."""
    learners, packed = _columns(rows, 2)
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
        return {learner: bytes(cards) for learner, cards in cursor.fetchall()}


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
        (row[0], row[1]): dict(zip(_TOLD, [*row[2:10], *map(_json, row[10:])], strict=True))
        for row in rows
    }


def store_days(rows: Sequence[DayRow]) -> None:
    if not rows:
        return
    columns = _columns(
        (
            (
                row.learner,
                row.day,
                *(_text(row.told[name]) if name in ("modules", "acts", "points") else row.told[name]
                  for name in _TOLD),
            )
            for row in rows
        ),
        13,
    )  # fmt: skip
    _run(
        f"INSERT INTO practice_day ({_DAY_COLUMNS})"  # noqa: S608  (our own columns)
        " SELECT a, b, c, d, e, f, g, h, i, j, k::jsonb, l::jsonb, m::jsonb"
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
            JournalRow(day, bytes(set_), learner, act, _json(items), bytes(body), at)
            for day, set_, learner, act, items, body, at in cursor.fetchall()
        ]


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
