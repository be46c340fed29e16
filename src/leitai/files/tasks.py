"""Jobs of this room: check what is too long for a page, and sweep."""

from __future__ import annotations

from django.utils import timezone

from leitai.base.jobs import app
from leitai.files import services


@app.task(name="files.check", queue="default")
def check(token: str) -> None:
    services.check_upload(token=token, at=timezone.now())


@app.periodic(cron="17 * * * *")
@app.task(name="files.sweep", queue="default", queueing_lock="files.sweep")
def sweep(timestamp: int) -> None:
    services.sweep(at=timezone.now())


@app.periodic(cron="*/5 * * * *")
@app.task(name="files.recheck", queue="default", queueing_lock="files.recheck")
def recheck(timestamp: int) -> None:
    services.recheck(at=timezone.now())
