"""Jobs of this room: once a night, who objected in seasons long over is forgotten."""

from __future__ import annotations

from django.utils import timezone

from leitai.base.actor import system
from leitai.base.jobs import app
from leitai.notices import services
from leitai.seasons.services import retaining


@app.periodic(cron="50 3 * * *")
@app.task(name="notices.forget", queue="default", queueing_lock="notices.forget")
def forget(timestamp: int) -> None:
    house, now = system("retention"), timezone.now()
    over = retaining.forget(actor=house, at=now, dry_run=True).seasons
    services.erase_objectors(actor=house, seasons=over, at=now)
