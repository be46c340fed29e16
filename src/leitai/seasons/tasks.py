"""Jobs of this room: reminders by the hour; once a night, old personal data are erased."""

from __future__ import annotations

from django.utils import timezone

from leitai.base.actor import system
from leitai.base.jobs import app
from leitai.seasons.services import reminding, retaining


@app.periodic(cron="40 3 * * *")
@app.task(name="seasons.forget", queue="default", queueing_lock="seasons.forget")
def forget(timestamp: int) -> None:
    retaining.forget(actor=system("retention"), at=timezone.now())


@app.periodic(cron="20 * * * *")
@app.task(name="seasons.remind", queue="default", queueing_lock="seasons.remind")
def remind(timestamp: int) -> None:
    reminding.remind_due(at=timezone.now())
