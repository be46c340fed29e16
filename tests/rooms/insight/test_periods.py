"""Periods as they are asked for, what they are compared with, and their whole months."""

from __future__ import annotations

from datetime import date

import pytest

from leitai.insight import periods
from leitai.insight.periods import Parts, Span

TODAY = date(2022, 5, 18)  # a Wednesday
BEGAN = date(2022, 4, 1)


@pytest.mark.parametrize(
    ("code", "week", "span", "before"),
    [
        ("today", "monday", ("05-18", "05-18"), ("05-17", "05-17")),
        ("week", "monday", ("05-16", "05-18"), ("05-09", "05-11")),
        ("week", "sunday", ("05-15", "05-18"), ("05-08", "05-11")),
        ("month", "monday", ("05-01", "05-18"), ("04-01", "04-18")),
        ("season", "monday", ("04-01", "05-18"), None),
    ],
)
def test_a_period_and_what_it_is_compared_with(code, week, span, before):
    found = periods.period_of(code, today=TODAY, began=BEGAN, week=week)
    told = [
        one and (one.first.isoformat()[5:], one.last.isoformat()[5:])
        for one in (found.span, found.before)
    ]
    assert told == [span, before]


def test_a_short_month_before_ends_with_its_last_day():
    found = periods.period_of("month", today=date(2022, 3, 31), began=BEGAN, week="monday")
    assert found.before == Span(date(2022, 2, 1), date(2022, 2, 28))


def test_days_of_ones_own_are_compared_with_as_many_before():
    found = periods.period_of(
        "days", today=TODAY, began=BEGAN, week="monday", first=date(2022, 4, 10), last=BEGAN
    )
    assert found.span == Span(BEGAN, date(2022, 4, 10))
    assert found.before == Span(date(2022, 3, 22), date(2022, 3, 31))


@pytest.mark.parametrize(
    ("span", "parts"),
    [
        # within a month: days alone
        (("2022-04-04", "2022-04-10"), ("2022-04-10", "2022-05-01", "2022-04-30", "2022-04-11")),
        (("2022-04-20", "2022-05-10"), ("2022-05-10", "2022-05-01", "2022-04-30", "2022-05-11")),
        (("2022-04-20", "2022-07-10"), ("2022-04-30", "2022-05-01", "2022-06-30", "2022-07-01")),
        (("2022-04-01", "2022-04-30"), ("2022-03-31", "2022-04-01", "2022-04-30", "2022-05-01")),
        (("2022-12-01", "2023-01-15"), ("2022-11-30", "2022-12-01", "2022-12-31", "2023-01-01")),
    ],
)
def test_a_span_is_whole_months_between_two_ends(span, parts):
    found = periods.parts_of(Span(*map(date.fromisoformat, span)))
    assert found == Parts(*map(date.fromisoformat, parts))
