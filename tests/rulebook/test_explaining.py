"""«Why is A above B», step by step."""

import pytest

from leitai.kernel.errors import DomainError
from leitai.rulebook import explain
from tests.rulebook.builders import HEAT, MINI, TRACK, draw, run

TIED = HEAT.replace("c1 80 40 3100", "c1 80 40 3000")


def steps(outcome, upper, lower, board="main", lang="zh"):
    found = explain(MINI, outcome, "heat", TRACK, board, upper, lower, lang=lang)
    return [(step.title, step.upper, step.lower, step.verdict) for step in found]


def test_the_first_difference_decides_and_the_rest_is_unused():
    assert steps(run(), "a1", "b1") == [
        ("总分", "90.00分", "85.00分", "decides"),
        ("多项选择题得分", "40.00分", "40.00分", "unused"),
        ("答题用时", "3000秒", "3000秒", "unused"),
    ]
    assert steps(run(), "a2", "c1") == [
        ("总分", "80.00分", "80.00分", "same"),
        ("多项选择题得分", "40.00分", "40.00分", "same"),
        ("答题用时", "3000秒", "3100秒", "decides"),
    ]


def test_steps_read_in_english():
    assert steps(run(), "a2", "c1", lang="en") == [
        ("Total", "80.00 points", "80.00 points", "same"),
        ("多项选择题得分", "40.00 points", "40.00 points", "same"),
        ("答题用时", "3000 s", "3100 s", "decides"),
    ]


def test_a_shared_rank_is_said():
    assert steps(run(TIED), "a2", "c1")[-1] == ("并列", "第5名", "第5名", "same")
    assert steps(run(TIED), "c1", "a2", lang="en")[-1] == ("Shared rank", "5th", "5th", "same")


def test_a_draw_is_the_last_step_and_names_its_record():
    outcome = run(TIED, resolutions=[draw("main", "advance:final", "c1 a2", note="抽签记录3号")])
    assert steps(outcome, "c1", "a2")[-2:] == [
        ("答题用时", "3000秒", "3000秒", "same"),
        ("抽签（抽签记录3号）", "第1位", "第2位", "decides"),
    ]
    assert steps(outcome, "c1", "a2", lang="en")[-1] == (
        "Draw (抽签记录3号)", "1st", "2nd", "decides",
    )  # fmt: skip


def test_inside_a_delegation_the_same_chain_holds():
    assert steps(run(), "b1", "b2", "team:b")[0] == ("总分", "85.00分", "80.00分", "decides")


def test_teams_compare_totals_and_then_members():
    assert steps(run(), "a", "b", "teams") == [
        ("团体总分", "170.00分", "165.00分", "decides"),
        ("从高到低逐名比较", "第1名90.00分", "第1名85.00分", "unused"),
    ]
    outcome = run("a1 90\na2 80\nb1 90\nb2 70\nb3 10\nc1 85\nc2 85")
    assert steps(outcome, "a", "c", "teams") == [
        ("团体总分", "170.00分", "170.00分", "same"),
        ("从高到低逐名比较", "第1名90.00分", "第1名85.00分", "decides"),
    ]


def test_a_team_with_fewer_members_shows_a_dash():
    outcome = run("a1 90\na2 0\nb1 90\nc1 95\nc2 3")
    assert steps(outcome, "a", "b", "teams")[1] == (
        "从高到低逐名比较", "第2名0.00分", "第2名—", "decides",
    )  # fmt: skip


def test_teams_equal_in_everything_end_with_the_vote():
    heat = "a1 90\na2 80\nb1 90\nb2 80\nc1 95\nc2 95"
    outcome = run(heat, resolutions=[draw("teams", "advance:final", "b a", how="vote")])
    assert steps(outcome, "b", "a", "teams") == [
        ("团体总分", "170.00分", "170.00分", "same"),
        ("从高到低逐名比较", "第2名80.00分", "第2名80.00分", "same"),
        ("表决", "第1位", "第2位", "decides"),
    ]
    assert steps(outcome, "b", "a", "teams", "en")[1:] == [
        ("Members, from the best down", "2nd: 80.00 points", "2nd: 80.00 points", "same"),
        ("Vote", "1st", "2nd", "decides"),
    ]


@pytest.mark.parametrize(
    ("upper", "lower", "board", "code"),
    [
        ("b1", "a1", "main", "not_above"),
        ("a1", "z1", "main", "not_on_board"),
        ("a1", "b1", "team:a", "not_on_board"),
        ("a", "z", "teams", "not_on_board"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused(upper, lower, board, code):
    with pytest.raises(DomainError) as caught:
        steps(run(), upper, lower, board)
    assert caught.value.code == code
