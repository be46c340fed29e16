"""Jobs of this room: the lane defers `fold`; a minute's round closes what no lane has closed."""

from __future__ import annotations

from django.utils import timezone

from leitai.base.jobs import app
from leitai.sittings import services


@app.task(name="sittings.fold", queue="default")
def fold(sittings: list[int]) -> None:
    services.end_sittings(tuple(sittings))


@app.periodic(cron="* * * * *")
@app.task(name="sittings.close_overdue", queue="default", queueing_lock="sittings.close_overdue")
def close_overdue(timestamp: int) -> None:
    services.close_overdue(at=timezone.now())
