"""A foul that the host calls where nobody presses is counted; it hands the question to nobody."""

import pytest

from leitai.kernel.errors import Problems
from leitai.rulebook import live
from tests.rulebook.live.fragments import match_of, rulebook_of
from tests.rulebook.live.tables import play, scores

RISK = """
seats: [2, 3]
segments:
  - id: risk
    title: 风险题
    risk: {{stakes: [{{points: 20}}]{steal}}}
"""
TWO = """
segments:
  - id: duel
    title: 对决
    duel: {{questions: 2, form: {form}}}
    points: {{right: 10}}
"""


@pytest.mark.parametrize("steal", ["", ", steal: true"])
def test_who_answers_a_risk_question_keeps_it(steal):
    match = play(
        match_of(RISK.format(steal=steal)), "open - risk\nchoose 1 20\nquestion\nfoul 1 提示"
    )
    assert (match.answering, live.may_press(match)) == (("1",), ())
    assert {move.kind for move in live.allowed(match)}.isdisjoint({"press", "question"})
    match = play(match, "verdict 1 right")
    assert (scores(match), match.fouls["1"]) == ({"1": 20, "2": 0, "3": 0}, 1)


def test_a_foul_while_others_press_for_the_stake_bars_from_it():
    match = play(match_of(RISK.format(steal=", steal: true")), "open - risk\nchoose 1 20\nquestion")
    match = play(match, "verdict 1 wrong\nfoul 2 抢先作答")
    assert live.may_press(match) == ("3",)
    match = play(match, "press 3\nverdict 3 right")
    assert scores(match) == {"1": -20, "2": 0, "3": 20}


def test_a_duel_in_turns_goes_on_and_one_by_buzzer_passes_to_the_other():
    match = play(match_of(TWO.format(form="turns"), "12"), "open - duel\nquestion\nfoul 1 提示")
    assert match.answering == ("1",)
    match = play(match_of(TWO.format(form="buzzer"), "12"), "open - duel\nquestion\ngo\npress 1")
    assert live.may_press(play(match, "foul 1 提示")) == ("2",)


LEVEL = """
segments:
  - id: must
    title: 必答题
    must: {each: 1}
    points: {right: 10}
  - id: extra
    title: 加赛题
    playoff: {form: joint}
"""


def test_where_all_answer_a_foul_locks_nobody():
    match = play(match_of(LEVEL, "12"), "open - must" + "\nquestion\nverdict - right" * 2)
    match = play(match, "open - extra\nquestion\nfoul 1 交头接耳")
    assert (match.locked, match.answering) == ((), ("1", "2"))
    match = play(match, "verdict 2 wrong\nverdict 1 right")
    assert dict(match.play.playoff) == {"1": 1, "2": 2}


def test_a_ladder_for_a_playoff_in_which_nobody_presses_is_named():
    with pytest.raises(Problems) as caught:
        rulebook_of(LEVEL.replace("joint}", "joint, fouls: {rungs: [{points: -5}]}}"))
    assert [problem.code for problem in caught.value.problems] == ["live_useless"]


QUEUE = """
segments:
  - id: main
    title: 抢答题
    buzzer:
      questions: 5
      after_wrong: others
      next: queue
      fouls: {rungs: [{loses: nothing, points: -1}]}
    points: {right: 10}
    stop: {after: 1, counts: [foul, wrong]}
"""


def test_who_was_stopped_while_waiting_is_passed_over():
    match = play(match_of(QUEUE), "open - main\nquestion\ngo\npress 1\npress 2\npress 3")
    match = play(match, "foul 2 提示\nverdict 1 wrong")
    assert match.answering == ("3",)
    assert live.stopped(match) == ("1", "2")


ARENA = """
segments:
  - id: main
    title: 擂台赛
    arena: {out_after: 2}
    stop: {after: 1}
"""


def test_a_stop_beside_the_arenas_own_way_out_is_named():
    with pytest.raises(Problems) as caught:
        rulebook_of(ARENA)
    assert [problem.code for problem in caught.value.problems] == ["live_useless"]
    rulebook_of(ARENA.replace("    stop: {after: 1}\n", ""))
