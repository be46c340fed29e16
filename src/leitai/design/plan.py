"""The season's plan as a drawing: places in per cent of the shown months. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from django.utils.translation import gettext as _

from leitai.design import moments

Kind = Literal["bar", "tiny", "stone"]
State = Literal["past", "live", "next", "todo"]
ROW = 54
HEAD = 30
FEW = 45  # days; a shorter season is drawn by days
TICKS = 12  # labels that fit over the drawing
EDGE = 0.82  # beyond, words stand left of their mark


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing on a lane: a bar over days, a tiny bar, or a stone on one day."""

    kind: Kind
    label: str
    note: str
    start: date
    end: date
    state: State


@dataclass(frozen=True, slots=True)
class Lane:
    label: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    mark: Mark
    left: str
    width: str
    flip: bool  # words stand left of the mark, where the drawing would end


@dataclass(frozen=True, slots=True)
class DrawnLane:
    label: str
    top: int
    middle: int
    marks: tuple[Drawn, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    lanes: tuple[DrawnLane, ...]
    ticks: tuple[tuple[str, str], ...]  # place, label
    height: int
    today: str | None
    today_label: str
    today_anchor: Literal["start", "middle", "end"] = "middle"
    marks: tuple[Mark, ...] = ()


def _first_of_next(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _frame(marks: list[Mark]) -> tuple[date, date]:
    """First day shown and the day after the last: whole months, or days with a margin if few."""
    first, last = min(mark.start for mark in marks), max(mark.end for mark in marks)
    if (last - first).days <= FEW:
        margin = timedelta(days=max(1, (last - first).days // 12))
        return first - margin, last + 2 * margin
    return first.replace(day=1), _first_of_next(last)


def _day_ticks(first: date, last: date) -> list[tuple[date, str]]:
    step = max(1, -(-(last - first).days // TICKS))
    days = range(0, (last - first).days, step)
    return [(day, moments.day_of(day)) for day in (first + timedelta(days=n) for n in days)]


def _month_ticks(first: date, last: date) -> list[tuple[date, str]]:
    months = []
    month = first
    while month < last:
        months.append(month)
        month = _first_of_next(month)
    step = max(1, -(-len(months) // TICKS))
    years = len({month.year for month in months}) > 1
    return [(month, moments.month_of(month, year=years)) for month in months[::step]]


def draw(lanes: tuple[Lane, ...], *, today: date) -> Plan:
    """Places every mark on a scale of months, or of days where the season is short."""
    marks = [mark for lane in lanes for mark in lane.marks]
    if not marks:
        return Plan((), (), HEAD, None, "")
    first, last = _frame(marks)
    whole = (last - first).days
    scale = _day_ticks if whole <= FEW * 2 else _month_ticks

    def share(days: int) -> str:
        return f"{days * 100 / whole:.2f}%"

    def drawn(mark: Mark) -> Drawn:
        days = (mark.end - mark.start).days + 1
        offset = (mark.start - first).days
        return Drawn(mark, share(offset), share(days), offset / whole > EDGE)

    placed = tuple(
        DrawnLane(
            lane.label,
            HEAD + ROW * row,
            HEAD + ROW * row + ROW // 2,
            tuple(drawn(mark) for mark in lane.marks),
        )
        for row, lane in enumerate(lanes)
    )
    at = (today - first).days
    return Plan(
        lanes=placed,
        ticks=tuple((share((day - first).days), label) for day, label in scale(first, last)),
        height=HEAD + ROW * len(lanes) + 24,
        today=share(at) if 0 <= at < whole else None,
        today_label=_("今天%(day)s") % {"day": moments.day_of(today)},
        today_anchor="end" if at / whole > 0.94 else "start" if at / whole < 0.04 else "middle",
        marks=tuple(sorted(marks, key=lambda mark: mark.start)),
    )
