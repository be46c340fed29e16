"""The lane's wire as a client speaks it: one keep-alive connection, JSON in `text/plain`."""

from __future__ import annotations

import asyncio
import json
from typing import Any

REPLY_SECONDS = 15


class Refused(Exception):  # noqa: N818  # an answer of the lane, not a fault of ours
    def __init__(self, status: int, error: dict[str, Any]) -> None:
        super().__init__(f"{status} {error.get('code')}")
        self.status = status
        self.error = error


class Connection:
    """Opens on first use and again after it was dropped."""

    def __init__(self, host: str, port: int) -> None:
        self._address = (host, port)
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        data = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
        status, reply = await self._exchange("POST", path, data)
        answer: dict[str, Any] = json.loads(reply)
        if status != 200:
            raise Refused(status, answer.get("error", {}))
        return answer

    async def get(self, path: str) -> bytes:
        status, reply = await self._exchange("GET", path, b"")
        if status != 200:
            raise Refused(status, {"code": "get"})
        return reply

    def drop(self) -> None:
        """As a cable that is pulled: no farewell."""
        if self._streams is not None:
            self._streams[1].transport.abort()
            self._streams = None

    async def _exchange(self, method: str, path: str, body: bytes) -> tuple[int, bytes]:
        if self._streams is None:
            self._streams = await asyncio.open_connection(*self._address)
        reader, writer = self._streams
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: lane\r\nContent-Type: text/plain\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        try:
            writer.write(head.encode() + body)
            return await asyncio.wait_for(_reply(reader), REPLY_SECONDS)
        except (OSError, asyncio.IncompleteReadError):
            self.drop()
            raise


async def _reply(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    length = next(
        int(line.partition(":")[2]) for line in head if line.lower().startswith("content-length:")
    )
    return int(head[0].split(" ", 2)[1]), await reader.readexactly(length)
