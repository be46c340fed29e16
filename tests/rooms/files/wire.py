"""tus as a browser speaks it, over Django's client; bodies are streams, as on the wire."""

from __future__ import annotations

import base64
import io
from dataclasses import dataclass

from django.test import Client

BODY = "application/offset+octet-stream"
VERSION = {"Tus-Resumable": "1.0.0"}


class Endless(io.RawIOBase):
    """So many bytes of a pattern, made while they are read; it breaks where it is told to."""

    def __init__(self, start: int, length: int, *, breaks_after: int | None = None, raises=False):
        self.place, self.end = start, start + length
        self.limit = self.end if breaks_after is None else start + breaks_after
        self.raises = raises
        self.largest = 0

    def read(self, count: int = -1) -> bytes:
        self.largest = max(self.largest, self.end if count < 0 else count)
        if self.place >= self.limit and self.raises:
            raise OSError("the line broke")
        size = min(count, self.limit - self.place)
        piece = pattern(self.place, size)
        self.place += size
        return piece


_PATTERN = bytes(range(97, 122)) + b"\n"


def pattern(start: int, size: int) -> bytes:
    """The bytes from `start` of an endless text."""
    shift = start % len(_PATTERN)
    return (_PATTERN * (size // len(_PATTERN) + 2))[shift : shift + size]


@dataclass
class Tus:
    client: Client

    def create(self, name, length, *, kind="thing", owner="", body=None, **headers):
        said = {"filename": name, "kind": kind, "owner": owner}
        metadata = ",".join(
            f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in said.items()
        )
        headers = VERSION | {"Upload-Length": str(length), "Upload-Metadata": metadata} | headers
        if body is None:
            return self.client.post("/files/up/", content_type="", headers=headers)
        return self.client.generic("POST", "/files/up/", body, BODY, headers=headers)

    def made(self, name, length, **more) -> str:
        answer = self.create(name, length, **more)
        assert answer.status_code == 201, answer.content
        return answer["Location"]

    def patch(self, url, offset, body: bytes, **headers):
        headers = VERSION | {"Upload-Offset": str(offset)} | headers
        return self.client.generic("PATCH", url, body, BODY, headers=headers)

    def stream(self, url, offset, stream, length):
        """As a server hands a body over: a stream, and the length that was promised."""
        return self.client.generic(
            "PATCH",
            url,
            b"",
            BODY,
            headers=VERSION | {"Upload-Offset": str(offset)},
            **{"wsgi.input": stream, "CONTENT_LENGTH": str(length), "CONTENT_TYPE": BODY},
        )

    def head(self, url):
        return self.client.head(url, headers=VERSION)

    def state(self, url):
        return self.client.get(url).json()

    def send(self, name, data: bytes, **more) -> str:
        """A whole file; the address of its upload."""
        url = self.made(name, len(data), **more)
        assert self.patch(url, 0, data).status_code == 204
        return url


def token(url: str) -> str:
    return url.rpartition("/")[2]
