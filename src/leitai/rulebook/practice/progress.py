"""How far somebody has come towards each title, and what is missing, as data and in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Final

from leitai.rulebook import numbers
from leitai.rulebook.model.practice import Practice, Title
from leitai.rulebook.practice.meters import ZERO, Leaf, Meter, Node
from leitai.rulebook.practice.periods import Stretch

Meters = Mapping[tuple[int, str], Meter]


@dataclass(frozen=True, slots=True)
class Missing:
    """What one goal still asks: a leaf by its ``count``, or ``all`` or ``any`` of the parts.

    ``missing`` is what is to be added; of ``best`` and ``mean`` it is what the figure has to reach.
    """

    count: str
    name: str = ""
    unit: str = ""
    least: Fraction = ZERO
    have: Fraction = ZERO
    missing: Fraction = ZERO
    only: tuple[tuple[str, Fraction, str], ...] = ()  # figure, least, unit: which acts count at all
    parts: "tuple[Missing, ...]" = ()

    @property
    def reached(self) -> bool:
        """Say whether nothing is missing."""
        if self.count == "all":
            return all(part.reached for part in self.parts)
        if self.count == "any":
            return any(part.reached for part in self.parts)
        return self.have >= self.least


@dataclass(frozen=True, slots=True)
class Progress:
    """Somebody's way to one title in the period of a day.

    ``left`` are the days that the period still has, that day among them if it can add a day;
    ``possible`` is false where so few are left that the goal cannot be reached any more.
    """

    title: str
    name: str
    per: str
    period: Stretch
    held: bool
    top: int | None
    goal: Missing
    left: int | None
    possible: bool


def of_title(
    practice: Practice, name: str, tree: Node, meters: Meters, *, held: bool, day: date,
    period: Stretch,
) -> Progress:  # fmt: skip
    """Say what is missing of a title on a day; ``meters`` are the person's."""
    title = practice.titles[name]
    goal = _goal(practice, title, tree, meters, period, day)
    left = None if period.last is None else (period.last - day).days + 1
    possible = held or left is None or _possible(goal, left)
    return Progress(name, title.title, title.per, period, held, title.top, goal, left, possible)


def _goal(
    practice: Practice, title: Title, node: Node, meters: Meters, period: Stretch, day: date
) -> Missing:
    if node.leaf is not None:
        return _leaf(practice, node.leaf, meters.get((node.leaf.number, period.name)), day)
    parts = tuple(_goal(practice, title, part, meters, period, day) for part in node.parts)
    return Missing("all" if node.every else "any", parts=parts)


def _leaf(practice: Practice, leaf: Leaf, meter: Meter | None, day: date) -> Missing:
    have = ZERO if meter is None else meter.reads(leaf)
    least = leaf.goal.least
    missing = max(least - have, ZERO)
    if leaf.count == "row" and missing:
        alive = meter is not None and meter.last is not None and day - meter.last <= timedelta(1)
        missing = least - (meter.run if alive and meter is not None else 0)
    name, unit = _called(practice, leaf)
    act = practice.acts.get(leaf.name) if leaf.kind == "act" else None
    only = tuple(
        (figure.title if figure else of, floor, figure.unit if figure else "")
        for of, floor in sorted(leaf.goal.with_.items())
        for figure in [act.figures.get(of) if act else None]
    )
    count = "titles" if leaf.kind == "title" else leaf.count
    return Missing(count, name, unit, least, have, missing, only)


def _called(practice: Practice, leaf: Leaf) -> tuple[str, str]:
    if leaf.kind == "ledger":
        ledger = practice.ledgers.get(leaf.name)
        return (ledger.title, ledger.unit) if ledger else (leaf.name, "")
    if leaf.kind == "title":
        return practice.titles[leaf.name].title, ""
    act = practice.acts.get(leaf.name)
    figure = act.figures.get(leaf.goal.of or "") if act else None
    return (act.title if act else leaf.name), (figure.unit if figure else "")


def _possible(goal: Missing, left: int) -> bool:
    """Say whether so many days can be enough; only goals counted in days can run out of them."""
    if goal.reached:
        return True
    if goal.count == "all":
        return all(_possible(part, left) for part in goal.parts)
    if goal.count == "any":
        return any(_possible(part, left) for part in goal.parts)
    return goal.count not in ("days", "row") or goal.missing <= left


