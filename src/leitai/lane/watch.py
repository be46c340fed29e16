"""The watcher: the database's clock, what officers changed, and who was heard.

NOTIFY ``lane`` only wakes; what changed is found by comparing rows, at start, after every reconnect
and every few seconds. Presence is written in groups; it is news for the console, not evidence.
"""

import asyncio
import time
from typing import Any, Final

from leitai.kernel.errors import DomainError
from leitai.lane import log, sql
from leitai.lane.clock import DatabaseClock
from leitai.lane.database import connect, is_unavailable, pause
from leitai.lane.seats import Seat, Seats
from leitai.lane.settings import Settings

CHANNEL: Final = "lane"
_GROUP: Final = 1000  # rows a statement, so that no answer waits for a long one


class Watcher:
    """Keeps the seats in memory and the database in step."""

    def __init__(self, settings: Settings, *, seats: Seats, clock: DatabaseClock) -> None:
        self._settings = settings
        self._seats = seats
        self._clock = clock
        self._wake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self.wakes = self.changes = 0

    async def start(self) -> None:
        """Connect, ask for the time and begin."""
        connection = await self._open()
        self._task = asyncio.create_task(self._supervise(connection), name="lane-watcher")

    async def stop(self) -> None:
        """End; presence is written a last time by ``_work``."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])

    async def _open(self) -> Any:
        connection = await connect(self._settings, "watcher")
        await connection.add_listener(CHANNEL, self._heard)
        for _ in range(3):
            await self._ask_time(connection)
        self._wake.set()
        return connection

    def _heard(self, *_: object) -> None:
        self.wakes += 1
        self._wake.set()

    async def _supervise(self, connection: Any) -> None:
        attempt = 0
        while True:
            try:
                await self._work(connection)
            except asyncio.CancelledError:
                await self._say_goodbye(connection)
                raise
            except Exception as error:  # noqa: BLE001  (the watcher must outlive any error)
                log.warn("watcher_lost", error=error)
            finally:
                connection.terminate()
            while connection.is_closed():
                await pause(attempt := min(attempt + 1, 5))
                try:
                    connection = await self._open()
                except Exception as error:  # noqa: BLE001  (whatever it is, try again)
                    log.warn("watcher_waits", error=error)
                else:
                    attempt = 0

    async def _work(self, connection: Any) -> None:
        loop = asyncio.get_running_loop()
        next_refresh = next_presence = 0.0
        while True:
            if self._wake.is_set() or loop.time() >= next_refresh:
                self._wake.clear()
                await self._ask_time(connection)
                await self._refresh(connection)
                next_refresh = loop.time() + self._settings.refresh_seconds
            if loop.time() >= next_presence:
                await self._write_presence(connection)
                next_presence = loop.time() + self._settings.presence_seconds
            try:
                async with asyncio.timeout_at(min(next_refresh, next_presence)):
                    await self._wake.wait()
            except TimeoutError:
                pass

    async def _ask_time(self, connection: Any) -> None:
        sent = time.monotonic_ns()
        database_us = await connection.fetchval(sql.CLOCK)
        self._clock.learn(sent_ns=sent, received_ns=time.monotonic_ns(), database_us=database_us)

    async def _refresh(self, connection: Any) -> None:
        """Read again every live seat whose row differs from what is in memory."""
        self._seats.forget(self._clock.now_ms())
        live = [seat for seat in self._seats.known.values() if seat.live]
        for start in range(0, len(live), _GROUP):
            rows = await connection.fetch(sql.CHANGED, *_versions(live[start : start + _GROUP]))
            for row in rows:
                await self._reread(row["id"])

    async def _reread(self, sitting: int) -> None:
        self.changes += 1
        seat = self._seats.known.get(sitting)
        if seat is not None:
            seat.doubt()
        try:
            await self._seats.read(sitting)
        except DomainError:
            return  # the sitting is gone; who asks for it is told so
        except Exception as error:
            if not is_unavailable(error):
                raise
            log.warn("reread_waits", sitting=sitting, error=error)  # it stays doubted

    async def _write_presence(self, connection: Any) -> None:
        heard, self._seats.seen = list(self._seats.seen.values()), {}
        for start in range(0, len(heard), _GROUP):
            group = heard[start : start + _GROUP]
            await connection.execute(
                sql.PRESENCE,
                [seat.sitting for seat in group],
                [seat.seen_ms for seat in group],
                [seat.seq for seat in group],
                [seat.answered for seat in group],
            )

    async def _say_goodbye(self, connection: Any) -> None:
        try:
            async with asyncio.timeout(2):
                await self._write_presence(connection)
        except Exception as error:  # noqa: BLE001  (the process ends; presence is only news)
            log.warn("presence_lost", error=error)


def _versions(seats: list[Seat]) -> tuple[list[Any], ...]:
    return (
        [seat.sitting for seat in seats],
        [seat.version for seat in seats],
        [seat.state for seat in seats],
        [seat.epoch for seat in seats],
        [seat.deadline_ms for seat in seats],
        [seat.opens_ms for seat in seats],
        [seat.opened_early for seat in seats],
    )
