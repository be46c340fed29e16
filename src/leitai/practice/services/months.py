"""The months of journal, acts and credits: made ahead, put in order, dropped when they are over.

A row for a month that nobody made falls into the DEFAULT partition, so that no answer is ever lost
for it; the daily round makes the month and moves such rows. Of a season whose data are forgotten
the journal goes: whole months where nobody else has answers in them, single rows otherwise. Acts
(written down just before, `keeping`) and credits stay, as points and titles rest on them; they
hold no answers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Final

from django.db import connection, transaction
from psycopg import sql

from leitai.practice.cards import local_day
from leitai.practice.selectors.grounds import GRACE
from leitai.practice.services.keeping import keep_acts
from leitai.seasons.enums import SeasonState
from leitai.seasons.models import CalendarWindow

TABLES: Final = ("practice_journal", "practice_act", "practice_credit")
AHEAD: Final = 2  # months beyond this one and beyond the last season's end
FARTHEST: Final = 36
_LOCK: Final = "SET LOCAL lock_timeout = '2s'"  # rather another night than answers that wait
_NEW: Final = """
CREATE TABLE {new} (LIKE {parent} INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING INDEXES)
WITH (autovacuum_vacuum_scale_factor = 0.02)
"""
_FILL: Final = """
WITH gone AS (DELETE FROM {rest} WHERE day >= {first} AND day < {end} RETURNING *)
INSERT INTO {new} SELECT * FROM gone
"""
_ATTACH: Final = """
ALTER TABLE {parent} ATTACH PARTITION {new} FOR VALUES FROM ({first}) TO ({end})
"""
_OURS: Final = """
learner IN (SELECT id FROM practice_learner WHERE season = ANY(%s)) AND folded_at IS NOT NULL
"""


def make_months(*, at: datetime) -> list[str]:
    """Make what is missing up to two months after the last season's end; names of the new ones."""
    this = local_day(at).replace(day=1)
    made = []
    for first in _months(this, _last_month(this)):
        made += [name for table in TABLES if (name := _give_month(table, first)[0])]
    return made


def sort_rest() -> int:
    """Give every month in the DEFAULT partitions a partition of its own; how many rows moved."""
    moved = 0
    for table in TABLES:
        with connection.cursor() as cursor:
            cursor.execute(
                sql.SQL("SELECT DISTINCT date_trunc('month', day)::date FROM {}").format(
                    sql.Identifier(f"{table}_rest")
                )
            )
            months = [row[0] for row in cursor.fetchall()]
        for first in sorted(months):
            moved += _give_month(table, first)[1]
    return moved


def forget_journal(*, seasons: Sequence[str], at: datetime) -> list[str]:
    """Drop the folded journal of these seasons in months that are over; names of those dropped."""
    before = local_day(at - GRACE).replace(day=1)
    dropped = []
    for name, first in _partitions("practice_journal"):
        if first >= before:
            continue
        end = month_after(first)
        kept = sum(keep_acts(season=season, first=first, end=end) for season in seasons)
        if kept and _forget_month(name, list(seasons), kept):
            dropped.append(name)
    return dropped


def month_after(first: date, months: int = 1) -> date:
    """The first day so many months later."""
    place = first.year * 12 + first.month - 1 + months
    return date(place // 12, place % 12 + 1, 1)


def _months(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first = month_after(first)


def _last_month(this: date) -> date:
    """Two months after this one or after the last end of an open season, within reason."""
    closes = (
        CalendarWindow.objects.filter(season__state=SeasonState.OPEN)
        .order_by("-closes_at")
        .values_list("closes_at", flat=True)
        .first()
    )
    end = max(this, local_day(closes).replace(day=1)) if closes else this
    return min(month_after(end, AHEAD), month_after(this, FARTHEST))


def _name(table: str, first: date) -> str:
    return f"{table}_{first:%Y%m}"


@transaction.atomic
def _give_month(table: str, first: date) -> tuple[str, int]:
    """Give a month its partition: its name, "" where it is there, and how many rows moved into it.

    The new table is filled before it is attached, under a lock of the DEFAULT partition alone, so
    that answers of other months go on meanwhile.
    """
    name, end = _name(table, first), month_after(first)
    names = {
        "parent": sql.Identifier(table),
        "rest": sql.Identifier(f"{table}_rest"),
        "new": sql.Identifier(name),
        "first": sql.Literal(first.isoformat()),
        "end": sql.Literal(end.isoformat()),
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s)", [name])
        if cursor.fetchone()[0] is not None:
            return "", 0
        cursor.execute(_LOCK)
        cursor.execute(sql.SQL("LOCK TABLE {rest} IN ACCESS EXCLUSIVE MODE").format(**names))
        cursor.execute(sql.SQL(_NEW).format(**names))
        cursor.execute(sql.SQL(_FILL).format(**names))
        moved: int = cursor.rowcount
        cursor.execute(sql.SQL(_ATTACH).format(**names))
    return name, moved


def _partitions(table: str) -> list[tuple[str, date]]:
    """The months that are there, the oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid"
            " WHERE i.inhparent = %s::regclass ORDER BY c.relname",
            [table],
        )
        names = [row[0] for row in cursor.fetchall()]
    months = [(name, name.removeprefix(f"{table}_")) for name in names]
    return [
        (name, date(int(text[:4]), int(text[4:]), 1)) for name, text in months if text.isdigit()
    ]


@transaction.atomic
def _forget_month(name: str, seasons: list[str], kept: int) -> bool:
    """True when the whole month went; what is not folded yet always stays.

    Where more than the `kept` sets were folded meanwhile, another night does it.
    """
    month, ours = sql.Identifier(name), sql.SQL(_OURS)
    count = sql.SQL("SELECT count(*), count(*) FILTER (WHERE {}) FROM {}").format(ours, month)
    with connection.cursor() as cursor:
        cursor.execute(_LOCK)
        cursor.execute(sql.SQL("LOCK TABLE {} IN SHARE ROW EXCLUSIVE MODE").format(month))
        cursor.execute(count, [seasons])
        rows, gone = cursor.fetchone()
        if gone != kept:
            return False
        if gone < rows:
            cursor.execute(sql.SQL("DELETE FROM {} WHERE {}").format(month, ours), [seasons])
            return False
        cursor.execute(sql.SQL("DROP TABLE {}").format(month))
    return True
