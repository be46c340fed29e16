"""What acts bring: lines of points, balances, titles. The rule is `rulebook.practice` alone.

A learner's acts are normally credited one after another from where the last fold ended. Where an
act came late, was taken out of account, or the rules have changed, all of the learner's acts are
read again, and what then differs from the lines that stand is mended by further lines.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from typing import Final

from leitai.practice import rows
from leitai.practice.models import Account, Learner
from leitai.practice.rows import ActRow, CreditLine
from leitai.practice.selectors.acts import acts_of
from leitai.practice.selectors.laws import Law
from leitai.practice.services import holding
from leitai.practice.services.holding import Holding
from leitai.rulebook import numbers
from leitai.rulebook.data import ActIn, CreditRow, Reason
from leitai.rulebook.practice import Follower, stretch

DayPoints = Mapping[tuple[int, date], Mapping[str, Fraction]]
_NOUGHT: Final = Fraction(0)


@dataclass(slots=True)
class _Purse:
    """A learner's ledger while lines are added to it."""

    learner: Learner
    lines: int
    totals: dict[str, dict[str, str]]
    touched: set[tuple[str, str]] = field(default_factory=set)  # ledger, period
    new: list[CreditLine] = field(default_factory=list)

    def write(
        self,
        act: ActRow,
        place: tuple[str, str],
        at: datetime,
        points: Fraction,
        reason: Reason,
        *,
        corrects: int | None = None,
    ) -> None:
        """Add a line; `place` is the ledger with its period."""
        ledger, period = place
        periods = self.totals.setdefault(ledger, {})
        balance = numbers.show(Fraction(periods.get(period, 0)) + points)
        periods[period] = balance
        self.lines += 1
        self.touched.add(place)
        line = CreditLine(
            act.day, self.learner.pk, self.lines, act.source, ledger, at,
            numbers.show(points), balance, reason.plain(), corrects,
        )  # fmt: skip
        self.new.append(line)


def credit(
    law: Law,
    learners: Mapping[int, Learner],
    fresh: Mapping[int, Sequence[ActRow]],
    *,
    at: datetime,
    again: Iterable[int] = (),
    why: str = "",
    follower: Follower | None = None,
) -> DayPoints:
    """Credit the fresh acts (already among `acts_of`) of locked learners; gives the points by day.

    `again`: learners of whom all acts are read again; `why` then stands in the mending lines.
    A `follower` that has checked the acts need not read them twice.
    """
    crediting = _Crediting(law, learners, at, why, follower or law.follower())
    return crediting.run(fresh, set(again))


