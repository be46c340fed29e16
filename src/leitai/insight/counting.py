"""The figures of a unit as values: what is added up, and what is worked out of it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from functools import reduce
from typing import Final

_TENTH: Final = Decimal("0.1")


def percent(part: int, whole: int) -> Decimal | None:
    """With one place, half up; None where there is nothing to divide by."""
    if whole <= 0:
        return None
    return (Decimal(part) * 100 / Decimal(whole)).quantize(_TENTH, ROUND_HALF_UP)


def share(persons: int, due: int) -> Decimal | None:
    """Those who took part of those who should, 100 at the most."""
    return percent(min(persons, due), due)


@dataclass(frozen=True, slots=True)
class Held:
    """A title in a period: how many persons reached it, and how often it was reached."""

    persons: int = 0
    times: int = 0

    def __add__(self, other: Held) -> Held:
        return Held(self.persons + other.persons, self.times + other.times)


@dataclass(frozen=True, slots=True)
class Figures:
    """`outside` are those of `persons` whose unit has no confirmed roster at the period's end."""

    due: int = 0
    registered: int = 0
    persons: int = 0
    outside: int = 0
    days: int = 0
    times: int = 0
    answers: int = 0
    correct: int = 0
    seconds: int = 0
    points: Mapping[str, Decimal] = field(default_factory=dict)
    titles: Mapping[str, Held] = field(default_factory=dict)

    @property
    def counted(self) -> int:
        """Who took part of the units that have a confirmed roster: the numerator of the share."""
        return self.persons - self.outside

    @property
    def ratio(self) -> Decimal | None:
        """参学率: took part of those who should; None without a confirmed roster.

        Never above the whole: a roster that lags behind must not carry its unit to the front.
        """
        return share(self.counted, self.due)

    @property
    def lags(self) -> bool:
        """More took part than the roster has."""
        return 0 < self.due < self.counted

    @property
    def accuracy(self) -> Decimal | None:
        return percent(self.correct, self.answers)

    @property
    def some(self) -> bool:
        return bool(self.due or self.registered or self.days or self.titles)

    def __add__(self, other: Figures) -> Figures:
        points = {
            name: self.points.get(name, Decimal()) + other.points.get(name, Decimal())
            for name in {*self.points, *other.points}
        }
        titles = {
            name: self.titles.get(name, Held()) + other.titles.get(name, Held())
            for name in {*self.titles, *other.titles}
        }
        whole = {name: getattr(self, name) + getattr(other, name) for name in _WHOLE}
        return Figures(**whole, points=points, titles=titles)


_WHOLE: Final = (
    "due", "registered", "persons", "outside", "days", "times", "answers", "correct", "seconds",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Topic:
    """A module of the syllabus, or a topic below one: what was answered, what of it was right.

    `below` are a module's topics, the weakest first; a module all of whose questions have none has
    nothing below it.
    """

    module: str
    answers: int
    correct: int
    name: str = ""
    below: tuple[Topic, ...] = ()

    @property
    def accuracy(self) -> Decimal | None:
        return percent(self.correct, self.answers)


def topics_from(nodes: Iterable[tuple[str, str, int, int]]) -> list[Topic]:
    """Module, topic, answers, right ones, also several of the same: modules, the weakest first."""
    sums: dict[str, dict[str, tuple[int, int]]] = {}
    for module, topic, answers, correct in nodes:
        topics = sums.setdefault(module, {})
        before = topics.get(topic, (0, 0))
        topics[topic] = before[0] + answers, before[1] + correct
    return _weakest(_module(module, topics) for module, topics in sums.items())


def _module(module: str, topics: Mapping[str, tuple[int, int]]) -> Topic:
    below = _weakest(Topic(module, all_, right, topic) for topic, (all_, right) in topics.items())
    answers, correct = (sum(column) for column in zip(*topics.values(), strict=True))
    named = any(one.name for one in below)
    return Topic(module, answers, correct, below=tuple(below) if named else ())


def _weakest(topics: Iterable[Topic]) -> list[Topic]:
    """The weakest first, without those that nobody answered."""
    answered = [one for one in topics if one.answers]
    return sorted(
        answered, key=lambda one: (Decimal(one.correct) / one.answers, one.module, one.name)
    )


@dataclass(frozen=True, slots=True)
class Week:
    """A week of a group: who took part of how many, and the sums."""

    persons: int = 0
    outside: int = 0
    due: int = 0
    times: int = 0
    answers: int = 0
    correct: int = 0

    @property
    def ratio(self) -> Decimal | None:
        return share(self.persons - self.outside, self.due)

    @property
    def accuracy(self) -> Decimal | None:
        return percent(self.correct, self.answers)


def summed(figures: Iterable[Figures]) -> Figures:
    return reduce(lambda one, other: one + other, figures, Figures())
