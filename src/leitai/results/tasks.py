"""Jobs of this room: whoever took part hears that a result is public."""

from __future__ import annotations

from django.utils import timezone

from leitai.base.jobs import app
from leitai.results import services


@app.task(name="results.tell_published", queue="default")
def tell_published(season: str, stage: str, version: int) -> None:
    services.tell_published(season=season, stage=stage, version=version, at=timezone.now())
