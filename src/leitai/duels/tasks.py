"""Every minute: what was left alone ends, what nobody joined is given back."""

from __future__ import annotations

from django.utils import timezone

from leitai.base.jobs import app
from leitai.duels import services


@app.periodic(cron="* * * * *")
@app.task(name="duels.end", queue="default", queueing_lock="duels.end")
def end(timestamp: int) -> None:
    services.end_left(at=timezone.now())
    services.expire_open(at=timezone.now())
