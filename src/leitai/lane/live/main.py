"""The stage's process: the matches that are played here, their screens, the office's notices."""

import asyncio
import time
from typing import Any, Final

from picows import WSMsgType, WSTransport, ws_create_server

from leitai.kernel.errors import DomainError
from leitai.lane import log, process
from leitai.lane.database import Readers, connect, is_unavailable, pause
from leitai.lane.keys import LaneRing
from leitai.lane.live import sql, wire
from leitai.lane.live.doors import Door, answer_http
from leitai.lane.live.facts import Refusal
from leitai.lane.live.running import Running
from leitai.lane.live.store import refusal_columns
from leitai.lane.live.took import Steps
from leitai.lane.settings import Settings

PATH: Final = "/v1/stage"
_FLUSH_SECONDS: Final = 1.0
_MOST_REFUSALS: Final = 10_000
_PING_SECONDS: Final = 20.0
_BACKLOG: Final = 1024


class Stage:
    """One stage process: ``start`` opens it for screens, ``stop`` ends it."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.ring = LaneRing(settings.keys)
        self.readers = Readers(settings)
        self.matches: dict[int, Running] = {}
        self.feeds: list[WSTransport] = []
        self.steps = Steps()
        self.refused = self.dropped = self.opened = 0
        self._refusals: list[tuple[int, Refusal]] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None
        self._keepers: list[asyncio.Task[None]] = []

    @property
    def port(self) -> int:
        """The port that it listens on, also when it was told to choose one."""
        if self._server is None:
            return 0
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    # ---- what its doors need

    async def running(self, match: int) -> Running:
        """Give a match that is played here, loading it if need be."""
        found = self.matches.get(match)
        if found is None:
            found = self.matches[match] = Running(
                match,
                self.settings,
                self.ring,
                refuse=self._refuse,
                snapshot=self._snapshot,
                steps=self.steps,
            )
            self.opened += 1
            found.start(self._ended)
        async with asyncio.timeout(self.settings.start_seconds):
            await asyncio.shield(found.ready)
        return found

    def _ended(self, running: Running) -> None:
        if self.matches.get(running.id) is running:
            del self.matches[running.id]

    def feed(self, transport: WSTransport) -> None:
        """Take the spectators' process in, and show it what is played."""
        self.feeds.append(transport)
        for running in self.matches.values():
            running.snap_now()

    def want(self, match: int) -> None:
        """Let the spectators' process have a snapshot of a match."""
        task = asyncio.create_task(self._wanted(match))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _wanted(self, match: int) -> None:
        try:
            (await self.running(match)).snap_now()
        except (DomainError, TimeoutError):
            return  # it is not played; who asks may ask again

    def _snapshot(self, match: int, view: dict[str, Any]) -> None:
        self.feeds = [one for one in self.feeds if not one.is_disconnected]
        if self.feeds:
            frame = wire.snap(match, view)
            for transport in self.feeds:
                transport.send(WSMsgType.TEXT, frame)

    # ---- refusals: evidence, not on the way of a press

    def _refuse(self, match: int, refusal: Refusal) -> None:
        if len(self._refusals) < _MOST_REFUSALS:
            self._refusals.append((match, refusal))
        else:
            self.dropped += 1

    async def _flush(self) -> None:
        while True:
            await asyncio.sleep(_FLUSH_SECONDS)
            await self._write_refusals()

    async def _write_refusals(self) -> None:
        batch, self._refusals = self._refusals, []
        if not batch:
            return
        try:
            await self.readers.fetch(sql.REFUSE, *refusal_columns(batch))
            self.refused += len(batch)
        except Exception as error:  # noqa: BLE001  (evidence must not cost the match)
            log.warn("refusals_wait", count=len(batch), error=error)
            if is_unavailable(error):
                self._refusals = [*batch, *self._refusals][:_MOST_REFUSALS]

    # ---- the office's notices

    async def _listen(self) -> None:
        attempt = 0
        while True:
            try:
                connection = await connect(self.settings, "stage-listener")
            except Exception as error:  # noqa: BLE001  (whatever it is, try again)
                log.warn("listener_waits", error=error)
                await pause(attempt := min(attempt + 1, 5))
                continue
            attempt = 0
            lost = asyncio.Event()
            try:
                connection.add_termination_listener(lambda _, lost=lost: lost.set())
                await connection.add_listener(sql.CHANNEL, self._heard)
                for running in self.matches.values():  # what was said meanwhile was not heard
                    running.notify("match")
                await lost.wait()
            except Exception as error:  # noqa: BLE001  (as above)
                log.warn("listener_lost", error=error)
            finally:
                connection.terminate()

    def _heard(self, _connection: object, _pid: int, _channel: str, payload: object) -> None:
        what, _, match = str(payload).partition(":")
        if what in ("match", "paddles") and match.isdecimal():
            running = self.matches.get(int(match))
            if running is not None:
                running.notify(what)

    # ---- its life

    async def start(self) -> None:
        """Connect to the database (waiting for it a while), then listen."""
        loop = asyncio.get_running_loop()
        until, attempt = loop.time() + self.settings.start_seconds, 0
        while True:
            try:
                await self.readers.open()
                break
            except Exception as error:
                if not is_unavailable(error) or loop.time() > until:
                    raise
                log.warn("start_waits", error=error)
                await pause(attempt := attempt + 1)
        origins = self.settings.origins
        self._server = await ws_create_server(
            lambda request: answer_http(request, PATH, origins, lambda: Door(self, self._tasks)),
            self.settings.host,
            self.settings.port,
            enable_auto_ping=True,
            auto_ping_idle_timeout=_PING_SECONDS,
            auto_ping_reply_timeout=_PING_SECONDS,
            max_frame_size=wire.MAX_FRAME,
            read_buffer_init_size=4096,
            backlog=_BACKLOG,
        )
        self._keepers = [
            asyncio.create_task(self._flush(), name="stage-refusals"),
            asyncio.create_task(self._listen(), name="stage-listener"),
        ]

    async def stop(self) -> None:
        """Take nothing new, send everybody away, write what is left."""
        if self._server is not None:
            self._server.close()
        for running in list(self.matches.values()):
            await running.stop()
        for task in (*self._keepers, *self._tasks):
            task.cancel()
        await asyncio.gather(*self._keepers, *self._tasks, return_exceptions=True)
        await self._write_refusals()
        for transport in self.feeds:
            transport.disconnect()
        await self.readers.close()

    def counters(self) -> dict[str, object]:
        """What this process has done, for the line it writes at its end."""
        return {
            "matches": self.opened,
            "refused": self.refused,
            "refusals_dropped": self.dropped,
            **self.steps.counters(),
            "cpu_ms": time.process_time_ns() // 1_000_000,
        }


def run(settings: Settings) -> None:
    """Serve until SIGTERM or SIGINT, before the machine's other processes where that is allowed."""
    process.run(lambda: Stage(settings), host=settings.host, name="stage", rank=process.STAGE)
