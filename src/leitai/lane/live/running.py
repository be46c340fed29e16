"""The task of one match: its single writer.

It takes what the screens send in the order in which it came, commits the lines that follow, and
only then answers and shows.
"""

import asyncio
import time
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from leitai.kernel.errors import DomainError
from leitai.lane import log
from leitai.lane.database import is_unavailable, pause
from leitai.lane.keys import LaneRing
from leitai.lane.live import wire
from leitai.lane.live.audience import Audience, Visitor
from leitai.lane.live.clock import MatchClock
from leitai.lane.live.facts import Line, Refusal
from leitai.lane.live.paddling import agreed
from leitai.lane.live.playing import Playing, Wish
from leitai.lane.live.seeing import Scene, Screen, Views
from leitai.lane.live.store import Held, MatchStore
from leitai.lane.live.timing import measured
from leitai.lane.live.took import Steps
from leitai.lane.settings import Settings

_GROUP: Final = 256  # messages before the next commit
_QUEUE: Final = 4096
_WORD_SECONDS: Final = 0.25  # between two snapshots for the spectators
IDLE_SECONDS: Final = 60
Input = tuple[Visitor, wire.Message, int]


class Running:
    """One match that is played here."""

    def __init__(
        self,
        match: int,
        settings: Settings,
        ring: LaneRing,
        *,
        refuse: Callable[[int, Refusal], None],
        snapshot: Callable[[int, dict[str, Any]], None],
        steps: Steps,
    ) -> None:
        self.id = match
        self.clock = MatchClock()
        self.audience = Audience(self.clock)
        self.screen = Screen()
        self.playing: Playing | None = None
        self.lines = self.commits = self.restarts = 0
        self._store = MatchStore(settings, ring, match)
        self._held: Held | None = None
        self._refuse = refuse
        self._snapshot = snapshot
        self._steps = steps
        self._queue: deque[Input] = deque()
        self._deferred: deque[Input] = deque()
        self._replies: list[tuple[Visitor, bytes]] = []
        self._wake = asyncio.Event()
        self._again: set[str] = set()
        self._text: Any = None
        self._decided = False  # a hold is over: now it can be told who was first
        self._shown_at = 0.0
        self._shown_timer: asyncio.TimerHandle | None = None
        self._task: asyncio.Task[None] | None = None
        self.ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    # ---- its life

    def start(self, ended: Callable[["Running"], None]) -> None:
        """Begin to load; ``ready`` says when screens can be let in, or why not."""
        self._task = asyncio.create_task(self._live(), name=f"stage-{self.id}")
        self._task.add_done_callback(lambda _: ended(self))

    async def stop(self) -> None:
        """End now; what was not committed was not answered either."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])

    async def _live(self) -> None:
        attempt = 0
        try:
            while True:
                try:
                    await self._load()
                    attempt = 0
                    await self._work()
                except DomainError as error:
                    self._give_up(error)
                except Exception as error:  # noqa: BLE001  (the match goes on whatever happens)
                    self.restarts += 1
                    log.warn("stage_lost", match=self.id, error=error)
                    self._begin_again(error)
                    await pause(attempt := min(attempt + 1, 5))
                else:
                    return
                if self.ready.done() and self.ready.exception() is not None:
                    return
        finally:
            self._store.close()
            self.audience.close(DomainError("stage_closing"))
            if not self.ready.done():
                self.ready.set_exception(DomainError("stage_closing"))
            self.ready.exception()

    def _give_up(self, error: DomainError) -> None:
        """The match cannot be played here: say so to everybody, and end."""
        self.audience.close(error)
        self._unready()
        self.ready.set_exception(error)

    def _unready(self) -> None:
        """Let screens that come now wait until the match is loaded."""
        if self.ready.done():
            self.ready = asyncio.get_running_loop().create_future()

    def _begin_again(self, error: Exception) -> None:
        """Forget what was not committed; the screens come back and repeat it."""
        self._store.close()
        self.playing = None
        self._unready()
        self._queue.clear()
        self._deferred.clear()
        self._replies.clear()
        code = "stage_busy" if is_unavailable(error) else "stage_failed"
        self.audience.close(DomainError(code))

    async def _load(self) -> None:
        held = await self._store.open()
        self._take(held)
        if not self.ready.done():
            self.ready.set_result(None)

    def _take(self, held: Held) -> Playing:
        last = max((line.entry.at for line in held.lines), default=0)
        self.clock.not_before(last)
        self.audience.epochs.update(held.epochs)
        self._held = held
        self.playing = Playing(held.facts, held.lines, now=self.clock.now_us())
        self._open_text()
        return self.playing

    # ---- the loop

    def put(self, visitor: Visitor, message: wire.Message, arrival: int) -> None:
        """Queue what a screen sent."""
        if len(self._queue) >= _QUEUE:
            visitor.leave(DomainError("stage_slow"))
            return
        self._queue.append((visitor, message, arrival))
        self._wake.set()

    def notify(self, what: str) -> None:
        """The office has changed something: ``match`` or ``paddles``."""
        self._again.add(what)
        self._wake.set()

    async def _work(self) -> None:
        while True:
            await self._rest()
            playing = self.playing
            if playing is None:
                return
            if self._store.lost:
                raise ConnectionResetError
            if "match" in self._again:
                playing = await self._reread()
            if "paddles" in self._again:
                await self._take_paddles(playing)
            if "tested" in self._again:
                await self._tested()
            for _ in range(min(len(self._queue), _GROUP)):
                self._apply(playing, *self._queue.popleft())
            self._tick(playing)
            await self._commit(playing)
            if self.audience.idle_since(IDLE_SECONDS) and not self._queue:
                return

    async def _rest(self) -> None:
        """Wait for a message, or for the next instant at which time decides."""
        if self._queue:
            return
        self._wake.clear()
        at = self.playing.next_at() if self.playing is not None else None
        seconds = IDLE_SECONDS if at is None else max(0.0, (at - self.clock.now_us()) / 1e6)
        try:
            async with asyncio.timeout(min(seconds, IDLE_SECONDS)):
                await self._wake.wait()
        except TimeoutError:
            pass

    def _tick(self, playing: Playing) -> None:
        held = playing.held is not None
        playing.tick(self.clock.now_us())
        self._decided = self._decided or (held and playing.held is None)
        while self._deferred and playing.held is None:
            visitor, message, _ = self._deferred.popleft()
            self._apply(playing, visitor, message, self.clock.now_us())

    def _apply(
        self, playing: Playing, visitor: Visitor, message: wire.Message, arrival: int
    ) -> None:
        if isinstance(message, wire.Press):
            self._press(playing, visitor, message, arrival)
        elif isinstance(message, wire.Move):
            if playing.held is not None:  # it is not decided yet about what the host moves
                self._deferred.append((visitor, message, arrival))
                return
            self._move(playing, visitor, message, arrival)
        elif isinstance(message, wire.Why):
            wish = Wish("", 0, message.kind, message.seat, message.value)
            error = playing.why_not(wish, self.clock.now_us())
            self._replies.append((visitor, wire.refused("", error)))
        elif isinstance(message, wire.ToScreen):
            self._to_screen(playing, visitor, message)
        elif isinstance(message, wire.Test):
            self._test(playing, visitor, message)

    def _press(self, playing: Playing, visitor: Visitor, message: wire.Press, arrival: int) -> None:
        found = playing.press(
            visitor.seat,
            visitor.by,
            q=message.q,
            n=message.n,
            local_ms=message.local,
            arrival=arrival,
            link=visitor.link,
        )
        answer = wire.pressed(message.n, found.state, found.seq, found.at, found.code, found.data)
        self._replies.append((visitor, answer))

    def _move(self, playing: Playing, visitor: Visitor, message: wire.Move, at: int) -> None:
        wish = Wish(message.id, message.after, message.kind, message.seat, message.value)
        try:
            seq = playing.move(wish, visitor.by, at)
        except DomainError as error:
            self._replies.append((visitor, wire.refused(message.id, error)))
            return
        self._replies.append((visitor, wire.done(message.id, seq)))

    def _to_screen(self, playing: Playing, visitor: Visitor, message: wire.ToScreen) -> None:
        question = playing.match.question
        if message.reveal and (question is None or question.phase != "over"):
            error = DomainError("stage_reveal")
            self._replies.append((visitor, wire.refused("", error)))
            return
        self.screen = Screen(message.show, message.reveal, message.strip.strip())
        self._show(playing)

    # ---- lines

    async def _commit(self, playing: Playing) -> None:
        lines, playing.lines = playing.lines, []
        if lines:
            facts = playing.facts
            opens = facts.state == "ready"
            closed = playing.match.closed
            closes = closed and any(line.entry.kind == "close" for line in lines)
            began = time.monotonic_ns()
            await self._store.append(lines, opens=opens, closes=closes, closed=closed)
            self._steps.commit.add(time.monotonic_ns() - began)
            self.commits += 1
            self.lines += len(lines)
            if opens:
                playing.opened_by_host()
            self._look_at(lines)
        self._tell(playing, anew=bool(lines))
        refusals, playing.refusals = playing.refusals, []
        for one in refusals:
            self._refuse(self.id, one)

    def _tell(self, playing: Playing, *, anew: bool) -> None:
        """Answer what was asked, and show what is new: the seats are the first to know."""
        began = time.thread_time_ns()
        replies, self._replies = self._replies, []
        for visitor, answer in replies:
            visitor.send(answer)
        if not (anew or self._decided):
            return
        self._decided = False
        if playing.held is not None:  # while an earlier press may come nobody is told of the first
            return
        views = self.views()
        self.audience.show(views, roles=("seat",))
        self._steps.told.add(time.thread_time_ns() - began)
        self.audience.show(views, roles=("host", "hall"))
        self._snap()

    def _look_at(self, lines: list[Line]) -> None:
        """A new question comes on stage with its answer hidden, and its text opened."""
        if any(line.entry.kind == "question" for line in lines):
            self.screen = replace(self.screen, reveal=False)
        if any(line.entry.kind in ("question", "void", "correct", "open") for line in lines):
            self._open_text()

    def _open_text(self) -> None:
        self._text = None
        question = self.playing.match.question if self.playing is not None else None
        if question is not None and question.id and self._held is not None:
            self._text = self._held.open(question.id)

    # ---- what is seen

    def views(self) -> Views:
        """The views of this moment."""
        if self.playing is None:
            raise DomainError("stage_busy")
        now = self.clock.now_us()
        return Views(Scene(self.playing, now, self.screen, self.audience.net(now), self._text))

    def _show(self, playing: Playing) -> None:
        if playing.held is None:  # as above
            self.audience.show(self.views())
            self._snap()

    def changed(self) -> None:
        """Somebody came or went: the host and the hall see it, not every seat.

        Not while presses may come: working it out would keep one of them waiting.
        """
        question = self.playing.match.question if self.playing is not None else None
        if question is not None and question.phase == "open":
            return
        if self.playing is not None and self.playing.held is None:
            self.audience.show(self.views(), roles=("host", "hall"))

    def _snap(self) -> None:
        """Let the spectators' process have a snapshot, at most four times a second."""
        loop = asyncio.get_running_loop()
        if self._shown_timer is not None:
            return
        wait = self._shown_at + _WORD_SECONDS - loop.time()
        self._shown_timer = loop.call_later(max(0.001, wait), self.snap_now)

    def snap_now(self) -> None:
        """Give the spectators' process a snapshot."""
        if self._shown_timer is not None:
            self._shown_timer.cancel()
            self._shown_timer = None
        self._shown_at = asyncio.get_running_loop().time()
        if self.playing is not None and self.playing.held is None:
            self._snapshot(self.id, self.views().of("watch"))

    # ---- the office

    async def _reread(self) -> Playing:
        """Take what the office changed; a match that has not begun is folded anew."""
        self._again.discard("match")
        held, playing = await self._store.read(), self.playing
        if playing is None or not playing.match.play.started:
            playing = self._take(held)
        else:
            playing.office(held.facts)
            self._held = held
        self.audience.seats_changed(held.epochs)
        self._show(playing)
        return playing

    async def _take_paddles(self, playing: Playing) -> None:
        self._again.discard("paddles")
        if playing.timing.mode != "manual" or not playing.q:
            return
        rows = await self._store.paddles(playing.q)
        found = agreed([(row["account"], wire.order(row["order"]), row["decides"]) for row in rows])
        if found is None:
            return
        order, by = found
        try:
            playing.paddles(order, by, self.clock.now_us())
        except DomainError as error:
            log.warn("paddles_refused", match=self.id, error=error)
            return
        await self._commit(playing)
        await self._store.paddles_sent(rows)

    # ---- the network test

    def _test(self, playing: Playing, visitor: Visitor, message: wire.Test) -> None:
        question = playing.match.question
        if question is not None and question.phase != "over":
            error = DomainError("stage_testing")
            self._replies.append((visitor, wire.refused("", error)))
            return
        self.audience.test(message.seconds)
        loop = asyncio.get_running_loop()
        loop.call_later(message.seconds + 0.5, self.notify, "tested")

    async def _tested(self) -> None:
        self._again.discard("tested")
        found = {}
        for visitor in self.audience.seats():
            synced = visitor.link.synced(self.clock.now_us())
            figures = measured(visitor.tested, synced.doubt if synced is not None else 0)
            found[visitor.seat] = figures
            written = {
                "count": figures.count,
                "least_us": figures.least,
                "median_us": figures.median,
                "p95_us": figures.p95,
                "p99_us": figures.p99,
                "doubt_us": figures.doubt,
            }
            if figures.count:
                await self._store.measured(visitor.seat, visitor.epoch, written)
        self.audience.say("host", wire.tested(found))
