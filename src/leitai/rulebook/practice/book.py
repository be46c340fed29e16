"""The book of practice: takes acts in the order of time and keeps every account, line by line."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from typing import Final

from leitai.rulebook import numbers
from leitai.rulebook.data import CreditRow, NoteRow, Reason
from leitai.rulebook.model.practice import Caps, Practice
from leitai.rulebook.practice.accounts import Account, Bound, Capped, Charge, Days, each_cap
from leitai.rulebook.practice.earning import Earned, earn
from leitai.rulebook.practice.gate import Acting, Gate, Habit
from leitai.rulebook.practice.periods import Moments, Stretch
from leitai.rulebook.practice.rules import Rules, ledger_of
from leitai.rulebook.practice.streaks import Run, carried_on
from leitai.rulebook.practice.titles import Titles
from leitai.rulebook.practice.values import Value

ZERO: Final = Fraction(0)
Credited = tuple[str, str, int]  # act, ledger, the how manieth credit of the act to that ledger


@dataclass(frozen=True, slots=True)
class Posting:
    """A line that changed an account; ``spent`` tells what was paid from what was lost."""

    person: str
    ledger: str
    at: datetime
    points: Fraction
    spent: bool


@dataclass(frozen=True, slots=True)
class Counted:
    """An act that counted, as boards need it."""

    person: str
    act: str
    at: datetime


@dataclass(slots=True)
class Done:
    """What a counted act brought, so that it can be taken back."""

    subject: str
    value: Value
    periods: Mapping[str, Stretch]
    lines: list[tuple[str, Fraction, list[Charge]]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Slot:
    """The best (or last) act of a period in one credit: what it was worth and what it brought."""

    earned: Fraction
    brought: Fraction


@dataclass(slots=True)
class Person:
    """Everything that is kept of one person."""

    account: Account = field(default_factory=Account)
    habit: Habit = field(default_factory=Habit)
    rests: dict[tuple[str, str, int, str], Fraction] = field(default_factory=dict)
    slots: dict[tuple[str, str, int, str], Slot] = field(default_factory=dict)
    runs: dict[str, Run] = field(default_factory=lambda: defaultdict(Run))
    spans: dict[tuple[str, str], Stretch] = field(default_factory=dict)
    done: dict[str, list[Done]] = field(default_factory=lambda: defaultdict(list))


class Book:
    """Everything that practice comes to, as far as acts have been taken in."""

    def __init__(self, practice: Practice, moments: Moments) -> None:
        self.practice = practice
        self.rules = Rules(practice, moments)
        self.titles = Titles(practice)
        self.lines: list[CreditRow] = []
        self.notes: list[NoteRow] = []
        self.postings: list[Posting] = []
        self.counted: list[Counted] = []
        self.days = Days(practice.week)
        self._gate = Gate(practice, moments)
        self._people: dict[str, Person] = defaultdict(Person)

    def take(self, person: str, act_name: str, at: datetime, value: Value) -> None:
        """Take one act in; its local time must not be earlier than that of the act before."""
        act = self.rules.act(act_name, at)
        entry = Acting(person, act_name, act, at, value, self.days.of(at.date()))
        one, periods = self._people[person], entry.periods
        reason, costs = self._gate.refusal(entry, one.habit, one.account, self.rules)
        if reason is not None:
            self._refuse(entry, reason)
            return
        for ledger, points, why in costs:
            self._post(entry, ledger, -points, -points, why, spent=True)
        one.habit.remember(act_name, act, value, periods)
        self.counted.append(Counted(person, act_name, at))
        done = Done(value.subject, value, periods)
        before = self._take_back(entry)
        self._credit(entry, done)
        self._streaks(entry)
        if act_name in self.rules.undone:
            one.done[act_name].append(done)
        self.titles.act(person, act_name, value, periods)
        self.titles.judge(person, at, periods, *before)

    # ---- what an act brings

    def _credit(self, entry: Acting, done: Done) -> None:
        counts = entry.act.attempts.counts if entry.act.attempts else "all"
        seen: dict[str, int] = defaultdict(int)
        rests = self._people[entry.person].rests
        for credit in entry.act.credits:
            ledger = ledger_of(self.practice, credit.ledger)
            where = (entry.name, ledger, seen[ledger])  # the same one after a change of the rules
            seen[ledger] += 1
            key = (*where, entry.periods["day"].name)
            rest = rests.get(key, ZERO) if credit.rest == "day" else ZERO
            earned = earn(self.practice, entry.act, credit, entry.value, entry.at, rest)
            if credit.rest == "day":
                rests[key] = earned.rest
            owner = ("credit", *where[:2], str(where[2]))
            capped = self._capped(owner, credit.caps, entry, ledger)
            if counts == "all" or earned.points < 0:
                self._bring(entry, ledger, earned, capped, done)
            else:
                self._compare(entry, where, earned, capped, counts)

    def _bring(
        self, entry: Acting, ledger: str, earned: Earned, capped: list[Capped], done: Done
    ) -> None:
        account = self._people[entry.person].account
        points, bound = account.clip(earned.points, capped, entry.periods)
        charges = account.charge(points, capped, entry.periods) if points > 0 else []
        if earned.points < 0:
            points, reason = self._lower(entry, ledger, earned.points)
        else:
            reason = earned.why or self._brought(entry, ledger, earned, points, bound)
        self._post(entry, ledger, earned.points, points, reason)
        done.lines.append((ledger, points, charges))

    def _compare(
        self, entry: Acting, credit: Credited, earned: Earned, capped: list[Capped], counts: str
    ) -> None:
        """Credit the difference from what the best (or last) act of the same period brought."""
        one = self._people[entry.person]
        per = entry.act.attempts.per if entry.act.attempts else "day"
        key = (*credit, entry.periods[per].name)
        before = one.slots.get(key, Slot(ZERO, ZERO))
        if key in one.slots and counts == "best" and earned.points <= before.earned:
            data = {"title": entry.act.title, "best": numbers.show(before.earned)}
            reason = earned.why or Reason("practice_not_better", data)
            self._post(entry, credit[1], earned.points, ZERO, reason)
            return
        caps = [each.caps.act for each in capped if each.caps.act is not None]
        due = min([earned.points, *caps]) - before.brought
        points, bound = one.account.clip(due, capped, entry.periods)
        one.account.charge(points, capped, entry.periods)
        reason = earned.why or self._brought(entry, credit[1], earned, points, bound)
        if key in one.slots and bound is None:
            reason = Reason(
                "practice_difference",
                {
                    "title": entry.act.title,
                    "counts": counts,
                    "before": numbers.show(before.earned),
                    "now": numbers.show(earned.points),
                    "points": numbers.show(points),
                    "unit": self._unit(entry, credit[1]),
                },
            )
        one.slots[key] = Slot(earned.points, before.brought + points)
        self._post(entry, credit[1], earned.points, points, reason)

    def _streaks(self, entry: Acting) -> None:
        for name, streak in sorted(self.practice.streaks.items()):
            if entry.name not in streak.acts:
                continue
            ledger = ledger_of(self.practice, streak.ledger)
            capped = self._capped(("streak", name), streak.caps, entry, ledger)
            one = self._people[entry.person]
            for length in carried_on(streak, one.runs[name], entry.at.date(), entry.value):
                points, bound = one.account.clip(streak.points, capped, entry.periods)
                one.account.charge(points, capped, entry.periods)
                data: dict[str, str | int] = {
                    "title": streak.title,
                    "length": length,
                    "points": numbers.show(points),
                    "unit": self._unit(entry, ledger),
                }
                if bound is not None:
                    worth = Earned(streak.points)
                    reason = self._brought(entry, ledger, worth, points, bound, streak.title)
                elif streak.days is not None:
                    reason = Reason("practice_days", data)
                else:
                    reason = Reason("practice_right", data)
                self._post(entry, ledger, streak.points, points, reason)

    # ---- what an act takes

    def _take_back(self, entry: Acting) -> list[Mapping[str, Stretch]]:
        """Undo the latest act of the kind that this one takes back; gives its periods."""
        rule = entry.act.takes_back
        if rule is None:
            return []
        stack = self._people[entry.person].done[rule.act]
        subject = entry.value.subject
        at = next(
            (at for at in reversed(range(len(stack))) if subject in ("", stack[at].subject)), None
        )
        title = self.rules.title(rule.act)
        if at is None:
            data = {"title": entry.act.title, "other": title}
            self._note(entry.person, Reason("practice_nothing_back", data))
            return []
        done = stack.pop(at)
        for ledger, points, charges in done.lines:
            taken, reason = self._lower(entry, ledger, -points, title)
            if rule.frees:  # no more than was really taken: a cap stays a cap
                self._people[entry.person].account.refund(-taken, charges)
            self._post(entry, ledger, -points, taken, reason)
        self.titles.undo(entry.person, rule.act, done.value, done.periods)
        return [done.periods]

    def _lower(
        self, entry: Acting, ledger: str, points: Fraction, other: str = ""
    ) -> tuple[Fraction, Reason]:
        """Take points away as far as the ledger's least balance allows."""
        least = self.rules.ledger(ledger, entry.at).least
        taken = points
        if least is not None and points < 0:
            taken = max(points, min(ZERO, least - self.balance(entry.person, ledger, entry.at)))
        data = {
            "title": entry.act.title,
            "other": other,
            "points": numbers.show(-taken),
            "due": numbers.show(-points),
            "least": numbers.show(least or ZERO),
            "unit": self._unit(entry, ledger),
        }
        code = "practice_back" if other else "practice_loss"
        return taken, Reason(code if taken == points else "practice_least", data)

    # ---- lines

    def balance(self, person: str, ledger: str, at: datetime) -> Fraction:
        """Give a balance in the ledger's period of a local time."""
        stretch = self.days.of(at.date())[self.practice.ledgers[ledger].period]
        return self._people[person].account.balances[ledger, stretch.name]

    def balances(self) -> list[tuple[str, str, Stretch, Fraction]]:
        """Give every account that was ever moved: person, ledger, period, balance."""
        return [row for person in sorted(self._people) for row in self.balances_of(person)]

    def balances_of(self, person: str) -> list[tuple[str, str, Stretch, Fraction]]:
        """Give one person's accounts."""
        one = self._people[person]
        return [
            (person, ledger, stretch, one.account.balances[ledger, name])
            for (ledger, name), stretch in sorted(one.spans.items(), key=lambda item: item[0])
        ]

    def person(self, person: str) -> Person:
        """Give all that is kept of somebody."""
        return self._people[person]

    def restore(self, person: str, one: Person) -> None:
        """Go on with somebody where an earlier book ended."""
        self._people[person] = one

    def forget(self, person: str) -> None:
        """Drop somebody with all lines that stand in the book."""
        self._people.pop(person, None)
        for kept in (self.lines, self.notes, self.postings, self.counted):
            kept.clear()

    def _post(
        self,
        entry: Acting,
        ledger: str,
        earned: Fraction,
        points: Fraction,
        reason: Reason,
        *,
        spent: bool = False,
    ) -> None:
        stretch = entry.periods[self.practice.ledgers[ledger].period]
        one = self._people[entry.person]
        balance = one.account.balances[ledger, stretch.name] + points
        one.account.balances[ledger, stretch.name] = balance
        one.spans.setdefault((ledger, stretch.name), stretch)
        self.lines.append(
            CreditRow(ledger, entry.person, entry.at, entry.name, earned, points, balance, reason)
        )
        if points:
            self.postings.append(Posting(entry.person, ledger, entry.at, points, spent))
            self.titles.points(entry.person, ledger, points, entry.periods, spent=spent)

    def _refuse(self, entry: Acting, reason: Reason) -> None:
        """Write that an act did not count into each ledger in which it would have stood."""
        named = [credit.ledger for credit in entry.act.credits]
        if entry.act.spends is not None:
            named.append(entry.act.spends.ledger)
        ledgers = list(dict.fromkeys(ledger_of(self.practice, name) for name in named))
        for ledger in ledgers:
            self._post(entry, ledger, ZERO, ZERO, reason)
        if not ledgers or reason.code in ("practice_fast", "practice_untimed"):
            self._note(entry.person, reason)

    def _note(self, person: str, reason: Reason) -> None:
        self.notes.append(NoteRow("", "", person, reason))

    def _capped(
        self, owner: tuple[str, ...], caps: Caps | None, entry: Acting, ledger: str
    ) -> list[Capped]:
        whole = self.rules.ledger(ledger, entry.at).caps
        return [
            self._cap(owner, caps or Caps()),
            self._cap(("ledger", ledger), whole or Caps(), whole=True),
        ]

    def _cap(self, owner: tuple[str, ...], caps: Caps, *, whole: bool = False) -> Capped:
        if self.practice.changes:
            return Capped(owner, caps, whole)
        counted = tuple(scope for scope, _ in each_cap(caps) if scope != "act")
        return Capped(owner, caps, whole, counted)

    def _brought(
        self,
        entry: Acting,
        ledger: str,
        earned: Earned,
        points: Fraction,
        bound: Bound | None,
        title: str = "",
    ) -> Reason:
        data: dict[str, str | int] = {
            "title": title or entry.act.title,
            "points": numbers.show(points),
            "unit": self._unit(entry, ledger),
            "times": "" if earned.times == 1 else numbers.show(earned.times),
            "hours": earned.hours,
        }
        if bound is None:
            return Reason("practice_credit", data)
        data["due"] = numbers.show(earned.points)
        data["most"] = numbers.show(bound.most)
        data["scope"] = bound.scope
        data["ledger"] = self.rules.ledger(ledger, entry.at).title if bound.whole else ""
        return Reason("practice_part" if points else "practice_full", data)

    def _unit(self, entry: Acting, ledger: str) -> str:
        return self.rules.ledger(ledger, entry.at).unit
