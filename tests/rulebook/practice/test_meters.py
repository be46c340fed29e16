"""Periods, meters and boards by themselves: every value worked out by hand."""

from datetime import UTC, date, datetime, timedelta, timezone
from fractions import Fraction

import pytest

from leitai.rulebook.data import FactIn
from leitai.rulebook.model.practice import Goal, Hours, Practice, Span
from leitai.rulebook.practice import rank_boards
from leitai.rulebook.practice.meters import Leaf, Meter
from leitai.rulebook.practice.periods import (
    FIRST_YEAR,
    LAST_YEAR,
    inside,
    localize,
    minutes,
    stretch,
    written,
    zone,
)
from tests.rulebook.practice.builders import act, codes, fold, points, rules

# ---- periods -------------------------------------------------------------------------------------


def span(period, day, week="monday"):
    found = stretch(period, date.fromisoformat(day), week)
    return found.name, found.first and str(found.first), found.last and str(found.last)


@pytest.mark.parametrize(
    ("period", "day", "week", "expected"),
    [
        ("day", "2022-04-05", "monday", ("2022-04-05", "2022-04-05", "2022-04-05")),
        # 2022-04-04 was a Monday, 2022-04-03 a Sunday.
        ("week", "2022-04-04", "monday", ("2022-04-04/2022-04-10", "2022-04-04", "2022-04-10")),
        ("week", "2022-04-10", "monday", ("2022-04-04/2022-04-10", "2022-04-04", "2022-04-10")),
        ("week", "2022-04-07", "monday", ("2022-04-04/2022-04-10", "2022-04-04", "2022-04-10")),
        ("week", "2022-04-03", "sunday", ("2022-04-03/2022-04-09", "2022-04-03", "2022-04-09")),
        ("week", "2022-04-04", "sunday", ("2022-04-03/2022-04-09", "2022-04-03", "2022-04-09")),
        ("week", "2022-04-09", "sunday", ("2022-04-03/2022-04-09", "2022-04-03", "2022-04-09")),
        ("week", "2022-04-10", "sunday", ("2022-04-10/2022-04-16", "2022-04-10", "2022-04-16")),
        ("month", "2022-04-30", "monday", ("2022-04", "2022-04-01", "2022-04-30")),
        ("month", "2022-01-01", "monday", ("2022-01", "2022-01-01", "2022-01-31")),
        ("month", "2024-02-10", "monday", ("2024-02", "2024-02-01", "2024-02-29")),
        ("month", "2023-01-31", "monday", ("2023-01", "2023-01-01", "2023-01-31")),
        ("year", "2022-06-30", "monday", ("2022", "2022-01-01", "2022-12-31")),
        ("all", "2022-06-30", "monday", ("all", None, None)),
    ],
)
def test_the_period_of_a_day(period, day, week, expected):
    assert span(period, day, week) == expected


def practice(offset="+08:00"):
    return Practice(ledgers={}, acts={}, offset=offset)


@pytest.mark.parametrize(
    ("offset", "hours"),
    [("+08:00", 8), ("-03:30", -3.5), ("+00:00", 0), ("+05:45", 5.75), ("nonsense", 0)],
)
def test_the_clock_of_a_practice(offset, hours):
    assert zone(practice(offset)) == timezone(timedelta(hours=hours))


def test_an_instant_on_the_clock_of_a_practice():
    home = zone(practice())
    assert localize(practice(), datetime(2022, 4, 1, 20, tzinfo=UTC)) == datetime(
        2022, 4, 2, 4, tzinfo=home
    )
    assert localize(practice(), datetime(2022, 4, 1, 20)).tzinfo == home  # noqa: DTZ001
    for year, known in (
        (FIRST_YEAR - 1, False),
        (FIRST_YEAR, True),
        (LAST_YEAR, True),
        (LAST_YEAR + 1, False),
    ):
        assert (localize(practice(), datetime(year, 6, 1, tzinfo=UTC)) is not None) is known
        assert (written(practice(), f"{year:04}-06-01", end=False) is not None) is known


def test_moments_as_they_are_written():
    home = zone(practice())
    assert written(practice(), "2022-04-01", end=False) == datetime(2022, 4, 1, tzinfo=home)
    assert written(practice(), "2022-04-01", end=True) == datetime(2022, 4, 2, tzinfo=home)
    assert written(practice(), "2022-02-30", end=True) is None
    assert (minutes("24:00"), minutes("6:30"), minutes("25:00")) == (1440, 390, None)
    hours = Hours("夜间", (Span("20:00", "24:00"), Span("6:00", "7:00")))
    inside_of = {clock: inside(hours, datetime(2022, 4, 1, *clock, tzinfo=home))
                 for clock in ((19, 59), (20, 0), (23, 59), (0, 0), (6, 0), (6, 59), (7, 0))}  # fmt: skip
    assert [clock for clock, is_in in inside_of.items() if is_in] == [
        (20, 0),
        (23, 59),
        (6, 0),
        (6, 59),
    ]


