"""`leitai bench …`: figures for docs/performance.md, as JSON lines."""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import tempfile
from pathlib import Path

from leitai.base import paths, postgres
from leitai.web.cli import house


def hall(arguments: argparse.Namespace) -> int:
    house.open_house()
    from leitai.lane import bench  # reads the environment

    words = ["--connections", str(arguments.connections), "--seconds", str(arguments.seconds)]
    return int(bench.main([*words, *(["--rows", arguments.rows] if arguments.rows else [])]) or 0)


def signin(arguments: argparse.Namespace) -> int:
    """In a database and a folder of its own, gone afterwards."""
    cluster = postgres.ensure(paths.home() / "postgres")
    name = f"leitai_bench_{os.getpid()}"
    cluster.create(name)
    folder = Path(tempfile.mkdtemp(prefix="leitai-bench-"))
    os.environ |= {
        "LEITAI_HOME": str(folder),
        "LEITAI_KEYS": str(folder / "keys"),
        "LEITAI_DATABASE_URL": cluster.url(name),
    }
    try:
        house.open_house()
        house.migrate()
        from leitai.people import bench_signing  # after django.setup()

        report = bench_signing.run(
            bind=f"127.0.0.1:{_free_port()}",
            people=arguments.people,
            seconds=arguments.seconds,
            threads=arguments.threads,
        )
        bench_signing.show(report)
    finally:
        _close_connections()
        cluster.drop(name)
        shutil.rmtree(folder, ignore_errors=True)
        if cluster.started:
            postgres.stop(cluster.data)
    return 0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _close_connections() -> None:
    from django.db import connections  # after django.setup()
    from django.db.backends.postgresql.base import DatabaseWrapper

    wrapper = connections["default"]
    wrapper.close()
    if isinstance(wrapper, DatabaseWrapper):
        wrapper.close_pool()
