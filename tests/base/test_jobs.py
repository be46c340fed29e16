"""A job that a job defers is written with its transaction, as one that a page defers."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import pytest
from asgiref.sync import sync_to_async
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from leitai.base import jobs

pytestmark = pytest.mark.django_db(transaction=True)
NAME = "practice.forget"


class _UndoneError(Exception):
    pass


def _waiting() -> int:
    return ProcrastinateJob.objects.filter(task_name=NAME).count()


def _defer() -> None:
    jobs.app.configure_task(NAME, queue="default").defer(seasons=[])


def _rolled_back() -> int:
    with suppress(_UndoneError), transaction.atomic():
        _defer()
        raise _UndoneError
    return _waiting()


def _committed() -> tuple[bool, int]:
    """Whether it was written on the connection of the transaction; how many there are after it."""
    with transaction.atomic():
        _defer()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_current_xact_id_if_assigned() IS NOT NULL")
            (within,) = cursor.fetchone()
    return within, _waiting()


def _in_a_worker(work):
    async def run():
        with jobs.app.replace_connector(jobs.worker_connector()):
            async with jobs.app.open_async():
                return await sync_to_async(_then_closed)(work)

    return asyncio.run(run())


def _then_closed(work):
    try:
        return work()
    finally:
        connection.close()


def test_in_a_worker_a_job_goes_with_its_transaction():
    assert _in_a_worker(_rolled_back) == 0
    assert _in_a_worker(_committed) == (True, 1)
