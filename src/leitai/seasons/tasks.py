"""Jobs of this room: once a night, personal data that are no longer kept are erased."""

from __future__ import annotations

from django.utils import timezone

from leitai.base.actor import system
from leitai.base.jobs import app
from leitai.seasons.services import retaining


@app.periodic(cron="40 3 * * *")
@app.task(name="seasons.forget", queue="default", queueing_lock="seasons.forget")
def forget(timestamp: int) -> None:
    retaining.forget(actor=system("retention"), at=timezone.now())
