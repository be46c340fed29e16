"""Jobs of this room: the pages of a PDF made into pictures."""

from __future__ import annotations

from leitai.base.jobs import app
from leitai.judging import services


@app.task(name=services.PAGES, queue="default")
def pages(material: int) -> None:
    services.make_pages(material=material)


@app.periodic(cron="*/5 * * * *")
@app.task(name="judging.pages_left", queue="default", queueing_lock="judging.pages_left")
def pages_left(timestamp: int) -> None:
    """Those whose job was lost, or that were handed in before there were pages."""
    services.make_pages_left()
