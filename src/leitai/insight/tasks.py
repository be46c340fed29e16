"""Jobs of this room: sums are kept up every minute and trued up every hour; reports."""

from __future__ import annotations

from contextlib import suppress
from typing import Final

from django.db import transaction
from django.utils import timezone
from procrastinate.exceptions import AlreadyEnqueued

from leitai.base.jobs import app
from leitai.insight.services import reporting, rolling

ROLL_UP: Final = "insight.roll_up"
TRUE_UP: Final = "insight.true_up"
RESUME: Final = "insight.resume_reports"
BATCHES: Final = 100  # a run; what is left waits for the next minute


@app.periodic(cron="* * * * *")
@app.task(name=ROLL_UP, queue="default", queueing_lock=ROLL_UP)
def roll_up(timestamp: int) -> None:  # a periodic task is told its time
    if rolling.is_unbuilt():
        rolling.rebuild()
    for _batch in range(BATCHES):
        if rolling.roll_up() < rolling.BATCH:
            return


@app.periodic(cron="17 * * * *")
@app.task(name=TRUE_UP, queue="default", queueing_lock=TRUE_UP)
def true_up(timestamp: int) -> None:  # as above
    rolling.true_up()


@app.task(name=reporting.RUN, queue="default")
def make_report(report: int) -> None:
    reporting.make_report(report, at=timezone.now())


@app.periodic(cron="*/5 * * * *")
@app.task(name=RESUME, queue="default", queueing_lock=RESUME)
def resume_reports(timestamp: int) -> None:  # as above
    reporting.resume_reports(at=timezone.now())


def true_up_soon() -> None:
    """After the tree was changed; a run that waits already is enough."""
    with suppress(AlreadyEnqueued), transaction.atomic():
        app.configure_task(TRUE_UP, queue="default", queueing_lock=TRUE_UP).defer(timestamp=0)
