"""Jobs of this room: the lane asks for `fold`; a minute's round takes what nobody asked for."""

from __future__ import annotations

from contextlib import suppress
from time import monotonic
from typing import Final

from django.utils import timezone

from leitai.base.jobs import app
from leitai.kernel.errors import DomainError
from leitai.practice.services import (
    examining,
    folding,
    months,
    outside,
    ranking,
    rebuilding,
    watching,
)
from leitai.practice.services.outside import drafting

FOLD: Final = "practice.fold"
_LONGEST: Final = 20.0  # seconds; then another job goes on, so that others have their turn


@app.task(name=FOLD, queue="default", queueing_lock=FOLD)
def fold() -> None:
    fold_waiting()


@app.periodic(cron="* * * * *")
@app.task(name="practice.fold_left", queue="default", queueing_lock="practice.fold_left")
def fold_left(timestamp: int) -> None:
    fold_waiting()


def fold_waiting() -> None:
    """Fold until nothing waits, or for as long as a job should take."""
    until = monotonic() + _LONGEST
    while folding.fold_journal(at=timezone.now()):
        if monotonic() > until:
            fold.defer()
            return


@app.task(name="practice.recredit", queue="default")
def recredit(season: str) -> None:
    """The rules or the dates of a season are others now."""
    with suppress(DomainError):  # practice was taken out of the rules
        rebuilding.recredit(season=season, at=timezone.now())


@app.periodic(cron="37 3 * * *")
@app.task(name="practice.months", queue="default", queueing_lock="practice.months")
def make_months(timestamp: int) -> None:
    months.make_months(at=timezone.now())
    outside.drop_expired(at=timezone.now())
    months.sort_rest()


@app.task(name=drafting.READ, queue="default")
def outside_read(draft: str) -> None:
    """A large file of an outside platform."""
    outside.read_draft(draft, at=timezone.now())


@app.task(name=drafting.TAKE, queue="default")
def outside_take(draft: str) -> None:
    outside.take_draft(draft, at=timezone.now())


@app.periodic(cron="* * * * *")
@app.task(name="practice.outside_resume", queue="default", queueing_lock="practice.outside_resume")
def outside_resume(timestamp: int) -> None:
    """What a process left lying when it died."""
    outside.resume_drafts(at=timezone.now())


@app.task(name="practice.forget", queue="default", queueing_lock="practice.forget")
def forget(seasons: list[str]) -> None:
    months.forget_journal(seasons=seasons, at=timezone.now())
    outside.forget_outside(seasons=seasons)


@app.periodic(cron="50 2 * * *")
@app.task(name="practice.watch", queue="default", queueing_lock="practice.watch")
def watch(timestamp: int) -> None:
    """Look at what came in lately, in every season that practises."""
    for season in watching.seasons_active(at=timezone.now()):
        watching.watch_lately(season=season, at=timezone.now())


@app.periodic(cron="10 3 * * *")
@app.task(name="practice.tops", queue="default", queueing_lock="practice.tops")
def tops(timestamp: int) -> None:
    """Titles for the best of a period that is over."""
    for season in watching.seasons_active(at=timezone.now()):
        with suppress(DomainError):  # practice was taken out of the rules
            ranking.decide_tops(season=season, at=timezone.now())


@app.task(name="practice.exam_marks", queue="default")
def exam_marks(code: str, entries: list[str]) -> None:
    """Scores of an exam of practice are there, or others than before."""
    examining.take_marks(code=code, entries=entries, at=timezone.now())
