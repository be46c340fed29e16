"""Ties: shared where no line runs through them, blocked where one does, ordered by a resolution."""

import dataclasses

import pytest

from leitai.kernel.errors import Problems
from leitai.rulebook import load
from leitai.rulebook.reasons import render
from tests.rulebook.builders import (
    FINAL,
    HEAT,
    MINI_TEXT,
    advanced,
    blocked,
    board,
    draw,
    holders,
    notes,
    run,
    teams,
)

# a2 and c1 are equal in every key, at the ranks 5 and 6: the line of the first five divides them.
FIFTH = HEAT.replace("c1 80 40 3100", "c1 80 40 3000")


def test_a_tie_that_touches_no_line_shares_the_rank():
    heat = HEAT.replace("c3 74 30 3000", "c3 75 30 3000").replace("a3 70", "a3 75")
    outcome = run(heat)
    assert blocked(outcome) == []
    assert board(outcome)[-4:] == [(8, "a3"), (8, "c2"), (8, "c3"), (11, "b3")]
    tied = [row for row in outcome.standings if row.board == "main" and row.rank == 8]
    assert [(row.tied_with, row.decided_by) for row in tied] == [(2, None)] * 3


def test_a_tie_across_the_line_blocks_that_rule_and_no_other():
    outcome = run(FIFTH.replace("a2 80 40", "a2 80 20").replace("b2 80 30", "b2 80 40"))
    # b2 and c1 tie at 5 and 6. b2 is in with the team already, c1 is not: it matters.
    assert blocked(outcome) == [("heat", "main", "advance:final", ("b2", "c1"), "draw")]
    assert advanced(outcome) == dict.fromkeys(["a1", "a2", "b1", "b2"], "team")
    assert render(outcome.blocked[0].detail) == (
        "第5至6名共2名选手并列（总分同为80.00分），第5个名额的界线落在其中，需抽签确定先后"
    )


def test_a_resolution_orders_the_tie_and_makes_the_ranks_distinct():
    first = run(FIFTH, resolutions=[draw("main", "advance:final", "c1 a2")])
    assert blocked(first) == []
    assert board(first)[4:6] == [(5, "c1"), (6, "a2")]
    assert advanced(first)["c1"] == "individual"
    said = {row.entry: row.decided_by for row in first.standings if row.board == "main"}
    assert render(said["c1"]) == "总分同为80.00分，各项比较均相同，经抽签在2个中列第1位"
    second = run(FIFTH, resolutions=[draw("main", "advance:final", "a2 c1", note="第3号公证")])
    assert board(second)[4:6] == [(5, "a2"), (6, "c1")]
    assert "c1" not in advanced(second)
    said = {row.entry: row.decided_by for row in second.standings if row.board == "main"}
    assert render(said["c1"], "en") == (
        "totals equal at 80.00 points, and equal in every key; 2nd of 2 by a draw (第3号公证)"
    )


def test_a_tie_among_those_who_are_in_anyway_does_not_matter():
    """a2 and b2 tie at 5 and 6; both are in with their teams, so nobody need draw."""
    heat = HEAT.replace("b2 80 30", "b2 80 40").replace("c1 80", "c1 50")
    outcome = run(heat)
    assert blocked(outcome) == []
    assert board(outcome)[4:6] == [(5, "a2"), (5, "b2")]


def test_a_guest_in_a_tie_of_teams_takes_no_place():
    """g and b tie behind a for the second place: g is skipped, so b has it without a draw."""
    heat = HEAT.replace("g1 95", "g1 85").replace("g2 94 40", "g2 80 30")
    outcome = run(heat)
    assert teams(outcome)[:3] == [
        (1, "a", 170, True),
        (2, "b", 165, True),
        (2, "g", 165, False),
    ]
    assert blocked(outcome) == []


def test_teams_compare_members_from_the_best_down():
    """a 90+80 and b 95+75 have 170 each: 95 is more than 90."""
    outcome = run("a1 90\na2 80\nb1 95\nb2 75\nc1 30\nc2 30")
    assert [(rank, code) for rank, code, *_ in teams(outcome)] == [(1, "b"), (2, "a"), (3, "c")]
    said = [render(row.decided_by) for row in outcome.teams if row.decided_by]
    begin = "团体总分同为170.00分，计分选手从高到低逐名比较，第1名"
    assert said == [f"{begin}95.00分高于90.00分", f"{begin}90.00分低于95.00分"]


