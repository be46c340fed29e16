"""Jobs of this room: large files of people are read and taken in; old ones go."""

from __future__ import annotations

from django.core.management import call_command
from django.utils import timezone

from leitai.base import doors
from leitai.base.jobs import app
from leitai.people import throttling
from leitai.people.models import ImportDraft
from leitai.people.services import importing


@app.task(name=importing.PLAN, queue="default")
def plan_import(draft: str) -> None:
    for found in ImportDraft.objects.filter(code=draft):
        importing.plan_import(found, at=timezone.now())


@app.task(name=importing.CARRY, queue="default")
def carry_import(draft: str) -> None:
    for found in ImportDraft.objects.filter(code=draft):
        importing.carry_import(found, at=timezone.now())


@app.periodic(cron="* * * * *")
@app.task(name="people.resume_imports", queue="default", queueing_lock="people.resume_imports")
def resume_imports(timestamp: int) -> None:
    """What a process left lying when it died."""
    importing.resume_imports(at=timezone.now())


@app.periodic(cron="17 * * * *")
@app.task(name="people.purge_imports", queue="default", queueing_lock="people.purge_imports")
def purge_imports(timestamp: int) -> None:
    importing.purge_imports(at=timezone.now())


@app.periodic(cron="43 * * * *")
@app.task(name="people.sweep_doors", queue="default", queueing_lock="people.sweep_doors")
def sweep_doors(timestamp: int) -> None:
    """Sessions that are over, and doors of windows that are: a slip's tries count for a week."""
    call_command("clearsessions", verbosity=0)
    doors.sweep(before=timezone.now() - throttling.CODE_LIFE.window)
