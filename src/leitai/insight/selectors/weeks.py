"""The heat map (units by weeks) and the lines of a unit's weeks, drawn as SVG on the server."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from django.core.paginator import Page, Paginator

from leitai.insight.counting import Week
from leitai.insight.selectors.figures import weeks_of
from leitai.insight.selectors.groups import OWN, children_of
from leitai.insight.selectors.pages import ROWS, Ground, last_weeks
from leitai.units.models import Unit

WEEKS: Final = 12
STEPS: Final = (Decimal(20), Decimal(40), Decimal(60), Decimal(80))  # per cent, of the heat map
WIDTH, HEIGHT = 480, 200  # of a drawing, in its own units
LABELS: Final = 7  # along its foot
_LEFT, _RIGHT, _TOP, _FOOT = 44, 16, 12, 26


@dataclass(frozen=True, slots=True)
class Cell:
    """One unit's week: `step` is how full, 0 to 5; None where there is no confirmed roster."""

    week: Week
    step: int | None


@dataclass(frozen=True, slots=True)
class HeatLine:
    unit: Unit | None
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Point:
    x: str
    y: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Curve:
    """A line over the weeks. It is broken where a week has no figure."""

    title: str
    unit: str
    points: tuple[Point, ...]
    paths: tuple[str, ...]
    ticks: tuple[tuple[str, str], ...]  # y, label
    labels: tuple[tuple[str, str], ...]  # x, label: as many as there is room for, the last always


@dataclass(frozen=True, slots=True)
class WeeksPage:
    ground: Ground
    weeks: tuple[date, ...]
    total: tuple[Week, ...]
    lines: Page[HeatLine]
    curves: tuple[Curve, ...]

    @property
    def told(self) -> list[tuple[date, Week]]:
        """The whole week by week: what the drawings show, as a table."""
        return list(zip(self.weeks, self.total, strict=True))


def weeks_page(ground: Ground, *, titles: Sequence[str]) -> WeeksPage:
    """`titles` name the three curves: 参学率, 参学人数, 答题正确率."""
    groups = children_of(ground.unit)
    weeks = last_weeks(ground, WEEKS)
    found = weeks_of(
        groups,
        weeks,
        season=ground.season.code,
        week=ground.practice.week,
        cut=ground.asked.cut,
    )
    named: dict[str, Unit | None] = {one.code: one for one in groups.units}
    named[OWN] = None
    lines = [
        HeatLine(named[key], tuple(Cell(one, step_of(one.ratio)) for one in row))
        for key, row in found.items()
        if any(one.due or one.persons for one in row)
    ]
    total = tuple(_sum(column) for column in zip(*found.values(), strict=True))
    pages = Paginator(lines, ROWS)
    ratio, persons, accuracy = titles
    curves = (
        curve(ratio, "%", weeks, [one.ratio for one in total], Decimal(100)),
        curve(persons, "", weeks, [Decimal(one.persons) for one in total]),
        curve(accuracy, "%", weeks, [one.accuracy for one in total], Decimal(100)),
    )
    return WeeksPage(ground, tuple(weeks), total, pages.get_page(ground.asked.page), curves)


def step_of(ratio: Decimal | None) -> int | None:
    """0 for nobody, then 1 to 5 by fifths."""
    if ratio is None:
        return None
    return 0 if ratio == 0 else 1 + sum(ratio >= edge for edge in STEPS)


def _sum(weeks: Sequence[Week]) -> Week:
    return Week(
        *(
            sum(getattr(one, name) for one in weeks)
            for name in ("persons", "outside", "due", "times", "answers", "correct")
        )
    )


def curve(
    title: str,
    unit: str,
    weeks: Sequence[date],
    values: Sequence[Decimal | None],
    least_top: Decimal = Decimal(4),
) -> Curve:
    """Places on the drawing; the scale begins at nought and ends at a round figure."""
    top = max([least_top, *(one for one in values if one is not None)])
    top = _round(top)
    step = (WIDTH - _LEFT - _RIGHT) / max(1, len(weeks) - 1)
    points: list[Point] = []
    paths: list[str] = []
    run: list[str] = []
    for number, (week, value) in enumerate(zip(weeks, values, strict=True)):
        if value is None:
            paths, run = [*paths, "M" + "L".join(run)] if run else paths, []
            continue
        x, y = f"{_LEFT + step * number:.1f}", f"{_height(value, top):.1f}"
        points.append(Point(x, y, f"{week.month}.{week.day}", f"{value}{unit}"))
        run.append(f"{x} {y}")
    paths = [*paths, "M" + "L".join(run)] if run else paths
    ticks = tuple(
        (f"{_height(value, top):.1f}", f"{value.normalize():f}")
        for value in (top * part / 4 for part in range(5))
    )
    every = -(-len(points) // LABELS)
    labels = tuple((one.x, one.label) for one in points[::-1][:: every or 1])
    return Curve(title, unit, tuple(points), tuple(paths), ticks, labels)


def _height(value: Decimal, top: Decimal) -> float:
    return _TOP + (HEIGHT - _TOP - _FOOT) * float(1 - value / top)


def _round(value: Decimal) -> Decimal:
    """Up to 4, 8, 20, 40, 80, 100, 200 …: quarters of it are whole figures."""
    power = Decimal(1)
    while True:
        for head in (4, 8, 20):
            if value <= head * power:
                return Decimal(head) * power
        if power == 1 and value <= 100:
            return Decimal(40) if value <= 40 else Decimal(80) if value <= 80 else Decimal(100)
        power *= 10
