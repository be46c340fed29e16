"""Conditions over facts with three answers, and the fact that a refusal shows; objective items."""

from datetime import date
from fractions import Fraction

import pytest

from leitai.kernel.errors import DomainError
from leitai.rulebook.data import FactIn
from leitai.rulebook.eligibility import Facts, holds, refusals
from leitai.rulebook.eligibility import tests_of as every_test
from leitai.rulebook.marking import mark
from leitai.rulebook.model import AmountTest, Bar, Condition, FactTest, Stage, ValueTest

WORD = FactIn("p", "group", "", "甲", source="s")
YES = Condition(is_=ValueTest("group", in_=("甲",)))
NO = Condition(is_=ValueTest("group", in_=("乙",)))
OPEN = Condition(is_=ValueTest("never", in_=("甲",)))  # nothing is given about it
NONE = Condition(has=FactTest("medal", "省级"))  # known of others, and not of this one
KNOWN = frozenset({("group", ""), ("medal", "省级"), ("points", "周"), ("points", "")})
GIVEN = Facts((WORD,), KNOWN)


class Rules:
    """As much of a rulebook as a bar needs."""

    def __init__(self, *bars):
        self.stages = {"one": Stage("x", bars=bars)}


def shown(facts, **bar):
    found = refusals(Rules(Bar("b", "条件", **bar)), "one", facts, known=KNOWN)
    return [one.fact for one in found]


@pytest.mark.parametrize(
    ("condition", "answer"),
    [
        (YES, True), (NO, False), (OPEN, None), (NONE, False),
        (Condition(any=(NO, YES)), True), (Condition(any=(OPEN, YES)), True),
        (Condition(any=(NO, OPEN)), None), (Condition(any=(OPEN, NO)), None),
        (Condition(any=(NO, NONE)), False), (Condition(any=(NONE,)), False),
        (Condition(all=(YES, YES)), True), (Condition(all=(YES, OPEN)), None),
        (Condition(all=(OPEN, NO)), False), (Condition(all=(NO, OPEN)), False),
        (Condition(all=(YES, NONE)), False), (Condition(all=(OPEN, OPEN)), None),
        (Condition(not_=YES), False), (Condition(not_=NO), True), (Condition(not_=OPEN), None),
        (Condition(lacks=FactTest("medal", "省级")), True),
    ],
)  # fmt: skip
def test_a_condition_is_true_false_or_open(condition, answer):
    assert holds(condition, GIVEN) is answer


def test_without_knowing_what_is_known_whatever_is_not_given_is_not_so():
    assert holds(OPEN, Facts((WORD,), None)) is False
    assert holds(Condition(not_=OPEN), Facts((WORD,), None)) is True


def test_all_tests_of_a_condition_are_found():
    nested = Condition(any=(YES, Condition(all=(NO, Condition(not_=OPEN))), NONE))
    assert [one.kind for one in every_test(nested)] == ["group", "group", "never", "medal"]


# ---- the fact that is shown ----------------------------------------------------------------------


def test_who_has_the_wrong_word_is_shown_it():
    assert shown([WORD], require=NO) == [WORD]
    assert shown([WORD], refuse=YES) == [WORD]
    assert shown([WORD], require=YES) == []


def test_the_word_that_bars_is_shown_and_not_one_before_it():
    other = FactIn("p", "group", "", "丙", date(2020, 1, 1), source="s")
    late = FactIn("p", "group", "", "甲", date(2021, 1, 1), source="s")
    assert shown([late, other], refuse=YES) == [late]
    assert shown([late, other], require=NO) == [other]


@pytest.mark.parametrize("turned", [False, True])
def test_the_earliest_is_shown_however_the_facts_are_given(turned):
    first = FactIn("p", "medal", "省级", "省级", date(2019, 5, 1), source="b")
    second = FactIn("p", "medal", "省级", "省级", date(2021, 5, 1), source="a")
    assert shown([second, first] if turned else [first, second], refuse=NONE) == [first]


def test_what_holds_without_a_fact_is_not_shown_for_what_does_not():
    """``lacks`` shows nothing; the word that is wrong stands after it and is shown."""
    lacks = Condition(lacks=FactTest("medal", "省级"))
    assert shown([WORD], require=Condition(all=(lacks, NO))) == [WORD]


# ---- figures -------------------------------------------------------------------------------------


def points(*values):
    return [FactIn("p", "points", "周", text, source=f"s{at}") for at, text in enumerate(values)]


@pytest.mark.parametrize(
    ("values", "below"),
    [
        ((), True), (("100",), True), (("500",), False), (("499.99",), True),
        (("100", "900"), False), (("900", "100"), False), (("100", "300", "200"), True),
        (("0",), True), (("-5",), True),
    ],
)  # fmt: skip
def test_the_greatest_figure_is_compared(values, below):
    condition = Condition(below=AmountTest("points", "周", Fraction(500)))
    assert holds(condition, Facts(points(*values), KNOWN)) is below


def test_nothing_is_nought_and_nought_is_below_a_half():
    condition = Condition(below=AmountTest("points", "周", Fraction(1, 2)))
    assert holds(condition, Facts((), KNOWN)) is True
    assert holds(condition, Facts(points("1"), KNOWN)) is False


def test_of_equal_figures_the_first_is_shown_and_of_others_the_greatest():
    condition = Condition(below=AmountTest("points", "周", Fraction(500)))
    level = points("300", "300")
    assert shown(level, refuse=condition) == [level[0]]
    rising = points("100", "300")
    assert shown(rising, refuse=condition) == [rising[1]]
    assert shown(points("0"), refuse=condition) == points("0")
    assert shown([], refuse=condition) == [None]


# ---- objective items -----------------------------------------------------------------------------


def test_an_item_may_have_every_letter_for_its_answer():
    every = "abcdefghijklmnopqrstuvwxyz"
    assert mark("multiple", every, every.upper(), Fraction(2)) == 2
    assert mark("multiple", every, every[:13], Fraction(2), "share") == 1


@pytest.mark.parametrize("key", [[["一"], "二"], ["一", ["二"]], ["一"]])
def test_a_blank_that_is_a_bare_text_is_no_key(key):
    with pytest.raises(DomainError):
        mark("blank", key, ["一", "二"], Fraction(1))
