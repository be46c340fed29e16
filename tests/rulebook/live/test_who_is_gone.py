"""A seat that goes, or is stopped, holds up nobody: what it chose is free again."""

import pytest

from leitai.kernel.errors import Problems
from leitai.rulebook import live
from tests.rulebook.live.fragments import match_of, rulebook_of
from tests.rulebook.live.tables import play

RISK = """
seats: [3, 3]
segments:
  - id: risk
    title: 风险题
    risk: {stakes: [{points: 10, stock: 3}]}
    stop: {after: 1, counts: [foul]}
"""
RING = """
seats: [3, 3]
segments:
  - id: ring
    title: 指定题
    designation: {stakes: [{points: 10, stock: 3}], target: chosen}
    stop: {after: 1, counts: [foul]}
"""


@pytest.mark.parametrize(
    "gone",
    ["out 1 left", "foul 1 提示", "question\nout 1 void\nreplace"],
)
def test_who_has_chosen_and_goes_leaves_the_choice_to_the_next(gone):
    match = play(match_of(RISK), f"open - risk\nchoose 1 10\n{gone}")
    assert live.next_seat(match) == "2"
    match = play(
        match, "choose 2 10\nquestion\nverdict - right\nchoose 3 10\nquestion\nverdict - wrong"
    )
    assert {name: int(value) for name, value in match.scores.items()} == {"1": 0, "2": 10, "3": -10}
    assert list(match.play.run.stock.values()) == [1]
    assert live.complete(match)


@pytest.mark.parametrize(
    "gone",
    ["out 2 left", "foul 2 提示", "question\nout 2 void\nreplace"],
)
def test_whose_chosen_opponent_goes_chooses_again(gone):
    match = play(match_of(RING), f"open - ring\nchoose 1 10>2\n{gone}")
    assert (match.answering, live.next_seat(match)) == ((), "1")
    assert "question" not in {move.kind for move in live.allowed(match)}
    match = play(match, "choose 1 10>3\nquestion\nverdict - right")
    assert match.scores["3"] == 10
    assert list(match.play.run.stock.values()) == [2]


def test_whom_a_seat_named_that_has_gone_may_be_named_by_another():
    match = play(match_of(RING), "open - ring\nchoose 1 10>3\nout 1 left\nchoose 2 10>3\nquestion")
    assert match.answering == ("3",)


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


def targets(match):
    moves = live.allowed(match)
    return {move.value.partition(">")[2] for move in moves if move.kind == "choose"}


def test_who_is_left_over_may_choose_somebody_again():
    """Each is chosen once a round; the third seat would have nobody but itself."""
    answered = "question\nverdict - right\n"
    match = play(match_of(RING), f"open - ring\nchoose 1 10>2\n{answered}choose 2 10>1\n{answered}")
    match = play(match, f"choose 3 10>1\n{answered}")
    assert live.complete(match)
    first = play(match_of(RING), f"open - ring\nchoose 1 10>2\n{answered}")
    assert targets(first) == {"1", "3"}
    second = play(match_of(RING), f"open - ring\nchoose 1 10>3\n{answered}")
    assert targets(second) == {"1"}


def test_a_ring_of_one_is_over():
    match = play(match_of(RING), "open - ring\nout 2 left")
    assert not live.complete(match)
    match = play(match, "out 3 left")
    assert live.complete(match)
    assert play(match, "close").closed


def test_there_is_a_set_for_every_seat():
    rules = """
seats: [2, 4]
segments:
  - id: must
    title: 必答题
    must: {sets: {count: 3}}
    points: {right: 10}
"""
    with pytest.raises(Problems) as caught:
        rulebook_of(rules)
    assert [problem.code for problem in caught.value.problems] == ["live_sets_short"]
    assert rulebook_of(rules.replace("count: 3", "count: 4"))


def test_where_all_answer_nobody_waits_for_who_has_gone():
    match = play(match_of(LEVEL), "open - must" + "\nquestion\nverdict - right" * 3)
    match = play(match, "open - extra\nquestion\nverdict 2 right\nout 1 absent")
    assert match.answering == ("3",)
    match = play(match, "verdict 3 wrong")
    assert live.complete(match)
    assert (match.play.playoff["2"], match.play.playoff["3"]) == (1, 2)
