"""The spectators' process: snapshots of the stage to thousands of phones, never a press's.

It knows only what the stage lets it have, and a spectator gets what has changed since the last
snapshot; whoever has not taken the one before is passed over and gets the whole when it has.
"""

import asyncio
import time
from typing import Any, Final

import msgspec
from picows import WSFrame, WSListener, WSMsgType, WSTransport, ws_connect, ws_create_server
from typing_extensions import override

from leitai.kernel.errors import DomainError
from leitai.lane import log, process, tickets
from leitai.lane.database import pause
from leitai.lane.keys import LaneRing
from leitai.lane.live import wire
from leitai.lane.live.board import ROOM, Board, Fans, Pulse
from leitai.lane.live.doors import answer_http, turn_away
from leitai.lane.settings import Settings

PATH: Final = "/v1/watch"
_MOST: Final = 20_000
_SILENT_SECONDS: Final = 5.0
_STUCK_SECONDS: Final = 30.0
_BEAT_SECONDS: Final = 1.0
_FEED_TICKET_MS: Final = 60_000
_WANT_SECONDS: Final = 30.0
_MOST_FRAME: Final = 1024 * 1024
_BACKLOG: Final = 8192
_TEXT: Final = WSMsgType.TEXT


class Snap(msgspec.Struct, tag_field="t", tag="snap"):
    """A snapshot of a match."""

    match: int
    view: dict[str, Any]


_decode = msgspec.json.Decoder(Snap).decode