class _Crediting:
    """One batch of learners of one season."""

    def __init__(
        self,
        law: Law,
        learners: Mapping[int, Learner],
        at: datetime,
        why: str,
        follower: Follower,
    ) -> None:
        self._law, self._learners, self._at, self._why = law, learners, at, why
        self._follower = follower
        known = Account.objects.filter(learner__in=list(learners))
        self._accounts = {one.learner_id: one for one in known}
        self._holdings: list[Holding] = []
        self._purses: list[_Purse] = []
        self._states: list[tuple[int, str, bytes, int]] = []

    def run(self, fresh: Mapping[int, Sequence[ActRow]], again: set[int]) -> DayPoints:
        whole: list[int] = []
        for pk in sorted(self._learners):
            acts = sorted(fresh.get(pk, ()), key=_order)
            if pk in again or not self._goes_on(pk, acts):
                whole.append(pk)
        self._anew(whole)
        self._store()
        return self._by_day()

    # ---- one act after another

    def _goes_on(self, pk: int, acts: Sequence[ActRow]) -> bool:
        """Credit further acts from where the last fold ended; False where that cannot be."""
        account = self._accounts.get(pk)
        if account is None or account.law != self._law.mark or not account.state:
            return False
        person = str(pk)
        follower = self._follower
        follower.resume(person, bytes(account.state))
        if any(follower.is_late(_act_in(act)) for act in acts):
            follower.forget(person)
            return False
        before = {(held.row.title, held.row.period) for held in follower.titles(person)}
        lines = [(act, line) for act in acts for line in follower.take(_act_in(act))]
        held = follower.titles(person)
        if before - {(one.row.title, one.row.period) for one in held}:  # a title was lost
            follower.forget(person)
            return False
        purse = self._purse(pk)
        for act, line in lines:
            purse.write(act, self._place(line), line.at, line.points, line.reason)
        new = [one for one in held if (one.row.title, one.row.period) not in before]
        points = [row for row in follower.points(person) if (row[0], row[1].name) in purse.touched]
        self._holdings.append(Holding(purse.learner, new, points, whole=False))
        self._close(purse)
        return True

    # ---- all of somebody's acts

    def _anew(self, learners: list[int]) -> None:
        if not learners:
            return
        acts: dict[int, list[ActRow]] = defaultdict(list)
        for act in acts_of(self._law, learners):
            acts[act.learner].append(act)
        standing: dict[int, list[CreditLine]] = defaultdict(list)
        for line in rows.lines_of(learners):
            standing[line.learner].append(line)
        for pk in learners:
            self._again(pk, acts[pk], standing[pk])

    def _again(self, pk: int, acts: list[ActRow], standing: list[CreditLine]) -> None:
        person = str(pk)
        purse = self._purse(pk)
        purse.lines = standing[-1].line if standing else 0
        purse.totals = _totals(self._law, standing)
        stands = _Standing(standing)
        for act in acts:
            lines = () if act.void else self._follower.take(_act_in(act))
            self._compare(purse, act, lines, stands)
        titles, points = self._follower.titles(person), self._follower.points(person)
        self._holdings.append(Holding(purse.learner, titles, points, whole=True))
        self._close(purse)

    def _compare(
        self, purse: _Purse, act: ActRow, lines: Sequence[CreditRow], stands: _Standing
    ) -> None:
        """Write the lines of an act that do not stand yet, and mend those that say otherwise."""
        for line in lines:
            place = self._place(line)
            before = stands.next(act, line.ledger)
            if before is None:
                purse.write(act, place, line.at, line.points, line.reason)
            elif before.points != line.points:
                reason = self._mended(act, line.ledger, before.points, line.points)
                difference = line.points - before.points
                purse.write(act, place, self._at, difference, reason, corrects=before.line)
        for before in stands.rest(act):
            if before.points:
                place = before.ledger, period_of(self._law, before.ledger, act.day)
                reason = self._mended(act, before.ledger, before.points, _NOUGHT)
                purse.write(act, place, self._at, -before.points, reason, corrects=before.line)

    def _mended(self, act: ActRow, ledger: str, before: Fraction, now: Fraction) -> Reason:
        known = self._law.practice.acts.get(act.act)
        unit = (
            self._law.practice.ledgers[ledger].unit if ledger in self._law.practice.ledgers else ""
        )
        return Reason(
            "practice_void" if act.void else "practice_mended",
            {
                "title": known.title if known else act.act,
                "before": numbers.show(before),
                "now": numbers.show(now),
                "unit": unit,
                "why": self._why,
            },
        )

    # ---- what is kept

    def _purse(self, pk: int) -> _Purse:
        learner, account = self._learners[pk], self._accounts.get(pk)
        purse = _Purse(learner, account.lines if account else 0, learner.totals)
        self._purses.append(purse)
        return purse

    def _close(self, purse: _Purse) -> None:
        person = str(purse.learner.pk)
        state = self._follower.put_down(person)
        self._states.append((purse.learner.pk, self._law.mark, state, purse.lines))
        self._follower.forget(person)

    def _store(self) -> None:
        rows.add_lines([line for purse in self._purses for line in purse.new])
        rows.store_accounts(self._states)
        rows.store_totals({purse.learner.pk: purse.totals for purse in self._purses})
        holding.store(self._law, self._holdings, at=self._at)

    def _by_day(self) -> DayPoints:
        found: dict[tuple[int, date], dict[str, Fraction]] = defaultdict(
            lambda: defaultdict(Fraction)
        )
        for purse in self._purses:
            for line in purse.new:
                found[line.learner, line.day][line.ledger] += Fraction(line.points)
        return found

    def _place(self, line: CreditRow) -> tuple[str, str]:
        return line.ledger, period_of(self._law, line.ledger, line.at.date())


class _Standing:
    """The lines that stand of somebody, each with what was mended of it, as the acts made them."""

    def __init__(self, lines: Sequence[CreditLine]) -> None:
        self._left: dict[tuple[date, str], list[_Line]] = defaultdict(list)
        first: dict[int, _Line] = {}
        for line in lines:
            points = Fraction(line.points)
            if line.corrects is None:
                first[line.line] = _Line(line.line, line.ledger, points)
                self._left[line.day, line.act].append(first[line.line])
            else:
                first[line.corrects].points += points

    def next(self, act: ActRow, ledger: str) -> _Line | None:
        """Take the first line of the act in the ledger that is left."""
        left = self._left.get((act.day, act.source), [])
        for nth, line in enumerate(left):
            if line.ledger == ledger:
                return left.pop(nth)
        return None

    def rest(self, act: ActRow) -> list[_Line]:
        """Take all lines of the act that are left."""
        return self._left.pop((act.day, act.source), [])


@dataclass(slots=True)
class _Line:
    line: int
    ledger: str
    points: Fraction


def period_of(law: Law, ledger: str, day: date) -> str:
    """The period of a ledger in which a day lies; one that the rules dropped has none."""
    known = law.practice.ledgers.get(ledger)
    return stretch(known.period, day, law.practice.week).name if known else "all"


def _totals(law: Law, lines: Sequence[CreditLine]) -> dict[str, dict[str, str]]:
    sums: dict[str, dict[str, Fraction]] = {}
    for line in lines:
        periods = sums.setdefault(line.ledger, {})
        period = period_of(law, line.ledger, line.day)
        periods[period] = periods.get(period, _NOUGHT) + Fraction(line.points)
    return {
        ledger: {period: numbers.show(points) for period, points in periods.items()}
        for ledger, periods in sums.items()
    }


def _act_in(act: ActRow) -> ActIn:
    return ActIn(str(act.learner), act.act, act.at, act.value)


def _order(act: ActRow) -> tuple[datetime, str, str, str]:
    return act.at, act.act, act.value, act.source
