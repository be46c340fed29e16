"""Edges that only showed when the rules were tried on other contests."""

import pytest

from leitai.kernel.errors import Problems
from leitai.rulebook import decide, load
from tests.rulebook.engine.seasons import (
    HEAD,
    UP,
    answer,
    entries,
    gone,
    ranks,
    rules,
    scores,
    won,
)

CHAIN = """stages:
  one:
    title: 初赛
    events: [paper, skill]
    absent: zero
    ranking: {keys: [total], unbroken: share}
    advance: [{to: two, take: everyone}]
  two:
    title: 决赛
    events: [paper]
    ranking: {keys: [total, "stage:one.skill.seconds"], unbroken: share}
"""


def test_who_missed_an_earlier_event_was_not_the_fastest_in_it():
    """All equal; a1 took 30 s, b1 40 s, and c1 was absent, which counts 0 points but no time."""
    law = rules(CHAIN)
    names = ["a1", "b1", "c1"]
    skill = scores(
        {"a1": "50", "b1": "50", "c1": "absent"}, event="skill", seconds={"a1": 30, "b1": 40}
    )
    given = [
        *scores(dict.fromkeys(names, "80")),
        *skill,
        *scores(dict.fromkeys(names, "80"), stage="two"),
    ]
    outcome = decide(law, entries=entries(names), scores=given)
    assert ranks(outcome, stage="two") == {"a1": 1, "b1": 2, "c1": 3}


def law(body):
    return load(f"{HEAD}{UP if 'to: up' in body else ''}{body}", name="edges.yaml")


PAPER = """events:
  paper: {title: 笔试, max: "100"}
"""


def test_an_award_may_name_the_main_board():
    one = "{id: first, title: 一等奖, to: person, stage: one, board: main, ranks: [1, 1], stacks: true}"
    body = f"""{PAPER}stages:
  one: {{title: 初赛, events: [paper], ranking: {{keys: [total], unbroken: out}}}}
awards: [{one}]
"""
    outcome = decide(
        law(body), entries=entries(["a1", "b1"]), scores=scores({"a1": "9", "b1": "8"})
    )
    assert won(outcome, "first") == ["a1"]


def test_who_came_another_way_does_not_come_twice_from_a_stage_that_is_not_held():
    body = f"""{PAPER}stages:
  first:
    title: 选拔
    events: [paper]
    ranking: {{keys: [total], unbroken: out}}
    quota: {{per: delegation, count: 5}}
    advance: [{{to: last, top: 1}}]
  other:
    title: 复赛
    events: [paper]
    held: {{least: 9}}
    ranking: {{keys: [total], unbroken: out}}
    quota: {{per: delegation, count: 5}}
    advance: [{{to: last, top: 1}}]
  last: {{title: 决赛, events: [paper]}}
"""
    given = entries(["a1", "b1"], stage="first") + entries(["a1", "c1"], stage="other")
    marks = [
        *scores({"a1": "90", "b1": "80"}, stage="first"),
        *scores({"a1": "90", "c1": "80"}, stage="other"),
    ]
    outcome = decide(law(body), entries=given, scores=marks)
    assert sorted(gone(outcome, to="last")) == ["a1", "c1"]


TORN = f"""{PAPER}bodies: {{office: {{title: 组委会}}}}
stages:
  one:
    title: 初赛
    events: [paper]
    ranking: {{keys: [total], unbroken: draw}}
    advance: [{{to: up, top: 2, confirm: 组委会}}]
"""


def test_a_confirmed_list_does_not_contradict_a_draw_among_the_same():
    """a1 and b1 draw for nothing that matters; the list names the same two the other way round."""
    marks = scores({"a1": "90", "b1": "90", "c1": "80"})
    both = [
        answer("main", "advance:up", "b1 a1"),
        answer("main", "advance:up", "a1 b1", how="confirmation"),
    ]
    rulebook = law(TORN)
    outcome = decide(
        rulebook, entries=entries(["a1", "b1", "c1"]), scores=marks, resolutions=both, strict=True
    )
    assert sorted(gone(outcome)) == ["a1", "b1"]
    again = [both[0], answer("main", "advance:up", "a1 b1")]
    with pytest.raises(Problems) as caught:
        decide(rulebook, entries=entries(["a1", "b1", "c1"]), scores=marks, resolutions=again)
    assert [problem.code for problem in caught.value.problems] == ["resolution_conflict"]


TWO_TRACKS = """rulebook: 1
id: teams
title: 两项赛
tracks: {solo: {title: 甲}, duo: {title: 乙}}
events:
  paper: {title: 笔试, max: "100"}
stages:
  one:
    title: 初赛
    events: [paper]
    ranking: {keys: [total], unbroken: out}
    team: {title: 团体, unbroken: draw}
awards:
  - {id: gold, title: 金奖, to: team, stage: one, ranks: [1, 1], tracks: [duo]}
  - {id: cup, title: 奖杯, to: team, stage: one, ranks: [1, 1], tracks: [solo], unless: [gold]}
"""


def test_an_award_to_teams_waits_for_another_track_in_which_the_same_teams_compete():
    """In 乙 the teams a and b tie for the gold: who of them may still win the cup is not known."""
    book = load(TWO_TRACKS, name="teams.yaml")
    given = entries(["a1", "b1"]) + entries(["a2", "b2"], track="duo")
    marks = scores({"a1": "90", "b1": "80"}) + scores({"a2": "70", "b2": "70"}, track="duo")
    outcome = decide(book, entries=given, scores=marks)
    assert outcome.awards == ()
    assert [row.line for row in outcome.blocked] == ["award:gold"]
    assert ("cup", "award_waits") in [(row.subject, row.reason.code) for row in outcome.notes]


@pytest.mark.parametrize(
    ("wrong", "place", "code"),
    [
        ("quota: {per: delegation, count: 5, tracks: [trio]}", "quota.tracks[0]", "no_such_track"),
        ("caps: [{per: unit, count: 1, tracks: [trio]}]", "caps[0].tracks[0]", "no_such_track"),
    ],
)
def test_a_track_that_is_nowhere_is_found_in_quotas_and_caps(wrong, place, code):
    with pytest.raises(Problems) as caught:
        law(f"{PAPER}stages:\n  one: {{title: 初赛, events: [paper], {wrong}}}\n")
    assert [(one.code, one.place.endswith(place)) for one in caught.value.problems] == [
        (code, True)
    ]


def test_an_award_that_says_it_is_not_the_rest_is_refused():
    one = "{id: none, title: 优胜奖, to: person, stage: one, rest: false}"
    with pytest.raises(Problems) as caught:
        law(f"{PAPER}stages:\n  one: {{title: 初赛, events: [paper]}}\nawards: [{one}]\n")
    assert [one.place.rpartition(" ")[2] for one in caught.value.problems] == ["awards[0].rest"]