class Spectator(WSListener):
    """One phone."""

    def __init__(self, house: "Watch") -> None:
        self._house = house
        self._transport: WSTransport
        self.silent = False
        self._timer: asyncio.TimerHandle | None = None
        self._board: Board | None = None
        self._paused = self._missed = False

    @override
    def on_ws_connected(self, transport: WSTransport) -> None:
        self._transport = transport
        self._send = transport.send_reuse_external_bytearray
        # What is not written at once is not followed by more of it.
        transport.underlying_transport.set_write_buffer_limits(high=0)
        if self._house.spectators >= _MOST:
            turn_away(transport, DomainError("stage_full"))
            return
        self._timer = asyncio.get_running_loop().call_later(
            _SILENT_SECONDS, turn_away, transport, DomainError("stage_silent")
        )

    @override
    def on_ws_disconnected(self, transport: WSTransport) -> None:
        self._calm()
        if self._board is not None:
            self._board.spectators.pop(self, None)
            self._house.spectators -= 1
            self._board = None

    @override
    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        self.silent = False
        if frame.msg_type == WSMsgType.CLOSE:
            transport.send_close(frame.get_close_code())
            transport.disconnect()
        elif frame.msg_type == WSMsgType.TEXT and self._board is None:
            try:
                message = wire.decode(frame.get_payload_as_bytes())
                ticket = message.ticket if isinstance(message, wire.Enter) else ""
                self._enter(self._house.admit(ticket))
            except (msgspec.MsgspecError, UnicodeDecodeError):
                turn_away(transport, DomainError("stage_malformed"))
            except DomainError as error:
                turn_away(transport, error)

    def _enter(self, board: Board) -> None:
        self._calm()
        self._board = board
        board.spectators[self] = None
        self._house.spectators += 1
        self._house.pulse.follow(self, asyncio.get_running_loop().time())
        if board.whole:
            self._transport.send(WSMsgType.TEXT, board.whole)

    def show(self, frame: bytearray) -> None:
        """Send what has changed, unless it has not taken what came before."""
        if self._paused:
            self._missed = True
        else:
            self._send(_TEXT, frame, ROOM)

    def ping(self) -> bool:
        """Ask whether it is there."""
        if self._board is None or self._transport.is_disconnected:
            return False
        self._transport.send_ping()
        return True

    def drop(self) -> None:
        """Let it go without a word."""
        self._transport.disconnect(graceful=False)

    def end(self) -> None:
        """Say why, and close."""
        turn_away(self._transport, DomainError("stage_closing"))

    def _calm(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    @override
    def pause_writing(self) -> None:
        self._paused = True
        self._calm()
        self._timer = asyncio.get_running_loop().call_later(
            _STUCK_SECONDS, self._transport.disconnect, False
        )

    @override
    def resume_writing(self) -> None:
        self._calm()
        self._paused = False
        if self._missed and self._board is not None:
            self._missed = False
            self._transport.send(WSMsgType.TEXT, self._board.whole)


class Feed(WSListener):
    """The connection to the stage."""

    def __init__(self, house: "Watch") -> None:
        self._house = house

    @override
    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        if frame.msg_type == WSMsgType.CLOSE:
            transport.send_close(frame.get_close_code())
            transport.disconnect()
        elif frame.msg_type == WSMsgType.TEXT:
            try:
                snap = _decode(frame.get_payload_as_bytes())
            except msgspec.MsgspecError:
                return  # it says goodbye; the connection ends by itself
            self._house.board(snap.match).take(snap.view)


class Watch:
    """One spectators' process; ``stage`` is the address of the stage's socket."""

    def __init__(self, settings: Settings, stage: str) -> None:
        self.settings = settings
        self.ring = LaneRing(settings.keys)
        self.spectators = 0
        self.fans = Fans()
        self.pulse = Pulse()
        self._stage = stage
        self._boards: dict[int, Board] = {}
        self._feed: WSTransport | None = None
        self._server: asyncio.Server | None = None
        self._keepers: list[asyncio.Task[None]] = []

    @property
    def port(self) -> int:
        """The port that it listens on, also when it was told to choose one."""
        if self._server is None:
            return 0
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    def board(self, match: int) -> Board:
        """Give the board of a match."""
        found = self._boards.get(match)
        if found is None:
            found = self._boards[match] = Board(self.fans)
        return found

    def admit(self, ticket: str) -> Board:
        """Read a spectator's ticket; raises ``stage_ticket``, ``stage_expired``, ``stage_role``."""
        claim = tickets.verify_stage(self.ring, ticket, now_ms=time.time_ns() // 1_000_000)
        if claim.role != "watch":
            raise DomainError("stage_role")
        board = self.board(claim.match)
        self._want(claim.match, board)
        return board

    def _want(self, match: int, board: Board) -> None:
        """Ask the stage for a match that it may not have loaded."""
        now = asyncio.get_running_loop().time()
        if self._feed is not None and now - board.wanted_at > _WANT_SECONDS:
            board.wanted_at = now
            self._feed.send(WSMsgType.TEXT, wire.encode({"t": "want", "match": match}))

    async def _follow(self) -> None:
        """Keep the connection to the stage, whatever happens to it."""
        attempt = 0
        while True:
            try:
                transport, _ = await ws_connect(
                    lambda: Feed(self),
                    self._stage + "/v1/stage",
                    enable_auto_ping=True,
                    max_frame_size=_MOST_FRAME,
                )
                now_ms = time.time_ns() // 1_000_000
                ticket = tickets.issue_stage(
                    self.ring, match=0, role="feed", expires_ms=now_ms + _FEED_TICKET_MS
                )
                transport.send(WSMsgType.TEXT, wire.encode({"t": "enter", "ticket": ticket}))
                self._feed, attempt = transport, 0
                for match, board in self._boards.items():
                    board.wanted_at = -_WANT_SECONDS
                    self._want(match, board)
                await transport.wait_disconnected()
            except Exception as error:  # noqa: BLE001  (whatever it is, try again)
                log.warn("feed_waits", error=error)
            self._feed = None
            await pause(attempt := min(attempt + 1, 5))

    async def _beat(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(_BEAT_SECONDS)
            self.pulse.beat(loop.time())

    async def start(self) -> None:
        """Listen, and follow the stage."""
        origins = self.settings.origins
        self._server = await ws_create_server(
            lambda request: answer_http(request, PATH, origins, lambda: Spectator(self)),
            self.settings.host,
            self.settings.port,
            max_frame_size=wire.MAX_FRAME,
            read_buffer_init_size=1024,
            backlog=_BACKLOG,
        )
        self._keepers = [
            asyncio.create_task(self._follow(), name="watch-feed"),
            asyncio.create_task(self._beat(), name="watch-pulse"),
        ]

    async def stop(self) -> None:
        """Send everybody away."""
        if self._server is not None:
            self._server.close()
        for task in self._keepers:
            task.cancel()
        await asyncio.gather(*self._keepers, return_exceptions=True)
        if self._feed is not None:
            self._feed.disconnect()
        for board in self._boards.values():
            for spectator in list(board.spectators):
                spectator.end()

    def counters(self) -> dict[str, object]:
        """What this process has done, for the line it writes at its end."""
        return {**self.fans.counters(), "cpu_ms": time.process_time_ns() // 1_000_000}


def run(settings: Settings, stage: str) -> None:
    """Serve until SIGTERM or SIGINT; whatever happens in the hall goes before."""
    process.run(
        lambda: Watch(settings, stage), host=settings.host, name="watch", rank=process.WATCH
    )
