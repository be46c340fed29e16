"""Send a large file through a real web process, piece by piece, and fetch a part of it back.

The process is started by `leitai bench files` with LEITAI_BENCH=files, which makes it know KIND.
"""

from __future__ import annotations

import base64
import http.client
import time
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from leitai.base.actor import NOBODY, Actor
from leitai.files import services
from leitai.files.kinds import GB, MB, FileKind
from leitai.files.tus import BODY, VERSION

PIECE = 8 * MB


def _anybody(actor: Actor, owner: str) -> bool:
    return owner in {"", "bench:1"} and not actor.known


KIND = FileKind("bench", 4 * GB, ("mp4",), _anybody, _anybody, 4 * GB)


@dataclass(slots=True)
class Caller:
    """One connection that keeps its cookies, as a browser does."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    line: http.client.HTTPConnection | None = None

    def ask(
        self, method: str, path: str, body: bytes | None = None, **headers: str
    ) -> tuple[http.client.HTTPResponse, bytes]:
        if self.line is None:
            self.line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        said = {name.replace("_", "-"): value for name, value in headers.items()}
        said["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        said["X-CSRFToken"] = self.cookies.get("csrftoken", "")
        self.line.request(method, path, body, said)
        answer = self.line.getresponse()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        return answer, answer.read()


def film(size: int) -> bytes:
    """The head of a film of `size` bytes: the boxes before its one large box of data."""
    head = _box(b"ftyp", b"isom\0\0\2\0isom") + _box(b"moov", bytes(64)) + b"\0\0\0\1mdat"
    return head + (size - len(head) + 8).to_bytes(8)


def _box(kind: bytes, content: bytes) -> bytes:
    return (8 + len(content)).to_bytes(4) + kind + content


def run(port: int, process: int, megabytes: int, at: datetime) -> dict[str, object]:
    """The figures; raises RuntimeError where an answer is not the expected one."""
    caller, size = Caller(port), megabytes * MB
    caller.ask("GET", "/account/login/")
    before = peak(process)
    url, seconds = _send(caller, size)
    started = time.monotonic()
    token = url.rpartition("/")[2]
    checked = services.check_upload(token=token, at=at)
    check_seconds = time.monotonic() - started
    if checked is None or checked.state != "ready":
        raise RuntimeError(checked and checked.refusal)
    file = services.attach(actor=NOBODY, upload=token, kind="bench", owner="bench:1", at=at)
    fetched, part = _fetch(caller, f"/files/{file.pk}/{file.name}", size)
    return {
        "what": "files",
        "megabytes": megabytes,
        "upload_mb_s": round(megabytes / seconds),
        "check_seconds": round(check_seconds, 1),
        "range_mb_s": round(part / MB / fetched),
        "rss_before_mb": before // 1024,
        "rss_peak_mb": peak(process) // 1024,
    }


def _send(caller: Caller, size: int) -> tuple[str, float]:
    said = ",".join(
        f"{key} {base64.b64encode(value).decode()}"
        for key, value in (("filename", b"bench.mp4"), ("kind", b"bench"))
    )
    answer, body = caller.ask(
        "POST", "/files/up/", Tus_Resumable=VERSION, Upload_Length=str(size), Upload_Metadata=said
    )
    _expect(answer, 201, body)
    url = answer.headers["Location"]
    head = film(size)
    block, place, started = bytes(range(256)) * (PIECE // 256), 0, time.monotonic()
    while place < size:
        piece = (head + block)[:PIECE] if place == 0 else block[: min(PIECE, size - place)]
        answer, body = caller.ask(
            "PATCH", url, piece,
            Tus_Resumable=VERSION, Upload_Offset=str(place), Content_Type=BODY,
        )  # fmt: skip
        _expect(answer, 204, body)
        place += len(piece)
    return url, time.monotonic() - started


def _fetch(caller: Caller, url: str, size: int) -> tuple[float, int]:
    """The last half."""
    started = time.monotonic()
    answer, body = caller.ask("GET", url, Range=f"bytes={size // 2}-")
    _expect(answer, 206, body)
    if len(body) != size - size // 2 or body[-256:] != (bytes(range(256)))[-256:]:
        raise RuntimeError(len(body))
    return time.monotonic() - started, len(body)


def _expect(answer: http.client.HTTPResponse, status: int, body: bytes) -> None:
    if answer.status != status:
        raise RuntimeError(answer.status, body[:300])


def peak(process: int) -> int:
    """The largest resident size so far of any process of this tree, in KB."""
    lines = Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines()
    own = [int(line.split()[1]) for line in lines if line.startswith("VmHWM")]
    children = Path(f"/proc/{process}/task").glob("*/children")
    below = [int(one) for file in children for one in file.read_text(encoding="ascii").split()]
    return max([0, *own, *(peak(one) for one in below)])
