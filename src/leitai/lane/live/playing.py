"""One match as its single writer keeps it: presses, moves and clocks in, lines out. No I/O.

Lines are collected in ``lines`` and are nothing before they were committed; a writer that could
not commit them throws this object away and folds the log anew. Instants are given, never asked
for; those of presses and moves are when their frames came, and they come in their order.
"""

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Final, Literal

from leitai.kernel.errors import DomainError
from leitai.lane.live import timing
from leitai.lane.live.accounts import Accounts
from leitai.lane.live.facts import CLOCK, Facts, Line, Refusal
from leitai.lane.live.timing import Estimate, Link
from leitai.rulebook import live
from leitai.rulebook.data import LogIn
from leitai.rulebook.live import Match, corrections

PressState = Literal["logged", "behind", "early", "locked", "late"]
RECENT: Final = 30
_KEPT_REFUSALS: Final = 20  # of one seat and epoch; a stuck key must not fill the disk
_LATE: Final = frozenset(
    {"live_too_late", "live_no_question", "live_no_run", "live_closed", "stage_epoch"}
)
_NOT_THE_HOSTS: Final = frozenset({"seat", "press"})
WAIT_FOR_RULING: Final = frozenset(
    {"begin", "done", "verdict", "timeout", "lifeline", "pass", "give", "question", "end", "close"}
)
_HARMLESS: Final = frozenset({"note", "press"})
_SAFE: Final = frozenset(  # a press that the host did not see makes the referee refuse them itself
    {"pause", "resume", "note", "read", "go", "question", "open", "end", "close"}
)


@dataclass(frozen=True, slots=True)
class Decision:
    """What became of a press: its line (0: none) and the instant that counts."""

    state: PressState
    seq: int = 0
    at: int = 0
    code: str = ""
    data: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Wish:
    """A move that the host asks for. ``after``: the last line that the host has seen."""

    id: str
    after: int
    kind: str
    seat: str = ""
    value: str = ""


