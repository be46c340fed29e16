"""Figures of every kind as they rank: who has none, what an earlier stage brings, groups."""

from fractions import Fraction

import pytest

from leitai.rulebook import decide, load, numbers
from leitai.rulebook.chain import key_of, summed, total_decimals
from leitai.rulebook.data import FactIn, ScoreIn
from tests.rulebook.engine.seasons import (
    PAPER,
    codes,
    entries,
    facts,
    ranks,
    rules,
    run,
    scores,
    totals,
    won,
)
from tests.rulebook.engine.test_oracle_findings import law, person, two_tracks

KEYED = """  skill: {title: 实操, max: "100", decimals: 2,
          keys: {points: {title: 得分, better: higher, unit: 分},
                 seconds: {title: 用时, better: lower, unit: 秒},
                 place: {title: 名次, better: lower, unit: 名}}}
"""


def keyed(key, more=""):
    body = "stages:\n  one:\n    title: 初赛\n    events: [paper, skill]\n    absent: zero\n"
    keys = [key, *({"points", "seconds", "place"} - {key})]
    every = ", ".join(f"skill.{name}" for name in keys)
    return rules(
        body + f"    ranking: {{keys: [total, {every}], unbroken: share}}\n", PAPER + KEYED
    )


def skilled(key, paper, skill, **figures):
    every = {
        name: figures.get(name, dict.fromkeys(skill, 0)) for name in ("points", "seconds", "place")
    }
    more = scores(skill, event="skill", **every)
    return decide(keyed(key), entries=entries(paper), scores=[*scores(paper), *more])


def test_who_was_absent_has_no_points_and_is_not_before_those_who_have():
    """Both have 50 in all; b1 has three points, a1 was absent."""
    outcome = skilled(
        "points", {"a1": "50", "b1": "40"}, {"a1": "absent", "b1": "10"}, points={"b1": 3}
    )
    assert ranks(outcome) == {"b1": 1, "a1": 2}


def test_who_was_absent_was_not_faster_than_anybody():
    outcome = skilled(
        "seconds", {"a1": "50", "b1": "40"}, {"a1": "absent", "b1": "10"}, seconds={"b1": 3}
    )
    assert ranks(outcome) == {"b1": 1, "a1": 2}


def test_where_everybody_was_absent_nobody_was_faster():
    outcome = skilled("seconds", {"a1": "50", "b1": "50"}, {"a1": "absent", "b1": "absent"})
    assert ranks(outcome) == {"a1": 1, "b1": 1}


def test_a_place_of_nought_is_no_place_in_a_live_match_only():
    """``place`` is here a key like others: nought is less than one."""
    outcome = skilled(
        "place", {"a1": "50", "b1": "50"}, {"a1": "10", "b1": "10"}, place={"a1": 1, "b1": 0}
    )
    assert ranks(outcome) == {"b1": 1, "a1": 2}


# ---- what an earlier stage brings ----------------------------------------------------------------

SKILL = """  skill: {title: 实操, max: "100", decimals: 2,
          keys: {seconds: {title: 用时, better: lower, unit: 秒}}}
"""
EARLIER = """stages:
  one:
    title: 初赛
    events: [skill]
    ranking: {keys: [total, skill.seconds], unbroken: share}
    advance: [{to: two, top: 9}]
  two:
    title: 决赛
    events: [paper]
    ranking: {keys: [total, KEY], unbroken: share}
"""


def earlier(key):
    return rules(EARLIER.replace("KEY", key), PAPER + SKILL)


def test_who_was_not_in_the_earlier_stage_was_not_faster_there():
    """Of four only z1 was not in it; all have 50 now."""
    names = ["a1", "b1", "c1"]
    first = scores(dict.fromkeys(names, "80"), event="skill", seconds={"a1": 9, "b1": 7, "c1": 8})
    given = [*entries(names), *entries([*names, "z1"], "two")]
    now = scores(dict.fromkeys([*names, "z1"], "50"), "two")
    rulebook = earlier("stage:one.skill.seconds")
    outcome = decide(rulebook, entries=given, scores=[*first, *now], delegations=list("abcz"))
    assert ranks(outcome, stage="two") == {"b1": 1, "c1": 2, "a1": 3, "z1": 4}


