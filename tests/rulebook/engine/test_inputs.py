"""The door of the engine: what is refused, what is let in, and that no order of rows matters."""

from datetime import date
from itertools import permutations

import pytest

from leitai.kernel.errors import Problems
from leitai.rulebook import decide, load
from leitai.rulebook.data import EntryIn, FactIn, ScoreIn
from tests.rulebook.engine.seasons import (
    HEAD,
    PAPER,
    SKILL,
    answer,
    codes,
    entries,
    gone,
    ranks,
    rules,
    run,
    scores,
)
from tests.rulebook.engine.test_oracle_findings import law, person


def refused(rulebook, **inputs):
    with pytest.raises(Problems) as caught:
        decide(rulebook, **inputs)
    return [(one.place, one.code, one.data) for one in caught.value.problems]


# ---- resolutions ---------------------------------------------------------------------------------

LEVEL = {"a1": "90", "b1": "90", "c1": "80", "d1": "80"}


@pytest.mark.parametrize("turned", [False, True])
def test_of_two_answers_to_one_tie_the_line_with_the_first_name_counts(turned):
    """``advance:up`` says b1 first, ``award:best`` says a1: the first by name, however given."""
    rulebook = law("{to: up, top: 1}", awards=person("best", "top: 1"))
    said = [answer("main", "advance:up", "b1 a1"), answer("main", "award:best", "a1 b1")]
    outcome = run(rulebook, LEVEL, resolutions=said[::-1] if turned else said)
    assert gone(outcome) == ["b1"]


def test_two_ties_may_be_answered_at_one_line():
    rulebook = law(awards=person("best", "ranks: [2, 3]"))
    said = [answer("main", "award:best", "b1 a1"), answer("main", "award:best", "d1 c1")]
    outcome = run(rulebook, LEVEL, resolutions=said)
    assert ranks(outcome) == {"b1": 1, "a1": 2, "d1": 3, "c1": 4}


def test_two_answers_to_one_tie_at_one_line_are_refused():
    said = [answer("main", "advance:up", "b1 a1"), answer("main", "advance:up", "a1 b1")]
    found = refused(
        law("{to: up, top: 1}"), entries=entries(LEVEL), scores=scores(LEVEL), resolutions=said
    )
    assert [(place, code) for place, code, _ in found] == [
        ("resolution one/solo/main/advance:up", "resolution_conflict")
    ]


LINES = """stages:
  one:
    title: 初赛
    events: [paper]
    ranking: {keys: [total], unbroken: draw, distinct: [{ranks: [1, 3], unbroken: draw}]}
    advance: [{to: two, top: 2}]
  two:
    title: 决赛
    events: [paper]
    ranking: {keys: [total], unbroken: draw}
awards:
  - {id: early, title: 优胜奖, to: person, stage: one, top: 1}
  - {id: best, title: 一等奖, to: person, stage: two, top: 1}
honours:
  - {id: cup, title: 奖杯, kind: prize, stage: two, ranks: [1, 1]}
  - {id: draw, title: 抽奖, kind: prize, awards: [early], lottery: 1}
"""


def test_a_line_of_another_stage_is_none_of_this_one():
    found = refused(
        load(HEAD + PAPER + LINES, name="lines.yaml"),
        entries=entries(LEVEL),
        scores=scores(LEVEL),
        resolutions=[answer("main", "award:best", "a1 b1")],
    )
    allowed = "advance:two, award:early, honour:draw, ranks:1-3"
    assert found == [
        (
            "resolution one/solo/main/award:best",
            "line_unknown",
            {"line": "award:best", "allowed": allowed},
        )
    ]


# ---- entries -------------------------------------------------------------------------------------


def test_a_stage_for_some_tracks_takes_nobody_of_another():
    text = law().text.replace("{solo: {title: 个人赛}}", "{solo: {title: 甲}, duo: {title: 乙}}")
    rulebook = load(text.replace("    title: 初赛\n", "    title: 初赛\n    tracks: [solo]\n"))
    inside = {"a1": "90"}
    assert ranks(decide(rulebook, entries=entries(inside), scores=scores(inside))) == {"a1": 1}
    found = refused(
        rulebook,
        entries=entries(inside) + entries(["b1"], track="duo"),
        scores=scores(inside) + scores({"b1": "80"}, track="duo"),
    )
    assert [(place, code) for place, code, _ in found] == [
        ("entry one/duo/b1", "track_not_in_stage"),
        ("score one/duo/paper/b1", "track_not_in_stage"),
    ]
    assert found[0][2] == {"track": "duo", "stage": "one"}
    strange = refused(
        rulebook, entries=[], scores=scores({"b1": "80"}, event="oral", track="duo")
    )  # where a row does not belong, nothing else is said of it
    assert [code for _, code, _ in strange] == ["track_not_in_stage"]


