"""A live match as one frozen value: what a host's screen shows, and what the referee goes by."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from types import MappingProxyType
from typing import Final, Literal, NoReturn

from leitai.kernel.errors import DomainError
from leitai.rulebook.data import LogIn, ReasonValue
from leitai.rulebook.model.live import Live, Segment

SECOND: Final = 1_000_000  # µs
Phase = Literal["asked", "open", "answering", "over"]
Outcome = Literal["", "right", "failed", "void", "audience", "replaced", "left"]
What = Literal[
    "right", "partly", "wrong", "timeout", "foul", "penalty", "bonus", "adjust", "gain", "place"
]


def refuse(code: str, **data: object) -> NoReturn:
    """Refuse an entry of the log."""
    raise DomainError(code, **data)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a seat's account. ``counts`` is false where its points are not added (加赛)."""

    seq: int
    segment: str
    question: int
    what: What
    points: Fraction = Fraction(0)
    detail: str = ""
    person: str = ""
    counts: bool = True
    stops: bool = False


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat: whose it is, with what it began, who sits in it, and its account."""

    name: str
    entry: str
    carried: Fraction = Fraction(0)
    members: Mapping[int, str] = field(default_factory=lambda: MappingProxyType({}))
    present: tuple[str, ...] = ()
    substituted: int = 0
    out: Literal["", "absent", "void", "left"] = ""
    lines: tuple[Line, ...] = ()

    def points(self, segment: str | None = None) -> Fraction:
        """Add up the account's lines that count: of a segment, or all of them."""
        return sum(
            (line.points for line in self.lines if line.counts and segment in (None, line.segment)),
            start=Fraction(0),
        )

    def count(self, what: Iterable[What], segment: str | None = None) -> int:
        """Count lines of these kinds: of a segment, or all that count."""
        kinds = set(what)
        return sum(
            line.what in kinds and (line.counts if segment is None else line.segment == segment)
            for line in self.lines
        )


@dataclass(frozen=True, slots=True)
class Press:
    """A press: the instant that counts (0 if unknown), and which entry of the log it is."""

    seat: str
    instant: int
    seq: int


@dataclass(frozen=True, slots=True)
class Question:
    """A question in play. ``turn``: who answers; ``locked``: who may not any more."""

    number: int
    id: str = ""
    phase: Phase = "asked"
    turn: tuple[str, ...] = ()
    presses: tuple[Press, ...] = ()
    locked: tuple[str, ...] = ()
    failures: int = 0
    fouled: tuple[str, ...] = ()
    asked_at: int = 0
    read_at: int = 0
    go_at: int = 0  # the host's word
    open_at: int = 0  # when the clock for presses began
    answer_at: int = 0  # when the answer's clocks began
    began: int = 0
    member: int = 0
    stake: Fraction | None = None
    owner: str = ""  # whose turn it was, where another answers
    target: str = ""  # who was designated
    while_reading: bool = False  # the answer was pressed for before the reading had ended
    first: str = ""  # whose press was the first by the chief judge's word
    outcome: Outcome = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """A coming turn of a seat, which member's it is (0: the team's), and of which round."""

    seat: str
    member: int = 0
    round: int = 0