class Playing:
    """The match, folded from its lines, and what the next entry comes to."""

    def __init__(self, facts: Facts, lines: Iterable[Line], *, now: int) -> None:
        self.facts = facts
        self.timing = facts.timing
        self.match: Match = live.start(facts.live, {})
        self.accounts = Accounts()
        self.q = 0  # the epoch: the line that put the question on stage or opened it again
        self.opened = 0  # since when presses count
        self.held: int | None = None  # until when an earlier press may still come
        self.flags: dict[str, str] = {}  # of the presses for the question
        self.used: set[str] = set()
        self.level: tuple[str, ...] = ()  # of a photo finish that the rules have settled
        self.recent: deque[Line] = deque(maxlen=RECENT)
        self.lines: list[Line] = []
        self.refusals: list[Refusal] = []
        self._decided: dict[tuple[str, int], Decision] = {}
        self._refused: dict[tuple[str, int], int] = {}
        self._moves: dict[str, int] = {}
        self._noted = ""
        for line in lines:
            self._follow(line, live.step(self.match, line.entry))
        self._since = now  # clocks that ran out while nobody could press are the host's
        if self.recent and self.recent[-1].entry.kind == "press" and self._waits():
            self.held = now  # whoever wrote the press had no time to decide

    # ---- presses

    def press(
        self, seat: str, by: str, *, q: int, n: int, local_ms: float, arrival: int, link: Link
    ) -> Decision:
        """Take a press; the same seat and epoch always get the first decision."""
        if (known := self._decided.get((seat, q))) is not None:
            return known
        arrival = max(arrival, self.match.at)
        evidence: dict[str, object] = {"q": q, "n": n, "mode": self.timing.mode, "arrival": arrival}
        if self.timing.mode == "manual":
            return self._turned_down(seat, by, DomainError("stage_manual"), evidence)
        if q != self.q or not q:
            return self._turned_down(seat, by, DomainError("stage_epoch"), evidence)
        found = self._estimate(local_ms, arrival, link)
        evidence |= _evidence(found, local_ms)
        value = "" if found.instant == arrival else str(found.instant)
        entry = self._entry("press", seat, value, arrival)
        before = self.match
        try:
            after = live.step(before, entry)
        except DomainError as error:
            return self._turned_down(seat, by, error, evidence)
        evidence["state"] = state = _state_of(before, after, seat)
        self._write(Line(entry, by, evidence), after)
        self._hold(arrival)
        return Decision(state, entry.seq, found.instant)

    def _estimate(self, local_ms: float, arrival: int, link: Link) -> Estimate:
        question = self.match.question
        go = question.go_at if question is not None and question.go_at == self.opened else 0
        return timing.estimate(
            self.timing,
            link,
            arrival=arrival,
            local_ms=local_ms,
            opened=self.opened,
            go=go if go > 1 else 0,
        )

    def _hold(self, now: int) -> None:
        """Wait for an earlier press after the first; not when nobody else may press."""
        if not self._waits():
            self.held = None
            return
        question = self.match.question
        if self.held is None and question is not None and len(question.presses) == 1:
            self.held = now + self.timing.hold_us
        if self.held is not None and not live.may_press(self.match):
            self.held = now

    def _waits(self) -> bool:
        """Whether a press decides who answers, and the answer has not begun."""
        question = self.match.question
        return (
            question is not None
            and question.phase == "answering"
            and not question.began
            and any(question.turn == (press.seat,) for press in question.presses)
        )

    def _turned_down(
        self, seat: str, by: str, error: DomainError, evidence: Mapping[str, object]
    ) -> Decision:
        q = evidence["q"]
        count = self._refused.get((seat, self.q), 0)
        self._refused[seat, self.q] = count + 1
        if count < _KEPT_REFUSALS:
            arrival = evidence["arrival"]
            at = arrival if isinstance(arrival, int) else 0
            evidence = {**evidence, "data": _kept(error)}
            self.refusals.append(Refusal(at, "press", seat, f"{q}", by, error.code, evidence))
        state: PressState = "late" if error.code in _LATE else "locked"
        return Decision(state, code=error.code, data=error.data)

    # ---- the host

    def move(self, wish: Wish, by: str, now: int) -> int:
        """Take a move and give its line; raises a coded DomainError, and nothing has changed."""
        if wish.id in self._moves:
            return self._moves[wish.id]
        try:
            return self._move(wish, by, max(now, self.match.at))
        except DomainError as error:
            evidence = {"id": wish.id, "after": wish.after, "data": _kept(error)}
            self.refusals.append(
                Refusal(now, wish.kind[:16], wish.seat, wish.value, by, error.code, evidence)
            )
            raise

    def _move(self, wish: Wish, by: str, now: int) -> int:
        self._check_seen(wish)
        entry, after = self._tried(wish, now)
        self._write(Line(entry, by, {"id": wish.id}), after)
        if wish.kind in ("open", "question"):
            self._declare(now)
        return entry.seq

    def _tried(self, wish: Wish, now: int) -> tuple[LogIn, Match]:
        """Give the entry of a move and the state after it; nothing is written."""
        if wish.kind in _NOT_THE_HOSTS:
            raise DomainError("stage_kind", kind=wish.kind)
        if self.ruling and wish.kind in WAIT_FOR_RULING:
            raise DomainError("stage_ruling", seats=list(self.ruling))
        entry = self._entry(wish.kind, wish.seat, wish.value, now)
        after = live.step(self.match, entry)
        if wish.kind == "question":
            self._check_question(wish.value)
        return entry, after

    def why_not(self, wish: Wish, now: int) -> DomainError:
        """Say what stands against a move. Nothing is written, nor kept as a refusal."""
        try:
            self._tried(wish, max(now, self.match.at))
        except DomainError as error:
            return error
        return DomainError("stage_may")

    def _check_seen(self, wish: Wish) -> None:
        """Refuse a move of somebody who has not seen what was logged meanwhile."""
        newer = [entry for entry in reversed(self.match.log) if entry.seq > wish.after]
        if not newer:
            return
        strict = wish.kind in corrections.KINDS or not (wish.seat or wish.kind in _SAFE)
        if strict or any(entry.kind not in _HARMLESS for entry in newer):
            raise DomainError("stage_moved_on", after=wish.after, last=newer[0].seq)

    def _check_question(self, name: str) -> None:
        if not self.facts.questions:
            return
        known = {question.name for question in self.facts.questions}
        if not name and known <= self.used:
            raise DomainError("stage_question_none")
        if name not in known:
            raise DomainError("stage_question_unknown", name=name)
        if name in self.used:
            raise DomainError("stage_question_used", name=name)

    def _declare(self, now: int) -> None:
        """Log the mode by which presses count from now on, where it is not what the log says."""
        self.timing = self.facts.timing
        if (said := timing.said(self.timing)) != self._noted:
            entry = self._entry("note", "", said, now)
            self._write(Line(entry, CLOCK), live.step(self.match, entry))

    def paddles(self, order: Iterable[str], by: str, now: int) -> int:
        """Log the order of paddles as presses without an instant; gives the last line's number."""
        match, lines = self.match, []
        for seat in order:
            seq = (match.log[-1].seq if match.log else 0) + 1
            entry = replace(self._entry("press", seat, "", 0), seq=seq)
            match = live.step(match, entry)
            evidence = {"q": self.q, "mode": "manual", "keyed": now, "state": "logged"}
            lines.append((Line(entry, by, evidence), match))
        for line, after in lines:
            self._write(line, after)
        return self.match.log[-1].seq if self.match.log else 0

    def opened_by_host(self) -> None:
        """Note that the match is running."""
        self.facts = replace(self.facts, state="running")

    def office(self, facts: Facts) -> None:
        """Take what the office changed; how presses count changes with the next question."""
        self.facts = facts

    # ---- time

    def tick(self, now: int) -> None:
        """Decide what the time decides: the end of a hold, and nobody pressing in time."""
        now = max(now, self.match.at)
        if self.held is not None and now >= self.held:
            self.held = None
            self._resolve(now)
        due = self._press_due()
        if due is not None and now >= due:
            entry = self._entry("timeout", "", "", now)
            self._write(Line(entry, CLOCK), live.step(self.match, entry))

    def next_at(self) -> int | None:
        """Say when ``tick`` has something to do; None: only after the next entry."""
        found = [at for at in (self.held, self._press_due()) if at is not None]
        return min(found, default=None)

    def _press_due(self) -> int | None:
        """Say when the time for pressing is over, with what may still be on its way.

        Only this clock decides by itself: whether somebody has begun or finished is heard by
        people. Nor does it where people record the presses, or where it ran out unwatched.
        """
        if self.held is not None or self.timing.mode == "manual":
            return None
        for due in live.due(self.match):
            if due.clock == "press" and due.at > self._since:
                return due.at + self.timing.hold_us
        return None

    @property
    def near(self) -> tuple[str, ...]:
        """Name the seats between which the instants cannot decide."""
        question = self.match.question
        if question is None or question.first or not self._waits():
            return ()
        if question.turn != (question.presses[0].seat,):
            return ()
        return timing.level(question.presses, self.timing.band_us)

    @property
    def ruling(self) -> tuple[str, ...]:
        """Name the seats of which the chief judge has to say which was first."""
        return self.near if self.held is None else ()

    def _resolve(self, now: int) -> None:
        seats = self.near
        if not seats or self.facts.live.close == "chief":
            return
        if self.facts.live.close == "equal":
            entry = self._entry("first", live.even(self.match, seats), "", now)
        else:
            entry = self._entry("replace", "", "", now)
        evidence = {"close": list(seats), "band": self.timing.band_us}
        try:
            after = live.step(self.match, entry)
        except DomainError:
            return  # the segment knows no other question: the chief judge rules
        self._write(Line(entry, CLOCK, evidence), after)

    # ---- the log

    def _entry(self, kind: str, seat: str, value: str, at: int) -> LogIn:
        log, facts = self.match.log, self.facts
        seq = log[-1].seq + 1 if log else 1
        return LogIn(
            facts.stage, facts.track, facts.event_id, facts.code, seq, at, kind, seat, value
        )

    def _write(self, line: Line, after: Match) -> None:
        self._follow(line, after)
        self.lines.append(line)

    def _follow(self, line: Line, after: Match) -> None:
        """Take the state after a line, and what the screens need to know beside it."""
        entry, before = line.entry, self.match
        self.match = after
        self.recent.append(line)
        if _is_new_round(before, after):
            self.q, self.opened, self.held = entry.seq, 0, None
            self.flags.clear()
        if not live.may_press(after):
            self.opened = 0
        elif not live.may_press(before) or not self.opened:
            self.opened = entry.at
        if not self._waits():
            self.held = None
        if entry.kind == "press":
            self._remember(line)
        elif entry.kind == "question":
            self.used.add(entry.value)
            self.level = ()
        elif entry.kind in ("replace", "first", "void", "correct"):
            self.level = _level(line)
        elif entry.kind == "note" and line.by == CLOCK:
            self._noted = entry.value
            self.timing = timing.heard(entry.value) or self.timing
        move = line.evidence.get("id")
        if isinstance(move, str):
            self._moves[move] = entry.seq

    def _remember(self, line: Line) -> None:
        entry, evidence = line.entry, line.evidence
        state, q, flag = evidence.get("state"), evidence.get("q"), evidence.get("flag")
        if isinstance(q, int) and state in ("logged", "behind", "early"):
            at = int(entry.value) if entry.value else entry.at
            self._decided[entry.seat, q] = Decision(state, entry.seq, at)
        if isinstance(flag, str) and flag:
            self.flags[entry.seat] = flag


