"""The stage's door: websockets in, tickets checked, messages handed to their match."""

import asyncio
import time
from collections.abc import Callable
from typing import Any, Final, Protocol

import msgspec
from picows import (
    WSFrame,
    WSListener,
    WSMsgType,
    WSTransport,
    WSUpgradeRequest,
    WSUpgradeResponse,
    WSUpgradeResponseWithListener,
)
from typing_extensions import override

from leitai.kernel.errors import DomainError
from leitai.lane import log, tickets
from leitai.lane.keys import LaneRing
from leitai.lane.live import wire
from leitai.lane.live.audience import Visitor
from leitai.lane.live.running import Running
from leitai.lane.tickets import StageClaim

_SILENT_SECONDS: Final = 5.0
_STUCK_SECONDS: Final = 20.0
_HOSTS: Final = (wire.Move, wire.Why, wire.ToScreen, wire.Test)


def turn_away(transport: WSTransport, error: DomainError) -> None:
    """Say why, and close."""
    if not transport.is_disconnected:
        transport.send(WSMsgType.TEXT, wire.bye(error))
        transport.send_close()
        transport.disconnect()


def answer_http(
    request: WSUpgradeRequest, path: str, origins: tuple[str, ...], listener: Callable[[], Any]
) -> WSUpgradeResponseWithListener:
    """Answer what comes before the websocket: who asks for our health, and whom we do not know."""
    asked = request.path.decode("latin-1").partition("?")[0]
    if asked == "/healthz":
        return WSUpgradeResponseWithListener(WSUpgradeResponse.create_ok_response(b"ok"), None)
    if asked != path:
        return WSUpgradeResponseWithListener(WSUpgradeResponse.create_error_response(404), None)
    origin = request.headers.get("Origin")
    if origin is not None and origins and origin.rstrip("/") not in origins:
        return WSUpgradeResponseWithListener(WSUpgradeResponse.create_error_response(403), None)
    return WSUpgradeResponseWithListener(WSUpgradeResponse.create_101_response(), listener())


class House(Protocol):
    """What a door needs of the process behind it."""

    ring: LaneRing

    async def running(self, match: int) -> Running:
        """Give a match that is played here, loading it if need be."""

    def feed(self, transport: WSTransport) -> None:
        """Take the spectators' process in."""

    def want(self, match: int) -> None:
        """Let the spectators' process have a snapshot of a match."""


class Door(WSListener):
    """One connection: nobody until its ticket was read, then one screen of one match."""

    def __init__(self, house: House, tasks: set[asyncio.Task[None]]) -> None:
        self._house = house
        self._tasks = tasks
        self._transport: WSTransport
        self._timer: asyncio.TimerHandle | None = None
        self._visitor: Visitor | None = None
        self._running: Running | None = None
        self._entering = self._feeding = False

    @override
    def on_ws_connected(self, transport: WSTransport) -> None:
        self._transport = transport
        self._timer = asyncio.get_running_loop().call_later(
            _SILENT_SECONDS, turn_away, transport, DomainError("stage_silent")
        )

    @override
    def on_ws_disconnected(self, transport: WSTransport) -> None:
        if self._timer is not None:
            self._timer.cancel()
        if self._running is not None and self._visitor is not None:
            self._running.audience.leave(self._visitor)
            self._running.changed()
            self._running = None

    @override
    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        kind = frame.msg_type
        if kind == WSMsgType.CLOSE:
            transport.send_close(frame.get_close_code())
            transport.disconnect()
            return
        if kind != WSMsgType.TEXT or not frame.fin:
            if kind in (WSMsgType.BINARY, WSMsgType.CONTINUATION, WSMsgType.TEXT):
                turn_away(transport, DomainError("stage_malformed"))
            return
        running = self._running
        arrival = running.clock.now_us() if running is not None else 0
        try:
            message = wire.decode(frame.get_payload_as_bytes())
        except (msgspec.MsgspecError, UnicodeDecodeError):
            turn_away(transport, DomainError("stage_malformed"))
            return
        if running is not None and self._visitor is not None:
            self._take(running, self._visitor, message, arrival)
        elif self._feeding and isinstance(message, wire.Want):
            self._house.want(message.match)
        elif isinstance(message, wire.Enter) and not self._entering:
            self._entering = True
            self._enter(message.ticket)
        elif not self._entering:
            turn_away(transport, DomainError("stage_ticket"))

    def _take(
        self, running: Running, visitor: Visitor, message: wire.Message, arrival: int
    ) -> None:
        if isinstance(message, wire.Sync):
            visitor.answered(message, arrival)
        elif isinstance(message, wire.Press):
            if visitor.role == "seat":
                running.put(visitor, message, arrival)
        elif isinstance(message, _HOSTS):
            if visitor.role == "host":
                running.put(visitor, message, arrival)
            else:
                visitor.send(wire.refused("", DomainError("stage_role")))

    def _spawn(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _enter(self, ticket: str) -> None:
        try:
            claim = self._read(ticket)
        except DomainError as error:
            turn_away(self._transport, error)
            return
        if claim.role == "feed":  # at once: what it wants may stand in the next frame
            self._calm()
            self._feeding = True
            self._house.feed(self._transport)
        else:
            self._spawn(self._come(claim))

    async def _come(self, claim: StageClaim) -> None:
        try:
            await self._admit(claim)
        except DomainError as error:
            turn_away(self._transport, error)
        except Exception as error:  # noqa: BLE001  (one screen must not end the process)
            log.warn("enter_failed", error=error)
            turn_away(self._transport, DomainError("stage_failed"))

    def _read(self, ticket: str) -> StageClaim:
        now_ms = time.time_ns() // 1_000_000
        claim = tickets.verify_stage(self._house.ring, ticket, now_ms=now_ms)
        if claim.role == "watch":
            raise DomainError("stage_role")
        return claim

    async def _admit(self, claim: StageClaim) -> None:
        running = await self._house.running(claim.match)
        if self._transport.is_disconnected:
            return
        self._calm()
        visitor = Visitor(self._transport, claim, running.clock)
        views = running.views()
        if claim.role == "seat" and claim.seat not in views.match.play.seats:
            raise DomainError("stage_ticket")
        running.audience.admit(visitor)
        self._visitor, self._running = visitor, running
        visitor.send(wire.hello(visitor.role, visitor.seat, views.of(visitor.role, visitor.seat)))
        visitor.ask()
        running.changed()

    def _calm(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    @override
    def pause_writing(self) -> None:
        if self._visitor is not None:
            self._visitor.paused = True
            self._timer = asyncio.get_running_loop().call_later(
                _STUCK_SECONDS, self._transport.disconnect, False
            )

    @override
    def resume_writing(self) -> None:
        self._calm()
        visitor, running = self._visitor, self._running
        if visitor is not None and running is not None and running.playing is not None:
            visitor.paused = False
            visitor.send(wire.view(running.views().of(visitor.role, visitor.seat)))
