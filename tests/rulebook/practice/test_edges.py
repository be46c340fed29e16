"""Caps, losses, tries, changes and titles at their edges: every value worked out by hand."""

from datetime import date, datetime
from fractions import Fraction

import pytest

from leitai.rulebook.data import FactIn
from leitai.rulebook.model.practice import Act, ActFigure, Caps, Credit, Practice
from leitai.rulebook.practice.accounts import Account, Bound, Capped, Days
from leitai.rulebook.practice.earning import earn
from leitai.rulebook.practice.reasons import SENTENCES_EN, SENTENCES_ZH
from leitai.rulebook.practice.values import Value
from leitai.rulebook.reasons_zh import Data
from tests.rulebook.practice.builders import CHINA, act, codes, fold, points, rules

ONE = "ledgers: {points: {title: 积分, unit: 分}}\n"
QUIZ = 'quiz: {title: 答题, figures: {right: {title: 答对}}, credits: [{each: "1"}]'
TEN = Fraction(10)


def at(hour, value="", name="quiz", person="p", day=1):
    return act(name, f"2022-04-{day:02} {hour:02}:00", value, person)


# ---- caps ----------------------------------------------------------------------------------------


def test_what_just_fits_is_not_held_back_and_of_level_caps_the_first_is_named():
    periods = Days("monday").of(date(2022, 4, 1))
    own = Capped(("credit",), Caps(day=TEN, week=TEN))
    whole = Capped(("ledger",), Caps(day=TEN), whole=True)
    assert Account().clip(TEN, [own, whole], periods) == (TEN, None)
    assert Account().clip(TEN + 1, [own, whole], periods) == (TEN, Bound("day", TEN, whole=False))
    assert Account().clip(TEN + 1, [whole, own], periods) == (TEN, Bound("day", TEN, whole=True))
    assert Account().clip(Fraction(0), [own], periods) == (0, None)


def test_a_last_try_of_nought_takes_what_the_one_before_brought():
    def of(counts):
        book = rules(ONE + f"acts: {{{QUIZ}, attempts: {{per: day, counts: {counts}}}}}}}\n")
        return fold(book, *(at(8 + nth, value) for nth, value in enumerate("3020")))

    last = of("last")
    assert points(last) == [3, -3, 2, -2]
    assert codes(last)[1:] == ["practice_difference"] * 3
    best = of("best")
    assert points(best) == [3, 0, 0, 0]
    # Nought says by itself why it brings nothing.
    assert codes(best)[1:] == ["practice_short", "practice_not_better", "practice_short"]


# ---- changes -------------------------------------------------------------------------------------


def test_what_was_earned_before_a_cap_came_uses_it_up():
    """4 in the morning; at noon a cap of 6 a day comes: 2 are left."""
    book = rules(
        ONE + 'acts: {walk: {title: 走访, credits: [{points: "4"}]}}\n'
        'changes: [{from: "2022-04-01 12:00", acts: {walk: {title: 走访,'
        ' credits: [{points: "4", caps: {day: "6"}}]}}}]\n'
    )
    found = fold(book, at(8, name="walk"), at(13, name="walk"), at(8, name="walk", day=2))
    assert points(found) == [4, 2, 4]


def test_a_change_of_a_ledger_brings_its_cap_and_its_name():
    book = rules(
        ONE + 'acts: {walk: {title: 走访, credits: [{points: "4"}]}}\n'
        'changes: [{from: "2022-04-02", ledgers: {points: {title: 积分, unit: 个,'
        ' caps: {day: "3"}}}}]\n'
    )
    found = fold(book, at(8, name="walk"), at(8, name="walk", day=2))
    assert points(found) == [4, 3]
    assert [line.reason.data["unit"] for line in found.ledger] == ["分", "个"]


def test_a_change_may_bring_that_something_is_taken_back():
    book = rules(
        ONE + 'acts: {walk: {title: 走访, credits: [{points: "4"}]}}\n'
        'changes: [{from: "2022-04-02", acts: {undo: {title: 撤回, takes_back: {act: walk}}}}]\n'
    )
    found = fold(book, at(8, name="walk"), at(8, name="undo", day=2))
    assert (points(found), found.notes) == ([4, -4], ())


