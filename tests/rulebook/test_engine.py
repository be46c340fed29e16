"""A whole small season, worked out by hand.

Heat. Totals: g1 95, g2 94, a1 90, b1 85; then four... three with 80: a2 (multiple 40, 3000 s),
c1 (40, 3100 s), b2 (30); c2 75, c3 74, a3 70, b3 60. Teams (best two): g 189, a 170, b 165, c 155.
The guest g is ranked first and skipped, so a and b go on with a1 a2 and b1 b2. The first five of
all are g1 g2 a1 b1 a2; of them g1 and g2 are not in yet and go on as individuals. c1 is sixth.

Final. b1 92, g1 91, b2 90, a1 88, a2 86, g2 70. Teams that advanced: b 182, a 174. 知识通: b1, g1.
明星 of the heat, one a delegation: a1; b1 holds 知识通, so b2; c1; g1 holds it too, so g2.
"""

from fractions import Fraction

import pytest

from leitai.kernel.errors import Problems
from leitai.rulebook.reasons import render
from tests.rulebook.builders import (
    FINAL,
    HEAT,
    MINI,
    advanced,
    blocked,
    board,
    entries,
    holders,
    notes,
    run,
    teams,
)


def test_heat_ranks_everyone_by_the_chain():
    outcome = run()
    assert board(outcome) == [
        (1, "g1"), (2, "g2"), (3, "a1"), (4, "b1"), (5, "a2"), (6, "c1"), (7, "b2"),
        (8, "c2"), (9, "c3"), (10, "a3"), (11, "b3"),
    ]  # fmt: skip
    assert board(outcome, "team:b") == [(1, "b1"), (2, "b2"), (3, "b3")]
    assert board(outcome, "team:g") == [(1, "g1"), (2, "g2")]
    first = outcome.standings[0]
    assert (first.stage, first.track, first.board, first.delegation) == (
        "heat", "solo", "main", "g",
    )  # fmt: skip
    assert (first.total, first.values, first.tied_with, first.decided_by) == (
        Fraction(95), (95, 40, 3000), 0, None,
    )  # fmt: skip


def test_heat_says_what_decided_equal_totals():
    outcome = run()
    said = {
        row.entry: render(row.decided_by)
        for row in outcome.standings
        if row.board == "main" and row.decided_by
    }
    assert said == {
        "a2": "总分同为80.00分，多项选择题得分也相同，答题用时3000秒少于3100秒",
        "c1": "总分同为80.00分，多项选择题得分40.00分高于30.00分",
        "b2": "总分同为80.00分，多项选择题得分30.00分低于40.00分",
    }


def test_heat_adds_up_teams_and_skips_the_guest():
    outcome = run()
    assert teams(outcome) == [
        (1, "g", 189, False),
        (2, "a", 170, True),
        (3, "b", 165, True),
        (4, "c", 155, False),
    ]
    assert [(row.guest, row.counted) for row in outcome.teams[:2]] == [
        (True, ("g1", "g2")),
        (False, ("a1", "a2")),
    ]


def test_heat_sends_two_teams_and_the_rest_of_the_first_five():
    outcome = run()
    assert advanced(outcome) == {
        "a1": "team", "a2": "team", "b1": "team", "b2": "team",
        "g1": "individual", "g2": "individual",
    }  # fmt: skip
    said = {row.entry: render(row.reason) for row in outcome.advancement}
    assert said["b2"] == (
        "代表队团体总分165.00分，列第3名（可得名额者中第2），进入前2名；"
        "本人80.00分，队内第2名，进入前2名"
    )
    assert said["g2"] == "个人总分94.00分，列第2名，进入前5名"
    assert outcome.advancement[0].reason.data["source"] == "stages.heat.advance[0]"


def test_without_final_scores_the_final_and_its_awards_are_skipped():
    outcome = run()
    assert {row.stage for row in outcome.standings} == {"heat"}
    assert outcome.awards == ()
    assert outcome.blocked == ()
    assert notes(outcome) == [("star", "award_waits")]
    assert render(outcome.notes[0].reason) == "“明星”须待“知识通”确定后评定"


def test_final_follows_from_advancement():
    outcome = run(final=FINAL)
    assert board(outcome, stage="final") == [
        (1, "b1"), (2, "g1"), (3, "b2"), (4, "a1"), (5, "a2"), (6, "g2"),
    ]  # fmt: skip
    assert teams(outcome, "final") == [(1, "b", 182, False), (2, "a", 174, False)]


