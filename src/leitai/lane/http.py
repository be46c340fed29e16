"""The lane's HTTP/1.1 layer: one protocol object a connection, httptools parses, all is bounded.

It knows nothing of exams: it hands each whole request to a handler and takes one answer for it.
Requests of one connection are handled strictly one after another, so pipelined ones are answered in
order. A refusal ends the connection, but only after the refusal could be read: the rest of what the
client sends is read and thrown away for a while (closing at once would reset the connection and
the client would never learn why).
"""

import asyncio
from collections import deque
from collections.abc import Callable, Iterable
from typing import Final

import httptools
from typing_extensions import override

from leitai.kernel.errors import DomainError
from leitai.lane.exchange import Exchange, render
from leitai.lane.settings import HttpLimits

_CORS: Final = (
    "Access-Control-Allow-Origin: {origin}\r\n"
    "Access-Control-Expose-Headers: Retry-After\r\nVary: Origin\r\n"
)
_FAR: Final = float("inf")
_TOLD_TO_WAIT: Final = 256  # connections beyond the bound that still get a 503


class _Stop(Exception):  # noqa: N818  (leaves the parser's callbacks, is no error)
    """Raised inside the parser's callbacks: this connection will not be read further."""


class HttpServer:
    """All connections of one listening socket."""

    def __init__(
        self,
        handle: Callable[[Exchange], None],
        *,
        origins: Iterable[str] = (),
        limits: HttpLimits | None = None,
        on_crash: Callable[[BaseException], None] = lambda _: None,
    ) -> None:
        self.handle = handle
        self.limits = limits or HttpLimits()
        self.on_crash = on_crash
        self.connections: set[Connection] = set()
        self.seated = 0  # how many of them were taken in
        self.closing = False
        self.accepted = self.turned_away = self.refused = self.requests = 0
        self.origins = {origin.encode(): _CORS.format(origin=origin).encode() for origin in origins}

    def __call__(self) -> "Connection":
        """Make the protocol of a new connection."""
        return Connection(self)

    def tick(self) -> None:
        """End connections whose time is over; to be called about once a second."""
        now = asyncio.get_running_loop().time()
        for connection in [each for each in self.connections if each.deadline < now]:
            connection.expire()

    def shut(self) -> None:
        """Take no further requests: idle connections end now, busy ones after their answer."""
        self.closing = True
        for connection in tuple(self.connections):
            connection.leave_when_idle()

    def abort(self) -> None:
        """End every connection now."""
        for connection in tuple(self.connections):
            connection.abort()


