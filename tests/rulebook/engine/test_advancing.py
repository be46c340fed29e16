"""Rules of advancement, one at a time: who goes on, with which reason, and what is noted."""

from fractions import Fraction

import pytest

from leitai.rulebook import decide, load
from leitai.rulebook.advancing import portion_of
from leitai.rulebook.data import EntryIn
from leitai.rulebook.model import Portion
from tests.rulebook.engine.seasons import (
    HEAD,
    PAPER,
    answer,
    codes,
    entries,
    facts,
    gone,
    open_lines,
    run,
    scores,
)
from tests.rulebook.engine.test_oracle_findings import law

FIVE = {"a1": "90", "b1": "80", "c1": "70", "d1": "60", "e1": "50"}


@pytest.mark.parametrize(
    ("base", "rounding", "places"),
    [
        (5, "up", 2), (5, "down", 1), (5, "nearest", 1),  # 1.25
        (6, "up", 2), (6, "down", 1), (6, "nearest", 2),  # 1.5
        (7, "up", 2), (7, "down", 1), (7, "nearest", 2),  # 1.75
        (8, "up", 2), (8, "down", 2), (8, "nearest", 2),
    ],
)  # fmt: skip
def test_a_quarter_of_so_many(base, rounding, places):
    assert portion_of(Portion(Fraction(1, 4), rounding), base) == places


THREE = """stages:
  one:
    title: 初赛
    events: [paper]
    ranking: {keys: [total], unbroken: draw}
    advance: [{to: two, top: 4}, {to: three, top: 1}]
  two:
    title: 复赛
    events: [paper]
    ranking: {keys: [total], unbroken: draw}
    advance: [RULE]
  three: {title: 决赛, events: [paper]}
"""


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("{to: three, top: 2}", ["a1", "b1"]),  # a1 is there already, and goes on once
        # Of the three who are left a third is one: b1. Of all four it would be a1, who is there.
        ("{to: three, share: {share: 1/3, round: down, of: rest}}", ["a1", "b1"]),
        ("{to: three, up_to: 3}", ["a1", "b1", "c1"]),
    ],
)
def test_who_is_taken_by_two_stages_goes_on_once(rule, expected):
    table = {name: FIVE[name] for name in ("a1", "b1", "c1", "d1")}
    rulebook = load(HEAD + PAPER + THREE.replace("RULE", rule), name="three.yaml")
    marks = [*scores(table), *scores(table, stage="two")]
    outcome = decide(rulebook, entries=entries(table), scores=marks)
    assert gone(outcome, "three") == expected


def test_who_is_in_already_is_neither_counted_nor_named_by_a_later_rule():
    """The second rule has b1 alone to show to the committee; so has the one with a line of 75."""
    for rule in ("top: 2", "least: '75'"):
        later = f"{{to: up, {rule}, except: already, confirm: 组委会}}"
        outcome = run(law(f"{{to: up, top: 1}}, {later}"), FIVE)
        assert gone(outcome) == ["a1", "b1"]
        noted = [one for one in outcome.notes if one.reason.code == "confirmation_taken"]
        assert [(one.subject, one.reason.data["count"]) for one in noted] == [("up", 1)]


def test_a_share_that_comes_to_nothing_has_nobody_in_reserve():
    rule = "{to: up, share: {share: 10%, round: down}, reserves: 2}"
    outcome = run(law(rule), FIVE)
    assert (gone(outcome), outcome.reserves) == ([], ())


def test_the_places_of_a_share_may_be_one():
    rule = "{to: up, share: {share: 20%, round: down}, reserves: 1}"
    outcome = run(law(rule), FIVE)
    assert (gone(outcome), [row.entry for row in outcome.reserves]) == (["a1"], ["b1"])


TWO = """stages:
  one:
    title: 初赛
    events: [paper]
    ranking: {keys: [total], unbroken: draw}
    team: {title: 团体, top: 1, unbroken: draw}
    advance: [ADVANCE]
  two:
    title: 决赛
    events: [paper]
    ranking: {keys: [total], unbroken: share}
    team: {title: 团体, of: advanced}
"""


