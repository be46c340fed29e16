"""`leitai serve`: everything starts, and one Ctrl-C ends everything."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(url: str) -> bool:
    try:
        with urlopen(url, timeout=2) as answer:  # noqa: S310  # our own server
            return answer.status == 200
    except OSError:
        return False


def _of(home: Path) -> list[str]:
    """The command lines of processes that belong to this installation."""
    found = []
    for folder in Path("/proc").iterdir():
        try:
            environment = (folder / "environ").read_bytes()
            line = (folder / "cmdline").read_bytes()
        except OSError:
            continue
        if folder.name != str(os.getpid()) and str(home).encode() in environment + line:
            found.append(line.replace(b"\0", b" ").decode(errors="replace"))
    return found


def test_ctrl_c_ends_web_lane_worker_and_database(tmp_path: Path):
    home, web, lane = tmp_path / "擂 台", _free_port(), _free_port()
    stage, watch = _free_port(), _free_port()
    environment = {
        name: value for name, value in os.environ.items() if name != "LEITAI_DATABASE_URL"
    } | {
        "LEITAI_HOME": str(home),
        "LEITAI_KEYS": str(home / "keys"),
        "LEITAI_WEB_BIND": f"127.0.0.1:{web}",
        "LEITAI_LANE_BIND": f"127.0.0.1:{lane}",
        "LEITAI_STAGE_BIND": f"127.0.0.1:{stage}",
        "LEITAI_WATCH_BIND": f"127.0.0.1:{watch}",
    }
    process = subprocess.Popen([sys.executable, "-m", "leitai.web.cli", "serve"], env=environment)
    try:
        until = time.monotonic() + 180
        while not _answers(f"http://127.0.0.1:{web}/healthz"):
            assert time.monotonic() < until
            assert process.poll() is None
            time.sleep(0.2)
        running = " ".join(_of(home))
        assert all(
            name in running for name in ("lane", "stage", "watch", "worker", "granian", "postgres")
        )
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=120) == 0
        time.sleep(0.5)
        assert _of(home) == []
    finally:
        process.kill()
        process.wait()
