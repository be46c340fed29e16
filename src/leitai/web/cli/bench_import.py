"""`leitai bench people --import`: a province's file as its manager uploads it.

The real web process takes it and shows it, the real worker plans it and takes it in.
"""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.client import HTTPResponse
from pathlib import Path
from typing import TYPE_CHECKING

from leitai.base.actor import system
from leitai.web.cli import house, serve

if TYPE_CHECKING:
    from leitai.files.bench import Caller
    from leitai.people.models import ImportDraft

EVERY = 2.0  # seconds from one look at the page to the next, as the page does it itself
PATIENCE = 3600.0
_TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')
_BOUNDARY = "bench-import"


@dataclass(slots=True)
class Looks:
    """What the page said while a job ran: how long it took to say it."""

    took: list[float] = field(default_factory=list)

    @property
    def slowest(self) -> float:
        return round(max(self.took, default=0) * 1000)


def figures(count: int, units: int, tree: str | None) -> Iterator[dict[str, object]]:
    """A line for each step."""
    data = _prepare(count, units, tree)
    with ExitStack() as stack:
        port = _free_port()
        web = stack.enter_context(_process("web", LEITAI_WEB_BIND=f"127.0.0.1:{port}"))
        worker = stack.enter_context(_process("worker"))
        serve.await_listening(f"127.0.0.1:{port}")
        yield {"step": "file", "rows": count, "mb": round(len(data) / 1e6, 1)}
        for line in _steps(_caller(port), data):
            yield line | {"web_peak_mb": _peak(web), "worker_peak_mb": _peak(worker)}


def _prepare(count: int, units: int, tree: str | None) -> bytes:
    from leitai.people import bench  # after django.setup(), as all below
    from leitai.units import bench as trees
    from leitai.units import services

    at, actor = datetime.now(UTC), system("bench")
    house.say("正在建立单位和文件……")
    if tree:
        for source in (Path(tree), services.data_path("bodies.csv")):
            services.import_units(actor=actor, source=source, at=at)
    else:
        trees.plant(actor=actor, units=units, at=at)
    return bench.file_of(count)


def _steps(caller: Caller, data: bytes) -> Iterator[dict[str, object]]:
    from leitai.people.models import ImportDraft  # after django.setup()

    began = time.monotonic()
    page = _upload(caller, data)
    yield {"step": "upload", "seconds": _since(began)}
    draft = ImportDraft.objects.defer("content", "shown").get()
    yield _followed(caller, page, draft, "plan", {"reading"}) | {"counts": draft.counts}
    for kind in ("new", "wrong"):
        yield _shown(caller, f"{page}?kind={kind}", f"preview, {kind}")
    yield _shown(caller, f"{page}rest/", "rows to mend")
    began = time.monotonic()
    form = {"X_CSRFToken": caller.cookies["csrftoken"]}
    _expect(caller.ask("POST", page, b"", **form), 302)
    yield {"step": "confirm", "seconds": _since(began)}
    yield _followed(caller, page, draft, "take", {"running"}) | {"counts": draft.counts}
    yield _shown(caller, page, "done")
    yield _shown(caller, f"{page}rest/", "rows given back")


def _upload(caller: Caller, data: bytes) -> str:
    _answer, body = caller.ask("GET", "/people/import/")
    token = _TOKEN.search(body)
    if token is None:
        raise RuntimeError(body[:300])
    parts = [
        ("csrfmiddlewaretoken", "", token[1]),
        ("file", '; filename="people.csv"\r\nContent-Type: text/csv', data),
    ]
    body = b"".join(
        f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n'.encode()
        + content
        + b"\r\n"
        for name, more, content in parts
    )
    kind = f"multipart/form-data; boundary={_BOUNDARY}"
    body += f"--{_BOUNDARY}--\r\n".encode()
    answer = _expect(caller.ask("POST", "/people/import/", body, Content_Type=kind), 302)
    return str(answer.headers["Location"])


def _followed(
    caller: Caller, page: str, draft: ImportDraft, step: str, states: set[str]
) -> dict[str, object]:
    """Until the job is over, with its progress on stderr and the page asked as it asks itself."""
    began, looks = time.monotonic(), Looks()
    while True:
        asked = time.monotonic()
        _expect(caller.ask("GET", page), 200)
        looks.took.append(time.monotonic() - asked)
        draft.refresh_from_db(fields=["state", "done", "total", "counts", "note"])
        house.say(f"{step} {draft.state} {draft.done}/{draft.total} {_since(began)}s")
        if draft.state not in states:
            break
        if time.monotonic() - began > PATIENCE:
            raise SystemExit(f"{step}: {draft.state}")
        time.sleep(EVERY)
    told = {"step": step, "seconds": _since(began), "state": draft.state, "note": draft.note}
    return told | {"page_slowest_ms": looks.slowest}


def _shown(caller: Caller, path: str, step: str) -> dict[str, object]:
    began = time.monotonic()
    answer, body = caller.ask("GET", path)
    _expect((answer, body), 200)
    return {"step": step, "seconds": round(time.monotonic() - began, 3), "kb": len(body) // 1000}


def _expect(answered: tuple[HTTPResponse, bytes], status: int) -> HTTPResponse:
    answer, body = answered
    if answer.status != status:
        raise RuntimeError(answer.status, body[:300])
    return answer


def _since(began: float) -> float:
    return round(time.monotonic() - began, 1)


def _caller(port: int) -> Caller:
    """Signed in as the manager of the whole tree; the sign-in itself has its own bench."""
    from django.conf import settings  # after django.setup(), as all below

    from leitai.files.bench import Caller
    from leitai.web.cli.bench_people import signed_in

    settings.ALLOWED_HOSTS = ["testserver"]
    client = signed_in("province", "51", datetime.now(UTC))
    caller = Caller(port)
    caller.cookies = {name: morsel.value for name, morsel in client.cookies.items()}
    return caller


def _peak(process: subprocess.Popen[bytes]) -> int:
    from leitai.files.bench import peak  # after django.setup()

    return peak(process.pid) // 1024


@contextmanager
def _process(word: str, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "leitai.web.cli", word]
    process = subprocess.Popen(command, env=os.environ | environment)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=30)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
