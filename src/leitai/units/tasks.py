"""Jobs of this room: large files of units, and what a dead process left of them."""

from __future__ import annotations

from django.utils import timezone

from leitai.base.jobs import app
from leitai.units.services import carrying, drafting


@app.task(name=drafting.PLAN, queue="default")
def plan_import(draft: int) -> None:
    drafting.plan_import(draft, at=timezone.now())


@app.task(name=drafting.CARRY, queue="default")
def carry_import(draft: int) -> None:
    carrying.carry_import(draft, at=timezone.now())


@app.periodic(cron="* * * * *")
@app.task(name="units.resume_imports", queue="default", queueing_lock="units.resume_imports")
def resume_imports(timestamp: int) -> None:
    carrying.resume_imports(at=timezone.now())
