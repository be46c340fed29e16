"""`leitai demo`: load the demonstration and serve it; `--check` runs a whole season by itself."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from leitai.base import paths, postgres
from leitai.web.cli import house, serve
from leitai.web.cli.house import say

SEASON = "sichuan-2022"
PASSWORD = "leitai-demo"  # noqa: S105  # printed on every start: the demonstration's own


def demo(arguments: argparse.Namespace) -> int:
    return _check(arguments) if arguments.check else _show(arguments)


def _check(arguments: argparse.Namespace) -> int:
    """A season in a database and a folder of its own, gone afterwards but for the bundle."""
    began = time.monotonic()
    home = paths.home()
    outcome = home / "check" / f"seed-{arguments.seed}"
    outcome.mkdir(parents=True, exist_ok=True)
    cluster = postgres.ensure(home / "postgres")
    name = f"leitai_check_{os.getpid()}"
    cluster.create(name)
    folder = Path(tempfile.mkdtemp(prefix="leitai-check-"))
    lane = f"127.0.0.1:{_free_port()}"
    os.environ |= {
        "LEITAI_HOME": str(folder),
        "LEITAI_KEYS": str(folder / "keys"),
        "LEITAI_DATABASE_URL": cluster.url(name),
        "LEITAI_LANE_BIND": lane,
        "LEITAI_SECOND_STEP": "offered",
    }
    try:
        house.open_house()
        house.migrate()
        with Helpers("lane", "worker"):
            report = _season(arguments, lane, arguments.seed, began)
        kept = outcome / Path(str(report["bundle"])).name
        shutil.copyfile(str(report["bundle"]), kept)
        report["bundle"] = str(kept)
    finally:
        _close_connections()
        if arguments.keep:
            say(f"已保留：{cluster.url(name)}  {folder}")
        else:
            cluster.drop(name)
            shutil.rmtree(folder, ignore_errors=True)
        if cluster.started and not arguments.keep:
            postgres.stop(cluster.data)
    sys.stdout.write(json.dumps(report, ensure_ascii=False) if arguments.json else _words(report))
    sys.stdout.write("\n")
    lost = report["answers_lost"] or report["practice_lost"]
    return 0 if report["verified"] and not lost else 1


def _show(arguments: argparse.Namespace) -> int:
    """Load the demonstration once, with a season that has been run, then serve."""
    began = time.monotonic()
    os.environ.setdefault("LEITAI_SECOND_STEP", "offered")  # everybody knows these passwords
    _clear_unfinished()
    opened = house.open_house()
    house.migrate()
    from leitai.seasons.models import Season  # after django.setup()

    lane = os.environ.setdefault("LEITAI_LANE_BIND", serve.LANE_BIND)
    if not Season.objects.filter(code=SEASON).exists():
        say("第一次启动：先用虚构人员走完一个赛季，约一分半钟。")
        if opened.cluster and not Season.objects.exists():
            _unfinished().touch()
        try:
            with Helpers("lane", "worker"):
                _season(arguments, lane, arguments.seed, began)
        except BaseException:  # Ctrl-C too ends what was started
            _close_connections()
            if opened.cluster:
                postgres.stop(opened.cluster.data)
            raise
        _unfinished().unlink(missing_ok=True)
    from leitai.web.demonstration import doors  # after django.setup()

    doors.open_doors(PASSWORD, SEASON)
    say(doors.welcome(f"http://{serve.web_bind()}", PASSWORD))
    return serve.run(opened) if arguments.serve else 0


def _unfinished() -> Path:
    """Stands while the first season of an empty database is on its way."""
    return paths.home() / "demonstration.unfinished"


def _clear_unfinished() -> None:
    """A demonstration that was interrupted holds nobody's work: its database is made anew."""
    if _unfinished().exists() and not os.environ.get("LEITAI_DATABASE_URL"):
        say("上次演示没有走完，重新开始。")
        cluster = postgres.ensure(paths.home() / "postgres")
        cluster.drop(postgres.DATABASE)
        cluster.create(postgres.DATABASE)
        _unfinished().unlink()


def _season(arguments: argparse.Namespace, lane: str, seed: int, began: float) -> dict[str, object]:
    from leitai.web.demonstration import season  # after django.setup()

    host, _, port = lane.rpartition(":")
    serve.await_listening(lane)
    plan = season.Plan(
        seed=seed,
        season=SEASON,
        password=PASSWORD,
        address=(host, int(port)),
        units=Path(arguments.units) if arguments.units else None,
        bank=Path(arguments.bank) if arguments.bank else None,
        say=say,
        began=began,
    )
    return season.run(plan)


class Helpers:
    """Lane and worker as processes of their own, for the time of a `with`."""

    def __init__(self, *names: str) -> None:
        self.names = names
        self.running: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> None:
        for name in self.names:
            command = [sys.executable, "-m", "leitai.web.cli", name]
            self.running.append(subprocess.Popen(command, start_new_session=True))

    def __exit__(self, *_: object) -> None:
        for process in self.running:
            process.terminate()
        for process in self.running:
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _close_connections() -> None:
    from django.db import connections  # after django.setup()
    from django.db.backends.postgresql.base import DatabaseWrapper

    wrapper = connections["default"]
    wrapper.close()
    if isinstance(wrapper, DatabaseWrapper):
        wrapper.close_pool()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _words(report: dict[str, object]) -> str:
    return "\n".join(f"{name}: {value}" for name, value in report.items())
