"""Seats: what the lane keeps in memory of each live sitting, and how it is read from the database.

A seat is a copy. Its journal's end (seq, digest) only moves forward, after a commit or a read; its
state, epoch and deadline follow the row's version. Whatever is doubtful makes it ``stale``, and it
is read again before it decides anything.
"""

import asyncio
from typing import Final
from urllib.parse import quote

from leitai.kernel.errors import DomainError
from leitai.lane import sql, wire
from leitai.lane.database import Readers, Row
from leitai.lane.exchange import Exchange

OPEN: Final = "open"
WAITING: Final = "waiting"
HANDED_IN: Final = "handed_in"
CLOSED: Final = "closed"
VOID: Final = "void"
CANCELLED: Final = "cancelled"  # before T0, with its exam or because the contestant withdrew
_LIVE: Final = frozenset({OPEN, WAITING})
_FORGET_ENDED_MS: Final = 10 * 60_000
_FORGET_IDLE_MS: Final = 60 * 60_000


class Flight:
    """A batch on its way into the journal: accepted in memory, not yet acknowledged."""

    __slots__ = (
        "answers", "at_ms", "attempt", "before", "body", "digest", "epoch", "exchange", "seat",
        "seq", "ticket",
    )  # fmt: skip

    def __init__(
        self, seat: "Seat", save: wire.Save, *, at_ms: int, exchange: Exchange, attempt: int
    ) -> None:
        self.seat = seat
        self.seq = save.seq
        self.epoch = seat.epoch
        self.at_ms = at_ms
        self.ticket = save.ticket
        self.answers = save.answers
        self.body = wire.encode_batch(save.seq, save.answers)
        self.before = seat.digest
        self.digest = wire.next_digest(seat.digest, self.body)
        self.exchange = exchange
        self.attempt = attempt


class Seat:
    """One sitting in memory. Digests are those after ``seq`` and before it."""

    __slots__ = (
        "_waiters", "answered", "at_ms", "before", "closes_ms", "deadline_ms", "digest", "doubts",
        "ended_ms", "epoch", "flight", "items", "latest", "opened_early", "opens_ms", "paper",
        "receipt", "seen_ms", "seq", "sitting", "size", "stale", "state", "static",
        "ticket", "ticket_exp", "version",
    )  # fmt: skip

    def __init__(self, sitting: int) -> None:
        self.sitting = sitting
        self.seq = self.at_ms = self.answered = self.seen_ms = 0
        self.size = 0  # bytes of its journal that went through this seat
        self.digest = self.before = wire.first_digest(sitting)
        self.latest: dict[int, str | list[str]] = {}
        self.state, self.receipt = WAITING, ""
        self.epoch = self.version = 0
        self.deadline_ms = self.opens_ms = self.closes_ms = self.ended_ms = 0
        self.items = 0  # how many the paper has; 0 where the bank does not say
        self.paper = ("", 0)
        self.opened_early = False  # by two officers: its key is given before T0
        self.static: dict[str, object] = {}  # the parts of the wire's Seat that do not change
        self.flight: Flight | None = None
        self.stale = True
        self.doubts = 0  # how often it was doubted; a read clears only the doubts before it
        self.ticket, self.ticket_exp = "", 0  # the last one that was verified for this epoch
        self._waiters: list[asyncio.Future[None]] = []

    @property
    def live(self) -> bool:
        """Whether it may still be written into."""
        return self.state in _LIVE

    def doubt(self) -> None:
        """Something about it may have changed in the database: read it before it decides."""
        self.stale = True
        self.doubts += 1

    def wire_state(self, now_ms: int) -> str:
        """The state as the client knows it: entered but before T0 is still waiting."""
        if self.state == OPEN:
            return OPEN if now_ms >= self.opens_ms else WAITING
        return self.state if self.state in {WAITING, HANDED_IN} else CLOSED

    def advance(
        self, seq: int, digest: bytes, at_ms: int, body: bytes, answers: list[wire.Answer]
    ) -> None:
        """Move the journal's end forward by a committed batch, unless it is known."""
        if seq <= self.seq:
            return
        self.before, self.digest = self.digest, digest
        self.seq, self.at_ms = seq, at_ms
        self.size += len(body)
        self.answered += wire.fold(self.latest, answers)

    def take_row(self, row: Row) -> None:
        """Follow the database's row, unless a newer one was already seen."""
        if row["version"] < self.version:
            return
        if row["epoch"] != self.epoch:
            self.ticket, self.ticket_exp = "", 0
        self.state, self.epoch, self.version = row["state"], row["epoch"], row["version"]
        self.deadline_ms, self.opens_ms = row["deadline_ms"], row["opens_ms"]
        self.items, self.opened_early = row["items"], row["opened_early"]
        self.closes_ms, self.ended_ms = row["closes_ms"], row["ended_ms"] or 0
        self.receipt = row["receipt"]
        self.paper = (row["paper"], row["paper_version"])
        self.static = _static(row)

    async def settled(self) -> None:
        """Wait until no batch of this seat is on its way."""
        while self.flight is not None:
            waiter = asyncio.get_running_loop().create_future()
            self._waiters.append(waiter)
            await waiter

    def land(self) -> None:
        """The batch on its way has come to its end, good or bad."""
        self.flight = None
        if self._waiters:
            waiters, self._waiters = self._waiters, []
            for waiter in waiters:
                if not waiter.done():  # its request may have been cancelled meanwhile
                    waiter.set_result(None)

    def receipt_of(self) -> dict[str, object]:
        """The hand-in receipt; only for a sitting that was handed in."""
        return {
            "number": self.receipt,
            "sitting": self.sitting,
            "seq": self.seq,
            "digest": self.digest.hex(),
            "answered": self.answered,
            "at": self.ended_ms,
        }

    def on_the_wire(self, now_ms: int) -> dict[str, object]:
        """The contract's Seat without its ticket."""
        seat: dict[str, object] = {
            "sitting": self.sitting,
            "epoch": self.epoch,
            "now": now_ms,
            "state": self.wire_state(now_ms),
            **self.static,
            "deadline": self.deadline_ms,
            "seq": self.seq,
            "digest": self.digest.hex(),
            "answers": sorted(self.latest.items()),
        }
        if self.state == HANDED_IN:
            seat["receipt"] = self.receipt_of()
        return seat


