"""The lane's process: puts the parts together, runs them, and ends them in order."""

import asyncio
import time

from leitai.lane import log, process
from leitai.lane.clock import DatabaseClock
from leitai.lane.closing import Closing
from leitai.lane.database import Readers, is_unavailable, pause
from leitai.lane.gate import Gate, Throttle
from leitai.lane.http import HttpServer
from leitai.lane.keys import LaneRing
from leitai.lane.papers import Papers
from leitai.lane.routes import Routes
from leitai.lane.saves import Saves
from leitai.lane.seats import Seats
from leitai.lane.sets import Sets, SetWriter
from leitai.lane.settings import Settings
from leitai.lane.watch import Watcher
from leitai.lane.writer import Writer

_BACKLOG = 4096
_DRAIN_SECONDS = 10


class Lane:
    """One lane: ``start`` opens it for clients, ``stop`` ends it without losing what it took."""

    def __init__(self, settings: Settings) -> None:
        ring = LaneRing(settings.keys)
        self.settings = settings
        self.clock = DatabaseClock()
        self.readers = Readers(settings)
        self.seats = Seats(self.readers)
        self.gate = Gate(
            ring,
            seats=self.seats,
            readers=self.readers,
            clock=self.clock,
            throttle=Throttle(settings.wrong_codes),
        )
        self.routes = Routes(settings, clock=self.clock, gate=self.gate, seats=self.seats)
        self.saves = Saves(
            settings,
            gate=self.gate,
            seats=self.seats,
            readers=self.readers,
            clock=self.clock,
            spawn=self.routes.spawn,
        )
        self.writer = self.saves.writer = Writer(settings, self.saves.settle)
        self.sets = Sets(ring, readers=self.readers, clock=self.clock, spawn=self.routes.spawn)
        self.set_writer = self.sets.writer = SetWriter(settings, self.sets.settle)
        self.closing = Closing(
            settings, seats=self.seats, gate=self.gate, in_hand=self.writer.sittings
        )
        self.watcher = Watcher(settings, seats=self.seats, clock=self.clock)
        self.routes.saves, self.routes.closing = self.saves, self.closing
        self.routes.sets = self.sets
        self.routes.papers = Papers(ring, self.readers, self.clock)
        self.http = HttpServer(
            self.routes.handle,
            origins=settings.origins,
            limits=settings.http,
            on_crash=self.routes.crash,
        )
        self._server: asyncio.Server | None = None
        self._ticker: asyncio.Task[None] | None = None

    @property
    def port(self) -> int:
        """The port that it listens on, also when it was told to choose one."""
        if self._server is None:
            return 0
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    async def start(self) -> None:
        """Connect to the database (waiting for it a while), then listen."""
        await self._connect()
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(
            self.http, self.settings.host, self.settings.port, backlog=_BACKLOG
        )
        self._ticker = asyncio.create_task(self._tick(), name="lane-ticker")

    async def _connect(self) -> None:
        loop = asyncio.get_running_loop()
        until, attempt = loop.time() + self.settings.start_seconds, 0
        while True:
            try:
                await self.readers.open()
                await self.watcher.start()
                await self.writer.start()
                await self.set_writer.start()
                await self.closing.start()
            except Exception as error:
                await self._disconnect()
                if not is_unavailable(error) or loop.time() > until:
                    raise
                log.warn("start_waits", error=error)
                await pause(attempt := attempt + 1)
            else:
                self.sets.start()
                return

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(1)
            self.http.tick()

    async def stop(self) -> None:
        """Take nothing new, finish what was taken, then let go of everything."""
        if self._server is not None:
            self._server.close()
        self.http.shut()
        try:
            async with asyncio.timeout(_DRAIN_SECONDS):
                await self.writer.drain()
                await self.set_writer.drain()
                await self.routes.finish()
                await self.writer.drain()
        except TimeoutError:
            log.warn("drain_cut", seconds=_DRAIN_SECONDS)
        await self._disconnect()
        if self._ticker is not None:
            self._ticker.cancel()
            await asyncio.wait([self._ticker])
        self.http.abort()

    async def _disconnect(self) -> None:
        await self.closing.stop()
        await self.writer.stop()
        await self.set_writer.stop()
        await self.sets.stop()
        await self.watcher.stop()
        await self.readers.close()

    def counters(self) -> dict[str, object]:
        """What this process has done, for the line it writes at its end."""
        return {
            "connections": self.http.accepted,
            "turned_away": self.http.turned_away,
            "requests": self.http.requests,
            "refused": self.http.refused,
            "failed": self.routes.failed,
            "entered": self.gate.entered,
            "take_overs": self.gate.take_overs,
            "saved": self.writer.saved,
            "commits": self.writer.commits,
            "largest_commit": self.writer.largest,
            "repeated": self.saves.repeated,
            "late": self.saves.late,
            "sets": self.set_writer.saved,
            "set_commits": self.set_writer.commits,
            "largest_set_commit": self.set_writer.largest,
            "sets_repeated": self.sets.repeated,
            "folds_deferred": self.sets.deferred,
            "handed_in": self.closing.handed_in,
            "closed": self.closing.closed,
            "changes": self.watcher.changes,
            "cpu_ms": time.process_time_ns() // 1_000_000,
        }


def run(settings: Settings) -> None:
    """Serve until SIGTERM or SIGINT."""
    process.run(lambda: Lane(settings), host=settings.host)
