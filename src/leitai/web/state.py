"""The operator's page: is the house sound? Version, database, lane and jobs, asked now."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.error import URLError
from urllib.request import urlopen

from django.conf import settings
from django.db import connection

import leitai
from leitai.messages.selectors import failed_count

LANE_SECONDS = 1
RECENT = timedelta(days=7)  # what was not delivered before is no news


@dataclass(frozen=True, slots=True)
class State:
    """`lane_lag` is the lane's clock minus ours in milliseconds, None where it does not answer."""

    version: str
    postgres: str
    size: str
    migrations: int
    lane_url: str
    lane_lag: int | None
    waiting: int
    doing: int
    failed: int
    undelivered: int = 0

    @property
    def sound(self) -> bool:
        return self.lane_lag is not None and not self.failed and not self.undelivered


def state_of_house(*, now_ms: int) -> State:
    """Ask the database and the lane; a lane that does not answer costs a second."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('server_version'),"
            " pg_size_pretty(pg_database_size(current_database())),"
            " (SELECT count(*) FROM django_migrations)"
        )
        postgres, size, migrations = cursor.fetchone()
        cursor.execute("SELECT status::text, count(*) FROM procrastinate_jobs GROUP BY status")
        jobs = dict(cursor.fetchall())
    return State(
        version=leitai.__version__,
        postgres=postgres.split(" ")[0],
        size=size,
        migrations=migrations,
        lane_url=settings.LEITAI_LANE_URL,
        lane_lag=_lane_lag(now_ms),
        waiting=jobs.get("todo", 0),
        doing=jobs.get("doing", 0),
        failed=jobs.get("failed", 0),
        undelivered=failed_count(since=datetime.fromtimestamp(now_ms / 1000, UTC) - RECENT),
    )


def _lane_lag(now_ms: int) -> int | None:
    address = f"{settings.LEITAI_LANE_URL}/v1/time"
    try:
        with urlopen(address, timeout=LANE_SECONDS) as answer:  # noqa: S310  # our own setting
            return int(json.load(answer)["now"]) - now_ms
    except (URLError, OSError, ValueError, KeyError):
        return None
