"""The screens of one match: who is there, what is sent to whom, and how their clocks are known."""

import asyncio
from collections.abc import Iterable, Mapping
from typing import Final

from picows import WSCloseCode, WSMsgType, WSTransport

from leitai.kernel.errors import DomainError
from leitai.lane.live import wire
from leitai.lane.live.clock import MatchClock
from leitai.lane.live.seeing import Net, Role, Views
from leitai.lane.live.timing import Link
from leitai.lane.tickets import StageClaim

_FIRST_SYNCS: Final = 8
_QUICK_SECONDS: Final = 0.15
_SYNC_SECONDS: Final = 5.0
_TEST_SECONDS: Final = 0.1
_GONE: Final = frozenset({"taken_over", "stage_ticket", "stage_expired", "stage_match"})


class Visitor:
    """One screen that has shown its ticket."""

    def __init__(self, transport: WSTransport, claim: StageClaim, clock: MatchClock) -> None:
        self.role: Role = claim.role if claim.role != "feed" else "watch"
        self.seat = claim.seat
        self.epoch = claim.epoch
        who = "seat" if claim.role == "seat" else claim.role
        self.by = f"{who}:{claim.account}"[:80]
        self.link = Link()
        self.tested: list[int] = []
        self.paused = False  # it reads too slowly: it gets the next view when it has caught up
        self._transport = transport
        self._clock = clock
        self._test_until = 0
        self._syncs = 0
        self._timer: asyncio.TimerHandle | None = None

    def send(self, data: bytes) -> None:
        """Send a frame; one that is gone already is told nothing."""
        if not self._transport.is_disconnected:
            self._transport.send(WSMsgType.TEXT, data)

    def leave(self, error: DomainError) -> None:
        """Say why, and close."""
        self.quiet()
        if self._transport.is_disconnected:
            return
        self._transport.send(WSMsgType.TEXT, wire.bye(error))
        final = error.code in _GONE
        self._transport.send_close(
            WSCloseCode.POLICY_VIOLATION if final else WSCloseCode.TRY_AGAIN_LATER
        )
        self._transport.disconnect()

    # ---- its clock

    def ask(self) -> None:
        """Ask for its clock, and again after a while; quickly at first."""
        now = self._clock.now_us()
        synced = self.link.synced(now)
        off = synced.offset if synced is not None else None
        trip, doubt = (synced.trip, synced.doubt) if synced is not None else (0, 0)
        self.send(wire.sync(now, off, trip, doubt))
        self._syncs += 1
        seconds = _QUICK_SECONDS if self._syncs <= _FIRST_SYNCS else _SYNC_SECONDS
        if now < self._test_until:
            seconds = _TEST_SECONDS
        self._timer = asyncio.get_running_loop().call_later(seconds, self.ask)

    def answered(self, message: wire.Sync, now: int) -> None:
        """Take the answer."""
        if not 0 <= now - message.c <= 10_000_000:
            return
        self.link.learn(sent=message.c, received=now, local_ms=message.local)
        if now < self._test_until:
            self.tested.append(now - message.c)

    def test(self, seconds: int) -> None:
        """Ask often for a while, and remember every round trip."""
        self.tested.clear()
        self._test_until = self._clock.now_us() + seconds * 1_000_000
        self.quiet()
        self.ask()

    def quiet(self) -> None:
        """Ask no more."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


class Audience:
    """Everybody who looks at one match, but for the spectators."""

    def __init__(self, clock: MatchClock) -> None:
        self.epochs: dict[str, int] = {}
        self._clock = clock
        self._visitors: dict[Visitor, None] = {}
        self._empty_at = asyncio.get_running_loop().time()

    def __len__(self) -> int:
        return len(self._visitors)

    def idle_since(self, seconds: float) -> bool:
        """Whether nobody has looked for so long."""
        now = asyncio.get_running_loop().time()
        return not self._visitors and now - self._empty_at >= seconds

    def seats(self) -> list[Visitor]:
        """The devices at the seats."""
        return [visitor for visitor in self._visitors if visitor.role == "seat"]

    def admit(self, visitor: Visitor) -> None:
        """Let a screen in; of a seat's devices the newest one stays."""
        if visitor.role == "seat":
            if visitor.epoch < self.epochs.get(visitor.seat, 0):
                raise DomainError("taken_over")
            self.epochs[visitor.seat] = visitor.epoch
            self._drop(one for one in self.seats() if one.seat == visitor.seat)
        self._visitors[visitor] = None

    def seats_changed(self, epochs: Mapping[str, int]) -> None:
        """Send devices away whose seat has a newer card."""
        self.epochs.update(epochs)
        self._drop(one for one in self.seats() if one.epoch < self.epochs.get(one.seat, 0))

    def _drop(self, visitors: Iterable[Visitor]) -> None:
        for visitor in list(visitors):
            self.leave(visitor)
            visitor.leave(DomainError("taken_over"))

    def leave(self, visitor: Visitor) -> None:
        """Forget a screen."""
        visitor.quiet()
        self._visitors.pop(visitor, None)
        if not self._visitors:
            self._empty_at = asyncio.get_running_loop().time()

    def close(self, error: DomainError) -> None:
        """Send everybody away."""
        for visitor in list(self._visitors):
            self.leave(visitor)
            visitor.leave(error)

    def net(self, now: int) -> dict[str, Net]:
        """What is known of each seat's device."""
        there = {visitor.seat: visitor for visitor in self.seats()}
        return {
            seat: Net(seat in there, epoch, there[seat].link.synced(now) if seat in there else None)
            for seat, epoch in {**dict.fromkeys(there, 0), **self.epochs}.items()
        }

    def show(self, views: Views, roles: tuple[Role, ...] = ("seat", "host", "hall")) -> None:
        """Show the state: to the seats first, who must know soonest."""
        for role in roles:
            found = [one for one in self._visitors if one.role == role and not one.paused]
            if not found:
                continue
            if role == "seat":
                for visitor in found:
                    visitor.send(wire.view(views.of("seat", visitor.seat)))
                continue
            frame = wire.view(views.of(role))
            for visitor in found:
                visitor.send(frame)

    def say(self, role: Role, frame: bytes) -> None:
        """Say something to all screens of a role."""
        for visitor in self._visitors:
            if visitor.role == role:
                visitor.send(frame)

    def test(self, seconds: int) -> None:
        """Begin the network test."""
        for visitor in self.seats():
            visitor.test(seconds)