def test_a_missing_member_ranks_below_any_score():
    outcome = run("a1 90\na2 0\nb1 90\nc1 95\nc2 3")
    assert teams(outcome)[1:] == [(2, "a", 90, True), (3, "b", 90, False)]
    said = [render(row.decided_by) for row in outcome.teams if row.decided_by]
    begin = "团体总分同为90.00分，计分选手从高到低逐名比较，第2名"
    assert said == [f"{begin}0.00分，对方无此名选手成绩", f"{begin}无成绩，对方0.00分"]


def test_teams_equal_in_everything_need_what_the_rulebook_says():
    heat = "a1 90\na2 80\nb1 90\nb2 80\nc1 95\nc2 95"
    outcome = run(heat)
    assert [row for row in blocked(outcome) if row[1] == "teams"] == [
        ("heat", "teams", "advance:final", ("a", "b"), "vote")
    ]
    # The individuals' rule says «except: already», and who is in already is not known.
    assert outcome.advancement == ()
    assert "2个代表队并列" in render(outcome.blocked[0].detail)
    voted = run(heat, resolutions=[draw("teams", "advance:final", "b a", how="vote")])
    assert teams(voted) == [(1, "c", 190, True), (2, "b", 170, True), (3, "a", 170, False)]


def test_a_tie_at_the_last_member_blocks_the_whole_rule_of_teams():
    heat = HEAT.replace("a3 70 30 3000", "a3 80 40 3000")
    outcome = run(heat)
    assert blocked(outcome) == [("heat", "team:a", "advance:final", ("a2", "a3"), "draw")]
    assert outcome.advancement == ()
    drawn = run(heat, resolutions=[draw("team:a", "advance:final", "a3 a2")])
    # On the board of all, a2 and a3 share rank 5: the line of the first five divides them too.
    assert blocked(drawn) == [("heat", "main", "advance:final", ("a2", "a3"), "draw")]
    assert drawn.teams[1].counted == ("a1", "a3")


def test_awards_wait_for_a_tie_in_the_final_and_succession_waits_with_them():
    final = FINAL.replace("b2 90", "b2 91")  # g1 and b2 tie at 2 and 3: 知识通 has two places
    outcome = run(final=final)
    assert blocked(outcome) == [("final", "main", "award:scholar", ("b2", "g1"), "draw")]
    assert [holders(outcome, one) for one in ("gold", "scholar", "star")] == [["b"], [], []]
    assert notes(outcome) == [("star", "award_waits")]
    drawn = run(final=final, resolutions=[draw("main", "award:scholar", "b2 g1", stage="final")])
    assert holders(drawn, "scholar") == ["b1", "b2"]
    assert holders(drawn, "star") == ["a1", "b3", "c1", "g1"]


def test_a_tie_at_the_last_place_of_a_succession_blocks_on_the_board_inside():
    """b1 holds 知识通; b2 and b3 tie for the one 明星 of b."""
    heat = HEAT.replace("b3 60 30 3000", "b3 80 30 3000")
    answer = draw("team:b", "advance:final", "b2 b3")
    outcome = run(heat, FINAL, resolutions=[answer])
    # One tie, one question: the draw for the team's second member orders them for 明星 too.
    assert blocked(outcome) == []
    assert holders(outcome, "star") == ["a1", "b2", "c1", "g2"]
    heat = HEAT.replace("c2 75 30", "c2 80 40").replace("c2 80 40 3000", "c2 80 40 3100")
    outcome = run(heat, FINAL)
    assert blocked(outcome) == [("heat", "team:c", "award:star", ("c1", "c2"), "draw")]
    assert holders(outcome, "star") == []
    drawn = run(heat, FINAL, resolutions=[draw("team:c", "award:star", "c2 c1")])
    assert holders(drawn, "star") == ["a1", "b2", "c2", "g2"]
    assert board(drawn, "team:c") == [(1, "c2"), (2, "c1"), (3, "c3")]


