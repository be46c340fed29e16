"""A database and a folder of its own for a benchmark: gone afterwards, or kept to measure again."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from leitai.base import paths, postgres
from leitai.web.cli import house


@contextmanager
def open_kept(folder: Path) -> Iterator[None]:
    """Django is ready inside, on a whole house in `folder` that stays; its database is stopped."""
    os.environ.pop("LEITAI_DATABASE_URL", None)
    os.environ |= {"LEITAI_HOME": str(folder), "LEITAI_KEYS": str(folder / "keys")}
    opened = house.open_house()
    try:
        house.migrate()
        yield
    finally:
        _close_connections()
        if opened.cluster is not None and opened.cluster.started:
            postgres.stop(opened.cluster.data)


@contextmanager
def open_scratch(name: str) -> Iterator[None]:
    """Django is ready inside, on an empty and migrated database."""
    cluster = postgres.ensure(paths.home() / "postgres")
    database = f"leitai_{name}_{os.getpid()}"
    cluster.create(database)
    folder = Path(tempfile.mkdtemp(prefix=f"leitai-{name}-"))
    os.environ |= {
        "LEITAI_HOME": str(folder),
        "LEITAI_KEYS": str(folder / "keys"),
        "LEITAI_DATABASE_URL": cluster.url(database),
    }
    try:
        house.open_house()
        house.migrate()
        yield
    finally:
        _close_connections()
        cluster.drop(database)
        shutil.rmtree(folder, ignore_errors=True)
        if cluster.started:
            postgres.stop(cluster.data)


def _close_connections() -> None:
    from django.db import connections  # after django.setup()
    from django.db.backends.postgresql.base import DatabaseWrapper

    for connection in connections.all():
        connection.close()
        if isinstance(connection, DatabaseWrapper):
            connection.close_pool()
