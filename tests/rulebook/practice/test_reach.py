"""The most that anybody can reach, multiplied out by hand.

A month is taken with 31 days and touches six weeks.
"""

from dataclasses import replace
from fractions import Fraction

import pytest

from leitai.rulebook.model.practice import (
    Act,
    ActFigure,
    Attempts,
    Caps,
    Change,
    Credit,
    Exercise,
    Goal,
    Ledger,
    Limit,
    Practice,
    Spend,
    Step,
    Streak,
)
from leitai.rulebook.practice.reach import Reach, Variant, variants

F = Fraction
TWICE = Attempts(Limit(day=2))
MARK = {"mark": ActFigure("分数", most=F(10))}
LEDGERS = {"x": Ledger("积分"), "y": Ledger("体力")}


def practice(*credits_, attempts=TWICE, figures=None, ledgers=LEDGERS, **more):
    """One act with these credits."""
    one = Act("答题", figures=MARK if figures is None else figures, credits=credits_)
    return Practice(ledgers=ledgers, acts={"quiz": replace(one, attempts=attempts)}, **more)


def most(rules, period="day", ledger="x"):
    return Reach(rules).points(ledger, period)


# ---- days ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "days"),
    [
        ({}, (1, 7, 31, 366, None)),
        ({"from_": "2022-04-01"}, (1, 7, 31, 366, None)),
        ({"to": "2022-04-10"}, (1, 7, 31, 366, None)),
        ({"from_": "2022-04-01", "to": "2022-04-10"}, (1, 7, 10, 10, 10)),
        ({"from_": "2022-04-01", "to": "2022-04-01"}, (1, 1, 1, 1, 1)),
        ({"from_": "2022-04-10", "to": "2022-04-01"}, (0, 0, 0, 0, 0)),
    ],
)
def test_the_days_of_a_period(more, days):
    reach = Reach(practice(**more))
    assert tuple(reach.days(one) for one in ("day", "week", "month", "year", "all")) == days


# ---- what one credit brings ----------------------------------------------------------------------

EACH = Credit(each=F(2), per=F(3), of="mark")


@pytest.mark.parametrize(
    ("credit", "expected"),
    [
        (Credit(points=F(5)), 10),
        (Credit(points=F(1)), 2),
        (Credit(points=F(0)), 0),
        (Credit(points=F(-5)), 0),
        (Credit(points=F(5), caps=Caps(act=F(3))), 6),
        (Credit(points=F(5), caps=Caps(act=F(8))), 10),
        (Credit(points=F(5), caps=Caps(day=F(7))), 7),
        (Credit(points=F(5), hours={"early": F(3), "late": F(2)}), 30),
        (Credit(points=F(5), hours={"early": F(1, 2)}), 10),
        (Credit(steps=(Step(F(1), F(2)), Step(F(5), F(9)))), 18),
        (Credit(words={"won": F(4), "lost": F(1)}, of="mark"), 8),
        (Credit(factor=F(1, 2), of="mark"), 10),
        (EACH, 12),  # three full threes of ten
        (replace(EACH, rest="day"), 16),  # and one that is left over
        (replace(EACH, per=F(1)), 40),
        (replace(EACH, per=F(1, 2)), 80),
        (replace(EACH, per=F(0)), None),
        (replace(EACH, of="time"), None),
    ],
)
def test_two_acts_a_day(credit, expected):
    assert most(practice(credit)) == expected