def in_words(progress: Progress, lang: str = "zh") -> str:
    """Say it in one sentence, in Chinese or (for an ``en`` tag) in English."""
    return _english(progress) if lang.partition("-")[0] == "en" else _chinese(progress)


# ---- Chinese

_NEXT_ZH: Final = {"day": "明天", "week": "下周", "month": "下月", "year": "明年"}


def _chinese(one: Progress) -> str:
    name = f"“{one.name}”"
    if one.held:
        return f"已获得{name}" if one.top is None else f"已达到{name}的条件"
    if not one.possible:
        ask = _zh(one.goal, one.name)
        return (
            f"还须{ask}才能获得{name}，本期剩余{one.left}天，已来不及；{_NEXT_ZH[one.per]}重新计算"
        )
    if one.top is not None:
        return f"{_zh(one.goal, one.name)}即可参评{name}（取前{one.top}名）"
    return f"{_zh(one.goal, one.name)}即可获得{name}"


def _zh(goal: Missing, title: str) -> str:
    if goal.count in ("all", "any"):
        joined = "，并且" if goal.count == "all" else "，或者"
        return joined.join(_zh(part, title) for part in _open(goal))
    of = "" if goal.name and goal.name in title else f"“{goal.name}”"
    missing, least = numbers.show(goal.missing), numbers.show(goal.least)
    said = {
        "earned": f"{of}再得{missing}{goal.unit}",
        "balance": f"{of}余额再增{missing}{goal.unit}",
        "times": f"{of}再完成{missing}次",
        "days": f"{of}再学{missing}天",
        "row": f"{of}再连续学{missing}天",
        "sum": f"{of}合计再增{missing}{goal.unit}",
        "best": f"{of}最好成绩达到{least}{goal.unit}",
        "mean": f"{of}平均达到{least}{goal.unit}",
        "titles": f"再获得{missing}次“{goal.name}”" if missing != "1" else f"再获得“{goal.name}”",
    }[goal.count]
    return said + "".join(
        f"（每次{figure}不少于{numbers.show(floor)}{unit}）" for figure, floor, unit in goal.only
    )


# ---- English

_NEXT_EN: Final = {
    "day": "tomorrow",
    "week": "next week",
    "month": "next month",
    "year": "next year",
}


def _english(one: Progress) -> str:
    if one.held:
        return f"{one.name}: yours" if one.top is None else f"{one.name}: you are in the running"
    ask = _en(one.goal)
    if not one.possible:
        days = f"{one.left} day{'' if one.left == 1 else 's'}"
        return f"{one.name}: {ask} needed, with {days} left; it begins anew {_NEXT_EN[one.per]}"
    if one.top is not None:
        return f"{one.name}: {ask} to be considered (the first {one.top} win it)"
    return f"{one.name}: {ask} to go"


def _en(goal: Missing) -> str:
    if goal.count in ("all", "any"):
        joined = " and " if goal.count == "all" else " or "
        return joined.join(_en(part) for part in _open(goal))
    missing, least = numbers.show(goal.missing), numbers.show(goal.least)
    unit = "points" if goal.unit == "分" else goal.unit
    s = "" if goal.missing == 1 else "s"
    said = {
        "earned": f"{missing} more {unit} of {goal.name}",
        "balance": f"a balance of {goal.name} higher by {missing} {unit}",
        "times": f"{goal.name} {missing} more time{s}",
        "days": f"{missing} more day{s} of {goal.name}",
        "row": f"{missing} more day{s} of {goal.name} in a row",
        "sum": f"{missing} {unit} more of {goal.name} together",
        "best": f"{least} {unit} in one {goal.name}",
        "mean": f"{least} {unit} of {goal.name} on average",
        "titles": f"{goal.name} {missing} more time{s}",
    }[goal.count]
    said = " ".join(said.split())
    return said + "".join(
        f" (each with {figure} {numbers.show(floor)} or more)" for figure, floor, _ in goal.only
    )


def _open(goal: Missing) -> Iterator[Missing]:
    """Give the parts that are not reached."""
    return (part for part in goal.parts if not part.reached)
