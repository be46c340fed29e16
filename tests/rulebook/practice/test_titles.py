"""Streaks, titles and what an act earns: one rule at a time, worked out by hand."""

from datetime import datetime

import pytest

from leitai.rulebook.data import FactIn
from leitai.rulebook.practice.rules import ledger_of
from tests.rulebook.practice.builders import CHINA, act, codes, fold, points, problems, rules

ONE = "ledgers: {points: {title: 积分, unit: 分}}\n"
QUIZ = 'acts: {quiz: {title: 答题, figures: {right: {title: 答对, unit: 题}}, credits: [{each: "1"}]}}\n'


def day(number, value="", name="quiz", person="p", hour=12):
    return act(name, f"2022-04-{number:02} {hour:02}:00", value, person)


# ---- streaks -------------------------------------------------------------------------------------


def streak(rule, *acts):
    """Give the points of the streak alone: acts themselves bring none."""
    book = rules(
        ONE + 'acts: {quiz: {title: 答题, credits: [{points: "0"}]}}\n'
        f'streaks: {{it: {{title: 连续, acts: [quiz], points: "1", {rule}}}}}\n'
    )
    found = fold(book, *acts)
    full = {"practice_days", "practice_right"}
    return [int(line.points) for line in found.ledger if line.reason.code in full]


@pytest.mark.parametrize(
    ("rule", "days", "times"),
    [
        ("days: 3", [1, 2, 3], 1), ("days: 3", [1, 2], 0), ("days: 3", [1, 2, 4, 5], 0),
        ("days: 3", [1, 2, 4, 5, 6], 1), ("days: 3", [1, 1, 2, 2, 3], 1),
        ("days: 2, again: false", [1, 2, 3, 4, 5, 6], 1), ("days: 2", [1, 2, 3, 4, 5, 6], 3),
        ("days: 2", [1, 2, 3, 5, 6], 2), ("days: 1, again: false", [1, 2], 1),
        ("days: 1", [1, 2, 4], 3), ("days: 2", [1, 2, 4, 5], 2),
    ],
)  # fmt: skip
def test_days_one_after_the_other(rule, days, times):
    acts = [day(one, hour=8 + at) for at, one in enumerate(days)]
    assert len(streak(rule, *acts)) == times


@pytest.mark.parametrize(
    ("rule", "answers", "times"),
    [
        ("right: 3", ["111"], 1), ("right: 3", ["110", "111"], 1), ("right: 3", ["1101"], 0),
        ("right: 3, within: day", ["11", "1"], 1), ("right: 3, within: act", ["11", "1"], 0),
        ("right: 3", ["111", "111"], 2), ("right: 3, again: false", ["111111"], 1),
        ("right: 3", ["111111"], 2), ("right: 3, within: day", ["11", "1111"], 2),
        ("right: 1", ["0", "1"], 1), ("right: 2", ["1", "0", "1"], 0), ("right: 2", ["0", "0"], 0),
        ("right: 2, within: day", ["1", "", "1"], 1),
    ],
)  # fmt: skip
def test_right_answers_one_after_the_other(rule, answers, times):
    acts = [day(1, f"answers={one}" if one else "", hour=8 + at) for at, one in enumerate(answers)]
    assert len(streak(rule, *acts)) == times


@pytest.mark.parametrize("within", [", within: all", ", within: day", ", within: act"])
def test_a_row_of_answers_may_end_with_the_day_or_the_act(within):
    two = [day(1, "answers=11"), day(2, "answers=1")]
    assert len(streak(f"right: 3{within}", *two)) == (1 if within == ", within: all" else 0)
    same = [day(1, "answers=11", hour=8), day(1, "answers=1", hour=9)]
    assert len(streak(f"right: 3{within}", *same)) == (0 if within == ", within: act" else 1)


# ---- what an act earns ---------------------------------------------------------------------------


def earned(credit, *values):
    book = rules(ONE + "acts: {quiz: {title: 答题, figures: {right: {title: 答对, unit: 题}},"
                 f" credits: [{credit}]}}}}\n")  # fmt: skip
    return fold(book, *(day(1, value, hour=8 + at) for at, value in enumerate(values)))


def test_so_much_for_every_so_many():
    found = earned('{each: "2", per: "5"}', "4", "5", "14", "15")
    assert points(found) == [0, 2, 4, 6]
    assert codes(found)[0] == "practice_short"
    assert {name: found.ledger[0].reason.data[name] for name in ("have", "least", "unit")} == {
        "have": "4", "least": "5", "unit": "题",
    }  # fmt: skip
    rest = earned('{each: "2", per: "5", rest: day}', "4", "4", "4", "4")
    assert points(rest) == [0, 2, 2, 2]  # 4; 8; 3 + 4 = 7; 2 + 4 = 6