@pytest.mark.parametrize(
    ("attempts", "period", "expected"),
    [
        (TWICE, "week", 70),
        (TWICE, "month", 310),
        (TWICE, "all", None),
        (Attempts(Limit(day=1)), "day", 5),
        (Attempts(Limit(week=3)), "day", 15),
        (Attempts(Limit(week=3)), "month", 90),
        (Attempts(Limit(day=1, week=3)), "week", 15),
        (Attempts(Limit(all=4)), "all", 20),
        (Attempts(), "day", None),
        (None, "day", None),
        (Attempts(Limit(day=2), beyond=Spend(F(1))), "day", None),  # more tries may be bought
        (Attempts(counts="best"), "day", 5),
        (Attempts(counts="best"), "week", 35),
        (Attempts(counts="last", per="week"), "month", 30),
        (Attempts(Limit(day=2), counts="best", per="day"), "day", 5),
    ],
)
def test_how_often_five_points(attempts, period, expected):
    assert most(practice(Credit(points=F(5)), attempts=attempts), period) == expected


def test_nought_as_often_as_anybody_likes_is_nought():
    assert most(practice(Credit(points=F(0)), attempts=None)) == 0


def test_ten_days_of_practice_are_the_end():
    rules = practice(Credit(points=F(5)), from_="2022-04-01", to="2022-04-10")
    assert [most(rules, period) for period in ("day", "week", "month", "all")] == [
        10, 70, 100, 100,
    ]  # fmt: skip


def test_a_figure_that_follows_from_the_answers():
    """Twenty questions: at most twenty right; a figure that says its own most keeps it."""
    credit = Credit(factor=F(1), of="right")

    def of(figures):
        rules = practice(credit, figures=figures)
        acts = {"quiz": replace(rules.acts["quiz"], exercise=Exercise(questions=20))}
        return most(replace(rules, acts=acts))

    assert of({}) == 40
    assert of({"right": ActFigure("答对", most=F(15))}) == 30
    assert of({"right": ActFigure("答对")}) is None
    assert most(practice(credit, figures={})) is None
    other = practice(replace(credit, of="mark"), figures={})
    exercise = {"quiz": replace(other.acts["quiz"], exercise=Exercise(questions=20))}
    assert most(replace(other, acts=exercise)) is None


# ---- what comes together -------------------------------------------------------------------------

WEEK = Streak("连续", ("quiz",), F(4), days=3, ledger="x")


@pytest.mark.parametrize(
    ("streak", "expected"),
    [
        (WEEK, 82),  # 70, and four for each three days of seven, begun ones too
        (replace(WEEK, caps=Caps(week=F(5))), 75),
        (replace(WEEK, days=None, right=3), None),
        (replace(WEEK, days=None, right=3, caps=Caps(day=F(1))), 77),
        (replace(WEEK, ledger="y"), 70),
    ],
)
def test_a_streak_in_a_week(streak, expected):
    rules = practice(Credit(points=F(5), ledger="x"), streaks={"s": streak})
    assert most(rules, "week") == expected


def test_a_streak_without_an_end_of_practice():
    rules = practice(streaks={"s": WEEK})
    assert most(rules, "all") is None
    assert most(rules, "month") == 44  # ten threes, and one begun


def test_what_goes_elsewhere_or_is_exercise_only_brings_nothing():
    rules = practice(Credit(points=F(5), ledger="y"), Credit(points=F(3), ledger="x"))
    assert (most(rules), most(rules, ledger="y")) == (6, 10)
    idle = {"quiz": replace(rules.acts["quiz"], counts=False)}
    assert most(replace(rules, acts=idle)) == 0


def test_a_ledger_caps_the_whole():
    ledgers = {"x": Ledger("积分", caps=Caps(day=F(7)))}
    rules = practice(Credit(points=F(5)), ledgers=ledgers)
    assert (most(rules), most(rules, "week")) == (7, 49)


def test_each_part_of_a_day_stands_by_name():
    act = Act("答题", attempts=TWICE)
    acts = {
        "z": replace(act, credits=(Credit(points=F(1), ledger="x"),)),
        "a": replace(
            act, credits=(Credit(points=F(2), ledger="x"), Credit(points=F(9), ledger="y"))
        ),
        "idle": replace(act, counts=False, credits=(Credit(points=F(8), ledger="x"),)),
    }
    streaks = {
        "t": replace(WEEK, points=F(6)),
        "s": WEEK,
        "r": replace(WEEK, ledger="y"),
    }
    rules = Practice(ledgers=LEDGERS, acts=acts, streaks=streaks)
    # A day may end one row of three.
    assert Reach(rules).by_day(next(variants(rules)), "x") == [4, 2, 4, 6]
    assert Reach(rules).by_day(next(variants(rules)), "y") == [18, 4]


