"""Jobs of this room: the stage process defers `live.score` when a match is closed."""

from __future__ import annotations

from django.utils import timezone

from leitai.base.jobs import app
from leitai.live import services


@app.task(name="live.score", queue="default")
def score(match: int) -> None:
    services.score_match(match=match, at=timezone.now())


@app.periodic(cron="* * * * *")
@app.task(name="live.score_left", queue="default", queueing_lock="live.score_left")
def score_left(timestamp: int) -> None:
    """Matches that were closed or corrected after their job ran, or whose job was lost."""
    services.score_left(at=timezone.now())
