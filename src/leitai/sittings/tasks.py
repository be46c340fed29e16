"""Jobs of this room: the lane defers `fold`; a minute's round does what no lane does."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from leitai.base.jobs import app
from leitai.sittings import services


@app.task(name="sittings.fold", queue="default")
def fold(sittings: list[int]) -> None:
    services.end_sittings(tuple(sittings))


@app.task(name="sittings.tell_seated", queue="default")
def tell_seated(exam: str, sittings: list[int]) -> None:
    services.tell_seated(exam=exam, sittings=sittings, at=timezone.now())


@app.task(name="sittings.tell_changed", queue="default")
def tell_changed(exam: str, kind: str, reason: str, at: str) -> None:
    services.tell_changed(exam=exam, kind=kind, reason=reason, at=datetime.fromisoformat(at))


@app.periodic(cron="* * * * *")
@app.task(name="sittings.close_overdue", queue="default", queueing_lock="sittings.close_overdue")
def close_overdue(timestamp: int) -> None:
    services.close_overdue(at=timezone.now())


@app.periodic(cron="* * * * *")
@app.task(name="sittings.record_openings", queue="default", queueing_lock="sittings.openings")
def record_openings(timestamp: int) -> None:
    services.record_openings(at=timezone.now())
