"""Doors that count: so many tries in a window, kept in PostgreSQL so that every process sees them.

The table is unlogged: after a power cut everybody may try again.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from leitai.kernel.errors import DomainError

_TRY = """
INSERT INTO base_door AS door (door, opened_at, tries) VALUES (%(door)s, %(at)s, 1)
ON CONFLICT (door) DO UPDATE SET
    tries = CASE WHEN door.opened_at <= %(before)s THEN 1 ELSE door.tries + 1 END,
    opened_at = CASE WHEN door.opened_at <= %(before)s THEN excluded.opened_at
                ELSE door.opened_at END
RETURNING tries, opened_at
"""
_LOOK = "SELECT tries, opened_at FROM base_door WHERE door = %s AND opened_at > %s"


@dataclass(frozen=True, slots=True)
class Door:
    """`limit` tries in `window`, then DomainError("too_many_tries") until the window is over."""

    name: str
    limit: int
    window: timedelta

    def knock(self, who: str, *, at: datetime) -> None:
        """Count one try of `who` (any text: it is kept as a digest) and refuse one too many."""
        values: dict[str, Any] = {"door": self._key(who), "at": at, "before": at - self.window}
        with connection.cursor() as cursor:
            cursor.execute(_TRY, values)
            tries, opened_at = cursor.fetchone()
        self._judge(tries - 1, opened_at, at)

    def check(self, who: str, *, at: datetime) -> None:
        """Refuse where the tries are used up, without counting one."""
        with connection.cursor() as cursor:
            cursor.execute(_LOOK, [self._key(who), at - self.window])
            found = cursor.fetchone()
        if found:
            tries, opened_at = found
            self._judge(tries, opened_at, at)

    def forget(self, who: str) -> None:
        """Whoever came through starts anew."""
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM base_door WHERE door = %s", [self._key(who)])

    def _key(self, who: str) -> str:
        return f"{self.name}:{hashlib.sha256(who.encode()).hexdigest()}"

    def _judge(self, tries: int, opened_at: datetime, at: datetime) -> None:
        if tries >= self.limit:
            left = opened_at + self.window - at
            raise DomainError("too_many_tries", minutes=max(1, -(-left // timedelta(minutes=1))))


def sweep(*, before: datetime) -> int:
    """Remove doors nobody knocked at since; the number removed."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM base_door WHERE opened_at < %s", [before])
        return int(cursor.rowcount)
