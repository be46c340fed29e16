"""Roll up what practice changed; again from the beginning; units that stand elsewhere now."""

from __future__ import annotations

from typing import Final

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from leitai.insight import adding, rolling

BATCH: Final = 20_000
WHOLE: Final = 100_000  # learners a step of a rebuild: every step writes most sums again


@transaction.atomic
def roll_up(*, limit: int = BATCH) -> int:
    """Take changed days from practice's outbox into the sums; how many changes were taken.

    New learners and newly confirmed rosters come with them. A day is read as it stands now, so
    that a change taken twice, or late, changes nothing twice.
    """
    with connection.cursor() as cursor:
        _begin(cursor)
        cursor.execute(rolling.TAKE, [limit])
        taken: int = cursor.fetchone()[0]
        cursor.execute(rolling.NEW_LEARNERS)
        _learn(cursor)
        _rosters(cursor)
        _end(cursor)
    return taken


def is_unbuilt() -> bool:
    """Whether there are learners and no sums at all."""
    with connection.cursor() as cursor:
        cursor.execute(rolling.UNBUILT)
        return bool(cursor.fetchone()[0])


@transaction.atomic
def true_up() -> None:
    """What no change tells of: moved units and learners, titles of a period's best, closings."""
    with connection.cursor() as cursor:
        _begin(cursor)
        _move(cursor)
        cursor.execute(rolling.UNSEEN_TITLES)
        cursor.execute(rolling.MOVED_LEARNERS)
        _learn(cursor)
        _rosters(cursor)
        _end(cursor)


def rebuild(*, limit: int = WHOLE) -> int:
    """All sums anew from practice's days, so many learners a step; how many learners.

    Pages show less while it runs; changes that come in meanwhile are taken afterwards.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(rolling.LOCK)
        cursor.execute(rolling.WIPE)
    last = count = 0
    while True:
        with transaction.atomic(), connection.cursor() as cursor:
            _begin(cursor)
            cursor.execute(rolling.TOUCH, [last, limit])
            cursor.execute("SELECT count(*), max(learner) FROM insight_touched")
            touched, highest = cursor.fetchone()
            _learn(cursor)
            _rosters(cursor)
            _end(cursor)
        if not touched:
            return count
        last, count = highest, count + touched


def _begin(cursor: CursorWrapper) -> None:
    cursor.execute(rolling.LOCK)
    cursor.execute(rolling.ROOM)
    cursor.execute(rolling.TABLES)
    cursor.execute(rolling.PLACE)


def _end(cursor: CursorWrapper) -> None:
    for statement in adding.ADD:
        cursor.execute(statement)
    cursor.execute(rolling.DONE)


def _learn(cursor: CursorWrapper) -> None:
    """Days, titles and registration of the touched learners."""
    cursor.execute("ANALYZE insight_touched")
    for kind in ("DAYS", "TITLES", "LEARNERS"):
        for step in ("WAS", "DROP", "IS", "KEEP", "CHANGE"):
            cursor.execute(getattr(rolling, f"{step}_{kind}"))
        cursor.execute("DROP TABLE insight_was, insight_is")


def _rosters(cursor: CursorWrapper) -> None:
    for step in ("IS", "WAS", "DROP", "KEEP", "CHANGE", "SHIFT", "SEEN"):
        cursor.execute(getattr(rolling, f"{step}_ROSTERS"))
    cursor.execute("DROP TABLE insight_was, insight_is")


def _move(cursor: CursorWrapper) -> None:
    cursor.execute(rolling.MOVED_UNITS)
    for kind in ("DAYS", "TITLES", "LEARNERS", "ROSTERS"):
        cursor.execute(getattr(rolling, f"MOVE_{kind}"))
    cursor.execute(rolling.PLACE_AGAIN)
    cursor.execute("DROP TABLE insight_is")
