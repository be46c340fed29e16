"""Jobs of this room: a large issue, the files of a replacement, and what a correction leads to."""

from __future__ import annotations

from django.utils import timezone

from leitai.base.jobs import app
from leitai.certificates import services
from leitai.certificates.services import batches
from leitai.seasons import selectors as seasons


@app.task(name=batches.ISSUE, queue="default")
def issue(batch: int) -> None:
    services.carry_batch(batch=batch, at=timezone.now())


@app.task(name=batches.WRITE, queue="default")
def write(season: str) -> None:
    services.write_documents(season=seasons.get_season(season))


@app.task(name="certificates.after_loss", queue="default")
def after_loss(season: str) -> None:
    services.propose_after_loss(season=season, at=timezone.now())


@app.task(name="certificates.after_correction", queue="default")
def after_correction(season: str) -> None:
    services.propose_after_correction(season=season, at=timezone.now())
