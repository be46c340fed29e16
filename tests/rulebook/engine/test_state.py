"""The one way to use a line: answers that are used, those that are not, and what is asked."""

import pytest

from leitai.rulebook import decide, load
from leitai.rulebook.data import EntryIn
from tests.rulebook.engine.seasons import (
    HEAD,
    PAPER,
    answer,
    codes,
    entries,
    facts,
    gone,
    open_lines,
    ranks,
    rules,
    run,
    scores,
    won,
)
from tests.rulebook.engine.test_oracle_findings import law, person, two_tracks

LEVEL = {"a1": "90", "b1": "90", "c1": "80"}
TOP = "{to: up, top: 1}"


@pytest.mark.parametrize("board", ["", "main"])
def test_an_answer_that_was_used_is_not_noted_and_one_that_was_not_is(board):
    used = run(law(TOP), LEVEL, resolutions=[answer(board, "advance:up", "b1 a1")])
    assert (gone(used), codes(used)) == (["b1"], [])
    idle = run(law(TOP), LEVEL, resolutions=[answer(board, "advance:up", "c1 a1")])
    assert codes(idle) == [(board, "resolution_unused")]
    assert dict(idle.notes[0].reason.data) == {"line": "advance:up", "how": "draw"}


@pytest.mark.parametrize("board", ["", "main"])
def test_a_list_of_a_body_is_used_whether_it_names_the_board_or_not(board):
    said = [answer(board, "award:noble", "c1", "jury")]
    outcome = run(law(awards=person("noble", "decided: 组委会")), LEVEL, resolutions=said)
    assert (won(outcome, "noble"), codes(outcome)) == (["c1"], [])


def test_an_answer_for_a_stage_that_is_not_decided_waits():
    body = """stages:
  one:
    title: 初赛
    events: [paper]
    ranking: {keys: [total], unbroken: share}
    advance: [{to: two, top: 3}]
  two:
    title: 决赛
    events: [paper]
    ranking: {keys: [total], unbroken: draw}
awards: [{id: first, title: 一等奖, to: person, stage: two, top: 1}]
"""
    for board in ("", "main"):
        said = [answer(board, "award:first", "b1 a1", stage="two")]
        outcome = run(rules(body), LEVEL, resolutions=said)
        assert codes(outcome) == []


def test_unused_answers_are_named_by_stage_and_track():
    both = two_tracks(TOP)
    given = entries(["a1", "a2"]) + entries(["b1", "b2"], track="duo")
    marks = scores({"a1": "9", "a2": "8"}) + scores({"b1": "9", "b2": "8"}, track="duo")
    said = [answer("main", "advance:up", "a1 a2")]
    other = answer("", "advance:up", "b1 b2")
    said.append(type(other)("one", "duo", "", other.line, other.order, other.how))
    outcome = decide(both, entries=given, scores=marks, resolutions=said)
    assert [(one.track, one.subject, one.reason.code) for one in outcome.notes] == [
        ("duo", "", "resolution_unused"),
        ("solo", "main", "resolution_unused"),
    ]


def test_an_answer_in_another_way_than_the_rule_asks_is_taken_and_noted():
    voted = run(law(TOP), LEVEL, resolutions=[answer("main", "advance:up", "b1 a1", "vote")])
    assert gone(voted) == ["b1"]
    assert codes(voted) == [("advance:up", "resolution_how")]
    assert dict(voted.notes[0].reason.data) == {"how": "vote", "needs": "draw"}


def test_the_list_of_a_body_orders_no_tie():
    """The jury honours b1 and a1; who goes on is still to be drawn."""
    rulebook = law(TOP, awards=person("noble", "decided: 组委会"))
    said = [answer("main", "award:noble", "b1 a1", "jury")]
    outcome = run(rulebook, LEVEL, resolutions=said)
    assert (won(outcome, "noble"), gone(outcome)) == (["b1", "a1"], [])
    assert open_lines(outcome) == [("main", "advance:up", ("a1", "b1"), "draw")]


def test_the_draw_of_an_honour_orders_no_tie():
    body = """stages:
  one:
    title: 初赛
    events: [paper]
    ranking: {keys: [total], unbroken: draw}
    advance: [{to: up, top: 1}]
awards: [{id: good, title: 优胜, to: person, stage: one, least: "90"}]
honours: [{id: ticket, title: 门票, kind: prize, awards: [good], lottery: 1}]
"""
    said = [answer("main", "honour:ticket", "b1 a1")]
    outcome = run(rules(body), LEVEL, resolutions=said)
    assert open_lines(outcome) == [("main", "advance:up", ("a1", "b1"), "draw")]
    assert [(row.holder, row.reason.code) for row in outcome.honours] == [("b1", "honour_drawn")]