# ---- what is said --------------------------------------------------------------------------------


def test_a_try_beyond_the_limit_is_bought():
    book = rules(
        "ledgers: {points: {title: 积分}, energy: {title: 体力}}\n"
        "acts:\n"
        '  rest: {title: 休息, credits: [{ledger: energy, points: "9"}]}\n'
        '  draw: {title: 抽题, credits: [{ledger: points, points: "1"}],'
        ' spends: {ledger: energy, points: "2"},'
        ' attempts: {limit: {day: 1}, beyond: {ledger: energy, points: "3"}}}\n'
    )
    found = fold(book, at(7, name="rest"), at(8, name="draw"), at(9, name="draw"))
    assert points(found, "energy") == [9, -2, -2, -3]
    spent = [line.reason.code for line in found.ledger if line.ledger == "energy"]
    assert spent[1:] == ["practice_spent", "practice_spent", "practice_bought"]


def test_of_two_figures_that_fall_short_the_first_by_name_is_named():
    book = rules(
        ONE + "acts: {quiz: {title: 答题, value: right, figures: {right: {title: 答对},"
        " made: {title: 完成}, age: {title: 天数}},"
        ' credits: [{points: "1", needs: {right: "5", made: "4", age: "3"}}]}}\n'
    )
    found = fold(book, at(8, "right=1;made=1;age=1"), at(9, "right=1;made=1;age=3"))
    assert [line.reason.data["figure"] for line in found.ledger] == ["天数", "完成"]


def test_of_two_level_factors_the_first_by_name_is_named():
    span = '[{from: "6:00", to: "9:00"}]'
    book = rules(
        ONE + f"hours: {{z: {{title: 早间, spans: {span}}}, a: {{title: 清晨, spans: {span}}}}}\n"
        'acts: {walk: {title: 走访, credits: [{points: "1", hours: {z: "2", a: "2"}}]}}\n'
    )
    found = fold(book, at(8, name="walk"))
    assert (points(found), found.ledger[0].reason.data["hours"]) == ([2], "清晨")
    data = Data(found.ledger[0].reason.data)
    assert SENTENCES_EN["practice_credit"](data) == "走访: 清晨, times 2: 2 points"
    assert SENTENCES_ZH["practice_credit"](data) == "走访：清晨按2倍计，计2分"
    plain = fold(book, at(9, name="walk")).ledger[0].reason
    assert SENTENCES_EN["practice_credit"](Data(plain.data)) == "走访: 1 point"


def test_nothing_is_divided_by_nought():
    quiz = Act("答题", figures={"right": ActFigure("答对", "题")})
    credit = Credit(each=Fraction(1), per=Fraction(0))
    practice = Practice(ledgers={}, acts={"quiz": quiz})
    value = Value(figures={"right": Fraction(5)})
    found = earn(practice, quiz, credit, value, datetime(2022, 4, 1, 12), Fraction(0))  # noqa: DTZ001
    assert (found.points, found.rest) == (0, 0)
    assert found.why is not None
    assert (found.why.code, found.why.data["least"]) == ("practice_short", "0")


@pytest.mark.parametrize(
    ("counts", "zh", "en"), [("best", "最好", "best"), ("last", "最近", "last")]
)
def test_the_difference_in_words(counts, zh, en):
    data = Data({
        "title": "答题", "counts": counts, "before": "3", "now": "5", "points": "2", "unit": "分",
    })  # fmt: skip
    assert SENTENCES_ZH["practice_difference"](data) == f"答题：按{zh}一次计，由3变为5，本次计2分"
    assert SENTENCES_EN["practice_difference"](data) == (
        f"答题: the {en} one counts, 5 after 3: 2 points"
    )


# ---- titles --------------------------------------------------------------------------------------


def titled(text, *acts, acts_text=f"{{{QUIZ}}}}}", **more):
    return fold(rules(f"{ONE}acts: {acts_text}\ntitles:\n{text}"), *acts, **more)


def names(found):
    return [(row.person, row.title, row.period) for row in found.titles]