def test_the_highest_step_that_is_reached():
    steps = '{steps: [{least: "5", points: "1"}, {least: "8", points: "3"}]}'
    found = earned(steps, "4", "5", "7", "8", "9")
    assert points(found) == [0, 1, 1, 3, 3]
    assert found.ledger[0].reason.data["least"] == "5"


def test_what_was_not_given_earns_nothing_and_says_what():
    found = earned('{each: "1"}', "")
    assert (points(found), codes(found)) == ([0], ["practice_no_figure"])
    assert found.ledger[0].reason.data["figure"] == "答对"


def test_the_greater_factor_of_two_spans():
    book = rules(
        ONE + "hours:\n"
        '  early: {title: 早间, spans: [{from: "6:00", to: "9:00"}]}\n'
        '  dawn: {title: 清晨, spans: [{from: "6:00", to: "7:00"}]}\n'
        'acts: {read: {title: 阅读, credits: [{points: "1", hours: {early: "2", dawn: "3"}}]},'
        ' walk: {title: 走访, credits: [{points: "1", hours: {early: "3", dawn: "2"}}]}}\n'
    )
    found = fold(
        book, *(day(1, "", name, hour=hour) for hour in (6, 8, 10) for name in ("read", "walk"))
    )
    assert points(found) == [3, 3, 2, 3, 1, 1]


# ---- costs, ledgers, changes ---------------------------------------------------------------------


def test_what_is_spent_is_no_gain_of_a_board_or_title():
    book = rules(
        ONE + 'acts: {earn: {title: 签到, credits: [{points: "5"}]}, draw: {title: 抽奖, spends: {points: "3"}}}\n'
        'titles: {rich: {title: 富, per: all, kept: false, when: {ledger: points, count: balance, least: "4"}},\n'
        '         busy: {title: 勤, per: all, kept: false, when: {ledger: points, least: "5"}}}\n'
    )  # fmt: skip
    found = fold(book, day(1, "", "earn"), day(2, "", "draw"))
    assert points(found) == [5, -3]
    assert codes(found)[1] == "practice_spent"
    assert [row.title for row in found.titles] == ["busy"]


def test_where_no_ledger_is_said_it_is_the_first_by_name():
    book = rules("ledgers: {b: {title: 乙}, a: {title: 甲}}\n"
                 'acts: {quiz: {title: 答题, credits: [{ledger: a, points: "1"}, {ledger: b, points: "2"}]}}\n')  # fmt: skip
    assert ledger_of(book.practice, None) == "a"
    assert ledger_of(book.practice, "b") == "b"


def test_changes_come_in_the_order_of_their_instants():
    text = (
        ONE
        + 'acts: {a: {title: 甲, credits: [{points: "1"}]}, b: {title: 乙, credits: [{points: "9"}]}}\n'
        "changes:\n"
        '  - {from: "2022-04-03", ends: [b]}\n'
        '  - {from: "2022-04-02", acts: {a: {title: 甲, credits: [{points: "2"}]}}}\n'
    )
    found = fold(rules(text), *(day(at, "", "a") for at in (1, 2, 3)), day(2, "", "b", hour=13),
                 day(3, "", "b", hour=13))  # fmt: skip
    assert points(found) == [1, 2, 9, 2, 0]


# ---- titles --------------------------------------------------------------------------------------


def held(titles, *acts, acts_text=QUIZ, facts=(), windows=None):
    found = fold(rules(ONE + acts_text + "titles:\n" + titles), *acts, facts=facts, windows=windows)
    return [(row.person, row.title, row.period) for row in found.titles], found


def test_any_goal_or_all_goals():
    two = '[{act: quiz, count: times, least: "2"}, {act: quiz, count: sum, of: right, least: "9"}]'
    for how, expected in (("any", ["either"]), ("all", [])):
        rows, _ = held(
            f"  either: {{title: 名, per: all, when: {{{how}: {two}}}}}\n", day(1, "1"), day(2, "1")
        )
        assert [title for _, title, _ in rows] == expected
    rows, found = held(f"  either: {{title: 名, per: all, when: {{any: {two}}}}}\n", day(1, "9"))
    data = found.titles[0].reason.data
    assert (data["names"], data["units"], data["least"], data["have"]) == (
        ("答题",),
        ("题",),
        ("9",),
        ("9",),
    )