def _kept(error: DomainError) -> dict[str, object]:
    """The figures of a refusal, as the protocol will say them."""
    return {
        key: value if isinstance(value, (str, int, list)) else str(value)
        for key, value in error.data.items()
    }


def _level(line: Line) -> tuple[str, ...]:
    found = line.evidence.get("close")
    return tuple(str(seat) for seat in found) if isinstance(found, list) else ()


def _is_new_round(before: Match, after: Match) -> bool:
    """Whether seats may press anew: another question, or the same one opened again."""
    one, other = before.question, after.question
    if other is None or other.phase == "over":
        return False
    if one is None or (before.play.run and before.play.run.segment) != (
        after.play.run and after.play.run.segment
    ):
        return True
    if one.number != other.number or one.phase == "over":
        return True
    return one.phase == "answering" and other.phase in ("asked", "open")


def _state_of(before: Match, after: Match, seat: str) -> PressState:
    if after.fouls[seat] > before.fouls[seat]:
        return "early"
    presses = after.presses
    return "logged" if presses and presses[0].seat == seat else "behind"


def _evidence(found: Estimate, local_ms: float) -> dict[str, object]:
    """What an appeal looks at."""
    evidence: dict[str, object] = {"local": local_ms}
    if found.flag:
        evidence["flag"] = found.flag
    if found.claimed:
        evidence["claimed"] = found.claimed
    if found.synced is not None:
        synced = found.synced
        evidence |= {"offset": synced.offset, "doubt": synced.doubt, "rtt": synced.trip}
    return evidence
