"""Group commit: one task that commits everything that is queued, again and again.

There is no timer: a commit takes whatever came while the one before ran, so the batch grows with
the load. A batch is one statement and one transaction; its flights are told the outcome only when
the server says that it is committed. No request can harm a writer: it holds no future of theirs.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from enum import Enum
from typing import Any, ClassVar, Generic, TypeVar

from leitai.lane import log
from leitai.lane.database import Row, connect, is_unavailable, pause
from leitai.lane.settings import Settings

_F = TypeVar("_F")


class Outcome(Enum):
    """What became of one flight."""

    SAVED = "committed"
    REFUSED = "the database's rows say no, or the key is taken"
    UNKNOWN = "the connection was lost: it may be committed or not"
    BROKEN = "the database refuses this very row"


class GroupWriter(Generic[_F]):
    """Takes flights, commits them in groups and tells ``settle`` what became of each.

    ``statement`` answers one row with ``saved``, how many of its parameters' rows went in.
    """

    name: ClassVar[str]
    statement: ClassVar[str]

    def __init__(self, settings: Settings, settle: Callable[[_F, Outcome], None]) -> None:
        self._settings = settings
        self._settle = settle
        self._queue: deque[_F] = deque()
        self._batch: list[_F] = []
        self._wake = asyncio.Event()
        self._ready = False
        self._task: asyncio.Task[None] | None = None
        self.commits = self.saved = self.largest = 0

    def put(self, flight: _F) -> bool:
        """Queue a flight; False when the queue is full or the database is away."""
        if not self._ready or len(self._queue) >= self._settings.queue:
            return False
        self._queue.append(flight)
        if len(self._queue) == 1:
            self._wake.set()
        return True

    def in_hand(self) -> list[_F]:
        """Flights that are queued or being committed."""
        return [*self._batch, *self._queue]

    def columns(self, batch: list[_F]) -> Sequence[list[Any]]:
        """The statement's parameters: one array a column."""
        raise NotImplementedError

    def taken(self, batch: list[_F], row: Row) -> list[bool]:
        """Which flights of a batch went in, when not all did."""
        raise NotImplementedError

    def label(self, flight: _F) -> dict[str, object]:
        """What names a flight in the log."""
        raise NotImplementedError

    async def start(self) -> None:
        """Connect and begin; raises what asyncpg raises when the database does not answer."""
        connection = await connect(self._settings, self.name)
        await connection.prepare(self.statement)  # a database that was not migrated is told at once
        self._ready = True
        self._task = asyncio.create_task(self._supervise(connection), name=f"lane-{self.name}")

    async def drain(self) -> None:
        """Wait until everything that is queued has been committed or given up."""
        while self._ready and (self._queue or self._batch):  # noqa: ASYNC110  (only at the end)
            await asyncio.sleep(0.005)

    async def stop(self) -> None:
        """End now; what is still queued is told that its outcome is unknown."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])

    async def _supervise(self, connection: Any) -> None:
        """Keep writing whatever happens: a lost connection is made anew, a bug is told."""
        while True:
            try:
                await self._work(connection)
            except Exception as error:  # noqa: BLE001  (the writer must outlive any error)
                log.warn(f"{self.name}_lost", error=error)
            finally:
                self._ready = False
                connection.terminate()
                self._fail_all()
            connection = await self._reconnect()
            self._ready = True

    async def _reconnect(self) -> Any:
        attempt = 0
        while True:
            await pause(attempt)
            try:
                return await connect(self._settings, self.name)
            except Exception as error:  # noqa: BLE001  (whatever it is, try again)
                attempt += 1
                log.warn(f"{self.name}_waits", error=error)

    async def _work(self, connection: Any) -> None:
        save = await connection.prepare(self.statement)
        connection.add_termination_listener(lambda _: self._wake.set())
        while True:
            if not self._queue:
                self._wake.clear()
                await self._wake.wait()
                if connection.is_closed():
                    raise ConnectionResetError
            queue = self._queue
            size = min(len(queue), self._settings.batch)
            self._batch = [queue.popleft() for _ in range(size)]
            await self._commit(save)

    async def _commit(self, save: Any) -> None:
        batch = self._batch
        try:
            row = await save.fetchrow(*self.columns(batch))
        except Exception as error:
            if is_unavailable(error):
                raise
            log.warn("batch_refused", size=len(batch), error=error)
            await self._commit_each(save, batch)
            return
        self.commits += 1
        self.largest = max(self.largest, len(batch))
        self._batch = []
        if row["saved"] == len(batch):
            self._tell(batch, Outcome.SAVED)
            return
        for flight, good in zip(batch, self.taken(batch, row), strict=True):
            self._tell([flight], Outcome.SAVED if good else Outcome.REFUSED)

    async def _commit_each(self, save: Any, batch: list[_F]) -> None:
        """One commit a flight, so that one bad row does not fail its neighbours."""
        while batch:
            flight = batch[0]
            try:
                row = await save.fetchrow(*self.columns([flight]))
                outcome = Outcome.SAVED if row["saved"] else Outcome.REFUSED
            except Exception as error:
                if is_unavailable(error):
                    raise
                log.warn("row_refused", **self.label(flight), error=error)
                outcome = Outcome.BROKEN
            batch.pop(0)
            self.commits += 1
            self._tell([flight], outcome)

    def _tell(self, flights: list[_F], outcome: Outcome) -> None:
        if outcome is Outcome.SAVED:
            self.saved += len(flights)
        for flight in flights:
            try:
                self._settle(flight, outcome)
            except Exception as error:  # noqa: BLE001  (one answer must not cost the others theirs)
                log.warn("settle_failed", **self.label(flight), error=error)

    def _fail_all(self) -> None:
        lost, self._batch = [*self._batch, *self._queue], []
        self._queue.clear()
        self._tell(lost, Outcome.UNKNOWN)
