"""A set of answers, read and marked by the one rule that marks exams too. No database here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from fractions import Fraction
from typing import Any, Final

from leitai.kernel.errors import DomainError
from leitai.lane.packing import unpack
from leitai.rulebook.marking import mark

Response = str | list[str]
LONGEST: Final = 600_000  # ms of one answer in the figures: a phone that was laid aside
_ONE: Final = Fraction(1)
_MICROS: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Keyed:
    """A question as marking and memory know it."""

    item: int
    type: str
    key: Any
    node: str  # of the syllabus (`practice.nodes`)


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer that was given, marked."""

    number: int
    item: int
    node: str
    given: Response
    right: bool
    ms: int


@dataclass(frozen=True, slots=True)
class MarkedSet:
    """A set with what came of it. `marks` has a 0 or 1 for every question, answered or not."""

    marks: str
    answers: tuple[Answered, ...]

    @property
    def right(self) -> int:
        return sum(one.right for one in self.answers)

    @property
    def seconds(self) -> int:
        return sum(min(one.ms, LONGEST) for one in self.answers) // 1000

    @property
    def value(self) -> str:
        """As the rules read it: every answer right or wrong, and the seconds of those given."""
        seconds = ",".join(seconds_of(one.ms) for one in self.answers)
        return f"answers={self.marks};seconds={seconds}" if seconds else f"answers={self.marks}"


def mark_set(
    items: Sequence[int], body: bytes | memoryview, keys: Mapping[int, Keyed]
) -> MarkedSet:
    """Mark a set; of a question answered twice the last answer counts.

    Raises DomainError: set_body, set_item (a question without a key), set_answer_stray.
    """
    given: dict[int, tuple[Response, int]] = {}
    for number, answer, ms in unpack(body).answers:
        if not 1 <= number <= len(items):
            raise DomainError("set_answer_stray", n=number)
        given[number] = (answer, ms)
    marks: list[str] = []
    answers: list[Answered] = []
    for number, version in enumerate(items, start=1):
        key = keys.get(version)
        if key is None:
            raise DomainError("set_item", n=number)
        if number not in given:
            marks.append("0")
            continue
        answer, ms = given[number]
        right = is_right(key, answer)
        marks.append("1" if right else "0")
        answers.append(Answered(number, key.item, key.node, answer, right, ms))
    if not marks:
        raise DomainError("set_body")
    return MarkedSet("".join(marks), tuple(answers))


def is_right(key: Keyed, answer: Response) -> bool:
    """Whether an answer earns the whole point."""
    return mark(key.type, key.key, answer, _ONE) == _ONE


def counts_at(day: date, arrived: datetime, set_id: bytes, offset: timedelta) -> datetime:
    """The instant at which a set counts: its arrival, if that was on the day it was given for.

    One that came later counts as the last moment of its day: nothing that the phone's clock says
    earns anything. The set's id keeps two of them apart.
    """
    zone = timezone(offset)
    local = arrived.astimezone(zone)
    if local.date() == day:
        return arrived
    if local.date() < day:
        return datetime.combine(day, time.min, zone)
    micros = int.from_bytes(set_id[:4], "big") % _MICROS
    return datetime.combine(day, time(23, 59, 59, micros), zone)


def seconds_of(ms: int) -> str:
    """Milliseconds as exact decimal seconds, the way the rules read them."""
    whole, rest = divmod(ms, 1000)
    return f"{whole}.{rest:03}".rstrip("0").rstrip(".") if rest else str(whole)
