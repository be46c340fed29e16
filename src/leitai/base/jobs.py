"""Jobs live in PostgreSQL (Procrastinate): one queue, idempotent by their arguments.

A job is written in the transaction of whoever defers it, in a request and in another job alike: it
cannot begin before what it is about is committed, and is not there where that was rolled back.
"""

from __future__ import annotations

from procrastinate import PsycopgConnector
from procrastinate.connector import BaseConnector
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.utils import connector_params
from typing_extensions import override

__all__ = ["WorkerConnector", "app", "worker_connector"]


class WorkerConnector(PsycopgConnector):
    """A worker's own connections for its queue; for a job that defers another, Django's."""

    @override
    def get_sync_connector(self) -> BaseConnector:
        return DjangoConnector()


def worker_connector() -> WorkerConnector:
    """What the worker is run with (`leitai worker`)."""
    return WorkerConnector(kwargs=connector_params())