def test_titles_in_words():
    found = titled(
        "  whole: {title: 达人, per: all, when: {all: [{act: quiz}, {ledger: points, least: '3'}]}}\n"
        "  month: {title: 能手, per: month, when: {act: quiz, least: '2'}}\n",
        at(8, "4"),
        at(9, "1"),
    )
    told = [SENTENCES_EN["practice_title"](Data(row.reason.data)) for row in found.titles]
    assert told == [
        "答题: 1 of the 1 times needed; 积分: 4 points of the 3 points needed: 达人",
        "2022-04: 答题: 2 of the 2 times needed: 能手",
    ]


def test_a_title_may_be_called_as_the_act_that_it_rests_on():
    """One act brings the title of its name, and that one brings another at once."""
    found = titled(
        "  a: {title: 甲, per: month, when: {title: quiz}}\n"
        "  quiz: {title: 乙, per: month, when: {act: quiz}}\n",
        at(8, "1"),
    )
    assert names(found) == [("p", "a", "2022-04"), ("p", "quiz", "2022-04")]


def test_a_lost_title_takes_what_rests_on_it_on_the_day_on_which_it_was_reached():
    found = titled(
        "  a: {title: 甲, per: month, kept: false, when: {ledger: points, least: '5'}}\n"
        "  b: {title: 乙, per: day, kept: false, when: {title: a}}\n",
        at(8, "5"),
        at(8, name="fine", day=3),
        acts_text=f'{{{QUIZ}}}, fine: {{title: 扣分, credits: [{{points: "-3"}}]}}}}',
    )
    assert names(found) == []
    assert points(found) == [5, -3]


def test_a_title_of_the_best_stands_where_it_was_reached():
    """The best is known last; it was reached first."""
    found = titled(
        "  z: {title: 甲, per: month, when: {ledger: points, least: '2'}, top: 1, by: points}\n"
        "  a: {title: 乙, per: month, when: {ledger: points, least: '3'}}\n",
        at(8, "2", day=1),
        at(8, "1", day=2),
    )
    assert names(found) == [("p", "z", "2022-04"), ("p", "a", "2022-04")]


def test_titles_that_wait_stand_by_name():
    text = "".join(
        f"  {name}: {{title: {name}, per: month, when: {{act: quiz}}, top: 1, by: points}}\n"
        for name in "hgfedcba"
    )
    found = titled(text, at(8, "1"), windows={"as-of": datetime(2022, 4, 20, tzinfo=CHINA)})
    assert [note.reason.data["title"] for note in found.notes] == list("abcdefgh")


def test_the_unit_is_where_somebody_came_last():
    facts = [
        FactIn("a", "unit", "", "乙", date(2022, 2, 1)),
        FactIn("a", "unit", "", "甲", date(2022, 1, 1)),
        FactIn("b", "unit", "", "甲"),
    ]
    found = titled(
        "  it: {title: 能手, per: month, when: {act: quiz}, top: 1, by: points, each: unit}\n",
        at(8, "5", person="a"),
        at(8, "3", person="b"),
        facts=facts,
    )
    assert [row.person for row in found.titles] == ["a", "b"]  # the best of 乙 and of 甲


def test_balances_stand_by_person_ledger_and_period():
    book = rules(
        "ledgers: {y: {title: 积分, period: day}, x: {title: 体力, period: day}}\n"
        'acts: {walk: {title: 走访, credits: [{ledger: y, points: "1"}, {ledger: x, points: "2"}]}}\n'
    )
    found = fold(
        book,
        at(8, name="walk", person="b"),
        at(8, name="walk", person="a", day=2),
        at(8, name="walk", person="b", day=3),
    )
    assert [(one.person, one.key, one.value, str(one.since)) for one in found.facts] == [
        ("a", "体力", "2", "2022-04-02"),
        ("a", "积分", "1", "2022-04-02"),
        ("b", "体力", "2", "2022-04-01"),
        ("b", "体力", "2", "2022-04-03"),
        ("b", "积分", "1", "2022-04-01"),
        ("b", "积分", "1", "2022-04-03"),
    ]