# ---- changes -------------------------------------------------------------------------------------


def test_the_rules_after_each_change():
    one, two, three = Act("甲"), Act("乙"), Act("丙")
    old, new = Ledger("积分"), Ledger("新积分")
    rules = Practice(
        ledgers={"x": old},
        acts={"a": one, "b": two},
        changes=(
            Change("2022-04-02", acts={"a": three}, ledgers={"x": new}),
            Change("2022-04-03", ends=("b", "nothing")),
        ),
    )
    assert list(variants(rules)) == [
        Variant({"a": one, "b": two}, {"x": old}),
        Variant({"a": three, "b": two}, {"x": new}),
        Variant({"a": three}, {"x": new}),
    ]


def changed(figures=None, **more):
    """Two acts a day of ten at most; after the change one, with other figures."""
    rules = practice(Credit(factor=F(1), of="mark"))
    other = replace(rules.acts["quiz"], attempts=Attempts(Limit(day=1)), figures=figures or MARK)
    change = Change("2022-04-02", acts={"quiz": other}, **more)
    return replace(rules, changes=(change,))


TWELVE = {"mark": ActFigure("分数", most=F(12))}
OPEN = {"mark": ActFigure("分数")}


def goal(rules, count, period="month", **more):
    return Reach(rules).goal(Goal(act="quiz", count=count, of="mark", **more), period)


def test_both_rules_may_be_used_up_in_one_period():
    assert most(changed()) == 30
    assert most(changed(TWELVE)) == 32
    assert most(changed(OPEN)) is None
    ledgers = {"x": Ledger("积分", caps=Caps(day=F(5)))}
    assert most(changed(TWELVE, ledgers=ledgers)) == 25


@pytest.mark.parametrize(
    ("count", "expected"),
    [("times", 93), ("days", 31), ("row", 31), ("sum", 992), ("best", 12), ("mean", 12)],
)
def test_goals_over_a_change(count, expected):
    """62 times ten and 31 times twelve; there are no more days than a month has."""
    assert goal(changed(TWELVE), count) == expected


def test_a_best_without_a_bound_has_none():
    assert goal(changed(OPEN), "best") is None
    assert goal(changed(OPEN), "sum") is None
    assert goal(changed(OPEN), "times") == 93


@pytest.mark.parametrize(
    ("attempts", "count", "period", "expected"),
    [
        (Attempts(Limit(week=3)), "times", "month", 18),
        (Attempts(Limit(week=3)), "days", "month", 18),
        (Attempts(Limit(week=3)), "row", "week", 3),
        (Attempts(Limit(week=3)), "sum", "month", 180),
        (Attempts(Limit(week=3)), "best", "month", 10),
        (TWICE, "times", "month", 62),
        (TWICE, "days", "month", 31),
        (TWICE, "days", "all", None),
        (None, "times", "month", None),
        (None, "days", "month", 31),
        (Attempts(counts="best"), "times", "week", None),  # every try counts, one is credited
        (Attempts(Limit(all=9)), "days", "all", 9),
    ],
)
def test_goals_of_an_act(attempts, count, period, expected):
    assert goal(practice(attempts=attempts), count, period) == expected


def test_acts_that_nobody_has_or_that_do_not_count():
    assert Reach(practice()).goal(Goal(act="walk"), "month") == 0
    rules = practice()
    idle = replace(rules, acts={"quiz": replace(rules.acts["quiz"], counts=False)})
    assert goal(idle, "times") == 0
