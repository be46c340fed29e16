"""Meters: what somebody has reached of one goal within one period, kept up act by act."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from typing import Final

from leitai.rulebook.model.practice import Goal, Period, Practice
from leitai.rulebook.practice.values import Value

ZERO: Final = Fraction(0)
COUNTS: Final[Mapping[str, tuple[str, ...]]] = {  # the first is meant where nothing is said
    "ledger": ("earned", "balance"),
    "act": ("times", "days", "row", "sum", "best", "mean"),
    "title": ("times",),
}
OF_A_FIGURE: Final = ("sum", "best", "mean")


@dataclass(frozen=True, slots=True)
class Leaf:
    """One goal that is no combination, with its number and the title whose period it has."""

    number: int
    title: str
    per: Period
    kind: str
    name: str
    count: str
    goal: Goal


@dataclass(frozen=True, slots=True)
class Node:
    """A goal: a leaf, or ``any`` or ``all`` of several."""

    leaf: Leaf | None = None
    parts: "tuple[Node, ...]" = ()
    every: bool = True


def how_counted(goal: Goal, kind: str) -> str:
    """Give the way in which a leaf counts, said or meant."""
    return goal.count or COUNTS[kind][0]


def leaf_of(goal: Goal) -> tuple[str, str] | None:
    """Give what a goal is about, as kind and name; None for a combination."""
    for kind in COUNTS:
        name: str | None = getattr(goal, kind)
        if name is not None:
            return kind, name
    return None


class Goals:
    """All goals of the titles as trees, and their leaves by what feeds them."""

    def __init__(self, practice: Practice) -> None:
        self.leaves: list[Leaf] = []
        self.by_feed: dict[tuple[str, str], list[Leaf]] = {}
        self.trees: dict[str, Node] = {}
        self.rankings: dict[str, Leaf] = {}
        for name, title in sorted(practice.titles.items()):
            self.trees[name] = self._tree(name, title.per, title.when)
            if title.top is not None and title.by is not None:
                goal = Goal(ledger=title.by)
                self.rankings[name] = self._leaf(name, title.per, goal, ("ledger", title.by))
        self.order = _in_order(self.trees)

    def _tree(self, title: str, per: Period, goal: Goal) -> Node:
        about = leaf_of(goal)
        if about is not None:
            return Node(leaf=self._leaf(title, per, goal, about))
        parts = tuple(self._tree(title, per, part) for part in goal.any or goal.all or ())
        return Node(parts=parts, every=goal.any is None)

    def _leaf(self, title: str, per: Period, goal: Goal, about: tuple[str, str]) -> Leaf:
        kind, name = about
        leaf = Leaf(len(self.leaves), title, per, kind, name, how_counted(goal, kind), goal)
        self.leaves.append(leaf)
        self.by_feed.setdefault(about, []).append(leaf)
        return leaf


def leaves_of(node: Node) -> Iterator[Leaf]:
    """Give every leaf of a tree."""
    if node.leaf is not None:
        yield node.leaf
    for part in node.parts:
        yield from leaves_of(part)


def _in_order(trees: Mapping[str, Node]) -> tuple[str, ...]:
    """Put a title after those that it needs; those on a cycle (which the lint refuses) last."""
    waiting = {
        name: {leaf.name for leaf in leaves_of(tree) if leaf.kind == "title"} & set(trees)
        for name, tree in trees.items()
    }
    order: list[str] = []
    while ready := sorted(name for name, needs in waiting.items() if not needs - set(order)):
        order += ready
        for name in ready:
            del waiting[name]
    return (*order, *sorted(waiting))


@dataclass(slots=True)
class Meter:
    """Amounts and days of one person for one leaf in one period."""

    total: Fraction = ZERO
    amounts: Counter[Fraction] = field(default_factory=Counter)
    days: Counter[date] = field(default_factory=Counter)
    number: int = 0
    run: int = 0
    longest: int = 0
    last: date | None = None

    def add(self, leaf: Leaf, day: date, amount: Fraction) -> None:
        """Take an act (or points, or a title) in; days never go backwards."""
        self.number += 1
        self.total += amount
        if leaf.count == "best":
            self.amounts[amount] += 1
        if leaf.count in ("days", "row"):
            self.days[day] += 1
            if day != self.last:
                self.run = self.run + 1 if self.last == day - timedelta(days=1) else 1
                self.last = day
                self.longest = max(self.longest, self.run)

    def take(self, leaf: Leaf, day: date, amount: Fraction) -> None:
        """Undo what ``add`` took in."""
        self.number -= 1
        self.total -= amount
        if leaf.count == "best":
            self.amounts[amount] -= 1
            self.amounts += Counter()  # drops what is nought
        if leaf.count in ("days", "row"):
            self.days[day] -= 1
            self.days += Counter()
            self.longest, self.run, self.last = _runs(sorted(self.days))

    def reads(self, leaf: Leaf) -> Fraction:
        """Say what has been reached."""
        if leaf.count in ("earned", "balance", "sum"):
            return self.total
        if leaf.count == "days":
            return Fraction(len(self.days))
        if leaf.count == "row":
            return Fraction(self.longest)
        if leaf.count == "best":
            return max(self.amounts, default=ZERO)
        if leaf.count == "mean":
            return Fraction(self.total, self.number) if self.number else ZERO
        return Fraction(self.number)


def _runs(days: list[date]) -> tuple[int, int, date | None]:
    longest, run = 0, 0
    last: date | None = None
    for day in days:
        run = run + 1 if last is not None and day == last + timedelta(days=1) else 1
        longest, last = max(longest, run), day
    return longest, run, last


def amount_of(leaf: Leaf, value: Value) -> Fraction | None:
    """Give what an act adds to a leaf; None where the goal does not mean this act."""
    for name, least in leaf.goal.with_.items():
        if value.figures.get(name, ZERO) < least:
            return None
    if leaf.count not in OF_A_FIGURE:
        return Fraction(1)
    return value.figures.get(leaf.goal.of or "")