# ---- meters --------------------------------------------------------------------------------------


def meter(count, *taken):
    """``(day, amount)`` is added, ``(day, amount, "-")`` is taken back."""
    leaf = Leaf(0, "t", "all", "act", "quiz", count, Goal())
    found = Meter()
    for day, amount, *back in taken:
        (found.take if back else found.add)(leaf, date(2022, 4, day), Fraction(amount))
    return found.reads(leaf)


DAYS = [(1, 5), (2, 7), (2, 7), (4, 9), (5, 1), (6, 1)]


@pytest.mark.parametrize(
    ("count", "expected"),
    [("times", 6), ("sum", 30), ("earned", 30), ("best", 9), ("mean", 5), ("days", 5), ("row", 3)],
)
def test_what_a_meter_reads(count, expected):
    assert meter(count, *DAYS) == expected
    assert meter(count) == 0


@pytest.mark.parametrize(
    ("count", "back", "expected"),
    [
        ("times", (4, 9), 5), ("sum", (4, 9), 21), ("best", (4, 9), 7), ("mean", (4, 9), Fraction(21, 5)),
        ("days", (4, 9), 4), ("row", (4, 9), 2),  # 1, 2 and 5, 6
        ("days", (2, 7), 5), ("row", (2, 7), 3), ("best", (2, 7), 9),  # there is another one
        ("row", (5, 1), 2), ("row", (1, 5), 3), ("row", (6, 1), 2), ("mean", (5, 1), Fraction(29, 5)),
    ],
)  # fmt: skip
def test_what_a_meter_reads_after_something_was_taken_back(count, back, expected):
    assert meter(count, *DAYS, (*back, "-")) == expected


def test_a_row_goes_on_after_something_was_taken_back():
    assert meter("row", *DAYS, (5, 1, "-"), (7, 1), (8, 1)) == 3  # 6, 7 and 8
    assert meter("row", (1, 1), (1, 1, "-")) == 0
    assert meter("row", (1, 1), (1, 1, "-"), (2, 1)) == 1
    assert meter("row", (1, 1), (2, 1), (2, 1, "-"), (2, 1), (3, 1)) == 3
    assert meter("best", (1, 9), (1, 9), (1, 9, "-")) == 9
    assert meter("best", (1, 9), (1, 9, "-")) == 0
    assert meter("mean", (1, 9), (1, 9, "-")) == 0
    assert meter("days", (1, 9), (1, 8), (1, 9, "-")) == 1


# ---- boards --------------------------------------------------------------------------------------

BOARDS = """
ledgers: {points: {title: 积分, unit: 分}}
acts:
  quiz: {title: 答题, figures: {right: {title: 答对}}, credits: [{each: "1"}]}
  visit: {title: 走访, credits: [{points: "3"}]}
titles:
  day: {title: 每日之星, per: day, when: {act: quiz, with: {right: "5"}}}
boards:
"""
# 甲: a and b; 乙: c (it came there on the second), d (who did nothing).
PEOPLE = [
    FactIn("a", "unit", "", "甲"), FactIn("b", "unit", "", "甲"), FactIn("d", "unit", "", "乙"),
    FactIn("c", "unit", "", "甲", date(2022, 1, 1)), FactIn("c", "unit", "", "乙", date(2022, 2, 1)),
    FactIn("c", "group", "", "丙"), FactIn("甲", "staff", "", "4"), FactIn("乙", "size", "", "9"),
    FactIn("乙", "staff", "", "many"),
]  # fmt: skip
ACTS = [
    act("quiz", "2022-04-01 09:00", "5", "a"), act("quiz", "2022-04-02 09:00", "2", "a"),
    act("visit", "2022-04-02 10:00", "", "a"), act("quiz", "2022-04-03 00:00", "6", "b"),
    act("visit", "2022-04-01 10:00", "", "c"), act("visit", "2022-04-02 23:59", "", "c"),
]  # fmt: skip