def test_titles_that_rest_on_titles_however_they_are_called():
    """z is reached by points, m by z, a by m twice."""
    text = (
        '  a: {title: 丙, per: month, when: {title: m, least: "2"}, kept: false}\n'
        "  m: {title: 乙, per: day, when: {title: z}, kept: false}\n"
        '  z: {title: 甲, per: day, when: {ledger: points, least: "5"}, kept: false}\n'
    )
    rows, _ = held(text, day(1, "5"), day(2, "6"))
    assert [title for _, title, _ in rows] == ["m", "z", "a", "m", "z"]
    one, found = held(text, day(1, "5"))
    assert [title for _, title, _ in one] == ["m", "z"]
    assert found.titles[1].reason.data["names"] == ("积分",)
    assert found.titles[1].reason.data["units"] == ("分",)


def test_what_is_taken_back_takes_its_titles_and_leaves_the_others():
    acts = ('acts: {quiz: {title: 答题, figures: {right: {title: 答对, unit: 题}}, credits: [{each: "1"}]},'
            " undo: {title: 撤回, takes_back: {act: quiz}}}\n")  # fmt: skip
    text = (
        '  twice: {title: 两次, per: all, kept: false, when: {act: quiz, least: "2"}}\n'
        "  once: {title: 一次, per: all, kept: false, when: {act: quiz}}\n"
        "  proud: {title: 荣誉, per: all, kept: false, when: {title: twice}}\n"
    )
    rows, found = held(text, day(1, "5"), day(2, "6"), day(3, "", "undo"), acts_text=acts)
    assert [title for _, title, _ in rows] == ["once"]
    assert (points(found), codes(found)[-1]) == ([5, 6, -6], "practice_back")
    again, _ = held(text, day(1, "5"), day(2, "6"), day(3, "", "undo"), day(4, "1"), acts_text=acts)
    assert [title for _, title, _ in again] == ["once", "proud", "twice"]


BEST = "  best: {title: 能手, per: month, when: {ledger: points}, top: 2, by: points}\n"


def test_the_best_say_their_rank_and_their_points():
    """b 9, a and c 7: two places; c was a day later than a and is level with it."""
    acts = [
        day(1, "7", person="a"),
        day(2, "9", person="b"),
        day(3, "7", person="c"),
        day(4, "1", person="d"),
    ]
    _, found = held(BEST.replace("by: points", "by: points, ties: share"), *acts)
    told = [(row.person, dict(row.reason.data)) for row in found.titles]
    assert [(person, data["rank"], data["have"]) for person, data in told] == [
        ("a", 2, "7"), ("b", 1, "9"), ("c", 2, "7"),
    ]  # fmt: skip
    assert {name: told[0][1][name] for name in ("top", "name", "unit", "period")} == {
        "top": 2, "name": "积分", "unit": "分", "period": "2022-04",
    }  # fmt: skip


def test_the_best_of_each_unit():
    facts = [FactIn(person, "unit", "", "甲" if person in "ab" else "乙") for person in "abcd"]
    acts = [day(1, value, person=person) for person, value in zip("abcd", "7986", strict=True)]
    rows, _ = held(BEST.replace("top: 2", "top: 1, each: unit"), *acts, facts=facts)
    assert [person for person, _, _ in rows] == ["b", "c"]
    whole, _ = held(BEST.replace("top: 2", "top: 1"), *acts, facts=facts)
    assert [person for person, _, _ in whole] == ["b"]


def test_titles_stand_by_instant_and_person():
    text = "  z: {title: 甲, per: day, when: {act: quiz}}\n  a: {title: 乙, per: day, when: {act: quiz}}\n"
    acts = [day(2, "1", person="a"), day(1, "1", person="c"), day(1, "1", person="b")]
    rows, _ = held(text, *acts)
    assert rows == [
        ("b", "a", "2022-04-01"), ("b", "z", "2022-04-01"), ("c", "a", "2022-04-01"),
        ("c", "z", "2022-04-01"), ("a", "a", "2022-04-02"), ("a", "z", "2022-04-02"),
    ]  # fmt: skip


def test_the_best_of_a_month_that_is_not_over_wait():
    acts = [day(1, "7", person="a")]
    known = {"as-of": datetime(2022, 4, 20, tzinfo=CHINA)}
    rows, found = held(BEST, *acts, windows=known)
    assert rows == []
    assert [note.reason.code for note in found.notes] == ["practice_waits"]
    assert problems(ONE + QUIZ + "titles:\n" + BEST) == set()
