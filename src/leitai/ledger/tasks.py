"""Jobs of the ledger: checkpoints, and the end of proposals that nobody approved."""

from __future__ import annotations

from django.utils import timezone

from leitai.base.jobs import app
from leitai.ledger import services


@app.task(name="ledger.checkpoint", queue="default")
def checkpoint(chain: str) -> None:
    services.make_checkpoint(chain=chain, at=timezone.now())


@app.periodic(cron="7 * * * *")
@app.task(name="ledger.checkpoints", queue="default", queueing_lock="ledger.checkpoints")
def checkpoints(timestamp: int) -> None:
    services.make_checkpoints(at=timezone.now())


@app.periodic(cron="*/10 * * * *")
@app.task(name="ledger.expire", queue="default", queueing_lock="ledger.expire")
def expire(timestamp: int) -> None:
    services.expire_due(at=timezone.now())
