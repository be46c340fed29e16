"""Jobs of this room: long exports, and what a dead process left of them."""

from __future__ import annotations

from django.utils import timezone

from leitai.base.jobs import app
from leitai.paperwork import services
from leitai.paperwork.services import exporting

RESUME = "paperwork.resume_exports"


@app.task(name=exporting.RUN, queue="default")
def run_export(export: int) -> None:
    services.run_export(export, at=timezone.now())


@app.periodic(cron="*/5 * * * *")
@app.task(name=RESUME, queue="default", queueing_lock=RESUME)
def resume_exports(timestamp: int) -> None:
    services.resume_exports(at=timezone.now())
