"""Who stands in a stage: advanced or given, barred, withdrawn, over a quota."""

import pytest

from leitai.rulebook import decide, load
from leitai.rulebook.data import EntryIn
from tests.rulebook.engine.seasons import HEAD, PAPER, codes, entries, facts, ranks, run, scores
from tests.rulebook.engine.test_oracle_findings import law, two_tracks

SEASON = """stages:
  names:
    title: 推荐
    method: nomination
NAMES    advance: [{to: one, take: everyone}]
  one:
    title: 初赛
    events: [paper]
    ranking: {keys: [total], unbroken: draw}
    advance: [{to: two, top: 9}]
  two:
    title: 决赛
    events: [paper]
TWO    ranking: {keys: [total], unbroken: share}
"""


def season(names="", two=""):
    text = SEASON.replace("NAMES", names).replace("TWO", two)
    return load(HEAD + PAPER + text, name="season.yaml")


def told(outcome, code):
    return [
        (one.subject, dict(one.reason.data)) for one in outcome.notes if one.reason.code == code
    ]


def test_who_advanced_and_is_not_entered_is_named_the_first_five_in_order():
    table = {f"{letter}1": str(90 - at) for at, letter in enumerate("hgfedcba")}
    given = [*entries(table), *entries(["a1", "z1"], "two")]
    marks = [*scores(table), *scores({"a1": "50", "z1": "40"}, "two")]
    outcome = decide(season(), entries=given, scores=marks, delegations=list("abcdefghz"))
    assert told(outcome, "advanced_left_out") == [
        ("two", {"count": 7, "first": "b1、c1、d1、e1、f1"}),
    ]
    assert told(outcome, "not_advanced") == [("z1", {"name": "z1"})]


QUOTA = "    quota: {per: delegation, count: 2, least: 2, counts: {b: 1}}\n"


def test_a_quota_is_held_against_what_each_delegation_sends():
    """a sends three (two may), b two (one may), c one (two must), d two."""
    table = dict.fromkeys(["a1", "a2", "a3", "b1", "b2", "c1", "d1", "d2"], "80")
    rulebook = law(more=QUOTA)
    outcome = run(rulebook, table)
    assert told(outcome, "over_quota") == [
        ("a", {"of": "a", "count": 3, "limit": 2}),
        ("b", {"of": "b", "count": 2, "limit": 1}),
    ]
    assert told(outcome, "under_quota") == [("c", {"of": "c", "count": 1, "limit": 2})]


@pytest.mark.parametrize(("tracks", "noted"), [("[solo]", ["a"]), ("[duo]", []), ("[]", ["a"])])
def test_a_quota_of_a_track_counts_there_only(tracks, noted):
    more = f"    quota: {{per: delegation, count: 1, tracks: {tracks}}}\n"
    table = {"a1": "9", "a2": "8"}
    rulebook = two_tracks(more=more.replace(", tracks: []", ""))
    outcome = decide(rulebook, entries=entries(table), scores=scores(table))
    assert [name for name, _ in told(outcome, "over_quota")] == noted


@pytest.mark.parametrize(
    ("per", "noted"),
    [
        ("stage", [("stage", {"of": "stage", "count": 3, "limit": 1})]),
        ("unit", [("u", {"of": "u", "count": 2, "limit": 1})]),
    ],
)
def test_a_cap_counts_the_stage_or_a_kind_of_fact(per, noted):
    more = f"    caps: [{{per: {per}, count: 1}}]\n"
    known = facts(a1={"unit": "u", "other": "u"}, b1={"unit": "u"}, c1={"unit": "v"})
    outcome = run(law(more=more), {"a1": "9", "b1": "8", "c1": "7"}, facts=known)
    assert told(outcome, "over_quota") == noted