@dataclass(frozen=True, slots=True)
class Run:
    """A segment in play: a bag that each kind of segment uses in its own way.

    ``asked`` counts the questions of which the segment has had its fill (a replaced one does not);
    ``begun`` numbers them. ``opened`` is the seq of the entry that opened it.
    """

    segment: str
    order: tuple[str, ...]
    opened: int = 0
    turns: tuple[Turn, ...] = ()
    done: tuple[Turn, ...] = ()
    asked: int = 0
    begun: int = 0
    question: Question | None = None
    choice: "Choice | None" = None
    stock: Mapping[Fraction, int] = field(default_factory=lambda: MappingProxyType({}))
    used: tuple[str, ...] = ()  # sets drawn, seats designated, passes and lifelines taken
    pairs: tuple[tuple[str, ...], ...] = ()
    champion: str = ""
    rival: str = ""
    exits: tuple[str, ...] = ()
    groups: tuple[tuple[str, ...], ...] = ()
    since: int = 0
    tally: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """What a seat chose before its question: a stake, a set, a target."""

    seat: str
    stake: Fraction | None = None
    target: str = ""
    member: int = 0
    set: int = 0


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that a reader of the result should know, as a code and data of a reason."""

    seq: int
    code: str
    data: Mapping[str, ReasonValue]


@dataclass(frozen=True, slots=True)
class Play:
    """The state of a match: all that follows from its log."""

    seats: Mapping[str, Seat]
    run: Run | None = None
    played: tuple[str, ...] = ()
    playoff: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    places: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    remarks: tuple[Remark, ...] = ()
    paused: int | None = None
    started: bool = False
    closed: bool = False

    def seat(self, name: str) -> Seat:
        """Give a seat; refuses a name that is none."""
        if name not in self.seats:
            refuse("live_no_seat", seat=name, allowed=", ".join(self.seats))
        return self.seats[name]

    def with_seat(self, seat: Seat) -> "Play":
        """Put a seat in its place."""
        seats = {**self.seats, seat.name: seat}
        return replace(self, seats=ordered(seats))

    def with_line(self, seat: str, line: Line) -> "Play":
        """Write a line into a seat's account."""
        known = self.seats[seat]
        return self.with_seat(replace(known, lines=(*known.lines, line)))

    def with_remark(self, seq: int, code: str, **data: ReasonValue) -> "Play":
        """Note something."""
        remark = Remark(seq, code, MappingProxyType(data))
        return replace(self, remarks=(*self.remarks, remark))


@dataclass(frozen=True, slots=True)
class Due:
    """A clock that runs: ``press``, ``begin``, ``finish`` or ``run``, and its instant in µs."""

    clock: str
    at: int


@dataclass(frozen=True, slots=True)
class Match:
    """A live match: its rules, everything that was logged, and what that comes to."""

    live: Live
    given: Mapping[str, str]
    play: Play
    log: tuple[LogIn, ...] = ()
    at: int = 0  # the last instant that the log names

    @property
    def segment(self) -> Segment | None:
        """Give the segment that is being played."""
        run = self.play.run
        return segment_of(self.live, run.segment) if run is not None else None

    @property
    def question(self) -> Question | None:
        """Give the last question of the segment; its phase says how far it is."""
        return self.play.run.question if self.play.run is not None else None

    @property
    def number(self) -> int:
        """Give how many questions of the segment count so far."""
        return self.play.run.asked if self.play.run is not None else 0

    @property
    def answering(self) -> tuple[str, ...]:
        """Name the seats that answer now."""
        question = self.question
        return question.turn if question is not None and question.phase == "answering" else ()

    @property
    def locked(self) -> tuple[str, ...]:
        """Name the seats that may not answer the question any more."""
        question = self.question
        return tuple(sorted(question.locked, key=seat_key)) if question is not None else ()

    @property
    def presses(self) -> tuple[Press, ...]:
        """Give the presses for the question, the earliest first."""
        question = self.question
        return question.presses if question is not None else ()

    @property
    def scores(self) -> Mapping[str, Fraction]:
        """Give every seat's score as it stands, with what it began."""
        return MappingProxyType(
            {name: score(self.live, seat) for name, seat in self.play.seats.items()}
        )

    @property
    def fouls(self) -> Mapping[str, int]:
        """Count every seat's fouls."""
        return MappingProxyType(
            {name: seat.count(("foul",)) for name, seat in self.play.seats.items()}
        )

    @property
    def closed(self) -> bool:
        """Say whether the match has ended."""
        return self.play.closed


def score(live: Live, seat: Seat) -> Fraction:
    """Give a seat's score with its base and what it brought along."""
    return live.base + seat.carried + seat.points()


def segment_of(live: Live, name: str) -> Segment:
    """Give the segment of that id; refuses a name that is none."""
    for segment in live.segments:
        if segment.id == name:
            return segment
    return refuse("live_no_segment", name=name, allowed=", ".join(s.id for s in live.segments))


def seat_key(name: str) -> tuple[int, int, str]:
    """Order seats: numbers by their size, then other names by their characters."""
    if name.isascii() and name.isdigit():
        return (0, int(name), name)
    return (1, 0, name)


def ordered(seats: Mapping[str, Seat]) -> Mapping[str, Seat]:
    """Put seats in the order of their names."""
    return MappingProxyType({name: seats[name] for name in sorted(seats, key=seat_key)})
