"""The walk through a season: which stages are ranked, which wait, who is a team in them."""

import pytest

from leitai.kernel.errors import Problems
from leitai.rulebook import decide, load
from leitai.rulebook.data import BlockedRow, EntryIn, Reason
from leitai.rulebook.engine import decide_given
from leitai.rulebook.inputs import check
from tests.rulebook.engine.seasons import (
    HEAD,
    PAPER,
    codes,
    entries,
    facts,
    gone,
    ranks,
    rules,
    run,
    scores,
)
from tests.rulebook.engine.test_oracle_findings import law, two_tracks

TABLE = {"a1": "90", "b1": "80", "c1": "70"}
SEASON = """stages:
  one:
    title: 初赛
    events: [paper]
    ranking: {keys: [total], unbroken: draw}
    team: {title: 团体, unbroken: draw}
    advance: [{to: two, as: team, teams: 1, members: 1}]
  two:
    title: 决赛
    events: [paper]
    ranking: {keys: [total], unbroken: share}
    team: {title: 团体, of: advanced}
"""


def season():
    return load(HEAD + PAPER + SEASON, name="season.yaml")


def teams(outcome, stage):
    return [row.delegation for row in outcome.teams if row.stage == stage]


def test_nothing_is_strict_unless_asked():
    rulebook = law("{to: up, top: 1, confirm: 组委会}")
    given = check(
        rulebook, entries=entries(TABLE), scores=scores(TABLE), resolutions=(), delegations=None
    )
    assert gone(decide_given(rulebook, given)) == ["a1"]
    assert gone(decide_given(rulebook, given, strict=True)) == []


def test_tracks_stand_in_the_order_of_their_names():
    """The rulebook writes ``solo`` before ``duo``."""
    given = entries(["a1"]) + entries(["b1"], track="duo")
    marks = scores({"a1": "90"}) + scores({"b1": "80"}, track="duo")
    outcome = decide(two_tracks(), entries=given, scores=marks)
    assert [row.track for row in outcome.standings if row.board == "main"] == ["duo", "solo"]


def test_stages_that_are_not_there_are_all_named_in_order():
    with pytest.raises(Problems) as caught:
        decide(law(), entries=[], scores=[], stages=list("hgfedcba"))
    assert [one.data["stage"] for one in caught.value.problems] == list("abcdefgh")


def test_what_is_assumed_is_noted():
    more = "assumptions:\n  seats: {question: 几人?, chosen: 七人, confirm: 组委会, concerns: [stages.one]}\n"
    outcome = run(load(law().text + more, name="open.yaml"), TABLE)
    assert codes(outcome) == [("seats", "assumed")]
    note = outcome.notes[0]
    assert (note.stage, note.track) == ("", "")
    assert note.reason.data == {"question": "几人?", "chosen": "七人"}


# ---- stages that are not held --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("held", "expected"),
    [("{least: 3}", []), ("{least: 4}", ["a1", "b1", "c1"]), ("{most: 3}", []),
     ("{most: 2}", ["a1", "b1", "c1"]), ("{least: 1, most: 3}", [])],
)  # fmt: skip
def test_a_stage_that_is_not_held_needs_no_scores(held, expected):
    """Three are entered: both bounds count as inside."""
    rulebook = law("{to: up, take: everyone, confirm: 组委会}", more=f"    held: {held}\n")
    outcome = decide(rulebook, entries=entries(TABLE), scores=[])
    assert gone(outcome) == expected
    noted = [("one", "stage_not_held")] if expected else []
    assert codes(outcome) == noted  # and no committee confirms what was never held


def test_a_stage_without_scores_says_nothing_of_its_entries():
    """b1 has withdrawn from everything: that is noted where a stage is held and nowhere else."""
    known = facts(b1={"withdrawn": "season"})
    silent = decide(law(), entries=entries(TABLE), scores=[], facts=known)
    assert (codes(silent), len(silent.standings)) == ([], 0)
    held = decide(law(), entries=entries(TABLE), scores=scores(TABLE), facts=known)
    assert codes(held) == [("b1", "withdrawn")]
    assert ranks(held) == {"a1": 1, "c1": 2}


# ---- stages that wait ----------------------------------------------------------------------------

SUMS = """stages:
  one: {title: 甲, events: [paper], quota: {per: delegation, count: 9}}
  two: {title: 乙, events: [paper], quota: {per: delegation, count: 9}}
  whole:
    title: 总决赛
    total: {carry: [{from: one}, {from: two}]}
    ranking: {keys: [total], unbroken: share}
    quota: {per: delegation, count: 9}
"""


def test_a_stage_that_only_adds_up_waits_for_all_that_it_adds():
    rulebook = rules(SUMS)
    given = [*entries(TABLE), *entries(TABLE, "two"), *entries(TABLE, "whole")]
    half = decide(rulebook, entries=given, scores=scores(TABLE))
    assert ranks(half, stage="whole") == {}
    whole = [*scores(TABLE), *scores({"a1": "1", "b1": "50", "c1": "2"}, "two")]
    outcome = decide(rulebook, entries=given, scores=whole)
    assert ranks(outcome, stage="whole") == {"b1": 1, "a1": 2, "c1": 3}  # 130, 91, 72


def test_what_follows_a_stage_without_its_scores_waits_too():
    row = BlockedRow("one", "solo", "main", "paper", (), "marks", Reason("spread"))
    final = scores({"a1": "50"}, "two")
    outcome = decide(season(), entries=entries(TABLE), scores=[*scores(TABLE), *final],
                     waiting=[row])  # fmt: skip
    assert (outcome.blocked, len(outcome.standings)) == ((row,), 0)
    assert codes(outcome) == [("two", "stage_waits")]


# ---- who is a team -------------------------------------------------------------------------------


def begun(later):
    given = [EntryIn(name, "two", "solo", name, name[0], name, as_=as_) for name, as_ in later]
    marks = scores({name: "50" for name, _ in later}, "two")
    return decide(season(), entries=given, scores=marks)


def test_a_season_that_begins_at_the_final_has_the_teams_that_are_named():
    outcome = begun([("a1", "team"), ("b1", "individual")])
    assert teams(outcome, "two") == ["a"]
    assert codes(outcome) == []


def test_where_nobody_says_who_is_a_team_everybody_is_and_it_is_noted():
    outcome = begun([("a1", "individual"), ("b1", "individual"), ("b2", "individual")])
    assert teams(outcome, "two") == ["b", "a"]
    assert codes(outcome) == [("two", "teams_taken")]
    assert outcome.notes[0].reason.data == {"count": 2}


def test_a_guest_is_not_taken_for_a_team():
    more = "delegations: {also: [{unit: a, name: 甲}, {unit: g, name: 省直, guest: true}]}\n"
    text = (HEAD + more + PAPER + SEASON).replace("teams: 1,", "teams: 1, guests: skip,")
    given = [EntryIn(name, "two", "solo", name, name[0], name) for name in ("a1", "g1")]
    marks = scores({"a1": "50", "g1": "60"}, "two")
    outcome = decide(load(text, name="guests.yaml"), entries=given, scores=marks)
    assert teams(outcome, "two") == ["a"]
    assert outcome.notes[0].reason.data == {"count": 1}


def test_who_came_only_as_an_individual_makes_no_team_of_a_delegation():
    """a is the team; the stage was played, so that nobody else is taken for one."""
    marks = [*scores(TABLE), *scores({"a1": "50"}, "two")]
    outcome = decide(season(), entries=entries(TABLE), scores=marks)
    assert teams(outcome, "two") == ["a"]
    assert "teams_taken" not in [code for _, code in codes(outcome)]
