"""The lane's routes: which request goes where, and how what goes wrong is answered."""

import asyncio
import traceback
from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote_to_bytes

from leitai.kernel.errors import DomainError
from leitai.lane import log, wire
from leitai.lane.clock import DatabaseClock
from leitai.lane.database import is_unavailable
from leitai.lane.errors import TEXTS
from leitai.lane.exchange import Exchange
from leitai.lane.gate import Gate, read_body
from leitai.lane.seats import Seat, Seats
from leitai.lane.settings import Settings

if TYPE_CHECKING:  # they are given after they were made, since they need ``spawn``
    from leitai.lane.closing import Closing
    from leitai.lane.papers import Papers
    from leitai.lane.saves import Saves
    from leitai.lane.sets import Sets

_SEALED_HEADERS: Final = (
    b"Content-Type: application/octet-stream\r\n"
    b"Cache-Control: public, max-age=31536000, immutable\r\n"
)
_MAX_ID: Final = 2**63 - 1


class Routes:
    """Handles each exchange: at once from memory, or in a task when the database is needed."""

    def __init__(
        self, settings: Settings, *, clock: DatabaseClock, gate: Gate, seats: Seats
    ) -> None:
        self._limit = settings.tasks
        self._proxies = frozenset(settings.proxies)
        self._clock = clock
        self._gate = gate
        self._seats = seats
        self._tasks: set[asyncio.Task[None]] = set()
        self.saves: Saves
        self.closing: Closing
        self.papers: Papers
        self.sets: Sets
        self.failed = 0
        self._seat_routes = {
            b"beat": self._beat,
            b"state": self._state,
            b"key": self._key,
            b"paper": self._paper,
        }

    def handle(self, exchange: Exchange) -> None:
        """Answer one request, now or later."""
        try:
            self._route(exchange)
        except DomainError as error:
            exchange.refuse(error)

    def spawn(self, exchange: Exchange, work: Coroutine[Any, Any, None]) -> bool:
        """Run what has to wait; when too much waits already, refuse it and return False."""
        if len(self._tasks) >= self._limit:
            work.close()
            exchange.refuse(DomainError("busy"))
            return False
        task = asyncio.create_task(self._answer_for(exchange, work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return True

    async def finish(self) -> None:
        """Wait for what is running."""
        while self._tasks:
            await asyncio.wait(tuple(self._tasks))

    async def _answer_for(self, exchange: Exchange, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except DomainError as error:
            if error.code not in TEXTS:  # a lost key, say: nothing that the client did
                self.crash(error)
                error = DomainError("failed")
            exchange.refuse(error)
        except Exception as error:  # noqa: BLE001  (one request must not end the process)
            if is_unavailable(error):
                log.warn("database_away", error=error)
                exchange.refuse(DomainError("busy"))
            else:
                self.crash(error)
                exchange.refuse(DomainError("failed"))

    def crash(self, error: BaseException) -> None:
        """Tell a bug."""
        self.failed += 1
        log.warn("failed", error=error, trace="".join(traceback.format_exception(error)))

    def _route(self, exchange: Exchange) -> None:
        path = exchange.path
        if path.startswith(b"/v1/s/"):
            number, _, verb = path[6:].partition(b"/")
            if verb not in _VERBS or not number.isdigit() or len(number) > 19:
                raise DomainError("not_found")
            self._demand(exchange, b"POST")
            self._seat_route(exchange, int(number), verb)
        elif path == b"/v1/set":
            self._demand(exchange, b"POST")
            self.sets.take(exchange)
        elif path == b"/v1/time":
            self._demand(exchange, b"GET")
            exchange.answer(200, b'{"now":%d}' % self._clock.now_ms())
        elif path == b"/v1/enter":
            self._demand(exchange, b"POST")
            self.spawn(exchange, self._enter(exchange, read_body(wire.Enter, exchange.body)))
        elif path.startswith(b"/v1/paper/"):
            code, _, version = path[10:].rpartition(b"/")
            if not code or not version.isdigit() or len(version) > 4:
                raise DomainError("not_found" if not code else "paper_unknown")
            self._demand(exchange, b"GET")
            self.spawn(exchange, self._sealed(exchange, code, int(version)))
        else:
            raise DomainError("not_found")

    def _demand(self, exchange: Exchange, method: bytes) -> None:
        if exchange.method != method:
            raise DomainError("method_refused")

    def _seat_route(self, exchange: Exchange, sitting: int, verb: bytes) -> None:
        if sitting > _MAX_ID:
            raise DomainError("sitting_unknown")
        if verb == b"save":
            self.saves.take(exchange, sitting)
            return
        now = self._clock.now_ms()
        if verb == b"hand-in":
            wish: wire.HandIn = read_body(wire.HandIn, exchange.body)
            self.spawn(exchange, self._hand_in(exchange, sitting, wish, now))
            return
        bearer: wire.Bearer = read_body(wire.Bearer, exchange.body)
        seat = self._gate.known(sitting, bearer.ticket, now)
        if verb == b"beat" and seat is not None:
            self._answer_beat(exchange, seat, now)
            return
        self.spawn(exchange, self._for_seat(exchange, sitting, bearer.ticket, verb))

    async def _for_seat(self, exchange: Exchange, sitting: int, ticket: str, verb: bytes) -> None:
        now = self._clock.now_ms()
        seat = await self._gate.admit(sitting, ticket, now)
        self._seats.see(seat, now)
        await self._seat_routes[verb](exchange, seat)

    async def _beat(self, exchange: Exchange, seat: Seat) -> None:
        self._answer_beat(exchange, seat, self._clock.now_ms())

    def _answer_beat(self, exchange: Exchange, seat: Seat, now: int) -> None:
        self._seats.see(seat, now)
        beat = {
            "now": now,
            "deadline": seat.deadline_ms,
            "state": seat.wire_state(now),
            "seq": seat.seq,
            "digest": seat.digest.hex(),
        }
        exchange.answer(200, wire.encode(beat))

    async def _state(self, exchange: Exchange, seat: Seat) -> None:
        await self._seats.rest(seat)
        exchange.answer(200, wire.encode(seat.on_the_wire(self._clock.now_ms())))

    async def _key(self, exchange: Exchange, seat: Seat) -> None:
        key = await self.papers.key(seat)
        exchange.answer(200, b'{"key":"%s","now":%d}' % (key, self._clock.now_ms()))

    async def _paper(self, exchange: Exchange, seat: Seat) -> None:
        exchange.answer(200, b'{"paper":%s}' % await self.papers.plain(seat))

    async def _hand_in(
        self, exchange: Exchange, sitting: int, wish: wire.HandIn, arrived: int
    ) -> None:
        receipt = await self.closing.hand_in(sitting, wish, arrived)
        exchange.answer(200, wire.encode(receipt))

    async def _enter(self, exchange: Exchange, body: wire.Enter) -> None:
        address = self._address(exchange)
        ticket, seat = await self._gate.enter(body.code, body.device, address)
        now = self._clock.now_ms()
        self._seats.see(seat, now)
        exchange.answer(200, wire.encode({"ticket": ticket, **seat.on_the_wire(now)}))

    async def _sealed(self, exchange: Exchange, code: bytes, version: int) -> None:
        text = unquote_to_bytes(code).decode(errors="replace").replace("\0", "")
        exchange.answer(200, await self.papers.sealed(text, version), _SEALED_HEADERS)

    def _address(self, exchange: Exchange) -> str:
        """The client's address: the last one that a proxy of ours has added, or the peer's."""
        peer = exchange.peer
        if peer in self._proxies and exchange.forwarded:
            return exchange.forwarded.rpartition(b",")[2].strip()[:64].decode("latin-1")
        return peer


_VERBS: Final = frozenset({b"save", b"beat", b"state", b"key", b"paper", b"hand-in"})
