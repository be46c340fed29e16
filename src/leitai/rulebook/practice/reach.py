"""The most that anybody can reach: bounds that show a title nobody can earn, a cap never met.

Every bound is generous: what it calls unreachable is so, what it lets pass may still be.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from typing import Final

from leitai.rulebook.model.practice import (
    Act,
    ActFigure,
    Caps,
    Credit,
    Goal,
    Ledger,
    Limit,
    Period,
    Practice,
    Streak,
)
from leitai.rulebook.practice.earning import figure_of
from leitai.rulebook.practice.meters import how_counted, leaf_of
from leitai.rulebook.practice.periods import PERIODS, written
from leitai.rulebook.practice.rules import ledger_of
from leitai.rulebook.practice.values import DERIVED

DAYS: Final[Mapping[Period, int]] = {"day": 1, "week": 7, "month": 31, "year": 366}
# At most so many periods of the second kind touch one of the first.
TOUCHED: Final[Mapping[Period, Mapping[Period, int]]] = {
    "day": {"day": 1, "week": 1, "month": 1, "year": 1, "all": 1},
    "week": {"day": 7, "week": 1, "month": 2, "year": 2, "all": 1},
    "month": {"day": 31, "week": 6, "month": 1, "year": 1, "all": 1},
    "year": {"day": 366, "week": 54, "month": 12, "year": 1, "all": 1},
}
ZERO: Final = Fraction(0)


@dataclass(frozen=True, slots=True)
class Variant:
    """The rules as they stand after some of the changes."""

    acts: Mapping[str, Act]
    ledgers: Mapping[str, Ledger]


def variants(practice: Practice) -> Iterator[Variant]:
    """Give the rules at first and after each change."""
    acts, ledgers = dict(practice.acts), dict(practice.ledgers)
    yield Variant(dict(acts), dict(ledgers))
    for change in practice.changes:
        acts.update(change.acts)
        ledgers.update(change.ledgers)
        for name in change.ends:
            acts.pop(name, None)
        yield Variant(dict(acts), dict(ledgers))


class Reach:
    """Bounds on everything that a goal or a cap can be compared with; None: there is no bound."""

    def __init__(self, practice: Practice) -> None:
        self._practice = practice
        self._variants = tuple(variants(practice))
        start = None if practice.from_ is None else written(practice, practice.from_, end=False)
        end = None if practice.to is None else written(practice, practice.to, end=True)
        self._open: int | None = None
        if start is not None and end is not None:
            last = end - timedelta(microseconds=1)  # 24:00 belongs to the day that ends
            self._open = max((last.date() - start.date()).days + 1, 0)

    def days(self, period: Period) -> int | None:
        """Give the most days on which somebody can practise in a period."""
        some = DAYS.get(period)
        known = [days for days in (some, self._open) if days is not None]
        return min(known, default=None)

    def goal(self, goal: Goal, period: Period) -> Fraction | None:
        """Give the most that anybody reaches of a goal that is no combination."""
        about = leaf_of(goal)
        if about is None:
            return None
        kind, name = about
        if kind == "ledger":
            return self.points(name, period)
        if kind == "title":
            title = self._practice.titles.get(name)
            return None if title is None else self._touched(period, title.per)
        several = [self._act(goal, variant.acts.get(name), period) for variant in self._variants]
        together = _most if how_counted(goal, kind) in ("best", "mean") else _sum
        most = together(several)
        days = self.days(period) if how_counted(goal, kind) in ("days", "row") else None
        return most if days is None else _least([most, Fraction(days)])

    def points(self, ledger: str, period: Period) -> Fraction | None:
        """Give the most points that a ledger can take in within a period.

        Where the rules change, the caps of each part may be used up in one period.
        """
        return _sum(self._ledger(variant, ledger, period) for variant in self._variants)

    def by_day(self, variant: Variant, ledger: str) -> list[Fraction | None]:
        """Give what each credit and streak can bring into a ledger in a day."""
        found = [
            self._credit(act, credit, "day")
            for _, act in sorted(variant.acts.items())
            for credit in act.credits
            if act.counts and ledger_of(self._practice, credit.ledger) == ledger
        ]
        return found + [
            self._streak(streak, "day")
            for _, streak in sorted(self._practice.streaks.items())
            if ledger_of(self._practice, streak.ledger) == ledger
        ]

    def _ledger(self, variant: Variant, name: str, period: Period) -> Fraction | None:
        parts: list[Fraction | None] = [
            self._credit(act, credit, period)
            for act in variant.acts.values()
            for credit in act.credits
            if act.counts and ledger_of(self._practice, credit.ledger) == name
        ]
        parts += [
            self._streak(streak, period)
            for streak in self._practice.streaks.values()
            if ledger_of(self._practice, streak.ledger) == name
        ]
        ledger = variant.ledgers.get(name)
        return _least([_sum(parts), self._capped(ledger.caps if ledger else None, period)])

    def _act(self, goal: Goal, act: Act | None, period: Period) -> Fraction | None:
        if act is None or not act.counts:
            return ZERO
        count = how_counted(goal, "act")
        days, times = self.days(period), self._times(act, period)
        if count in ("days", "row"):
            return _least([None if days is None else Fraction(days), times])
        if count == "times":
            return times
        most = _figure_most(act, goal.of)
        return most if count in ("best", "mean") else _product(most, times)

    def _credit(self, act: Act, credit: Credit, period: Period) -> Fraction | None:
        worth = _worth(act, credit)
        if credit.caps is not None and credit.caps.act is not None:
            worth = _least([worth, credit.caps.act])
        if worth is not None:
            worth = max(worth, ZERO)
        total = _product(worth, self._times(act, period, of_credit=True))
        return _least([total, self._capped(credit.caps, period)])

    def _streak(self, streak: Streak, period: Period) -> Fraction | None:
        total: Fraction | None = None
        days = self.days(period)
        if streak.days is not None and days is not None:
            total = streak.points * (days // streak.days + 1)
        return _least([total, self._capped(streak.caps, period)])

    def _times(self, act: Act, period: Period, *, of_credit: bool = False) -> Fraction | None:
        """Give how often an act can count in a period (or can be credited)."""
        attempts = act.attempts
        if attempts is None:
            return None
        bounds: list[Fraction | None] = []
        if of_credit and attempts.counts != "all":
            bounds.append(self._touched(period, attempts.per))
        if attempts.limit is not None and attempts.beyond is None:
            bounds += self._scopes(attempts.limit, period)
        return _least(bounds)

    def _capped(self, caps: Caps | None, period: Period) -> Fraction | None:
        return None if caps is None else _least(self._scopes(caps, period))

    def _scopes(self, limits: Caps | Limit, period: Period) -> list[Fraction | None]:
        """Give what each limit comes to over a period."""
        found: list[Fraction | None] = []
        for scope in PERIODS:
            most: Fraction | int | None = getattr(limits, scope)
            if most is not None:
                found.append(_product(Fraction(most), self._touched(period, scope)))
        return found

    def _touched(self, period: Period, part: Period) -> Fraction | None:
        """Give how many periods of a kind there can be within another."""
        if part == "all":
            return Fraction(1)
        days = self.days(period)
        if period != "all":
            touched = TOUCHED[period][part]
        elif days is None:
            return None
        else:
            touched = days  # generous: no more than one a day
        return Fraction(touched if days is None else min(touched, days))


def _worth(act: Act, credit: Credit) -> Fraction | None:
    """Give the most that one act is worth in a credit."""
    times = max([Fraction(1), *credit.hours.values()])
    worth = credit.points
    if credit.steps is not None:
        worth = max((step.points for step in credit.steps), default=ZERO)
    elif credit.words is not None:
        worth = max(credit.words.values(), default=ZERO)
    elif credit.factor is not None:
        worth = _product(_figure_most(act, figure_of(act, credit)), credit.factor)
    elif credit.each is not None:
        most = _figure_most(act, figure_of(act, credit))
        kept = Fraction(1) if credit.rest == "day" else ZERO  # what is left over adds less than one
        full = None if most is None or credit.per <= 0 else most // credit.per + kept
        worth = _product(full, credit.each)
    return _product(worth, times)


def _figure_most(act: Act, name: str | None) -> Fraction | None:
    figure: ActFigure | None = act.figures.get(name or "")
    if figure is None and name in DERIVED and act.exercise and act.exercise.questions:
        return Fraction(act.exercise.questions)
    return figure.most if figure else None


def _most(values: Iterable[Fraction | None]) -> Fraction | None:
    known = list(values)
    return None if None in known else max((one for one in known if one is not None), default=ZERO)


def _least(values: Iterable[Fraction | None]) -> Fraction | None:
    return min((one for one in values if one is not None), default=None)


def _sum(values: Iterable[Fraction | None]) -> Fraction | None:
    total = ZERO
    for value in values:
        if value is None:
            return None
        total += value
    return total


def _product(one: Fraction | None, other: Fraction | None) -> Fraction | None:
    if one == 0 or other == 0:
        return ZERO
    return None if one is None or other is None else one * other
