"""The referee: one function takes a match and an entry of its log, and gives the match after it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from leitai.kernel.errors import DomainError
from leitai.rulebook.data import LogIn
from leitai.rulebook.live import corrections, desk
from leitai.rulebook.live.match import Due, Match, Play, refuse, seat_key
from leitai.rulebook.live.segments import machine_in
from leitai.rulebook.live.segments.pressing import Pressing
from leitai.rulebook.live.segments.turns import Turns
from leitai.rulebook.model.live import Live

MOST_ENTRIES: Final = 5_000  # a match of 200 questions and 12 seats has about 3,000
MOST_CORRECTIONS: Final = 100
_TEXT: Final = 500  # characters of a value


def start(live: Live, seats: Mapping[str, str]) -> Match:
    """Begin a match: seat → entry (``ENTRY=SCORE`` where the rules carry a figure).

    Seats may be empty: then the log's entries of kind ``seat`` say who sits where.
    """
    play = Play(MappingProxyType({}))
    for name in sorted(seats, key=seat_key):
        seat = LogIn("", "", "", "", 0, 0, "seat", name, seats[name])
        play = desk.seated(live, play, seat)
    return Match(live, MappingProxyType(dict(sorted(seats.items()))), play)


def step(match: Match, entry: LogIn) -> Match:
    """Take one entry; raises a coded DomainError, and nothing is changed, if it cannot be."""
    _check(match, entry)
    if entry.kind not in corrections.KINDS:
        play = desk.act(match.live, match.play, entry)
    else:
        corrections.check(match.log, entry)
        play = _replayed(match, corrections.effective((*match.log, entry)))
    return replace(match, play=play, log=(*match.log, entry), at=entry.at or match.at)


def _check(match: Match, entry: LogIn) -> None:
    log = match.log
    if len(entry.value) > _TEXT:
        refuse("live_value_long", most=_TEXT)
    if entry.seq < 1 or (log and entry.seq <= log[-1].seq):
        refuse("live_seq", seq=entry.seq, last=log[-1].seq if log else 0)
    if entry.at < 0 or 0 < entry.at < match.at:
        refuse("live_at", at=entry.at, last=match.at)
    if len(log) >= MOST_ENTRIES:
        refuse("live_too_many", most=MOST_ENTRIES)
    if entry.kind in corrections.KINDS:
        earlier = sum(known.kind in corrections.KINDS for known in log)
        if earlier >= MOST_CORRECTIONS:
            refuse("live_too_many", most=MOST_CORRECTIONS)


def _replayed(match: Match, log: Iterable[LogIn]) -> Play:
    """Play the log again as it is corrected; refuses when a later entry cannot be any more."""
    play = start(match.live, match.given).play
    for entry in log:
        try:
            play = desk.act(match.live, play, entry)
        except DomainError as error:
            raise DomainError(
                "live_correction_breaks", seq=entry.seq, kind=entry.kind, because=error.code
            ) from error
    return play


def may_press(match: Match) -> tuple[str, ...]:
    """Name the seats whose press would count now; an early press is a foul and not among them."""
    machine = machine_in(match)
    if match.play.paused is not None or not isinstance(machine, Pressing):
        return ()
    return machine.may_press(match.play) if "press" in machine.handlers() else ()


def due(match: Match) -> tuple[Due, ...]:
    """Give the clocks that run now, the earliest first."""
    machine = machine_in(match)
    return machine.due(match.play) if machine is not None else ()


def next_seat(match: Match) -> str:
    """Name the seat whose turn comes next, where seats have turns."""
    machine = machine_in(match)
    if not isinstance(machine, Turns):
        return ""
    waiting = machine.waiting(match.play)
    return waiting[0].seat if waiting else ""


def complete(match: Match) -> bool:
    """Say whether the segment that is played has had all its questions."""
    machine, question = machine_in(match), match.question
    if machine is None:
        return True
    return machine.complete(match.play) and (question is None or question.phase == "over")