def test_holders_do_not_tear_a_tie():
    """b1 (知识通) ties with b2 inside b: b1 is passed over, so b2 is the one 明星 without a draw."""
    heat = HEAT.replace("b2 80 30", "b2 85 40")
    outcome = run(heat, FINAL)
    assert holders(outcome, "star") == ["a1", "b2", "c1", "g2"]
    assert blocked(outcome) == []
    (said,) = [render(row.reason) for row in outcome.awards if row.holder == "b2"][-1:]
    assert said == "晋级赛总分85.00分，队内第1名，授予各队前1名"


def test_succession_that_runs_out_leaves_the_place_vacant():
    heat = "a1 90\na2 80\nb1 85\nb2 70\ng1 95"
    outcome = run(heat, "a1 60\na2 50\nb1 40\nb2 30\ng1 99")
    assert holders(outcome, "scholar") == ["g1", "a1"]
    assert holders(outcome, "star") == ["a2", "b1"]
    assert ("star:team:g", "award_vacant") in notes(outcome)
    said = [render(row.reason) for row in outcome.notes if row.subject == "star:team:g"]
    assert said == ["“明星”1个名额，可授予0个，其余空缺"]


def test_one_tie_through_two_lines_is_asked_once():
    """Both teams of the final tie: the line between 金奖 and 银奖 belongs to both."""
    final = "a1 90\na2 80\nb1 90\nb2 80\ng1 91\ng2 70"
    outcome = run(final=final)
    tied = [row for row in blocked(outcome) if row[1] == "teams"]
    assert tied == [("final", "teams", "award:gold", ("a", "b"), "draw")]
    assert holders(outcome, "gold") == holders(outcome, "silver") == []
    for line in ("award:gold", "award:silver"):
        drawn = run(final=final, resolutions=[draw("teams", line, "b a", stage="final")])
        assert (holders(drawn, "gold"), holders(drawn, "silver")) == (["b"], ["a"])


@pytest.mark.parametrize(
    "answer",
    [
        draw("main", "advance:final", "c1 a2 b2"),  # more than those that tie
        draw("team:a", "advance:final", "c1 a2"),  # another board
        draw("main", "advance:final", "c2 c3"),  # no tie at all
    ],
)
def test_an_answer_that_fits_no_tie_is_noted_and_not_used(answer):
    outcome = run(FIFTH, resolutions=[answer])
    assert blocked(outcome) == [("heat", "main", "advance:final", ("a2", "c1"), "draw")]
    assert (answer.board, "resolution_unused") in notes(outcome)


def test_contradicting_answers_are_refused():
    answers = [draw("main", "advance:final", "a2 c1"), draw("main", "advance:final", "c1 a2")]
    with pytest.raises(Problems) as caught:
        run(FIFTH, resolutions=answers)
    assert [problem.code for problem in caught.value.problems] == ["resolution_conflict"]
    same = dataclasses.replace(answers[0], note="抄件")
    assert blocked(run(FIFTH, resolutions=[answers[0], same])) == []


def test_a_blocked_stage_holds_up_the_next_one():
    outcome = run(FIFTH, "a1 80\na2 80\nb1 80\nb2 80\ng1 80\ng2 80\nc1 80")
    assert {row.stage for row in outcome.standings} == {"heat"}
    assert ("final", "stage_waits") in notes(outcome)


def test_a_team_too_small_is_not_ranked_where_the_rulebook_says_so():
    text = MINI_TEXT.replace(
        "top: 2, fewer: count, keys: [total, members], unbroken: vote",
        "top: 2, fewer: exclude, keys: [total, members], unbroken: vote",
    )
    outcome = run("a1 90\na2 80\nb1 95", rulebook=load(text))
    assert teams(outcome) == [(1, "a", 170, True)]
    assert notes(outcome)[0] == ("b", "team_excluded")


def test_teams_share_a_rank_where_no_line_runs():
    outcome = run("a1 90\na2 90\nb1 80\nb2 80\nc1 70\nc2 70\ng1 70\ng2 70")
    assert [(row.rank, row.delegation, row.tied_with) for row in outcome.teams] == [
        (1, "a", 0),
        (2, "b", 0),
        (3, "c", 1),
        (3, "g", 1),
    ]
    # The fifth place of all runs through the four with 70 points, and that is the only question.
    assert blocked(outcome) == [("heat", "main", "advance:final", ("c1", "c2", "g1", "g2"), "draw")]
