"""The gate: whether an act counts at all, before it is asked what it is worth."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction

from leitai.rulebook import numbers
from leitai.rulebook.data import Reason
from leitai.rulebook.model.practice import Act, Limit, Practice, Spend
from leitai.rulebook.practice.accounts import Account
from leitai.rulebook.practice.periods import PERIODS, Moments, Stretch
from leitai.rulebook.practice.rules import Rules, ledger_of
from leitai.rulebook.practice.values import Value

Periods = Mapping[str, Stretch]
Cost = tuple[str, Fraction, Reason]  # ledger, points, why
Verdict = tuple[Reason | None, list[Cost]]  # why it does not count, or what it costs


@dataclass(frozen=True, slots=True)
class Acting:
    """One act at its local time, read, with the rules and the periods of that time."""

    person: str
    name: str
    act: Act
    at: datetime
    value: Value
    periods: Periods


@dataclass(slots=True)
class Habit:
    """How often somebody's acts have counted, in which periods and about which subjects."""

    counted: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    subjects: set[tuple[str, str, str]] = field(default_factory=set)

    def remember(self, name: str, act: Act, value: Value, periods: Periods) -> None:
        """Note an act that counted."""
        for period in PERIODS:
            self.counted[name, period, periods[period].name] += 1
        if act.once is not None and value.subject:
            self.subjects.add((name, value.subject, periods[act.once.per].name))


class Gate:
    """Judges acts by the times at which practice is open, pace, repetition, tries and costs."""

    def __init__(self, practice: Practice, moments: Moments) -> None:
        self._practice = practice
        self._moments = moments

    def refusal(self, one: Acting, habit: Habit, account: Account, rules: Rules) -> Verdict:
        """Say why an act does not count, or what it costs if it does."""
        name, act, value, at, periods = one.name, one.act, one.value, one.at, one.periods
        data = {"title": act.title}
        if not (
            self._open(self._practice, at) and self._open(act, at) and rules.in_force(name, at)
        ):
            return Reason("practice_closed", data), []
        if not act.counts:
            return Reason("practice_exercise", data), []
        hasty = _hasty(act, value)
        if hasty is not None:
            return hasty, []
        if act.once is not None and (name, value.subject, periods[act.once.per].name) in (
            habit.subjects
        ):
            return Reason("practice_again", {**data, "per": act.once.per}), []
        beyond = _beyond(act, name, habit, periods)
        bought = act.attempts.beyond if act.attempts else None
        if beyond is not None and bought is None:
            return beyond, []
        costs = list(self._costs(act, bought if beyond is not None else None, rules, at))
        return self._poor(act, account, costs, periods, rules, at), costs

    def _open(self, one: Practice | Act, at: datetime) -> bool:
        """Say whether something has begun and is not over; an unknown beginning has not come."""
        if one.from_ is not None:
            start = self._moments.start(one.from_)
            if start is None or at < start:
                return False
        end = self._moments.end(one.to)
        return end is None or at < end

    def _costs(self, act: Act, bought: Spend | None, rules: Rules, at: datetime) -> Iterator[Cost]:
        for spend, extra in ((act.spends, False), (bought, True)):
            if spend is None:
                continue
            name = ledger_of(self._practice, spend.ledger)
            ledger = rules.ledger(name, at)
            data = {
                "title": act.title,
                "points": numbers.show(spend.points),
                "unit": ledger.unit,
                "ledger": ledger.title,
            }
            reason = Reason("practice_bought", data) if extra else Reason("practice_spent", data)
            yield name, spend.points, reason

    def _poor(
        self,
        act: Act,
        account: Account,
        costs: list[Cost],
        periods: Periods,
        rules: Rules,
        at: datetime,
    ) -> Reason | None:
        needed: dict[str, Fraction] = {}
        for of, points, _ in costs:
            needed[of] = needed.get(of, Fraction(0)) + points
        for name, points in needed.items():
            ledger = rules.ledger(name, at)
            period = periods[self._practice.ledgers[name].period].name
            have = account.balances.get((name, period), Fraction(0))
            if have - points < (ledger.least or Fraction(0)):
                data = {
                    "title": act.title,
                    "ledger": ledger.title,
                    "unit": ledger.unit,
                    "points": numbers.show(points),
                    "have": numbers.show(have),
                }
                return Reason("practice_poor", data)
        return None


def _hasty(act: Act, value: Value) -> Reason | None:
    """Find an act that was answered faster than anybody can read."""
    if act.pace is None:
        return None
    least = act.pace.least
    data: dict[str, str | int] = {"title": act.title, "least": numbers.show(least)}
    if not value.seconds:
        return Reason("practice_untimed", data) if act.pace.missing == "void" else None
    fast = [nth for nth, seconds in enumerate(value.seconds, start=1) if seconds < least]
    if len(fast) <= act.pace.allowed:
        return None
    data["nth"] = fast[0]
    data["seconds"] = numbers.show(value.seconds[fast[0] - 1])
    data["count"] = len(fast)
    return Reason("practice_fast", data)


def _beyond(act: Act, name: str, habit: Habit, periods: Periods) -> Reason | None:
    """Say which limit of tries is used up."""
    limit = act.attempts.limit if act.attempts else None
    if limit is None:
        return None
    for period, most in each_limit(limit):
        if habit.counted[name, period, periods[period].name] >= most:
            return Reason("practice_tries", {"title": act.title, "scope": period, "most": most})
    return None


def each_limit(limit: Limit) -> list[tuple[str, int]]:
    """Give the limits that are set, the shortest period first."""
    found: list[tuple[str, int]] = []
    for period in PERIODS:
        most: int | None = getattr(limit, period)
        if most is not None:
            found.append((period, most))
    return found