def test_awards_follow_with_succession_inside_the_delegation():
    outcome = run(final=FINAL)
    given = [(row.award, row.holder_kind, row.holder, row.basis) for row in outcome.awards]
    assert given == [
        ("gold", "team", "b", "final/solo/teams/1"),
        ("silver", "team", "a", "final/solo/teams/2"),
        ("scholar", "person", "b1", "final/solo/main/1"),
        ("scholar", "person", "g1", "final/solo/main/2"),
        ("star", "person", "a1", "heat/solo/team:a/1"),
        ("star", "person", "b2", "heat/solo/team:b/2"),
        ("star", "person", "c1", "heat/solo/team:c/1"),
        ("star", "person", "g2", "heat/solo/team:g/2"),
    ]
    said = {row.holder: render(row.reason) for row in outcome.awards}
    assert said["b"] == "总决赛团体总分182.00分，列第1名，授予第1名"
    assert said["g1"] == "总决赛个人总分91.00分，列第2名，授予第1至2名"
    assert said["b2"] == (
        "晋级赛总分80.00分，队内第2名，授予各队前1名；第1名已获“知识通”，依次顺延"
    )
    assert outcome.awards[4].title == "明星"


def test_everyone_of_an_advanced_delegation_counts_however_they_came():
    """b3 comes in as an individual (top five is widened by a better heat) and scores for b."""
    heat = HEAT.replace("b3 60", "b3 80").replace("b3 80 30 3000", "b3 80 20 3000")
    heat = heat.replace("g1 95", "g1 50").replace("g2 94", "g2 50").replace("c1 80", "c1 50")
    outcome = run(heat, "a1 88\na2 86\nb1 92\nb2 20\nb3 90")
    assert advanced(outcome)["b3"] == "individual"
    final = [row for row in outcome.teams if row.stage == "final"]
    assert [(row.delegation, row.counted) for row in final] == [
        ("b", ("b1", "b3")),
        ("a", ("a1", "a2")),
    ]


def test_stages_limits_the_work():
    outcome = run(final=FINAL, stages=("heat",))
    assert {row.stage for row in outcome.standings} == {"heat"}
    with pytest.raises(Problems) as caught:
        run(stages=("heats",))
    assert [problem.code for problem in caught.value.problems] == ["stage_unknown"]


def test_a_season_may_begin_at_any_stage():
    """Only the final's entries are given: those that came as team tell which teams there are."""
    given = entries("a1\na2\nb1\nb2", "final", "team") + entries("g1\ng2", "final")
    outcome = run(final=FINAL, heat="", given=given)
    assert teams(outcome, "final") == [(1, "b", 182, False), (2, "a", 174, False)]
    assert holders(outcome, "scholar") == ["b1", "g1"]
    assert holders(outcome, "star") == []


def test_given_entries_of_a_stage_win_and_strangers_are_noted():
    given = entries(HEAT) + entries("a1\na3\nb1\nb2", "final", "team")
    outcome = run(final="a1 80\na3 90\nb1 70\nb2 60", given=given)
    assert board(outcome, stage="final") == [(1, "a3"), (2, "a1"), (3, "b1"), (4, "b2")]
    assert notes(outcome) == [("final", "advanced_left_out"), ("a3", "not_advanced")]
    assert render(outcome.notes[1].reason) == "选手a3：在本阶段名单中，但未按规则晋级"


def test_absent_and_void_are_not_ranked_and_a_void_one_is_named():
    heat = HEAT.replace("g1 95 40 3000", "g1 void").replace("c3 74 30 3000", "c3 absent")
    outcome = run(heat)
    assert [entry for _, entry in board(outcome)][:2] == ["g2", "a1"]
    assert "c3" not in [entry for _, entry in board(outcome)]
    assert ("g1", "void") in notes(outcome)
    assert ("c3", "void") not in notes(outcome)
    assert render(outcome.notes[0].reason, "en") == "选手g1: result void, not ranked"
    assert blocked(outcome) == []


def test_a_team_with_fewer_members_adds_up_what_there_is():
    outcome = run("a1 90\nb1 60\nb2 40\nc1 95")
    assert teams(outcome) == [(1, "b", 100, True), (2, "c", 95, True), (3, "a", 90, False)]
    assert notes(outcome)[:2] == [("a", "team_short"), ("c", "team_short")]
    assert MINI.stages["heat"].team.fewer == "count"


def test_a_team_without_any_result_is_no_team():
    outcome = run("a1 90\na2 90\nb1 absent")
    assert teams(outcome) == [(1, "a", 180, True)]
