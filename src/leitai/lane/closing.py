"""How sittings end: hand-ins as they are asked for, and the sweeper at the deadlines.

One task ends sittings, in groups: all hand-ins that are waiting in one transaction, then all that
are due in another, each with one job that folds the journals of those that ended (``sql`` says how
this and the writer keep out of each other's way). The sweeper lets batches that came in time land
first.
"""

import asyncio
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from leitai.kernel.errors import DomainError
from leitai.kernel.ids import admission_code
from leitai.lane import log, sql, wire
from leitai.lane.database import connect, is_unavailable, pause
from leitai.lane.gate import Gate
from leitai.lane.seats import HANDED_IN, OPEN, Seat, Seats
from leitai.lane.settings import Settings

_ATTEMPTS = 40
_ATTEMPT_SECONDS = 0.05
_RECEIPT_LETTERS = 8


@dataclass(slots=True)
class Wish:
    """One hand-in on its way; ``done`` says whether it became true."""

    seat: Seat
    epoch: int
    seq: int
    digest: bytes
    at_ms: int
    done: asyncio.Future[bool] = field(compare=False)

    @property
    def receipt(self) -> str:
        """The receipt's number: fixed by what was handed in, so a repeat gives the same."""
        return receipt_number(self.seat.sitting, self.digest)

    def tell(self, outcome: bool | Exception) -> None:
        """Say what became of it, unless nobody waits any more."""
        if self.done.done():
            return
        if isinstance(outcome, bool):
            self.done.set_result(outcome)
        else:
            self.done.set_exception(outcome)


def receipt_number(sitting: int, digest: bytes) -> str:
    """Eight letters that a person can read out, fixed by the sitting and its journal's digest."""
    entropy = hashlib.sha256(b"receipt:%d:" % sitting + digest).digest()[:10]
    return admission_code(entropy)[:_RECEIPT_LETTERS]


