"""Jobs of this room: who took part hears of a public result; what marks have outdated is redone."""

from __future__ import annotations

from contextlib import suppress

from django.db import transaction
from django.utils import timezone
from procrastinate.exceptions import AlreadyEnqueued

from leitai.base.jobs import app
from leitai.results import services


@app.task(name="results.tell_published", queue="default")
def tell_published(season: str, stage: str, version: int) -> None:
    services.tell_published(season=season, stage=stage, version=version, at=timezone.now())


@app.task(name="results.refresh", queue="default")
def refresh(season: str, stage: str) -> None:
    services.refresh_stale(season=season, stage=stage, at=timezone.now())


def refresh_later(season: str, stage: str) -> None:
    """One job for all the batches of a stage; it runs once the marks are committed."""
    with suppress(AlreadyEnqueued), transaction.atomic():
        refresh.configure(queueing_lock=f"results:{season}:{stage}").defer(
            season=season, stage=stage
        )
