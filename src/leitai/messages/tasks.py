"""Jobs of this room: deliveries at their moment, and a round for those whose job went astray."""

from __future__ import annotations

from django.utils import timezone

from leitai.base.jobs import app
from leitai.messages import services


@app.task(name="messages.deliver", queue="default")
def deliver(deliveries: list[int]) -> None:
    services.deliver(deliveries, at=timezone.now())


@app.periodic(cron="*/10 * * * *")
@app.task(name="messages.deliver_lost", queue="default", queueing_lock="messages.deliver_lost")
def deliver_lost(timestamp: int) -> None:
    services.deliver_lost(at=timezone.now())