class Closing:
    """Ends sittings; ``in_hand`` gives the sittings with batches queued or being committed."""

    def __init__(
        self,
        settings: Settings,
        *,
        seats: Seats,
        gate: Gate,
        in_hand: Callable[[], Iterable[int]],
    ) -> None:
        self._settings = settings
        self._seats = seats
        self._gate = gate
        self._in_hand = in_hand
        self._wishes: list[Wish] = []
        self._wake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self.handed_in = self.closed = 0

    # -- one client's hand-in ---------------------------------------------------------------

    async def hand_in(self, sitting: int, body: wire.HandIn, arrived: int) -> dict[str, object]:
        """Hand a sitting in; the same receipt again when it was handed in before."""
        digest = bytes.fromhex(body.digest)
        for attempt in range(_ATTEMPTS):
            seat = await self._gate.admit(sitting, body.ticket, arrived)
            doubtful = attempt or body.seq != seat.seq or arrived > seat.deadline_ms
            if not await self._seats.rest(seat, read=bool(doubtful)):
                continue  # the ticket was for an epoch that is over now: let the gate say so
            if seat.state == HANDED_IN:
                return {"receipt": seat.receipt_of()}
            self._check(seat, body.seq, digest, arrived)
            done: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
            wish = Wish(seat, seat.epoch, body.seq, digest, arrived, done)
            self._wishes.append(wish)
            self._wake.set()
            granted = await done
            seat.doubt()
            if not granted and attempt:
                await asyncio.sleep(_ATTEMPT_SECONDS)
        raise DomainError("busy")

    def _check(self, seat: Seat, seq: int, digest: bytes, arrived: int) -> None:
        if arrived < seat.opens_ms:
            raise DomainError("not_open", opens_at=seat.opens_ms)
        if seat.state != OPEN or arrived > seat.deadline_ms:
            raise DomainError("closed")
        if seq != seat.seq:
            raise DomainError("seq_gap", expected=seat.seq)
        if digest != seat.digest:
            raise DomainError("digest_differs", seq=seat.seq, digest=seat.digest.hex())

    # -- the task ---------------------------------------------------------------------------

    async def start(self) -> None:
        """Connect and begin; raises what asyncpg raises when the database does not answer."""
        connection = await connect(self._settings, "closing")
        self._task = asyncio.create_task(self._supervise(connection), name="lane-closing")

    async def stop(self) -> None:
        """End now; hand-ins that still wait are told to come again."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])

    async def _supervise(self, connection: Any) -> None:
        attempt = 0
        while True:
            try:
                await self._work(connection)
            except Exception as error:  # noqa: BLE001  (the sweeper must outlive any error)
                log.warn("closing_lost", error=error)
            finally:
                connection.terminate()
                self._fail_all()
            while connection.is_closed():
                await pause(attempt := min(attempt + 1, 5))
                self._fail_all()
                try:
                    connection = await connect(self._settings, "closing")
                except Exception as error:  # noqa: BLE001  (whatever it is, try again)
                    log.warn("closing_waits", error=error)
                else:
                    attempt = 0

    async def _work(self, connection: Any) -> None:
        loop = asyncio.get_running_loop()
        next_sweep = loop.time()
        while True:
            try:
                async with asyncio.timeout(max(0.001, next_sweep - loop.time())):
                    await self._wake.wait()
            except TimeoutError:
                pass
            self._wake.clear()
            if self._wishes:
                await self._grant(connection)
            if loop.time() >= next_sweep:
                next_sweep = loop.time() + self._settings.sweep_seconds
                await self._sweep(connection)

    async def _grant(self, connection: Any) -> None:
        wishes, self._wishes = self._wishes[:1000], self._wishes[1000:]
        granted: set[int] = set()
        try:
            async with connection.transaction():
                ids = [wish.seat.sitting for wish in wishes]
                locked = [row["id"] for row in await connection.fetch(sql.LOCK_OPEN, ids)]
                rows = await connection.fetch(sql.HAND_IN, *_columns(wishes), locked)
                granted = {row["id"] for row in rows}
                if granted:
                    await connection.execute(sql.DEFER_FOLD, sorted(granted))
        except Exception as error:
            for wish in wishes:
                wish.tell(error)
            if is_unavailable(error):
                raise
            log.warn("hand_in_failed", error=error)
            return
        self.handed_in += len(granted)
        if self._wishes:
            self._wake.set()
        for wish in wishes:
            wish.seat.doubt()
            wish.tell(wish.seat.sitting in granted)

    async def _sweep(self, connection: Any) -> None:
        """End what is due; nothing is written when nothing is due."""
        async with connection.transaction():
            rows = await connection.fetch(sql.DUE, list(self._busy()))
            # Some may have come, still in time, while the rows were being locked.
            busy = self._busy()
            due = [row["id"] for row in rows if row["overdue"] or row["id"] not in busy]
            if not due:
                return
            ended = await connection.fetch(sql.CLOSE, due)
            if ended:
                await connection.execute(sql.DEFER_FOLD, [row["id"] for row in ended])
        self.closed += len(ended)
        for row in ended:
            seat = self._seats.known.get(row["id"])
            if seat is not None:
                seat.state = row["state"]
                seat.doubt()

    def _busy(self) -> set[int]:
        """The sittings with batches in hand that came in time."""
        return {*self._seats.held, *self._in_hand()}

    def _fail_all(self) -> None:
        lost, self._wishes = self._wishes, []
        for wish in lost:
            wish.tell(ConnectionResetError())


def _columns(wishes: list[Wish]) -> tuple[list[Any], ...]:
    return (
        [wish.seat.sitting for wish in wishes],
        [wish.epoch for wish in wishes],
        [wish.seq for wish in wishes],
        [wish.digest for wish in wishes],
        [wish.receipt for wish in wishes],
        [wish.at_ms for wish in wishes],
    )
