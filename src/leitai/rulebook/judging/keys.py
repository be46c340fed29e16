"""The figures of judged events and ballots by which ties can be broken: ``speech.delivery``."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from leitai.rulebook.judging.combining import trims
from leitai.rulebook.judging.panels import Panel, lines_of, panels
from leitai.rulebook.model import Event, TieKey
from leitai.rulebook.model.judging import Ballot, Combine, Judging, Line
from leitai.rulebook.numbers import MAX_DECIMALS

TIME: Final = "time"
YES: Final = "yes"
_MOST_SIZES: Final = 60  # panels of so many different sizes are taken to divide by anything


def round_key(number: int) -> str:
    """Name the figure of a further ballot among those who tie (``round2``)."""
    return f"round{number}"


def line_keys(event: Event) -> Mapping[str, TieKey]:
    """Give the tie keys that follow from a judged event's rubric, or from a ballot.

    Of a judged event: every line of the rubric, and ``time`` where there is a time rule. Of a
    ballot: ``yes`` (approvals), each kind of voters (its votes or points), and ``round2`` … of
    further ballots. Decimals are those to which the figures are rounded, or which they can need at
    all; 9 where a figure may not end, and then a figure that does not is left out of ``keys``.
    """
    if event.kind == "judged" and event.judging is not None:
        return MappingProxyType(dict(_judged(event, event.judging)))
    if event.kind == "ballot" and event.ballot is not None:
        return MappingProxyType(dict(_voted(event.ballot)))
    return MappingProxyType({})


def endless_lines(event: Event) -> frozenset[str]:
    """Name the lines whose figures may have no end, so that they cannot rank unrounded."""
    if event.judging is None or event.judging.round.line is not None:
        return frozenset()
    judging = event.judging
    return frozenset(
        name for name, line in lines_of(judging).items() if _needed(judging, name, line) is None
    )


def _judged(event: Event, judging: Judging) -> Iterator[tuple[str, TieKey]]:
    for name, line in lines_of(judging).items():
        if judging.round.line is not None:
            decimals: int | None = judging.round.line.decimals
        else:
            decimals = _needed(judging, name, line)
        title = line.title or event.title
        yield name, TieKey(title, "higher", "分", MAX_DECIMALS if decimals is None else decimals)
    if judging.time is not None:
        yield TIME, TieKey("用时", "lower", "秒", judging.time.decimals)


def _voted(ballot: Ballot) -> Iterator[tuple[str, TieKey]]:
    decimals, unit = (0, "票") if ballot.by == "approve" else (_point_decimals(ballot), "分")
    if ballot.by == "approve":
        yield YES, TieKey("赞成票", "higher", "票", 0)
    for name, kind in ballot.kinds.items():
        yield name, TieKey(f"{kind.title}得票", "higher", unit, decimals)
    for number in range(2, ballot.rounds + 1):
        yield round_key(number), TieKey(f"第{number}轮投票", "higher", unit, decimals)


def _point_decimals(ballot: Ballot) -> int:
    if ballot.by == "points":
        return ballot.points.decimals if ballot.points else 0
    return max((_places(points.denominator) or 0 for points in ballot.points_for), default=0)


def _needed(judging: Judging, name: str, line: Line) -> int | None:
    """Give the decimals that a line's unrounded figure can need, None where it may not end."""
    those = [panel for panel in panels(judging).values() if name in panel.lines]
    if len(those) != 1:
        return None
    points = [step.points for step in line.steps.values()] or [g.points for g in line.grades]
    marks = max((_places(one.denominator) or 0 for one in points), default=line.decimals)
    found = marks
    sizes = _sizes(those[0])
    if sizes is None:
        return None
    if judging.gap is not None and judging.gap.by:
        sizes |= {1, 2}  # the arbiter alone, or with the nearest other
    for size in sizes:
        more = _places(size)
        if more is None:
            return None
        found = max(found, marks + more)
    return found if found <= MAX_DECIMALS else None


def _sizes(panel: Panel) -> set[int] | None:
    """Give by what a panel's sums may be divided; None for too many possibilities."""
    rule: Combine = panel.combine
    if rule.by == "sum":
        return {1}
    if rule.by == "median":
        return {2}
    if panel.judges is None or panel.judges - panel.least > _MOST_SIZES:
        return None
    sizes = set()
    for count in range(panel.least, panel.judges + 1):
        sizes.add(count - rule.high - rule.low if trims(rule, count) else count)
    return sizes


def _places(divisor: int) -> int | None:
    """Give the decimals that a whole number divided by ``divisor`` needs, None where none do."""
    places = 0
    for prime in (2, 5):
        rest, count = divisor, 0
        while rest % prime == 0:
            rest //= prime
            count += 1
        places = max(places, count)
    while divisor % 2 == 0:
        divisor //= 2
    while divisor % 5 == 0:
        divisor //= 5
    return places if divisor == 1 else None