DISTINCT = "{keys: [total], unbroken: share, distinct: [{ranks: [1, 3], unbroken: draw}]}"


def test_ranks_that_must_be_told_apart_are_asked_about_from_the_first_to_the_last():
    table = {"a1": "90", "b1": "80", "c1": "80", "d1": "70", "e1": "70"}
    outcome = run(law(ranking=DISTINCT), table)
    assert open_lines(outcome) == [("main", "ranks:1-3", ("b1", "c1"), "draw")]
    told = outcome.blocked[0].detail
    assert told.code == "torn"
    assert {name: told.data[name] for name in ("first", "last", "count", "border")} == {
        "first": 2, "last": 3, "count": 2, "border": 2,
    }  # fmt: skip
    assert told.data["total"] == "80.00"
    drawn = run(law(ranking=DISTINCT), table, resolutions=[answer("main", "ranks:1-3", "c1 b1")])
    assert ranks(drawn) == {"a1": 1, "c1": 2, "b1": 3, "d1": 4, "e1": 4}
    through = run(law(ranking=DISTINCT), {"a1": "90", "b1": "80", "c1": "70", "d1": "70"})
    assert open_lines(through) == [("main", "ranks:1-3", ("c1", "d1"), "draw")]


@pytest.mark.parametrize("alone", ["a1", "b1"])
def test_an_answer_about_one_entry_tells_nothing_apart(alone):
    said = [answer("main", "ranks:1-3", alone)]
    outcome = run(law(ranking=DISTINCT), {"a1": "90", "b1": "80"}, resolutions=said)
    assert codes(outcome) == [("main", "resolution_unused")]
    assert [row.decided_by for row in outcome.standings] == [None] * 4


def test_what_is_known_of_a_team_is_known_of_its_members():
    """The team itself has won before: that keeps it out, whatever its members are."""
    head = HEAD.replace("{title: 个人赛}", "{title: 团体赛, kind: team}")
    body = """stages:
  one:
    title: 初赛
    events: [paper]
    bars: [{id: old, title: 已获奖, refuse: {is: {kind: won, in: [是]}}}]
    ranking: {keys: [total], unbroken: share}
"""
    given = [
        EntryIn("t1", "one", "solo", "一队", "a", "t1", kind="team", members=("p", "q")),
        EntryIn("t2", "one", "solo", "二队", "b", "t2", kind="team", members=("r",)),
    ]
    known = facts(t1={"won": "是"}, p={"won": "否"}, q={"won": "否"}, r={"won": "否"})
    marks = scores({"t1": "90", "t2": "80"})
    rulebook = load(head + PAPER + body, name="teams.yaml")
    outcome = decide(rulebook, entries=given, scores=marks, facts=known)
    assert ranks(outcome) == {"t2": 1}


def test_a_condition_of_a_place_is_true_of_a_team_if_it_is_of_one_member():
    head = HEAD.replace("{title: 个人赛}", "{title: 团体赛, kind: team}")
    body = """stages:
  one:
    title: 初赛
    events: [paper]
    ranking: {keys: [total], unbroken: share}
    advance: [{to: up, top: 1, where: {is: {kind: ground, in: [是]}}}]
"""
    beyond = "beyond: {up: {title: 上一级比赛}}\n"
    given = [
        EntryIn("t1", "one", "solo", "一队", "a", "t1", kind="team", members=("p", "q")),
        EntryIn("t2", "one", "solo", "二队", "b", "t2", kind="team", members=("r", "s")),
    ]
    known = facts(p={"ground": "否"}, q={"ground": "否"}, r={"ground": "否"}, s={"ground": "是"})
    outcome = decide(
        load(head + beyond + PAPER + body, name="teams.yaml"),
        entries=given,
        scores=scores({"t1": "90", "t2": "80"}),
        facts=known,
    )
    assert gone(outcome) == ["t2"]


def test_who_has_withdrawn_from_another_stage_goes_on_and_words_alone_withdraw_nobody():
    """a1 has withdrawn from something else; b1 belongs to a group called season; c1 is gone."""
    known = facts(a1={"withdrawn": "elsewhere"}, b1={"group": "season"}, c1={"withdrawn": "up"})
    outcome = run(law("{to: up, take: everyone}"), LEVEL, facts=known)
    assert gone(outcome) == ["a1", "b1"]
