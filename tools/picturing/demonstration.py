"""A demonstration of its own, in a folder and on ports of its own, gone afterwards."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

READY_SECONDS = 900
END_SECONDS = 60


@contextmanager
def demonstration() -> Iterator[str]:
    """Yields its address, when the whole season has been run and the pages answer."""
    with tempfile.TemporaryDirectory(prefix="leitai-screens-") as home:
        web, lane = _free_port(), _free_port()
        given = os.environ | {
            "LEITAI_HOME": home,
            "LEITAI_KEYS": str(Path(home) / "keys"),
            "LEITAI_WEB_BIND": f"127.0.0.1:{web}",
            "LEITAI_LANE_BIND": f"127.0.0.1:{lane}",
            "LEITAI_PUBLIC_URL": f"http://127.0.0.1:{web}",
            "LEITAI_LANE_URL": f"http://127.0.0.1:{lane}",
        }
        given.pop("LEITAI_DATABASE_URL", None)
        command = [sys.executable, "-m", "leitai.web.cli", "demo", "--serve"]
        running = subprocess.Popen(command, env=given)
        try:
            _await(running, f"http://127.0.0.1:{web}")
            yield f"http://127.0.0.1:{web}"
        finally:
            running.send_signal(signal.SIGINT)  # its database ends with it
            try:
                running.wait(timeout=END_SECONDS)
            except subprocess.TimeoutExpired:
                running.kill()


def _await(running: subprocess.Popen[bytes], address: str) -> None:
    until = time.monotonic() + READY_SECONDS
    while time.monotonic() < until:
        if running.poll() is not None:
            raise SystemExit(f"the demonstration ended with {running.returncode}")
        try:
            with urlopen(f"{address}/healthz", timeout=2) as answer:  # noqa: S310  # our own
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.5)
    raise SystemExit(f"the demonstration was not ready in {READY_SECONDS} s")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
