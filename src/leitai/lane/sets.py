"""Sets of practice: taken by their signed tickets alone, one journal row each, in groups.

Nothing is kept in memory of a learner: the ticket says whose set it is and which questions stand on
it, and the key (day, set) makes a second hand-in a repeat. What was committed is folded by a job of
the worker; it is deferred at most once a second, and again until it is.
"""

import asyncio
from collections.abc import Sequence
from typing import Any, Final

import asyncpg
from typing_extensions import override

from leitai.kernel.errors import DomainError
from leitai.keyring import Keyring
from leitai.lane import log, packing, sql, tickets, wire
from leitai.lane.clock import DatabaseClock
from leitai.lane.database import Readers, Row, pause
from leitai.lane.exchange import Exchange
from leitai.lane.gate import read_body
from leitai.lane.group import GroupWriter, Outcome
from leitai.lane.saves import Spawn

FOLD_LOCK: Final = "practice.fold"
_FOLD_SECONDS: Final = 1.0


class SetFlight:
    """A set on its way into the journal."""

    __slots__ = ("at_ms", "body", "claim", "exchange", "items", "key")

    def __init__(
        self, claim: tickets.SetClaim, body: wire.SetIn, *, at_ms: int, exchange: Exchange
    ) -> None:
        self.claim = claim
        self.key = (claim.day, bytes.fromhex(claim.set))
        self.items = packing.pack_items(claim.items)
        self.body = packing.pack(body.began, body.ended, body.answers)
        self.at_ms = at_ms
        self.exchange = exchange


class SetWriter(GroupWriter[SetFlight]):
    """Commits sets; refused are those whose key stands already."""

    name = "sets"
    statement = sql.TAKE_SETS

    @override
    def columns(self, batch: list[SetFlight]) -> Sequence[list[Any]]:
        return (
            [flight.claim.day for flight in batch],
            [flight.key[1] for flight in batch],
            [flight.claim.learner for flight in batch],
            [flight.claim.act for flight in batch],
            [flight.items for flight in batch],
            [flight.body for flight in batch],
            [flight.at_ms for flight in batch],
        )

    @override
    def taken(self, batch: list[SetFlight], row: Row) -> list[bool]:
        """The first of a key in the group is the one that went in; its twins are repeats."""
        inserted = set(zip(row["days"] or (), row["sets"] or (), strict=True))
        good = []
        for flight in batch:
            good.append(flight.key in inserted)
            inserted.discard(flight.key)
        return good

    @override
    def label(self, flight: SetFlight) -> dict[str, object]:
        return {"set": flight.claim.set, "learner": flight.claim.learner}


class Sets:
    """Takes sets; ``spawn`` runs what has to wait, and answers for what it raises."""

    def __init__(
        self, ring: Keyring, *, readers: Readers, clock: DatabaseClock, spawn: Spawn
    ) -> None:
        self._ring = ring
        self._readers = readers
        self._clock = clock
        self._spawn = spawn
        self._fold = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self.writer: SetWriter
        self.repeated = self.deferred = 0

    def take(self, exchange: Exchange) -> None:
        """Take one request; the answer follows when the row is committed."""
        arrived = self._clock.now_ms()
        body: wire.SetIn = read_body(wire.SetIn, exchange.body)
        claim = tickets.verify_set(self._ring, body.ticket, now_ms=arrived)
        if strange := _strange(len(claim.items), body):
            raise DomainError("set_item_unknown", number=strange, items=len(claim.items))
        if not self.writer.put(SetFlight(claim, body, at_ms=arrived, exchange=exchange)):
            raise DomainError("busy")

    def settle(self, flight: SetFlight, outcome: Outcome) -> None:
        """The writer says what became of a set."""
        if outcome is Outcome.SAVED:
            self._fold.set()
            flight.exchange.answer(
                200, b'{"set":"%s","at":%d}' % (flight.claim.set.encode(), flight.at_ms)
            )
        elif outcome is Outcome.REFUSED:
            self._spawn(flight.exchange, self._repeat(flight))
        else:
            code = "busy" if outcome is Outcome.UNKNOWN else "failed"
            flight.exchange.refuse(DomainError(code))

    async def _repeat(self, flight: SetFlight) -> None:
        """The set stands already: say so, and whether with other answers than these."""
        row = await self._readers.row(sql.SET, *flight.key)
        if row is None:  # an officer's hand took the row away between two statements
            raise DomainError("busy")
        self.repeated += 1
        reply: dict[str, object] = {"set": flight.claim.set, "at": row["at_ms"], "repeat": True}
        if packing.unpack(row["body"]) != packing.unpack(flight.body):
            reply["differs"] = True
        flight.exchange.answer(200, wire.encode(reply))

    # -- the fold's job ---------------------------------------------------------------------

    def start(self) -> None:
        """Begin to defer folds, the first for whatever an earlier lane left behind."""
        self._fold.set()
        self._task = asyncio.create_task(self._defer_folds(), name="lane-folds")

    async def stop(self) -> None:
        """Defer a last time if something was committed, then end."""
        if self._task is None:
            return
        self._task.cancel()
        await asyncio.wait([self._task])
        if self._fold.is_set():
            try:
                async with asyncio.timeout(2):
                    await self._defer()
            except Exception as error:  # noqa: BLE001  (the worker's own round finds the rows)
                log.warn("fold_lost", error=error)

    async def _defer_folds(self) -> None:
        attempt = 0
        while True:
            await self._fold.wait()
            self._fold.clear()
            try:
                await self._defer()
            except Exception as error:  # noqa: BLE001  (it must outlive any error)
                log.warn("fold_waits", error=error)
                self._fold.set()
                await pause(attempt := min(attempt + 1, 5))
            else:
                attempt = 0
                await asyncio.sleep(_FOLD_SECONDS)

    async def _defer(self) -> None:
        try:
            job = await self._readers.row(sql.DEFER_PRACTICE, FOLD_LOCK)
        except asyncpg.UniqueViolationError:
            return  # another lane was first: its job folds ours too
        self.deferred += job is not None


def _strange(items: int, body: wire.SetIn) -> int | None:
    """A question that the set does not have, or that is answered twice."""
    seen = set()
    for number, _, _ in body.answers:
        if number > items or number in seen:
            return number
        seen.add(number)
    return None
