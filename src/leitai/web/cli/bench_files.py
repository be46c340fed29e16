"""`leitai bench files`: a large upload through a real web process, in a house of its own."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

from leitai.base import paths, postgres
from leitai.web.cli import house, serve


def files(arguments: argparse.Namespace) -> int:
    """The house stands beside ours, on the same disk, and is removed: gigabytes are sent."""
    paths.home().mkdir(parents=True, exist_ok=True)
    home = Path(tempfile.mkdtemp(prefix="bench-files-", dir=paths.home()))
    port = _free_port()
    os.environ.pop("LEITAI_DATABASE_URL", None)
    os.environ |= {
        "LEITAI_HOME": str(home),
        "LEITAI_KEYS": str(home / "keys"),
        "LEITAI_WEB_BIND": f"127.0.0.1:{port}",
        "LEITAI_BENCH": "files",
    }
    opened = house.open_house()
    web: subprocess.Popen[bytes] | None = None
    try:
        house.migrate()
        web = subprocess.Popen([sys.executable, "-m", "leitai.web.cli", "web"])
        serve.await_listening(f"127.0.0.1:{port}")
        from django.utils import timezone

        from leitai.files import bench

        print(json.dumps(bench.run(port, web.pid, arguments.megabytes, timezone.now())))
    finally:
        if web is not None:
            web.terminate()
            web.wait(timeout=15)
        if opened.cluster is not None:
            postgres.stop(opened.cluster.data)
        shutil.rmtree(home)
    return 0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
