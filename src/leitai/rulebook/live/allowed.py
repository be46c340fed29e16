"""What the log may say next: every kind of entry is tried, so the answer is the referee's own."""

from collections.abc import Iterator
from dataclasses import dataclass

from leitai.kernel.errors import DomainError
from leitai.rulebook import numbers
from leitai.rulebook.data import LogIn
from leitai.rulebook.live.desk import act, tied
from leitai.rulebook.live.match import Match
from leitai.rulebook.live.segments.machine import VERDICTS
from leitai.rulebook.live.segments.risk import DECLINE
from leitai.rulebook.model.live import Segment


@dataclass(frozen=True, slots=True)
class Move:
    """An entry that the referee would take now."""

    kind: str
    seat: str = ""
    value: str = ""


def allowed(match: Match) -> tuple[Move, ...]:
    """Give the moves of the game that can be logged now.

    Corrections, notes, members and adjustments are left out: they need a text of their own. A
    ``press`` among the moves may be an early one; ``may_press`` names those that count. An order
    that has to be drawn stands there as the order of the seats.
    """
    return tuple(move for move in _candidates(match) if _taken(match, move))


def _taken(match: Match, move: Move) -> bool:
    entry = LogIn("", "", "", "", _next_seq(match), 0, move.kind, move.seat, move.value)
    try:
        act(match.live, match.play, entry)
    except DomainError:
        return False
    return True


def _next_seq(match: Match) -> int:
    return match.log[-1].seq + 1 if match.log else 1


def _candidates(match: Match) -> Iterator[Move]:
    seats = tuple(match.play.seats)
    for segment in match.live.segments:
        yield Move("open", "", segment.id)
        if segment.order.by == "given" or segment.order.level == "draw":
            playing = [name for name in seats if _plays(match, segment, name)]
            yield Move("open", "", f"{segment.id}={'>'.join(playing)}")
        if segment.playoff is not None:
            there = [name for name in seats if not match.play.seats[name].out]
            for group in tied(match.live, match.play, segment.playoff, there):
                yield Move("open", "", f"{segment.id}={'>'.join(group)}")
    for kind in ("question", "read", "go", "timeout", "replace", "drop", "audience", "done"):
        yield Move(kind)
    for seat in seats:
        for kind in ("press", "first", "begin", "foul", "pass", "lifeline"):
            yield Move(kind, seat)
        yield from (Move("verdict", seat, verdict) for verdict in VERDICTS)
        yield from (Move("out", seat, how) for how in ("absent", "left", "void"))
        for name in match.live.conduct:
            yield from (Move(kind, seat, name) for kind in ("penalty", "bonus"))
        yield from (Move("choose", seat, value) for value in _choices(match, seats))
        yield from (Move("give", seat, other) for other in seats)
    yield from (Move(kind) for kind in ("pause", "resume", "end", "close"))
    yield from (Move(kind, "", "early") for kind in ("end", "close"))


def _plays(match: Match, segment: Segment, name: str) -> bool:
    seat = match.play.seats[name]
    return not seat.out and (segment.present is None or segment.present in seat.present)


def _choices(match: Match, seats: tuple[str, ...]) -> Iterator[str]:
    segment = match.segment
    if segment is None:
        return
    if segment.must is not None and segment.must.sets is not None:
        yield from (str(number) for number in range(1, segment.must.sets.count + 1))
    if segment.risk is not None:
        yield DECLINE
        yield from (numbers.show(stake.points) for stake in segment.risk.stakes)
    if segment.designation is not None:
        members = [f"@{number}" for number in range(1, match.live.members + 1)]
        targets = [f">{seat}" for seat in seats] if segment.designation.target == "chosen" else [""]
        for stake in segment.designation.stakes:
            for member in ["", *members]:
                yield from (f"{numbers.show(stake.points)}{member}{seat}" for seat in targets)
    if segment.arena is not None:
        yield from seats
