"""Titles: who has reached what within which period, and for how long it holds."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from fractions import Fraction

from leitai.rulebook import numbers
from leitai.rulebook.data import FactIn, Reason, TitleRow
from leitai.rulebook.model.practice import Practice, Title
from leitai.rulebook.practice.meters import ZERO, Goals, Leaf, Meter, Node, amount_of, leaves_of
from leitai.rulebook.practice.periods import Stretch
from leitai.rulebook.practice.progress import Progress, of_title
from leitai.rulebook.practice.values import Value

Periods = Mapping[str, Stretch]
Held = tuple[str, str]  # title, the name of its period


@dataclass(frozen=True, slots=True)
class Grant:
    """A title reached: by whom, when, for which period, and by what figures."""

    title: str
    person: str
    at: datetime
    period: Stretch
    reason: Reason
    periods: Periods  # of the day on which it was reached: in these it counts for other titles


@dataclass(slots=True)
class Chest:
    """What one person has reached so far."""

    meters: dict[tuple[int, str], Meter] = field(default_factory=lambda: defaultdict(Meter))
    held: dict[Held, Grant] = field(default_factory=dict)


class Titles:
    """Follows every person's way to the titles."""

    def __init__(self, practice: Practice) -> None:
        self._practice = practice
        self._goals = Goals(practice)
        self._chests: dict[str, Chest] = defaultdict(Chest)

    def act(self, person: str, act: str, value: Value, periods: Periods) -> None:
        """Take a counted act in."""
        day = _day(periods)
        for leaf in self._goals.by_feed.get(("act", act), ()):
            amount = amount_of(leaf, value)
            if amount is not None:
                self._meter(person, leaf, periods).add(leaf, day, amount)

    def undo(self, person: str, act: str, value: Value, periods: Periods) -> None:
        """Undo an act in the periods in which it was counted."""
        day = _day(periods)
        for leaf in self._goals.by_feed.get(("act", act), ()):
            amount = amount_of(leaf, value)
            if amount is not None:
                self._meter(person, leaf, periods).take(leaf, day, amount)

    def points(
        self, person: str, ledger: str, points: Fraction, periods: Periods, *, spent: bool
    ) -> None:
        """Take points in; what was spent lowers a balance only."""
        for leaf in self._goals.by_feed.get(("ledger", ledger), ()):
            if leaf.count == "balance" or not spent:
                self._meter(person, leaf, periods).add(leaf, _day(periods), points)

    def judge(self, person: str, at: datetime, now: Periods, *before: Periods) -> None:
        """Give what is reached now, and take what is no longer kept; ``before``: undone there."""
        chest = self._chests[person]
        several = [now, *before]
        for name in self._goals.order:
            title, tree = self._practice.titles[name], self._goals.trees[name]
            for stretch in dict.fromkeys(periods[title.per] for periods in several):
                grant = chest.held.get((name, stretch.name))
                reached = self._reached(chest, tree, stretch.name)
                if reached and grant is None:
                    reason = self._reason(chest, title, tree, stretch)
                    chest.held[name, stretch.name] = Grant(name, person, at, stretch, reason, now)
                    self._feed(person, name, now, up=True)
                elif grant is not None and not reached and not title.kept:
                    del chest.held[name, stretch.name]
                    self._feed(person, name, grant.periods, up=False)
                    several.append(grant.periods)

    def rows(
        self, facts: Iterable[FactIn], until: datetime | None
    ) -> tuple[list[Grant], list[tuple[str, str]]]:
        """Give all titles that are held in the end, oldest first; and (title, period) that wait.

        ``until`` is the instant up to which everything is known: a title for the best of a period
        that is not over then waits. None: everything is known.
        """
        grants = [grant for chest in self._chests.values() for grant in chest.held.values()]
        grants.sort(key=lambda grant: (grant.at, grant.person, grant.title))
        ranked = {name for name, title in self._practice.titles.items() if title.top is not None}
        waits: set[tuple[str, str]] = set()
        best: list[Grant] = []
        by_period: dict[Held, list[Grant]] = defaultdict(list)
        for grant in grants:
            if grant.title in ranked:
                by_period[grant.title, grant.period.name].append(grant)
        values = _values(facts)
        for held, candidates in sorted(by_period.items()):
            if until is not None and not _over(candidates[0].period, until):
                waits.add(held)
            else:
                best += self._best(self._practice.titles[held[0]], candidates, values)
        kept = [grant for grant in grants if grant.title not in ranked] + best
        kept = self._without_lower(kept)
        kept.sort(key=lambda grant: (grant.at, grant.person, grant.title, grant.period.name))
        return kept, sorted(waits)

    def held(self, person: str) -> list[Grant]:
        """Give one person's titles but those for the best of a period, oldest first."""
        titles = self._practice.titles
        own = [one for one in self._chests[person].held.values() if titles[one.title].top is None]
        own = self._without_lower(own)
        return sorted(own, key=lambda grant: (grant.at, grant.title, grant.period.name))

    def progress(self, person: str, periods: Periods) -> tuple[Progress, ...]:
        """Say of every title what is missing on a day, in the title's period of that day."""
        chest, day = self._chests[person], _day(periods)
        return tuple(
            of_title(
                self._practice,
                name,
                self._goals.trees[name],
                chest.meters,
                held=(name, periods[title.per].name) in chest.held,
                day=day,
                period=periods[title.per],
            )
            for name, title in self._practice.titles.items()
        )

    def chest(self, person: str) -> Chest:
        """Give what somebody has reached so far."""
        return self._chests[person]

    def restore(self, person: str, chest: Chest) -> None:
        """Go on with somebody where earlier titles ended."""
        self._chests[person] = chest

    def forget(self, person: str) -> None:
        """Drop somebody."""
        self._chests.pop(person, None)

    def row(self, grant: Grant) -> TitleRow:
        """Write a title as a row."""
        title = self._practice.titles[grant.title].title
        return TitleRow(grant.title, title, grant.person, grant.period.name, grant.reason)

    def fact(self, grant: Grant) -> FactIn:
        """Write a title as a fact: from the day on which it was reached."""
        title = self._practice.titles[grant.title]
        day, last = grant.at.date(), grant.period.last
        if title.top is not None and last is not None:
            day = last  # the best of a period are known when it is over
        until = {"period": last, "year": date(day.year, 12, 31), "ever": None}[title.holds]
        return FactIn(grant.person, "title", title.title, title.title, day, until, "practice")

    def _meter(self, person: str, leaf: Leaf, periods: Periods) -> Meter:
        return self._chests[person].meters[leaf.number, periods[leaf.per].name]

    def _feed(self, person: str, name: str, periods: Periods, *, up: bool) -> None:
        for leaf in self._goals.by_feed.get(("title", name), ()):
            meter = self._meter(person, leaf, periods)
            (meter.add if up else meter.take)(leaf, _day(periods), Fraction(1))

    def _reads(self, chest: Chest, leaf: Leaf, period: str) -> Fraction:
        meter = chest.meters.get((leaf.number, period))
        return ZERO if meter is None else meter.reads(leaf)

    def _reached(self, chest: Chest, node: Node, period: str) -> bool:
        if node.leaf is not None:
            meter = chest.meters.get((node.leaf.number, period))
            return meter is not None and meter.reads(node.leaf) >= node.leaf.goal.least
        reached = (self._reached(chest, part, period) for part in node.parts)
        return all(reached) if node.every else any(reached)

    def _reason(self, chest: Chest, title: Title, tree: Node, stretch: Stretch) -> Reason:
        """Name the goals that are reached, with their figures."""
        met = [leaf for leaf in leaves_of(tree) if self._reached(chest, Node(leaf), stretch.name)]
        return Reason(
            "practice_title",
            {
                "title": title.title,
                "per": title.per,
                "period": stretch.name,
                "counts": tuple(leaf.count for leaf in met),
                "names": tuple(self._named(leaf) for leaf in met),
                "units": tuple(self._unit(leaf) for leaf in met),
                "least": tuple(numbers.show(leaf.goal.least) for leaf in met),
                "have": tuple(numbers.show(self._reads(chest, leaf, stretch.name)) for leaf in met),
            },
        )

    def _named(self, leaf: Leaf) -> str:
        if leaf.kind == "ledger":
            ledger = self._practice.ledgers.get(leaf.name)
            return ledger.title if ledger else leaf.name
        if leaf.kind == "title":
            return self._practice.titles[leaf.name].title
        act = self._practice.acts.get(leaf.name)
        return act.title if act else leaf.name

    def _unit(self, leaf: Leaf) -> str:
        if leaf.kind == "ledger":
            ledger = self._practice.ledgers.get(leaf.name)
            return ledger.unit if ledger else ""
        act = self._practice.acts.get(leaf.name)
        figure = act.figures.get(leaf.goal.of or "") if act else None
        return figure.unit if figure else ""

    def _best(
        self, title: Title, candidates: list[Grant], values: Mapping[tuple[str, str], str]
    ) -> Iterator[Grant]:
        """Give the first ``top`` of those who reached the goal, by points, in each group."""
        leaf = self._goals.rankings.get(candidates[0].title)
        groups: dict[str, list[tuple[Fraction, Grant]]] = defaultdict(list)
        for one in candidates:
            have = self._reads(self._chests[one.person], leaf, one.period.name) if leaf else ZERO
            group = values.get((title.each, one.person), "") if title.each else ""
            groups[group].append((have, one))
        for _, group_of in sorted(groups.items()):
            group_of.sort(key=lambda item: (-item[0], item[1].at, item[1].person))
            for have, one in _cut(group_of, title):
                rank = 1 + sum(other > have for other, _ in group_of)
                reason = Reason(
                    "practice_top",
                    {
                        "title": title.title,
                        "per": title.per,
                        "period": one.period.name,
                        "rank": rank,
                        "top": title.top or 0,
                        "have": numbers.show(have),
                        "name": self._named(leaf) if leaf else "",
                        "unit": self._unit(leaf) if leaf else "",
                    },
                )
                yield replace(one, reason=reason)

    def _without_lower(self, grants: list[Grant]) -> list[Grant]:
        """Leave out the lower rungs of a ladder of whoever stands higher in the same period."""
        below = {
            (lower, grant.person, grant.period.name)
            for grant in grants
            for lower in self._practice.titles[grant.title].above
        }
        return [one for one in grants if (one.title, one.person, one.period.name) not in below]


def _cut(group: list[tuple[Fraction, Grant]], title: Title) -> list[tuple[Fraction, Grant]]:
    top = title.top or 0
    if len(group) <= top or title.ties == "earlier":
        return group[:top]
    line = group[top - 1][0]
    if group[top][0] != line:
        return group[:top]
    if title.ties == "share":
        return [item for item in group if item[0] >= line]
    return [item for item in group if item[0] > line]


def _day(periods: Periods) -> date:
    return periods["day"].first or date.min


def _over(period: Stretch, until: datetime) -> bool:
    return period.last is not None and period.last < until.date()


def _values(facts: Iterable[FactIn]) -> dict[tuple[str, str], str]:
    """Give (kind, person) → value; of several the one that began last."""
    ordered = sorted(facts, key=lambda fact: (fact.since or date.min, fact.value))
    return {(fact.kind, fact.person): fact.value for fact in ordered}
