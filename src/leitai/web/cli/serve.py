"""`leitai serve` and its processes: web, lane, stage, watch, worker, the embedded database."""

from __future__ import annotations

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Self
from urllib.request import urlopen

from leitai.base import paths, postgres
from leitai.lane.live.settings import stage_bind, watch_bind
from leitai.web.cli import house
from leitai.web.cli.house import say

WEB_BIND = "127.0.0.1:8000"
LANE_BIND = "127.0.0.1:8001"
READY_SECONDS = 30
PROCESSES = ("lane", "stage", "watch", "web", "worker")


def serve(_arguments: argparse.Namespace) -> int:
    opened = house.open_house()
    house.migrate()
    return run(opened)


def run(opened: house.House) -> int:
    """All processes under one roof; one that ends is started again; Ctrl-C ends them all."""
    with Supervisor(opened) as supervisor:
        supervisor.start(*PROCESSES)
        supervisor.await_ready()
        say(f"擂台已启动：{os.environ.get('LEITAI_PUBLIC_URL', 'http://' + web_bind())}")
        supervisor.watch()
    return 0


def web(_arguments: argparse.Namespace) -> int:
    """Granian over WSGI: pages are sync code (DESIGN §6)."""
    house.prepare()
    host, _, port = web_bind().rpartition(":")
    command = [
        *(str(Path(sys.executable).with_name("granian")), "--interface", "wsgi"),
        *("--host", host, "--port", port, "--workers", os.environ.get("LEITAI_WEB_WORKERS", "1")),
        *("--blocking-threads", "4", "--backlog", "1024", "--no-ws", "--log-level", "warning"),
        "leitai.web.wsgi:application",
    ]
    os.execv(command[0], command)  # noqa: S606  # granian takes this process over


def lane(_arguments: argparse.Namespace) -> int:
    _prepare_lane()
    from leitai.lane import main  # reads the environment
    from leitai.lane.settings import Settings

    main.run(Settings.from_environment())
    return 0


def stage(_arguments: argparse.Namespace) -> int:
    """The live matches' hot process."""
    _prepare_lane()
    from leitai.lane.live import main, settings  # as above

    main.run(settings.stage_settings())
    return 0


def watch(_arguments: argparse.Namespace) -> int:
    """The spectators' process, fed by the stage."""
    _prepare_lane()
    from leitai.lane.live import settings  # as above
    from leitai.lane.live import watch as spectators

    spectators.run(settings.watch_settings(), settings.stage_url())
    return 0


def _prepare_lane() -> None:
    house.prepare()
    os.environ.setdefault("LEITAI_LANE_BIND", LANE_BIND)
    os.environ.setdefault("LEITAI_ORIGINS", _origins())


def worker(_arguments: argparse.Namespace) -> int:
    house.open_house()
    from leitai.base import jobs  # after django.setup()

    with jobs.app.replace_connector(jobs.worker_connector()) as app:
        app.run_worker(concurrency=2)
    return 0


def migrate(_arguments: argparse.Namespace) -> int:
    house.open_house()
    house.migrate()
    return 0


def stop(_arguments: argparse.Namespace) -> int:
    postgres.stop(paths.home() / "postgres")
    return 0


def web_bind() -> str:
    return os.environ.get("LEITAI_WEB_BIND", WEB_BIND)


def _origins() -> str:
    public = os.environ.get("LEITAI_PUBLIC_URL")
    port = web_bind().rpartition(":")[2]
    here = [f"http://127.0.0.1:{port}", f"http://localhost:{port}"]
    return ",".join([*here, *([public] if public else [])])


class Supervisor:
    """Starts the processes, starts them again when they end, and ends them in order."""

    def __init__(self, opened: house.House) -> None:
        self.opened = opened
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.stopping = False

    def __enter__(self) -> Self:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._ask_to_stop)
        return self

    def __exit__(self, *_: object) -> None:
        for name in ("web", "watch", "stage", "lane", "worker"):
            self._end(name)
        if self.opened.cluster is not None:
            postgres.stop(self.opened.cluster.data)

    def start(self, *names: str) -> None:
        for name in names:
            command = [sys.executable, "-m", "leitai.web.cli", name]
            self.running[name] = subprocess.Popen(command, start_new_session=True)

    def await_ready(self) -> None:
        """Until web answers its health page and the lane, the stage and its watch accept."""
        until = time.monotonic() + READY_SECONDS
        binds = (os.environ.get("LEITAI_LANE_BIND", LANE_BIND), stage_bind(), watch_bind())
        while not (_healthy(web_bind()) and all(_listens(bind) for bind in binds)):
            if time.monotonic() > until or self.stopping:
                raise SystemExit("擂台未能在30秒内就绪，请查看上面的提示。")
            time.sleep(0.1)

    def watch(self) -> None:
        while not self.stopping:
            for name, process in list(self.running.items()):
                if process.poll() is not None and not self.stopping:
                    say(f"{name}已退出（{process.returncode}），正在重新启动。")
                    self.start(name)
            time.sleep(0.5)

    def _ask_to_stop(self, *_: object) -> None:
        self.stopping = True

    def _end(self, name: str) -> None:
        process = self.running.get(name)
        if process is None or process.poll() is not None:
            return
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def await_listening(bind: str) -> None:
    """Until somebody accepts at `host:port`; raises SystemExit after the patience is over."""
    until = time.monotonic() + READY_SECONDS
    while not _listens(bind):
        if time.monotonic() > until:
            raise SystemExit(f"{bind}没有应答。")
        time.sleep(0.05)


def _healthy(bind: str) -> bool:
    try:
        with urlopen(f"http://{bind}/healthz", timeout=2) as answer:  # our own
            return bool(answer.status == 200)
    except OSError:
        return False


def _listens(bind: str) -> bool:
    host, _, port = bind.rpartition(":")
    try:
        with socket.create_connection((host, int(port)), timeout=1):
            return True
    except OSError:
        return False
