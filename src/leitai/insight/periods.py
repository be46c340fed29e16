"""The days that figures are asked for, and the days they are compared with. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext as _

TODAY, WEEK, MONTH, SEASON, DAYS = "today", "week", "month", "season", "days"
NAMED: Final = (TODAY, WEEK, MONTH, SEASON)
EARLIEST: Final = date(2000, 1, 1)  # of what may be asked for
LATEST: Final = date(2199, 12, 31)
_MONDAY: Final = date(2018, 1, 1)
_SUNDAY: Final = date(2017, 12, 31)
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `first` to `last`, both counted."""

    first: date
    last: date

    @property
    def length(self) -> int:
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class Period:
    """What was asked for. `before` is what it is compared with; the season has nothing before."""

    code: str
    span: Span
    before: Span | None

    @property
    def before_title(self) -> str:
        return {
            TODAY: _("比昨天"),
            WEEK: _("比上周同期"),
            MONTH: _("比上月同期"),
            DAYS: _("比前一时段"),
        }.get(self.code, "")


def title_of(code: str) -> str:
    """Of a named period."""
    return {
        TODAY: _("今天"),
        WEEK: _("本周"),
        MONTH: _("本月"),
        SEASON: _("赛季以来"),
    }[code]


def anchor_of(week: str) -> date:
    """A first day of a week long ago; `week` as the rulebook's practice says it."""
    return _SUNDAY if week == "sunday" else _MONDAY


def week_of(day: date, week: str) -> date:
    """The first day of the day's week."""
    return day - timedelta(days=(day - anchor_of(week)).days % 7)


def period_of(
    code: str,
    *,
    today: date,
    began: date,
    week: str,
    first: date | None = None,
    last: date | None = None,
) -> Period:
    """The period by its code, up to today; a week's is compared with the same days of the last.

    `first` and `last` are asked days, in any order; without both of them the week is meant.
    """
    if code == DAYS and first is not None and last is not None:
        span = Span(min(first, last), max(first, last))
        return Period(DAYS, span, back(span, span.length))
    if code == TODAY:
        span = Span(today, today)
        return Period(TODAY, span, back(span, 1))
    if code == MONTH:
        span = Span(today.replace(day=1), today)
        return Period(MONTH, span, _last_month(span))
    if code == SEASON:
        return Period(SEASON, Span(min(began, today), today), None)
    span = Span(week_of(today, week), today)
    return Period(WEEK, span, back(span, 7))


@dataclass(frozen=True, slots=True)
class Parts:
    """Days up to `head`, whole months (first days from `month` to `until`), days from `tail` on."""

    head: date
    month: date
    until: date
    tail: date


def parts_of(span: Span) -> Parts:
    """A span as whole months between two ends, so that a long one is few rows."""
    month = span.first if span.first.day == 1 else _next_month(span.first)
    tail = _next_month(span.last) if _next_month(span.last) - _DAY == span.last else None
    after = tail or span.last.replace(day=1)  # the first day behind the last whole month
    if month >= after:
        return Parts(span.last, month, month - _DAY, span.last + _DAY)
    return Parts(month - _DAY, month, after - _DAY, after)


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def back(span: Span, days: int) -> Span:
    """As many days earlier."""
    step = timedelta(days=days)
    return Span(span.first - step, span.last - step)


def _last_month(span: Span) -> Span:
    """The same days of the month before, as far as it has them."""
    end = span.first - _DAY
    return Span(end.replace(day=1), end.replace(day=min(span.last.day, end.day)))
