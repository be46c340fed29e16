"""How a learner's practice went over time: days, weeks and modules, and the points with reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.utils.translation import get_language

from leitai.practice.models import Credit, Day, Learner
from leitai.practice.nodes import by_module
from leitai.practice.selectors.grounds import Ground
from leitai.rulebook.data import Reason
from leitai.rulebook.practice.periods import stretch
from leitai.rulebook.reasons import render

PER_PAGE: Final = 30
DAYS: Final = 35  # five weeks of bars
WEEKS: Final = 26  # half a year of accuracy
LEAST_WEEKS: Final = 12
_HIGH, _FOOT = 100, 18  # of the drawing
_GAP: Final = 0.2  # of a bar's place, between it and the next
_STEPS: Final = (5, 10, 20, 50, 100, 200, 500, 1000, 2000)


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of the drawing, from zero; `label` stands under it where there is one.

    `x` is a share of the width, so that the drawing is as wide as its place: on a phone too.
    """

    day: date
    value: int
    x: str
    y: int
    height: int
    label: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars on a scale that begins at nought and ends at `top`."""

    bars: tuple[Bar, ...]
    top: int

    @property
    def height(self) -> int:
        return _HIGH + _FOOT

    @property
    def base(self) -> int:
        return _HIGH

    @property
    def bar_width(self) -> str:
        return _share((1 - _GAP) / len(self.bars))


@dataclass(frozen=True, slots=True)
class Sum:
    """What was done in a stretch of days."""

    days: int
    sets: int
    answers: int
    right: int
    seconds: int

    @property
    def percent(self) -> int | None:
        return round(100 * self.right / self.answers) if self.answers else None

    @property
    def minutes(self) -> int:
        return round(self.seconds / 60)


@dataclass(frozen=True, slots=True)
class ModuleRow:
    module: str
    answers: int
    percent: int


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """`weeks` has the first day of each week with its sum, the newest first."""

    whole: Sum
    month: Sum
    chart: Chart
    accuracy: Chart
    weeks: tuple[tuple[date, Sum], ...]
    modules: tuple[ModuleRow, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the points ledger with its reason as a sentence."""

    credit: Credit
    ledger: str
    act: str
    sentence: str

    @property
    def taken_back(self) -> bool:
        return self.credit.points.startswith("-")


def days_of(learner: Learner, *, since: date) -> list[Day]:
    return list(Day.objects.filter(learner=learner, day__gte=since).order_by("day"))


def sum_of(days: Sequence[Day]) -> Sum:
    return Sum(
        days=sum(one.answers > 0 for one in days),
        sets=sum(one.sets for one in days),
        answers=sum(one.answers for one in days),
        right=sum(one.right for one in days),
        seconds=sum(one.seconds for one in days),
    )


def history_page(ground: Ground, learner: Learner) -> HistoryPage:
    """Half a year; one query."""
    first = week_of(ground, ground.day) - timedelta(weeks=WEEKS - 1)
    days = days_of(learner, since=first)
    by_day = {one.day: one for one in days}
    shown = [ground.day - timedelta(days=back) for back in reversed(range(DAYS))]
    weeks = [first + timedelta(weeks=turn) for turn in range(WEEKS)]
    sums = {
        week: sum_of([one for one in days if week_of(ground, one.day) == week]) for week in weeks
    }
    return HistoryPage(
        whole=sum_of(days),
        month=sum_of([one for one in days if one.day >= ground.day.replace(day=1)]),
        chart=_chart({day: by_day[day].answers if day in by_day else 0 for day in shown}),
        accuracy=_chart({week: sums[week].percent or 0 for week in _begun(sums)}, top=100),
        weeks=tuple((week, sums[week]) for week in reversed(weeks) if sums[week].answers),
        modules=_modules(days),
    )


def points_page(
    ground: Ground, learner: Learner, *, ledger: str, number: str | None
) -> tuple[Page[Credit], tuple[Line, ...]]:
    """The newest lines first, thirty a page, each with why."""
    rows = Credit.objects.filter(learner=learner.pk).select_related("why").order_by("-line")
    if ledger:
        rows = rows.filter(ledger=ledger)
    page = Paginator(rows, PER_PAGE).get_page(number)
    return page, tuple(_line(ground, one) for one in page)


def _line(ground: Ground, credit: Credit) -> Line:
    ledgers = ground.practice.ledgers
    title = ledgers[credit.ledger].title if credit.ledger in ledgers else credit.ledger
    return Line(credit, title, credit.act, sentence_of(credit.reason))


def sentence_of(reason: Mapping[str, Any]) -> str:
    """The rules' reason, as it stands in the ledger, in the reader's language."""
    if not reason:
        return ""
    return render(Reason.from_plain(reason), get_language() or "zh")


def week_of(ground: Ground, day: date) -> date:
    """The first day of the week, as the rules count weeks."""
    return stretch("week", day, ground.practice.week).first or day


def _begun(sums: Mapping[date, Sum]) -> list[date]:
    """The weeks since the first with an answer, but no fewer than would make a picture."""
    weeks = list(sums)
    first = next((turn for turn, week in enumerate(weeks) if sums[week].answers), 0)
    return weeks[min(first, len(weeks) - LEAST_WEEKS) :]


def _modules(days: Sequence[Day]) -> tuple[ModuleRow, ...]:
    """By module, the weakest first."""
    sums = by_module(one.modules for one in days)
    rows = [
        ModuleRow(module, answers, round(100 * right / answers))
        for module, (answers, right) in sums.items()
        if answers
    ]
    return tuple(sorted(rows, key=lambda row: (row.percent, row.module)))


def _chart(values: Mapping[date, int], *, top: int = 0) -> Chart:
    most = max(values.values(), default=0)
    top = top or next((step for step in _STEPS if step >= most), most)
    bars = []
    for turn, (day, value) in enumerate(values.items()):
        height = round(value * _HIGH / top)
        label = f"{day.month}.{day.day}" if turn % 7 == 0 else ""
        x = _share((turn + _GAP / 2) / len(values))
        bars.append(Bar(day, value, x, _HIGH - height, height, label))
    return Chart(tuple(bars), top)


def _share(part: float) -> str:
    return f"{100 * part:.2f}%"