def test_one_person_is_one_entry():
    twice = [*entries(["a1"]), EntryIn("a2", "one", "solo", "a2", "a", "a1")]
    found = refused(law(), entries=twice, scores=scores({"a1": "9", "a2": "8"}))
    assert [(place, code) for place, code, _ in found] == [("entry one/solo/a2", "entry_twice")]


# ---- scores --------------------------------------------------------------------------------------

TEAM = """stages:
  one:
    title: 初赛
    events: [paper]
    ranking: {keys: [total], unbroken: share}
    team: {title: 团体, plus: {daily: 100%}}
"""
DAILY = PAPER + '  daily: {title: 日常学习, max: "100", decimals: 2}\n'


def test_a_score_of_a_delegation_that_is_not_there_is_refused():
    table = {"a1": "90"}
    daily = scores({"a": "10", "z": "5"}, event="daily")
    found = refused(rules(TEAM, DAILY), entries=entries(table), scores=[*scores(table), *daily])
    assert found == [("score one/solo/daily/z", "delegation_unknown", {"delegation": "z"})]


def test_an_event_of_delegations_that_was_not_held_adds_nothing():
    outcome = run(rules(TEAM, DAILY), {"a1": "90", "b1": "80"})
    assert [(row.delegation, row.total) for row in outcome.teams] == [("a", 90), ("b", 80)]


def test_a_third_of_a_point_needs_no_places():
    """100 / (3 × 100000) with five places: a figure that no decimal writes is taken as it is."""
    row = ScoreIn("one", "solo", "paper", "a1", 100, 5, over=3)
    outcome = decide(law(), entries=entries(["a1"]), scores=[row])
    first = outcome.standings[0].total
    assert (first.numerator, first.denominator) == (1, 3000)


KEYS = """stages:
  one:
    title: 初赛
    events: [skill]
    ranking: {keys: [total, skill.a, skill.b, skill.c, skill.d, skill.e], unbroken: share}
"""
FIVE_KEYS = (
    'events:\n  skill: {title: 实操, max: "100", decimals: 2, keys: {'
    + ", ".join(f"{key}: {{title: {key * 2}, better: lower, unit: 秒}}" for key in "edcba")
    + "}}\n"
)


def test_keys_that_nobody_has_are_noted_one_by_one_in_order():
    rulebook = rules(KEYS, FIVE_KEYS)
    table = {"a1": "90", "b1": "80"}
    outcome = decide(rulebook, entries=entries(table), scores=scores(table, event="skill"))
    assert codes(outcome) == [(f"skill.{key}", "key_unknown") for key in "abcde"]
    assert [one.reason.data["title"] for one in outcome.notes] == ["aa", "bb", "cc", "dd", "ee"]


def test_a_key_that_only_a_board_reads_is_demanded_of_everyone():
    body = """stages:
  one:
    title: 初赛
    events: [skill]
    ranking: {keys: [total], unbroken: share}
    boards: {fast: {title: 用时榜, keys: [skill.seconds], unbroken: share}}
"""
    table = {"a1": "90", "b1": "80"}
    found = refused(
        rules(body, "events:\n" + SKILL),
        entries=entries(table),
        scores=scores(table, event="skill", seconds={"a1": 5}),
    )
    assert found == [("score one/solo/skill/b1", "score_key_missing", {"key": "seconds"})]


# ---- facts ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_the_latest_of_several_facts_counts_however_they_are_given(order):
    """b since 2021 is later than c (always) and a since 2019, whatever their sources are called."""
    known = [
        FactIn("a1", "group", "g", "a", date(2019, 1, 1), source="z"),
        FactIn("a1", "group", "g", "b", date(2021, 1, 1), source="x"),
        FactIn("a1", "group", "g", "c", source="y"),
    ]
    rulebook = law("{to: up, top: 1, per: group}")
    outcome = run(rulebook, {"a1": "90"}, facts=[known[at] for at in order])
    assert [row.board for row in outcome.standings] == ["main", "team:a", "group:b"]