def board(text, facts=PEOPLE):
    rows = rank_boards(
        rules(BOARDS + f"  it: {{title: 榜, {text}}}\n"), ACTS, windows={}, facts=facts
    )
    return [(row.of, row.rank, row.value) for row in rows]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("of: person", [("a", 1, 10), ("b", 2, 6), ("c", 2, 6)]),
        ("of: person, figure: times", [("a", 1, 3), ("c", 2, 2), ("b", 3, 1)]),
        ("of: person, figure: times, act: visit", [("c", 1, 2), ("a", 2, 1)]),
        ("of: person, figure: titles", [("a", 1, 1), ("b", 1, 1)]),
        ('of: person, from: "2022-04-02"', [("b", 1, 6), ("a", 2, 5), ("c", 3, 3)]),
        ('of: person, to: "2022-04-02"', [("a", 1, 10), ("c", 2, 6)]),
        (
            'of: person, figure: times, from: "2022-04-02", to: "2022-04-02"',
            [("a", 1, 2), ("c", 2, 1)],
        ),
        ('of: person, figure: titles, from: "2022-04-02"', [("b", 1, 1)]),
        ("of: person, figure: times, style: dense, top: 2", [("a", 1, 3), ("c", 2, 2)]),
        ("of: unit", [("甲", 1, 16), ("乙", 2, 6)]),
        ("of: unit, figure: registered", [("乙", 1, 2), ("甲", 1, 2)]),
        ("of: unit, figure: active", [("甲", 1, 2), ("乙", 2, 1)]),
        ("of: unit, figure: times", [("甲", 1, 4), ("乙", 2, 2)]),
        ("of: unit, figure: titles", [("甲", 1, 2), ("乙", 2, 0)]),
        ("of: unit, figure: holders", [("甲", 1, 2), ("乙", 2, 0)]),
        ("of: unit, figure: mean", [("甲", 1, 8), ("乙", 2, 6)]),
        ("of: unit, figure: ratio", [("甲", 1, 1), ("乙", 2, Fraction(1, 2))]),
        ("of: unit, figure: ratio, over: staff", [("甲", 1, Fraction(1, 2))]),
    ],
)
def test_boards_of_people_and_of_units(text, expected):
    assert board(text) == expected
    assert board(text, PEOPLE[::-1]) == expected


def test_nobody_is_no_mean():
    assert board("of: unit, figure: mean", [FactIn("z", "unit", "", "丁")]) == [("丁", 1, 0)]


def test_what_has_not_begun_has_no_figures():
    assert board("of: person, from: change") == []


def test_boards_stand_in_the_order_of_their_names():
    text = BOARDS + "".join(
        f"  {name}: {{title: {name}, of: person, top: 1}}\n" for name in "edcba"
    )
    rows = rank_boards(rules(text), ACTS, windows={}, facts=[])
    assert [row.board for row in rows] == list("abcde")


# ---- the book ------------------------------------------------------------------------------------

ONE = "ledgers: {points: {title: 积分, unit: 分}}\n"


def test_of_several_tries_each_is_compared_with_the_best_and_a_level_one_brings_nothing():
    book = rules(
        ONE + 'acts: {quiz: {title: 答题, figures: {right: {title: 答对}}, credits: [{each: "1"}],'
        " attempts: {per: day, counts: best}}}\n"
    )  # fmt: skip
    found = fold(
        book, *(act("quiz", f"2022-04-01 12:0{at}", value) for at, value in enumerate("3325"))
    )
    assert points(found) == [3, 0, 0, 2]
    assert codes(found)[1:] == ["practice_not_better", "practice_not_better", "practice_difference"]
    assert codes(found)[0] not in {"practice_not_better", "practice_difference"}
    data = found.ledger[3].reason.data
    assert (data["before"], data["now"], data["points"], data["counts"]) == ("3", "5", "2", "best")
    again = fold(book, act("quiz", "2022-04-01 12:00", "3"), act("quiz", "2022-04-02 12:00", "2"))
    assert points(again) == [3, 2]  # another day, another best


def test_two_credits_of_one_act_are_two_accounts():
    book = rules(
        ONE + "acts: {quiz: {title: 答题, figures: {right: {title: 答对}}, credits:"
        ' [{each: "1", caps: {day: "4"}}, {points: "2", caps: {day: "3"}}]}}\n'
    )  # fmt: skip
    found = fold(book, *(act("quiz", f"2022-04-01 12:0{at}", "3") for at in range(3)))
    assert points(found) == [3, 2, 1, 1, 0, 0]
    assert points(fold(book, act("quiz", "2022-04-01 12:00", "0")))[1:] == [2]


def test_a_cap_of_one_act_binds_what_the_best_brings():
    book = rules(
        ONE + 'acts: {quiz: {title: 答题, figures: {right: {title: 答对}}, credits: [{each: "1", caps: {act: "4"}}],'
        " attempts: {per: day, counts: best}}}\n"
    )  # fmt: skip
    found = fold(
        book, *(act("quiz", f"2022-04-01 12:0{at}", value) for at, value in enumerate("269"))
    )
    assert points(found) == [2, 2, 0]
