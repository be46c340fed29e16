"""Duels: who meets whom, who wins and what becomes of a seat that is gone."""

from fractions import Fraction

import pytest

from leitai.rulebook import live
from leitai.rulebook.model.live import (
    Clock,
    Duel,
)
from tests.rulebook.live.tables import one, play, scores
from tests.rulebook.live.test_machines import due, error, opened

# ---- duel ----------------------------------------------------------------------------------------


def duel(seats="1234", **rules):
    return opened(one("duel", Duel(**{"questions": 2, "pairs": "seat", **rules})), seats)


def answered(match, *answers):
    for answer in answers:
        match = play(match, f"question\nverdict - {answer}")
    return match


def test_two_by_two_in_turns():
    match = duel()
    assert match.play.run.pairs == (("1", "2"), ("3", "4"))
    assert error(match, "question 2") == ("live_not_turn", {"seat": "2", "next": "1"})
    match = play(match, "question\nverdict 1 none")
    assert match.question.outcome == "void"
    match = play(match, "question")
    assert (match.answering, match.question.number) == (("2",), 2)
    assert play(match, "verdict 2 wrong").question.outcome == "failed"
    assert play(match, "verdict 2 right").question.outcome == "right"
    match = play(match, "verdict 2 wrong\nquestion")
    assert match.answering == ("3",)
    assert duel("12345").play.run.pairs == (("1", "2"), ("3", "4"))


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        (("right", "right"), {"1": 12, "2": 12}), (("right", "wrong"), {"1": 15, "2": -10}),
        (("wrong", "right"), {"1": -10, "2": 15}), (("wrong", "wrong"), {"1": -8, "2": -8}),
    ],
)  # fmt: skip
def test_who_wins_and_who_is_level(answers, expected):
    match = answered(duel("12", win=Fraction(5), level=Fraction(2)), *answers)
    assert scores(match) == expected
    assert live.complete(match)


def test_three_questions_each_in_turn_and_the_first_to_two():
    match = answered(duel("12", questions=6, first_to=2, win=Fraction(5)), "right", "wrong")
    assert match.play.run.pairs == (("1", "2"),)
    match = play(match, "question")
    assert match.answering == ("1",)
    match = play(match, "verdict 1 right")
    assert (match.play.run.pairs, scores(match)) == ((), {"1": 25, "2": -10})


def test_a_duel_whose_seat_is_gone_stands_as_it_is_and_the_next_begins_at_nought():
    match = answered(duel(win=Fraction(5)), "right")
    match = play(match, "out 2 left\nquestion")
    assert match.answering == ("3",)
    match = play(match, "verdict 3 right\nquestion")
    assert match.answering == ("4",)
    match = play(match, "verdict 4 wrong")
    assert (scores(match), live.complete(match)) == ({"1": 10, "2": 0, "3": 15, "4": -10}, True)


def test_a_later_duel_whose_seat_is_gone_leaves_the_running_one_alone():
    match = play(answered(duel(win=Fraction(5)), "right"), "out 4 left\nquestion")
    assert match.answering == ("2",)
    match = play(match, "verdict 2 wrong")
    assert (scores(match)["1"], live.complete(match)) == (15, True)


def test_a_lifeline_begins_the_clocks_anew():
    rules = one("duel", Duel(2, pairs="seat", lifelines=1), clock=Clock(begin=5, finish=20))
    match = play(opened(rules, "12"), "question\nread\n+2 begin\n+3 lifeline 1")
    assert due(match) == [("begin", 5), ("finish", 20)]
    assert error(match, "lifeline 1") == (
        "live_used_up", {"kind": "lifeline", "seat": "1", "most": 1},
    )  # fmt: skip


def test_a_duel_by_buzzer_goes_to_the_other_only_where_the_rules_say_so():
    for after, phase in (("ends", "over"), ("others", "open")):
        match = duel("12", form="buzzer", after_wrong=after)
        match = play(match, "question\ngo\npress 1\nverdict 1 wrong")
        assert match.question.phase == phase
        assert error(duel("12", form="turns"), "question\npress 1")[0] == "live_not_here"
