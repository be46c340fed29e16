"""The gate: whose ticket opens which seat, and which admission code is exchanged for a ticket."""

import hashlib
from collections import OrderedDict, deque
from typing import Any, Final

import msgspec

from leitai.kernel.errors import DomainError
from leitai.kernel.ids import normalise_code
from leitai.keyring import Keyring
from leitai.lane import sql, tickets, wire
from leitai.lane.clock import DatabaseClock
from leitai.lane.database import Readers
from leitai.lane.seats import Seat, Seats

_TICKET_LIFE_MS: Final = 24 * 3_600_000  # beyond the deadline: room for any extension
_MINUTE_MS: Final = 60_000


class Throttle:
    """Counts wrong codes by address within the last minute; knows a bounded number of addresses."""

    def __init__(self, allowed: int, *, addresses: int = 10_000) -> None:
        self._allowed = allowed
        self._addresses = addresses
        self._wrong: OrderedDict[str, deque[int]] = OrderedDict()

    def wrong(self, address: str, now_ms: int) -> bool:
        """Note a wrong code; True when the address had too many already."""
        times = self._wrong.setdefault(address, deque())
        self._wrong.move_to_end(address)
        if len(self._wrong) > self._addresses:
            self._wrong.popitem(last=False)
        while times and times[0] <= now_ms - _MINUTE_MS:
            times.popleft()
        if len(times) >= self._allowed:
            return True
        times.append(now_ms)
        return False


class Gate:
    """Lets clients to their seats."""

    def __init__(
        self,
        ring: Keyring,
        *,
        seats: Seats,
        readers: Readers,
        clock: DatabaseClock,
        throttle: Throttle,
    ) -> None:
        self._ring = ring
        self._seats = seats
        self._readers = readers
        self._clock = clock
        self._throttle = throttle
        self.entered = self.take_overs = 0

    def known(self, sitting: int, ticket: str, now_ms: int) -> Seat | None:
        """The seat, when nothing has to be read or verified to admit this ticket."""
        seat = self._seats.known.get(sitting)
        if seat is None or seat.stale or seat.ticket != ticket or seat.ticket_exp < now_ms:
            return None
        return seat

    async def admit(self, sitting: int, ticket: str, now_ms: int) -> Seat:
        """The seat that the ticket opens; raises the DomainErrors of a bad ticket."""
        claim = tickets.verify(self._ring, ticket, now_ms=now_ms)
        if claim.sitting != sitting:
            raise DomainError("ticket_foreign")
        seat = await self._seats.get(sitting)
        if claim.epoch > seat.epoch:  # another lane let a new machine in
            seat = await self._seats.read(sitting)
        if claim.epoch < seat.epoch:
            raise DomainError("taken_over")
        if claim.epoch > seat.epoch:
            raise DomainError("ticket_invalid")
        seat.ticket, seat.ticket_exp = ticket, claim.exp
        return seat

    async def enter(self, code: str, device: str, address: str) -> tuple[str, Seat]:
        """Exchange an admission code for a ticket; another device than before takes over.

        Right codes are let in whatever others at the same address typed: a whole hall may stand
        behind one address, and 80 random bits need no help against guessing.
        """
        digest = hashlib.sha256(normalise_code(code).encode()).digest()
        found = await self._readers.row(sql.SITTING_OF_CODE, digest)
        if found is None:
            many = self._throttle.wrong(address, self._clock.now_ms())
            raise DomainError("too_many_codes" if many else "code_unknown")
        sitting: int = found["id"]
        await self._readers.together(lambda connection: self._open(connection, sitting, device))
        seat = await self._seats.read(sitting)
        while not await self._seats.rest(seat):
            seat = await self._seats.get(sitting)
        self.entered += 1
        expires = max(seat.deadline_ms, seat.closes_ms, self._clock.now_ms()) + _TICKET_LIFE_MS
        ticket = tickets.issue(self._ring, sitting=sitting, epoch=seat.epoch, expires_ms=expires)
        return ticket, seat

    async def _open(self, connection: Any, sitting: int, device: str) -> None:
        entered = await connection.fetchrow(sql.ENTER, sitting, device)
        if entered is None or not entered["before"]:
            return  # the same device again, an ended sitting, or the first device
        self.take_overs += 1
        data = {"from": entered["before"], "to": device, "epoch": entered["epoch"]}
        text = msgspec.json.encode(data).decode()
        await connection.execute(sql.INCIDENT, sitting, "take_over", text)


def read_body(kind: type, body: bytes) -> Any:
    """Decode a request's body; anything that is not exactly a ``kind`` is ``malformed``."""
    try:
        return wire.decoder(kind).decode(body)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise wire.malformed(error) from None
