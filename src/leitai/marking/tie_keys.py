"""The figures beside the score by which an exam can break ties, by the rulebook's name for them.

`single`, `multiple`, `truefalse`, `blank`: the points in items of that type. `seconds`: from the
exam's opening to the hand-in or the sitting's deadline, whichever came first, in whole seconds,
begun ones counted.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Final

from leitai.base.words import listed
from leitai.kernel.errors import DomainError
from leitai.marking.folding import Marker
from leitai.rulebook import numbers
from leitai.rulebook.marking import TYPES
from leitai.rulebook.model import Event


@dataclass(frozen=True, slots=True)
class Performance:
    """A marked sitting, as far as its figures go."""

    marker: Marker
    points: Sequence[int]
    opens_at: datetime
    ended_at: datetime
    deadline: datetime


Figure = Callable[[Performance], Fraction]


def _points_in(type_: str) -> Figure:
    return lambda it: it.marker.points_of_type(it.points, type_)


def _seconds(it: Performance) -> Fraction:
    # The sweeper closes a moment after the deadline: that moment is nobody's.
    elapsed = max(min(it.ended_at, it.deadline) - it.opens_at, timedelta())
    return Fraction(-(-elapsed // timedelta(seconds=1)))


FIGURES: Final[Mapping[str, Figure]] = {
    **{type_: _points_in(type_) for type_ in TYPES},
    "seconds": _seconds,
}


def check(event: Event) -> None:
    """Refuse an event that declares a key which no exam gives: DomainError(exam_key_unknown)."""
    for key in event.keys:
        if key not in FIGURES:
            raise DomainError("exam_key_unknown", key=key, known=listed(FIGURES))


def keys_of(event: Event, performance: Performance) -> dict[str, int]:
    """The event's keys, each scaled by its own decimals. Raises DomainError(score_not_exact)."""
    return {
        name: scaled(key.title, FIGURES[name](performance), key.decimals)
        for name, key in event.keys.items()
    }


def scaled(name: str, value: Fraction, decimals: int) -> int:
    """The value as an integer scaled by 10**decimals, exactly or not at all."""
    exact = value * 10**decimals
    if exact.denominator != 1:
        shown = numbers.show(value)
        raise DomainError("score_not_exact", name=name, value=shown, decimals=decimals)
    return int(exact)
