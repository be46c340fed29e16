"""Saves: which batch is accepted, repeated, late or refused.

``take`` is the hot path: it decides from memory alone, and only the plain case (the next number, in
time, by a known ticket, nothing on its way). Everything else goes through ``_decide``, which may
read the database and is the only place that knows all the rules.
"""

import asyncio
from collections.abc import Callable, Coroutine
from enum import Enum
from typing import Any, Final

from leitai.kernel.errors import DomainError
from leitai.lane import sql, wire
from leitai.lane.clock import DatabaseClock
from leitai.lane.database import Readers
from leitai.lane.exchange import Exchange
from leitai.lane.gate import Gate, read_body
from leitai.lane.group import Outcome
from leitai.lane.seats import CLOSED, HANDED_IN, OPEN, VOID, Flight, Seat, Seats
from leitai.lane.settings import Settings
from leitai.lane.writer import Writer

_ATTEMPTS: Final = 40  # how often a batch is tried again while a stranger holds its sitting's row
_ATTEMPT_SECONDS: Final = 0.05
Spawn = Callable[[Exchange, Coroutine[Any, Any, None]], bool]


class Saves:
    """Takes batches; ``spawn`` runs what has to wait, and answers for what it raises."""

    def __init__(
        self,
        settings: Settings,
        *,
        gate: Gate,
        seats: Seats,
        readers: Readers,
        clock: DatabaseClock,
        spawn: Spawn,
    ) -> None:
        self._batches, self._journal_bytes = settings.batches, settings.journal_bytes
        self._gate = gate
        self._seats = seats
        self._readers = readers
        self._clock = clock
        self._spawn = spawn
        self.writer: Writer
        self.repeated = self.late = 0

    def take(self, exchange: Exchange, sitting: int) -> None:
        """Take one request; the answer follows when the batch is committed, or at once."""
        arrived = self._clock.now_ms()
        save: wire.Save = read_body(wire.Save, exchange.body)
        seat = self._gate.known(sitting, save.ticket, arrived)
        if (
            seat is not None
            and seat.flight is None
            and seat.state == OPEN
            and save.seq == seat.seq + 1
            and seat.opens_ms <= arrived <= seat.deadline_ms
        ):
            self._launch(seat, save, arrived, exchange, 0)
        else:
            self._decide_later(exchange, sitting, save, arrived, 0)

    def _decide_later(
        self, exchange: Exchange, sitting: int, save: wire.Save, arrived: int, attempt: int
    ) -> None:
        """Decide in a task; from now on until then the sweeper leaves the sitting alone."""
        self._seats.hold(sitting)
        work = self._decide(exchange, sitting, save, arrived, attempt)
        if not self._spawn(exchange, work):
            self._seats.release(sitting)

    def _launch(
        self, seat: Seat, save: wire.Save, arrived: int, exchange: Exchange, attempt: int
    ) -> None:
        if seat.seq >= self._batches or seat.size > self._journal_bytes:
            exchange.refuse(DomainError("too_much"))
            return
        if seat.items and (strange := _strange(seat.items, save)):
            exchange.refuse(DomainError("item_unknown", number=strange, items=seat.items))
            return
        flight = Flight(seat, save, at_ms=arrived, exchange=exchange, attempt=attempt)
        if self.writer.put(flight):
            seat.flight = flight
        else:
            exchange.refuse(DomainError("busy"))

    def settle(self, flight: Flight, outcome: Outcome) -> None:
        """The writer says what became of a flight."""
        seat, exchange = flight.seat, flight.exchange
        if outcome is Outcome.SAVED:
            seat.advance(flight.seq, flight.digest, flight.at_ms, flight.body, flight.answers)
            self._seats.see(seat, flight.at_ms)
            exchange.answer(
                200,
                b'{"seq":%d,"digest":"%s","at":%d,"deadline":%d,"state":"open"}'
                % (
                    flight.seq,
                    flight.digest.hex().encode(),
                    flight.at_ms,
                    seat.deadline_ms,
                ),
            )
        else:
            seat.doubt()
            if outcome is Outcome.REFUSED:
                save = wire.Save(flight.ticket, flight.seq, flight.answers)
                self._decide_later(exchange, seat.sitting, save, flight.at_ms, flight.attempt + 1)
            else:
                exchange.refuse(DomainError("busy" if outcome is Outcome.UNKNOWN else "failed"))
        seat.land()

    async def _decide(
        self, exchange: Exchange, sitting: int, save: wire.Save, arrived: int, attempt: int
    ) -> None:
        try:
            if attempt > 1:  # the first refusal is mostly a plain one, the second is a lock
                await asyncio.sleep(_ATTEMPT_SECONDS)
            seat, verdict = await self._judge(sitting, save, arrived)
            # Nothing is awaited between the verdict and the launch.
            if verdict is Verdict.ACCEPT:
                if attempt > _ATTEMPTS:
                    raise DomainError("busy")
                self._launch(seat, save, arrived, exchange, attempt)
                return
        finally:
            self._seats.release(sitting)
        if verdict is Verdict.REPEAT:
            exchange.answer(200, wire.encode(await self._repeat(seat, save)))
        elif verdict is Verdict.LATE or (attempt and seat.state == CLOSED):
            # Also a batch that came in time but found the sitting closed by another hand.
            await self._keep_evidence(seat, save, arrived)
            raise DomainError("late", deadline=seat.deadline_ms)
        elif verdict is Verdict.NOT_OPEN:
            raise DomainError("not_open", opens_at=seat.opens_ms)
        elif verdict is Verdict.GAP:
            raise DomainError("seq_gap", expected=seat.seq + 1)
        else:
            raise DomainError("closed")

    async def _judge(self, sitting: int, save: wire.Save, arrived: int) -> tuple[Seat, "Verdict"]:
        """The seat at rest and the verdict on it; a refusal is only given after a fresh read."""
        fresh = False
        while True:
            seat = await self._gate.admit(sitting, save.ticket, arrived)
            epoch = seat.epoch
            await seat.settled()
            if seat.stale:
                await self._seats.read(sitting)
            elif seat.epoch == epoch:
                verdict = judge(seat, save.seq, arrived)
                if fresh or verdict not in _ASK_FIRST:
                    return seat, verdict
                await self._seats.read(sitting)
                fresh = True

    async def _repeat(self, seat: Seat, save: wire.Save) -> dict[str, object]:
        """The stored outcome of a batch that was sent before, if it was this batch."""
        body = wire.encode_batch(save.seq, save.answers)
        before, digest, at_ms = seat.before, seat.digest, seat.at_ms
        if save.seq != seat.seq:
            rows = await self._readers.fetch(sql.JOURNAL_PAIR, seat.sitting, save.seq)
            before = rows[-2]["digest"] if save.seq > 1 else wire.first_digest(seat.sitting)
            digest, at_ms = rows[-1]["digest"], rows[-1]["at_ms"]
        if wire.next_digest(before, body) != digest:
            raise DomainError("seq_conflict", seq=save.seq)
        self.repeated += 1
        return {
            "seq": save.seq,
            "digest": digest.hex(),
            "at": at_ms,
            "deadline": seat.deadline_ms,
            "state": seat.wire_state(self._clock.now_ms()),
            "repeat": True,
        }

    async def _keep_evidence(self, seat: Seat, save: wire.Save, arrived: int) -> None:
        """Store a late batch apart, with its own clock in it and ours beside it."""
        body = wire.encode_batch(save.seq, save.answers)

        async def keep(connection: Any) -> None:
            row = await connection.fetchrow(sql.LATE, seat.sitting, arrived, body)
            if row is not None and not row["before"]:
                data = f'{{"seq":{save.seq},"deadline":{seat.deadline_ms}}}'
                await connection.execute(sql.INCIDENT, seat.sitting, "late", data)

        await self._readers.together(keep)
        self.late += 1


class Verdict(Enum):
    """What the rules say about a batch."""

    ACCEPT = "the next one, in time"
    REPEAT = "a number that is in the journal"
    NOT_OPEN = "before T0"
    LATE = "after the deadline"
    CLOSED = "the sitting has ended"
    GAP = "a number beyond the next"


def _strange(items: int, save: wire.Save) -> int | None:
    """A question that the paper does not have: to acknowledge it would be no true word."""
    return next((n for n, _, _ in save.answers if not 1 <= n <= items), None)


_ASK_FIRST: Final = frozenset({Verdict.LATE, Verdict.CLOSED, Verdict.GAP})


def judge(seat: Seat, seq: int, arrived: int) -> Verdict:
    """The rules in their order; a repeat is answered even after the end."""
    if arrived < seat.opens_ms:
        return Verdict.NOT_OPEN
    if seq <= seat.seq:
        return Verdict.REPEAT
    if seat.state in {HANDED_IN, VOID}:
        return Verdict.CLOSED
    if arrived > seat.deadline_ms:
        return Verdict.LATE
    if seat.state != OPEN:
        return Verdict.CLOSED
    return Verdict.GAP if seq > seat.seq + 1 else Verdict.ACCEPT
