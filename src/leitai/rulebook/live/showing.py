"""What screens show beside the state: who is stopped, whose press would be a foul, counts."""

from collections.abc import Sequence
from types import MappingProxyType

from leitai.kernel.errors import Problem, Problems
from leitai.rulebook import schema
from leitai.rulebook.live.match import Match, score, seat_key
from leitai.rulebook.live.segments import kind_of, machine_in
from leitai.rulebook.live.segments.pressing import Pressing
from leitai.rulebook.model import Event


def read_event(plain: object) -> Event:
    """Read one event of a rulebook's canonical form; raises Problems for anything else."""
    problems: list[Problem] = []

    def report(path: schema.Path, code: str, /, **data: object) -> None:
        problems.append(Problem("/".join(str(part) for part in path), code, data))

    event: Event = schema.read(Event, plain, report)
    if problems:
        raise Problems(problems)
    return event


def kind(match: Match) -> str:
    """Name the kind of the segment that is played; empty between segments."""
    return kind_of(match.segment) if match.segment is not None else ""


def stopped(match: Match) -> tuple[str, ...]:
    """Name the seats that take no further part in the segment that is played."""
    machine = machine_in(match)
    if machine is None:
        return ()
    return tuple(name for name in match.play.seats if machine.stopped(match.play, name))


def early(match: Match) -> tuple[str, ...]:
    """Name the seats whose press would be early now, and so a foul by the rules."""
    machine, question = machine_in(match), match.question
    if not isinstance(machine, Pressing) or "press" not in machine.handlers():
        return ()
    if question is None or question.phase != "asked" or machine.rule().opens != "go":
        return ()
    barred = {*question.locked, *question.fouled}
    return tuple(name for name in machine.playing(match.play) if name not in barred)


def even(match: Match, seats: Sequence[str]) -> str:
    """Name which of these seats is the first where their presses count as equal."""
    machine = machine_in(match)
    rule = machine.rule().equal if isinstance(machine, Pressing) else "seat"
    sign = {"seat": 0, "score-ascending": 1, "score-descending": -1}[rule]

    def key(name: str) -> object:
        return (sign * score(match.live, match.play.seats[name]), seat_key(name))

    return min(seats, key=key)  # type: ignore[arg-type]  # tuples of what compares


def planned(match: Match) -> int | None:
    """Say how many questions or turns the segment has; None where nothing bounds them."""
    segment, run = match.segment, match.play.run
    if segment is None or run is None:
        return None
    if segment.buzzer is not None:
        return segment.buzzer.questions
    if segment.joint is not None:
        return segment.joint.questions
    if segment.duel is not None:
        return segment.duel.questions
    if segment.playoff is not None:
        return segment.playoff.most
    return len(run.turns) + len(run.done) or None


def lengths(match: Match) -> MappingProxyType[str, int]:
    """Give the seconds of every clock of the segment."""
    segment = match.segment
    if segment is None:
        return MappingProxyType({})
    clock = segment.clock
    found = {"press": clock.press, "begin": clock.begin, "finish": clock.finish}
    if segment.timed is not None:
        found["run"] = segment.timed.seconds
    return MappingProxyType({name: length for name, length in found.items() if length})