class Seats:
    """All seats in memory."""

    def __init__(self, readers: Readers) -> None:
        self.known: dict[int, Seat] = {}
        self.seen: dict[int, Seat] = {}  # heard of since presence was last written
        self._readers = readers
        self._reads: dict[int, asyncio.Future[Seat]] = {}
        self._held: dict[int, int] = {}

    async def get(self, sitting: int) -> Seat:
        """The seat, fresh enough to decide; raises DomainError("sitting_unknown")."""
        seat = self.known.get(sitting)
        return seat if seat is not None and not seat.stale else await self.read(sitting)

    async def read(self, sitting: int) -> Seat:
        """Read the seat from the database now; reads that are asked for meanwhile share the next.

        A read that already runs may have begun before what the caller wants to see: it is waited
        for, and then one more is made.
        """
        running = self._reads.get(sitting)
        if running is not None:
            await asyncio.wait([running])
            again = self._reads.get(sitting)
            if again is not None and again is not running:
                return await asyncio.shield(again)
        task = asyncio.ensure_future(self._read(sitting))
        self._reads[sitting] = task
        task.add_done_callback(lambda done: self._read_done(sitting, done))
        return await asyncio.shield(task)

    async def rest(self, seat: Seat, *, read: bool = False) -> bool:
        """Wait until the seat is at rest and true, read anew if asked.

        False when its epoch moved meanwhile, or when it was forgotten and read as another object.
        """
        epoch = seat.epoch
        if read:
            seat.doubt()
        await seat.settled()
        while seat.stale:
            if await self.read(seat.sitting) is not seat:
                return False
            await seat.settled()
        return seat.epoch == epoch

    def _read_done(self, sitting: int, done: asyncio.Future[Seat]) -> None:
        if self._reads.get(sitting) is done:
            del self._reads[sitting]
        if not done.cancelled():
            done.exception()  # whoever waits sees it; nobody may be waiting any more

    async def _read(self, sitting: int) -> Seat:
        seat = self.known.get(sitting) or Seat(sitting)
        doubts = seat.doubts
        row = await self._readers.row(sql.SEAT, sitting)
        if row is None:
            self.known.pop(sitting, None)
            raise DomainError("sitting_unknown")
        batches = await self._readers.fetch(sql.JOURNAL, sitting, seat.seq)
        for batch in batches:
            body = batch["body"]
            answers = wire.decode_batch(body).answers
            seat.advance(batch["seq"], batch["digest"], batch["at_ms"], body, answers)
        seat.take_row(row)
        seat.stale = seat.doubts != doubts
        self.known[sitting] = seat
        return seat

    def hold(self, sitting: int) -> None:
        """Keep the sweeper from a sitting while a batch that came in time is being decided."""
        self._held[sitting] = self._held.get(sitting, 0) + 1

    def release(self, sitting: int) -> None:
        """End one ``hold``."""
        self._held[sitting] -= 1
        if not self._held[sitting]:
            del self._held[sitting]

    @property
    def held(self) -> list[int]:
        """The sittings that are held."""
        return list(self._held)

    def see(self, seat: Seat, now_ms: int) -> None:
        """The client of this seat was heard."""
        seat.seen_ms = now_ms
        self.seen[seat.sitting] = seat

    def forget(self, now_ms: int) -> None:
        """Drop seats that ended, or that nobody has used for long; they can be read again."""
        for seat in list(self.known.values()):
            patience = _FORGET_IDLE_MS if seat.live else _FORGET_ENDED_MS
            idle = seat.flight is None and seat.sitting not in self.seen
            if idle and now_ms - max(seat.seen_ms, seat.ended_ms, seat.closes_ms) > patience:
                del self.known[seat.sitting]


def _static(row: Row) -> dict[str, object]:
    code, version = row["paper"], row["paper_version"]
    return {
        "exam": {
            "code": row["exam_code"],
            "title": row["exam_title"],
            "opens_at": row["opens_ms"],
            "closes_at": row["closes_ms"],
        },
        "who": {name: row[name] for name in ("name", "delegation", "number", "site", "seat")},
        "paper": {
            "id": code,
            "version": version,
            "href": f"/v1/paper/{quote(code, safe='')}/{version}",
            "size": row["paper_size"],
        },
    }