def test_a_nomination_that_was_left_out_lends_its_quota_and_its_bars():
    """Names are not given: what holds of them holds of the first contest."""
    names = (
        "    quota: {per: delegation, count: 1}\n"
        "    bars: [{id: old, title: 已获奖, refuse: {is: {kind: won, in: [是]}}}]\n"
    )
    known = facts(a1={"won": "否"}, a2={"won": "否"}, b1={"won": "是"})
    table = {"a1": "9", "a2": "8", "b1": "7"}
    outcome = decide(season(names), entries=entries(table), scores=scores(table), facts=known)
    assert told(outcome, "over_quota") == [("a", {"of": "a", "count": 2, "limit": 1})]
    assert ranks(outcome) == {"a1": 1, "a2": 2}
    assert [name for name, _ in told(outcome, "barred")] == ["b1"]


def test_a_nomination_that_was_given_keeps_its_bars_to_itself():
    """b1 was barred from being named: it is not among those who came, and that is all."""
    names = (
        "    quota: {per: delegation, count: 1}\n"
        "    bars: [{id: old, title: 已获奖, refuse: {is: {kind: won, in: [是]}}}]\n"
    )
    known = facts(a1={"won": "否"}, b1={"won": "是"})
    given = entries(["a1", "b1"], "names")
    outcome = decide(season(names), entries=given, scores=scores({"a1": "9"}), facts=known)
    assert ranks(outcome) == {"a1": 1}
    assert [(one.stage, one.subject) for one in outcome.notes] == [("names", "b1")]


def test_a_contest_that_was_left_out_lends_nothing():
    """Stage one has a quota of one; the season begins at stage two, which has none."""
    text = SEASON.replace("NAMES", "").replace("TWO", "")
    text = text.replace(
        "    title: 初赛\n", "    title: 初赛\n    quota: {per: delegation, count: 1}\n"
    )
    table = {"a1": "9", "a2": "7"}
    outcome = decide(
        load(HEAD + PAPER + text, name="late.yaml"),
        entries=entries(table, "two"),
        scores=scores(table, "two"),
    )
    assert codes(outcome) == []


def test_a_roster_is_held_against_the_lists():
    more = "    roster: {players: 2}\n"
    outcome = run(law(more=more), {"a1": "9", "a2": "8", "b1": "7"})
    assert told(outcome, "roster_short") == [("b", {"of": "b", "count": 1, "limit": 2})]


def test_in_what_capacity_somebody_came_follows_from_the_rule_that_sent_them():
    """a1 was sent as a team, whatever the list of the final says; z1 was not sent by anybody."""
    body = """stages:
  one:
    title: 初赛
    events: [paper]
    ranking: {keys: [total], unbroken: draw}
    advance: [{to: two, as: team, top: 1}]
  two:
    title: 决赛
    events: [paper]
    ranking: {keys: [total], unbroken: share}
    team: {title: 团体, who: team}
"""
    given = [*entries(["a1"]), EntryIn("a1", "two", "solo", "a1", "a", "a1"),
             EntryIn("z1", "two", "solo", "z1", "z", "z1")]  # fmt: skip
    outcome = decide(
        load(HEAD + PAPER + body, name="teams.yaml"),
        entries=given,
        scores=[*scores({"a1": "9"}), *scores({"a1": "50", "z1": "60"}, "two")],
    )
    assert [row.delegation for row in outcome.teams] == ["a"]
    assert ranks(outcome, stage="two") == {"z1": 1, "a1": 2}


def test_what_nothing_is_known_about_is_named_with_its_bar():
    more = (
        "    bars:\n"
        "      - {id: new, title: 新人, require: {any: [{is: {kind: rookie, in: [是]}},"
        " {has: {kind: medal, key: 省级}}]}}\n"
    )
    outcome = run(law(more=more), {"a1": "9"}, facts=facts(a1={"group": "甲"}))
    assert told(outcome, "predicate_unknown") == [
        ("new", {"title": "新人", "fact": "rookie"}),
        ("new", {"title": "新人", "fact": "medal:省级"}),
    ]
