"""Totals with weights, carry and rounding; keys of every kind; who has a result at all."""

from fractions import Fraction

import pytest

from leitai.kernel.errors import Problems
from leitai.rulebook import decide
from leitai.rulebook.data import ScoreIn
from tests.rulebook.engine.seasons import codes, entries, facts, ranks, rules, run, scores, totals

WEIGHED = """
stages:
  one:
    title: 初赛
    events: [paper, skill]
    total: {weights: {paper: 30%, skill: 70%}}
    ranking: {keys: [total]}
"""


def test_weights_are_exact():
    """0.3 × 81.35 + 0.7 × 90 = 24.405 + 63 = 87.405."""
    more = scores({"a1": "90"}, event="skill", seconds={"a1": 10})
    outcome = run(rules(WEIGHED), {"a1": "81.35"}, more=more)
    assert totals(outcome) == {"a1": Fraction("87.405")}


@pytest.mark.parametrize(
    ("mode", "expected"), [("half-up", "87.41"), ("half-even", "87.40"), ("down", "87.40"),
                           ("up", "87.41")]
)  # fmt: skip
def test_a_total_is_rounded_as_declared(mode, expected):
    law = rules(WEIGHED.replace("70%}}", f"70%}}, round: {{decimals: 2, mode: {mode}}}}}"))
    more = scores({"a1": "90"}, event="skill", seconds={"a1": 10})
    assert totals(run(law, {"a1": "81.35"}, more=more)) == {"a1": Fraction(expected)}


def test_a_third_stays_a_third():
    law = rules(WEIGHED.replace("30%", "1/3").replace("70%", "2/3"))
    more = scores({"a1": "1"}, event="skill", seconds={"a1": 10})
    assert totals(run(law, {"a1": "2"}, more=more)) == {"a1": Fraction(4, 3)}


CARRIED = """
stages:
  one:
    title: 半决赛
    events: [paper]
    ranking: {keys: [total], unbroken: share}
    advance: [{to: two, top: 2}]
  two:
    title: 决赛
    events: [skill]
    total: {sum: [skill], carry: [{from: one, share: 40%}], base: "5"}
    figures: {own: {title: 决赛成绩, sum: [skill], decimals: 2}}
    ranking: {keys: [total, own, stage:one, skill.seconds], unbroken: share}
"""


def test_a_share_of_an_earlier_stage_is_brought_along():
    """a1: 5 + 60 + 0.4 × 90 = 101; b1: 5 + 61 + 0.4 × 80 = 98."""
    two = scores({"a1": "60", "b1": "61"}, "two", "skill", seconds={"a1": 5, "b1": 5})
    outcome = run(rules(CARRIED), {"a1": "90", "b1": "80", "c1": "70"}, more=two)
    assert totals(outcome, "two") == {"a1": Fraction(101), "b1": Fraction(98)}


def test_a_tie_after_carry_falls_to_the_own_score():
    """a1: 60 + 36 = 96; b1: 64 + 32 = 96; the final's own score puts b1 first."""
    two = scores({"a1": "60", "b1": "64"}, "two", "skill", seconds={"a1": 5, "b1": 5})
    outcome = run(rules(CARRIED), {"a1": "90", "b1": "80", "c1": "70"}, more=two)
    assert ranks(outcome, stage="two") == {"b1": 1, "a1": 2}
    first = next(row for row in outcome.standings if (row.stage, row.entry) == ("two", "b1"))
    assert first.decided_by.code == "key_above"
    assert first.decided_by.data["title"] == "决赛成绩"


def test_a_season_that_begins_later_brings_what_was_carried():
    given = scores({"a1": "90"}, "two", "one") + scores(
        {"a1": "60"}, "two", "skill", seconds={"a1": 5}
    )
    outcome = decide(rules(CARRIED), entries=entries(["a1"], "two"), scores=given)
    assert totals(outcome, "two") == {"a1": Fraction(101)}


def test_nothing_to_carry_is_refused():
    given = scores({"a1": "60"}, "two", "skill", seconds={"a1": 5})
    with pytest.raises(Problems) as caught:
        decide(rules(CARRIED), entries=entries(["a1"], "two"), scores=given)
    assert [problem.code for problem in caught.value.problems] == ["carry_missing"]


PLAIN = """
stages:
  one:
    title: 初赛
    events: [paper]
    ranking: {keys: [total, fact:age, -fact:born], unbroken: share}
"""


def test_facts_break_ties_and_who_has_none_stands_behind():
    """The older first; then the earlier birthday; who is not known last."""
    law = rules(PLAIN)
    known = facts(
        a1={"age": "30", "born": "1990-02-01"},
        b1={"age": "30", "born": "1990-01-01"},
        c1={"age": "41"},
    )
    table = dict.fromkeys(["a1", "b1", "c1", "d1"], "80")
    assert ranks(run(law, table, facts=known)) == {"c1": 1, "b1": 2, "a1": 3, "d1": 4}


ABSENT = PLAIN.replace("    events: [paper]\n", "    events: [paper]\n    absent: zero\n")


def test_absent_is_out_or_nought_and_void_is_never_ranked():
    table = {"a1": "80", "b1": "absent", "c1": "void"}
    assert ranks(run(rules(PLAIN), table)) == {"a1": 1}
    outcome = run(rules(ABSENT), table)
    assert ranks(outcome) == {"a1": 1, "b1": 2}
    assert totals(outcome)["b1"] == 0
    assert ("c1", "void") in codes(outcome)


def test_a_pass_mark_comes_before_the_ranking():
    law = rules(
        PLAIN.replace("    ranking", '    qualify: [{of: paper, least: "60"}]\n    ranking')
    )
    assert ranks(run(law, {"a1": "60", "b1": "59.99", "c1": "61"})) == {"c1": 1, "a1": 2}


def test_dense_ranks_leave_no_gaps():
    law = rules(PLAIN.replace("unbroken: share", "unbroken: share, style: dense"))
    table = {"a1": "90", "b1": "80", "c1": "80", "d1": "70"}
    assert ranks(run(law, table)) == {"a1": 1, "b1": 2, "c1": 2, "d1": 3}


def test_figures_beyond_64_bits_stay_exact():
    """Nine decimals and a weight with a large denominator leave 63 bits."""
    events = 'events:\n  paper: {title: 笔试, max: "900000000000000000", decimals: 9}\n'
    law = rules(
        PLAIN.replace("[total, fact:age, -fact:born]", "[total]").replace(
            "    ranking", "    total: {weights: {paper: 1/999999937}}\n    ranking"
        ),
        events,
    )
    near = 123_456_789_012_345_678_987_654_321
    rows = [
        ScoreIn("one", "solo", "paper", "a1", near, 9),
        ScoreIn("one", "solo", "paper", "b1", near + 1, 9),
    ]
    outcome = decide(law, entries=entries(["a1", "b1"]), scores=rows)
    assert ranks(outcome) == {"b1": 1, "a1": 2}
    assert totals(outcome)["a1"] == Fraction(near, 10**9 * 999_999_937)