class Connection(asyncio.Protocol):
    """One client's connection."""

    __slots__ = (
        "_advancing", "_body", "_body_size", "_chunks", "_current", "_draining", "_eof",
        "_exchange", "_head_done", "_head_size", "_headers", "_limits", "_loop", "_parser",
        "_paused", "_queue", "_received", "_seated", "_server", "_target", "_transport",
        "_unsent", "_write_paused", "deadline",
    )  # fmt: skip
    # Of the request that is being received; the parser calls back while it gathers them.
    _target: bytes
    _body: bytes
    _chunks: list[bytes]
    _headers: int
    _head_size: int
    _body_size: int
    _received: int  # bytes since the last whole request

    def __init__(self, server: HttpServer) -> None:
        self._server = server
        self._limits = server.limits
        self._loop = asyncio.get_running_loop()
        self._transport: asyncio.Transport | None = None
        self._parser: httptools.HttpRequestParser | None = httptools.HttpRequestParser(self)
        self._queue: deque[Exchange] = deque()
        self._current: Exchange | None = None
        self._advancing = self._paused = self._write_paused = self._eof = False
        self._unsent = 0  # bytes that a slow client had yet to take when last looked at
        self._seated = False  # taken in, not one of those that are only told to wait
        self._draining = -1  # bytes thrown away since the connection was refused; -1: not refused
        self.deadline = _FAR
        self._begin()

    # -- asyncio's side ---------------------------------------------------------------------

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport  # type: ignore[assignment]  # a TCP transport by construction
        server = self._server
        server.connections.add(self)
        if server.closing or server.seated >= self._limits.connections:
            server.turned_away += 1
            if len(server.connections) - server.seated > _TOLD_TO_WAIT:
                self.abort()
            else:
                self._give_up(DomainError("busy"))
            return
        self._seated = True
        server.seated += 1
        server.accepted += 1
        self.deadline = self._loop.time() + self._limits.idle_seconds

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        self._server.connections.discard(self)
        self._server.seated -= self._seated
        self._transport = self._current = self._parser = None  # the parser holds us: break the ring
        self._queue.clear()

    @override
    def data_received(self, data: bytes) -> None:
        if self._draining >= 0 or self._parser is None:
            self._throw_away(len(data))
            return
        if not self._received and self._current is None:
            self.deadline = self._loop.time() + self._limits.message_seconds
        self._received += len(data)
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            self._queue.pop()  # the request that asks to speak something else
            self._give_up(DomainError("bad_request"))
            return
        except httptools.HttpParserError:
            # Also when one of our own callbacks has raised _Stop; it left its refusal.
            self._give_up(self._exchange.refusal or DomainError("bad_request"))
            return
        self._check_size()
        if self._queue:
            self._advance()

    @override
    def eof_received(self) -> bool:
        self._eof = True
        return self._busy  # it only closed its own half and waits for the answer

    @override
    def pause_writing(self) -> None:
        self._write_paused = True
        if self._transport is not None:
            self._unsent = self._transport.get_write_buffer_size()
        self._set_reading(on=False)
        self.deadline = self._loop.time() + self._limits.answer_seconds

    @override
    def resume_writing(self) -> None:
        self._write_paused = False
        if self._current is None:
            self._rest()
        self._advance()

    # -- httptools' side --------------------------------------------------------------------

    def on_url(self, part: bytes) -> None:
        """Take a part of the target."""
        self._target += part
        if len(self._target) > self._limits.target_bytes:
            raise self._stop("bad_request")

    def on_header(self, name: bytes | None, value: bytes | None) -> None:
        """Take one header; only four matter."""
        name, value = name or b"", value or b""
        self._headers += 1
        self._head_size += len(name) + len(value)
        if self._headers > self._limits.headers or self._head_size > self._limits.head_bytes:
            raise self._stop("headers_too_large")
        size = len(name)
        if size == 6:
            lowered = name.lower()
            if lowered == b"origin":
                self._take_origin(value)
            elif lowered == b"expect" and self._transport is not None and not self._busy:
                self._transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        elif size == 14 and name.lower() == b"content-length":
            # The parser has checked that it is a number; a very long one is too large anyway.
            if len(value) > 18 or (value.isdigit() and int(value) > self._limits.body_bytes):
                raise self._stop("too_large", limit=self._limits.body_bytes)
        elif size == 15 and name.lower() == b"x-forwarded-for":
            self._exchange.forwarded = value

    def on_headers_complete(self) -> None:
        """The head is whole."""
        self._head_done = True

    def on_body(self, part: bytes) -> None:
        """Take a part of the body."""
        if self._body:
            self._chunks.append(part)
        else:
            self._body = part
        self._body_size += len(part)
        if self._body_size > self._limits.body_bytes:
            raise self._stop("too_large", limit=self._limits.body_bytes)

    def on_message_complete(self) -> None:
        """Queue the whole request; it is handled when the parser is left."""
        parser, exchange = self._parser, self._exchange
        if parser is None or len(self._queue) >= self._limits.pipelined:
            raise self._stop("busy")
        exchange.method = parser.get_method()
        exchange.path, _, _ = self._target.partition(b"?")
        exchange.body = b"".join((self._body, *self._chunks)) if self._chunks else self._body
        exchange.keep_alive = parser.should_keep_alive() and not self._server.closing
        self._queue.append(exchange)
        self._begin()

    # -- inside -----------------------------------------------------------------------------

    def _begin(self) -> None:
        self._exchange = Exchange(self)
        self._target = self._body = b""
        self._chunks = []
        self._headers = self._head_size = self._body_size = self._received = 0
        self._head_done = False

    def _take_origin(self, value: bytes) -> None:
        cors = self._server.origins.get(value)
        if cors is None:
            self._exchange.refusal = DomainError("origin_refused")
        else:
            self._exchange.cors = cors

    def _stop(self, code: str, **data: object) -> _Stop:
        self._exchange.refusal = DomainError(code, **data)
        return _Stop()

    def _check_size(self) -> None:
        """Bound what the parser gathers without telling: endless header lines, chunk extensions."""
        if not self._head_done:
            if self._received > self._limits.head_bytes + self._limits.target_bytes:
                self._give_up(DomainError("headers_too_large"))
        elif self._received > 4 * (self._limits.head_bytes + self._limits.body_bytes):
            self._give_up(DomainError("too_large", limit=self._limits.body_bytes))

    @property
    def _busy(self) -> bool:
        return self._current is not None or bool(self._queue)

    @property
    def peer(self) -> str:
        """The peer's address, or nothing when the connection is lost."""
        peer = self._transport.get_extra_info("peername") if self._transport else None
        return str(peer[0]) if peer else ""

    def _advance(self) -> None:
        """Hand out queued requests, one at a time; safe to be entered again from an answer."""
        if self._advancing:
            return
        self._advancing = True
        try:
            while self._queue and self._current is None and not self._write_paused:
                self._hand_out(self._queue.popleft())
        finally:
            self._advancing = False
        self._set_reading(on=not self._queue and not self._write_paused)

    def _hand_out(self, exchange: Exchange) -> None:
        self._current = exchange
        self.deadline = self._loop.time() + self._limits.answer_seconds
        self._server.requests += 1
        if exchange.refusal is not None:
            self._server.refused += 1
            exchange.refuse(exchange.refusal)
            return
        try:
            self._server.handle(exchange)
        except Exception as error:  # noqa: BLE001  (one request must not end the process)
            self._server.on_crash(error)
            exchange.refuse(DomainError("failed"))

    def send(self, exchange: Exchange, status: int, body: bytes, headers: bytes) -> None:
        """Write the answer to ``exchange`` if it is still the one in hand."""
        if self._current is not exchange or self._transport is None:
            return
        self._current = None
        stays = exchange.keep_alive and not self._eof and not self._server.closing
        self._transport.write(render(exchange, status, body, headers, stays=stays))
        if not stays:
            self._linger()
            return
        self._rest()
        if self._queue:
            self._advance()

    def _rest(self) -> None:
        limits = self._limits
        seconds = limits.message_seconds if self._received else limits.idle_seconds
        self.deadline = self._loop.time() + seconds

    def _set_reading(self, *, on: bool) -> None:
        transport = self._transport
        if transport is None or self._paused is not on or transport.is_closing():
            return
        self._paused = not on
        if on:
            transport.resume_reading()
        else:
            transport.pause_reading()

    def _give_up(self, error: DomainError) -> None:
        """Queue a refusal behind what was asked before, and read no further requests."""
        exchange = Exchange(self)
        exchange.cors = self._exchange.cors
        exchange.keep_alive = False
        exchange.refusal = error
        self._draining = 0
        self._queue.append(exchange)
        self._advance()

    def _linger(self) -> None:
        """Say that no more will come, and read away what the client still sends."""
        transport = self._transport
        self._queue.clear()
        self._draining = max(self._draining, 0)
        self.deadline = self._loop.time() + self._limits.linger_seconds
        if transport is None or transport.is_closing():
            return
        if self._eof:
            transport.close()
            return
        transport.write_eof()
        self._set_reading(on=True)

    def _throw_away(self, size: int) -> None:
        self._draining = max(self._draining, 0) + size
        if self._draining > self._limits.linger_bytes:
            self.abort()

    def expire(self) -> None:
        """The time is over for what this connection does, unless a slow client goes on reading."""
        if self._write_paused and self._transport is not None:
            unsent = self._transport.get_write_buffer_size()
            if unsent < self._unsent:
                self._unsent = unsent
                self.deadline = self._loop.time() + self._limits.answer_seconds
                return
        waiting_for_client = self._current is None and self._draining < 0
        if waiting_for_client and self._received and not self._write_paused:
            self._give_up(DomainError("too_slow"))
        else:
            self.abort()

    def leave_when_idle(self) -> None:
        """End the connection if nothing is asked of it."""
        if not self._busy and self._transport is not None:
            self._linger()

    def abort(self) -> None:
        """End the connection now."""
        if self._transport is not None:
            self._transport.abort()