def test_one_in_the_earlier_stage_and_two_now():
    """a1 brings 80; z1, who was not there, nought."""
    given = [*entries(["a1"]), *entries(["a1", "z1"], "two")]
    marks = [*scores({"a1": "80"}, event="skill"), *scores({"a1": "50", "z1": "50"}, "two")]
    outcome = decide(earlier("stage:one"), entries=given, scores=marks, delegations=["a", "z"])
    assert ranks(outcome, stage="two") == {"a1": 1, "z1": 2}


def test_who_has_no_result_in_the_earlier_stage_brings_nothing():
    """b1's skill was void: it is not ranked in stage one, but was entered in stage two."""
    rulebook = rules(
        EARLIER.replace("[skill]", "[skill, paper]").replace("KEY", "stage:one.paper"),
        PAPER + SKILL,
    )
    names = {"a1": "80", "b1": "void"}
    marks = [
        *scores(names, event="skill"),
        *scores({"a1": "10", "b1": "90"}),
        *scores({"a1": "50", "b1": "50"}, "two"),
    ]
    given = [*entries(names), *entries(names, "two")]
    outcome = decide(rulebook, entries=given, scores=marks)
    assert ranks(outcome, stage="two") == {"a1": 1, "b1": 2}


def test_a_stage_that_was_not_held_brings_nought_for_everybody():
    outcome = decide(
        earlier("stage:one"),
        entries=entries(["a1", "b1"], "two"),
        scores=scores({"a1": "50", "b1": "40"}, "two"),
    )
    rows = [row for row in outcome.standings if row.board == "main"]
    assert [(row.entry, row.values) for row in rows] == [("a1", (50, 0)), ("b1", (40, 0))]


# ---- facts ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["fact:age", "-fact:age"])
def test_of_several_figures_of_a_fact_the_better_one_counts(key):
    """a1 has 20 and 50, b1 40 and 30: both the greatest and the least are a1's."""
    known = [
        FactIn(person, "age", text, text)
        for person, text in (("a1", "20"), ("a1", "50"), ("b1", "40"), ("b1", "30"))
    ]
    outcome = run(law(ranking=f"{{keys: [total, '{key}'], unbroken: share}}"),
                  {"a1": "9", "b1": "9"}, facts=known)  # fmt: skip
    assert ranks(outcome) == {"a1": 1, "b1": 2}


# ---- the chain of keys ---------------------------------------------------------------------------

CHAIN = """facts: {age: {title: 年龄, unit: 岁}}
stages:
  one:
    title: 初赛
    events: [paper, skill]
    total: {sum: [paper], weights: {paper: 50%, skill: 50%}}
    ranking: {keys: [total, fact:age], unbroken: share}
    advance: [{to: two, top: 3}]
  two:
    title: 决赛
    total: {carry: [{from: one}]}
    ranking: {keys: [total, stage:one, stage:one.paper], unbroken: share}
    advance: [{to: three, top: 2}]
  three:
    title: 加赛
    events: [paper]
    total: {base: "5"}
    ranking: {keys: [total], unbroken: share}
"""


def test_what_keys_are_called():
    small = PAPER + '  skill: {title: 实操, max: "100", decimals: 0}\n'
    rulebook = rules(CHAIN, small)
    two = rulebook.stages["two"]
    found = {
        name: key_of(rulebook, two, name) for name in ("stage:one", "stage:one.paper", "fact:age")
    }
    assert {name: (key.title, key.unit, key.decimals) for name, key in found.items()} == {
        "stage:one": ("初赛总分", "", 2),
        "stage:one.paper": ("初赛笔试", "", 2),
        "fact:age": ("年龄", "岁", 0),
    }
    assert key_of(rulebook, two, "-fact:born").title == "born"
    assert [total_decimals(rulebook, rulebook.stages[name]) for name in ("one", "two", "three")] == [
        2, 0, 2,
    ]  # fmt: skip
    assert [summed(rulebook.stages[name]) for name in ("one", "two", "three")] == [
        ("paper", "skill"), (), ("paper",),
    ]  # fmt: skip


