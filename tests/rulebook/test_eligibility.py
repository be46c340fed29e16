from datetime import date

import pytest

from leitai.kernel.errors import DomainError
from leitai.rulebook import load, packaged, refusals
from leitai.rulebook.data import FactIn
from tests.rulebook.builders import MINI_TEXT

SICHUAN = load(packaged("sichuan-2022"))


def fact(kind, key, value="", since=None, until=None):
    return FactIn("p", kind, key, value, since, until, "导入")


def year(kind, key, value="", number=2022):
    return fact(kind, key, value, date(number, 1, 1), date(number, 12, 31))


STAR = year("title", "日日学之星")
POINTS = year("points", "周周练", "1000")
GOOD = [STAR, POINTS]


def bars(facts):
    return [(one.bar, one.fact) for one in refusals(SICHUAN, "selection", facts)]


def test_title_and_a_thousand_points_are_welcome():
    assert bars(GOOD) == []
    assert refusals(SICHUAN, "final", []) == ()


@pytest.mark.parametrize(
    ("facts", "shown"),
    [
        ([], None),
        ([POINTS], None),
        ([year("title", "日日学之星", number=2021), POINTS], None),
        ([year("title", "周周练达人"), POINTS], None),
        ([STAR], None),
    ],
)
def test_what_is_lacking_refuses_without_a_fact(facts, shown):
    assert bars(facts) == [("practice", shown)]


def test_too_few_points_are_shown():
    few = year("points", "周周练", "999.99")
    assert bars([STAR, few]) == [("practice", few)]
    assert bars([STAR, year("points", "周周练", "5000", number=2021)]) == [("practice", None)]


def test_the_greatest_figure_of_the_year_counts():
    running = [year("points", "周周练", value) for value in ("300", "1200", "900")]
    assert bars([STAR, *running]) == []


def test_points_that_are_no_number_are_an_error_and_no_refusal():
    with pytest.raises(DomainError) as caught:
        bars([STAR, year("points", "周周练", "一千")])
    assert caught.value.code == "fact_not_decimal"


def test_a_veteran_is_refused_with_the_sentence_of_the_notice():
    contest = fact("contest", "练兵比武全国总决赛", since=date(2020, 11, 3))
    (refusal,) = refusals(SICHUAN, "selection", [*GOOD, contest])
    assert (refusal.bar, refusal.title, refusal.fact) == ("veteran", "往届现场比试选手", contest)
    assert refusal.source == (
        "已参加过2019年以来练兵比武省际邀请赛、全国总决赛和全国法治知识竞赛现场比试的"
    )


@pytest.mark.parametrize(
    ("since", "until", "refused"),
    [
        (date(2019, 1, 1), None, True),
        (date(2018, 12, 31), None, False),
        (date(2018, 12, 31), date(2019, 1, 2), False),
        (None, date(2018, 5, 1), False),
        (None, date(2019, 5, 1), True),
        (None, None, True),
    ],
)
def test_since_a_year_looks_at_the_first_day(since, until, refused):
    contest = fact("contest", "练兵比武省际邀请赛", since=since, until=until)
    assert (bars([*GOOD, contest]) != []) is refused


@pytest.mark.parametrize(
    ("since", "until", "held"),
    [
        (date(2021, 6, 1), date(2022, 1, 1), True),
        (date(2022, 12, 31), None, True),
        (date(2021, 6, 1), date(2021, 12, 31), False),
        (date(2023, 1, 1), None, False),
        (None, None, True),
    ],
)
def test_in_a_year_means_some_day_of_it(since, until, held):
    title = fact("title", "日日学之星", since=since, until=until)
    assert (bars([title, POINTS]) == []) is held


def test_a_holder_of_the_national_title_is_refused_whenever_it_was():
    title = year("title", "全国人社知识通", number=2015)
    assert bars([*GOOD, title]) == [("national-title", title)]


def test_every_bar_speaks_and_the_order_of_facts_is_no_matter():
    facts = [
        year("title", "全国人社知识通", number=2020),
        fact("contest", "练兵比武省际邀请赛", since=date(2021, 5, 1)),
        fact("contest", "练兵比武全国总决赛", since=date(2020, 5, 1)),
    ]
    assert [name for name, _ in bars(facts)] == ["practice", "veteran", "national-title"]
    assert bars(facts) == bars(facts[::-1])


def test_all_needs_every_part():
    text = MINI_TEXT.replace(
        "    title: 晋级赛\n",
        "    title: 晋级赛\n"
        "    bars:\n"
        "      - id: both\n"
        "        title: 两项兼有\n"
        "        source: 两项兼有的\n"
        "        refuse:\n"
        "          all:\n"
        "            - has: {kind: title, key: 甲}\n"
        "            - lacks: {kind: title, key: 乙}\n",
    )
    rules = load(text)
    first, second = fact("title", "甲"), fact("title", "乙")
    assert [one.fact for one in refusals(rules, "heat", [first])] == [first]
    assert refusals(rules, "heat", [first, second]) == ()
    assert refusals(rules, "heat", []) == ()