def seasons(advance, table, final, **more):
    rulebook = load(HEAD + PAPER + TWO.replace("ADVANCE", advance), name="two.yaml")
    marks = [*scores(table), *scores(final, stage="two")]
    return decide(rulebook, entries=entries(table), scores=marks, **more)


def test_a_team_whose_members_came_as_individuals_is_a_team_all_the_same():
    """a is the best team: it is in the final as one, b came for its person alone."""
    advance = "{to: two, as: individual, teams: 1, members: 1}, {to: two, top: 2, except: already}"
    outcome = seasons(advance, {"a1": "90", "b1": "80"}, {"a1": "50", "b1": "60"})
    last = [(row.delegation, row.rank) for row in outcome.teams if row.stage == "two"]
    assert last == [("a", 1)]
    first = [(row.delegation, row.advanced) for row in outcome.teams if row.stage == "one"]
    assert first == [("a", True), ("b", False)]


def test_a_team_takes_all_its_people_where_no_number_is_named():
    more = "    team: {title: 团体, top: 1, unbroken: draw}\n"
    table = {"a1": "90", "a2": "10", "b1": "80"}
    outcome = run(law("{to: up, as: team, teams: 1}", more=more), table)
    assert gone(outcome) == ["a1", "a2"]
    told = outcome.advancement[1].reason.data
    assert (told["teams"], told["members"], told["rank"], told["total"]) == (1, 0, 2, "10.00")
    assert (told["team_rank"], told["team_place"], told["team_total"]) == (1, 1, "90.00")
    assert outcome.advancement[1].as_ == "team"


def test_a_stage_that_is_not_held_sends_each_where_its_rule_says():
    """Two targets: to the final as a team, beyond the season as recommended."""
    advance = "{to: up, as: recommended, top: 1}, {to: two, as: team, teams: 1, members: 1}"
    text = TWO.replace("    advance", "    held: {least: 6}\n    advance")
    beyond = "beyond: {up: {title: 上一级比赛}}\n"
    rulebook = load(HEAD + beyond + PAPER + text.replace("ADVANCE", advance), name="two.yaml")
    table = {"a1": "90", "b1": "80"}
    outcome = decide(rulebook, entries=entries(table), scores=scores(table))
    assert [(row.to_stage, row.entry, row.as_) for row in outcome.advancement] == [
        ("up", "a1", "recommended"),
        ("up", "b1", "recommended"),
        ("two", "a1", "team"),
        ("two", "b1", "team"),
    ]
    assert ("one", "stage_not_held") in codes(outcome)


# ---- confirmation --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("named", "how", "taken"),
    [
        ("a1 b1", "confirmation", True),
        ("c1 a1 b1", "confirmation", True),  # more were confirmed than go on
        ("a1 c1", "confirmation", False),
        ("a1 b1", "jury", False),  # a jury's order is no confirmation
    ],
)
def test_only_a_confirmation_that_names_everyone_confirms(named, how, taken):
    small = law("{to: up, top: 2, confirm: 组委会}")
    said = [answer("main", "advance:up", named, how)]
    outcome = run(small, FIVE, resolutions=said, strict=True)
    assert gone(outcome) == (["a1", "b1"] if taken else [])
    open_ = [("main", "advance:up", ("a1", "b1"), "confirmation")]
    assert open_lines(outcome) == ([] if taken else open_)
    if not taken:
        assert outcome.blocked[0].detail.code == "confirm"
        assert outcome.blocked[0].detail.data == {"by": "组委会", "count": 2}


# ---- nominations ---------------------------------------------------------------------------------


def test_names_of_a_nomination_go_on_in_the_order_of_their_ids():
    text = """stages:
  one:
    title: 推荐
    method: nomination
    advance: [{to: two, take: everyone, cap: [{per: group, count: 1}]}]
  two:
    title: 决赛
    events: [paper]
    ranking: {keys: [total], unbroken: share}
"""
    given = [EntryIn(name, "one", "solo", name, name[0], name) for name in ("c1", "a1", "b1")]
    known = facts(c1={"group": "甲"}, a1={"group": "乙"}, b1={"group": "丙"})
    rulebook = load(HEAD + PAPER + text, name="names.yaml")
    outcome = decide(rulebook, entries=given, scores=[], facts=known)
    assert gone(outcome, "two") == ["a1", "b1", "c1"]