def test_a_total_with_a_base_alone_is_that_of_all_events():
    small = PAPER + '  skill: {title: 实操, max: "100", decimals: 0}\n'
    outcome = decide(
        rules(CHAIN, small), entries=entries(["a1"], "three"), scores=scores({"a1": "7"}, "three")
    )
    assert totals(outcome, "three") == {"a1": 12}


# ---- groups --------------------------------------------------------------------------------------


def test_only_the_stage_of_an_award_is_ranked_inside_its_groups():
    body = """stages:
  one:
    title: 初赛
    events: [paper]
    ranking: {keys: [total], unbroken: share}
    advance: [{to: two, top: 9}]
  two:
    title: 决赛
    events: [paper]
    ranking: {keys: [total], unbroken: share}
awards: [{id: best, title: 组别第一, to: person, stage: two, top: 1, per: group}]
"""
    table = {"a1": "90", "b1": "80"}
    marks = [*scores(table), *scores(table, "two")]
    known = facts(a1={"group": "甲"}, b1={"group": "乙"})
    outcome = decide(rules(body), entries=entries(table), scores=marks, facts=known)
    boards = {(row.stage, row.board) for row in outcome.standings}
    assert boards == {
        ("one", "main"), ("one", "team:a"), ("one", "team:b"),
        ("two", "main"), ("two", "team:a"), ("two", "team:b"),
        ("two", "group:甲"), ("two", "group:乙"),
    }  # fmt: skip
    assert won(outcome, "best") == ["b1", "a1"]  # 乙 is before 甲 by code point
    assert codes(outcome) == []


def test_a_share_of_the_entrants_of_a_board_counts_all_of_it_whatever_it_is_ranked_inside():
    """Four are entered, d1 was absent: half of four is two."""
    boards = "    boards: {all: {title: 总榜, per: group, unbroken: share}}\n"
    award = person("best", "share: {share: 50%, round: down, of: entrants}, board: all")
    known = facts(**{f"{x}1": {"group": "甲" if x in "ab" else "乙"} for x in "abcd"})
    table = {"a1": "90", "b1": "80", "c1": "70", "d1": "absent"}
    outcome = run(law(awards=award, more=boards), table, facts=known)
    assert won(outcome, "best") == ["a1", "b1"]
    each = person("best", "share: {share: 50%, round: up, of: entrants}, board: all, per: group")
    inside = run(law(awards=each, more=boards), table, facts=known)
    assert sorted(won(inside, "best")) == ["a1", "c1"]


# ---- numbers -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value"),
    [("12", Fraction(12)), ("12%", Fraction(12, 100)), ("5%", Fraction(1, 20)), ("1x%", None),
     ("1/3", Fraction(1, 3)), ("x", None), ("%", None), ("0.5", Fraction(1, 2)), ("12x", None)],
)  # fmt: skip
def test_shares_as_they_are_written(text, value):
    assert numbers.share(text) == value


def test_a_tenth_does_not_fit_without_places():
    assert not numbers.fits(Fraction(1, 10), 0)
    assert numbers.fits(Fraction(1, 10), 1)
    assert not numbers.fits(Fraction(1, 10), -3)
    assert not numbers.fits(Fraction(1, 10**10), 99)  # nine places are the most


def test_what_no_decimal_writes_is_shown_as_it_is():
    assert numbers.show_units(5, 121, 2) == "5/121"
    assert numbers.show_units(5, 11, 1) == "5/11"
    assert numbers.show_units(5, 100, 2) == "0.05"
    assert numbers.show_units(5, 4, 1) == "1.25"


def test_keys_are_noted_in_the_track_where_nobody_has_them():
    both = two_tracks().text.replace(
        "decimals: 2}", "decimals: 2, keys: {t: {title: 用时, better: lower, unit: 秒}}}"
    )
    both = both.replace("keys: [total]", "keys: [total, paper.t]")
    given = entries(["a1"]) + entries(["b1"], track="duo")
    marks = [*scores({"a1": "9"}), ScoreIn("one", "duo", "paper", "b1", 800, 2, keys={"t": 5})]
    outcome = decide(load(both, name="both.yaml"), entries=given, scores=marks)
    assert [(one.track, one.subject) for one in outcome.notes] == [("solo", "paper.t")]
