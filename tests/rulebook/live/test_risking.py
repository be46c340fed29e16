"""Risk: stakes, turns, stealing and sets, at the edges."""

from fractions import Fraction

import pytest

from leitai.rulebook import live
from leitai.rulebook.live.segments.risk import DECLINE
from leitai.rulebook.model.live import (
    Give,
    Must,
    Risk,
    Sets,
    Stake,
)
from tests.rulebook.live.tables import one, play, scores
from tests.rulebook.live.test_machines import error, lines, opened

# ---- risk ----------------------------------------------------------------------------------------

STAKES = (Stake(Fraction(10)), Stake(Fraction(20)), Stake(Fraction(30), stock=2))


def risk(seats="123", **rules):
    return opened(one("risk", Risk(STAKES, **rules)), seats)


def test_whose_turn_it_is_to_risk():
    match = risk()
    assert error(match, "choose 2 10") == ("live_not_turn", {"seat": "2", "next": "1"})
    assert error(match, "question 1") == ("live_choice_needed", {"seat": "1"})
    assert error(match, "choose 1 15") == (
        "live_no_stake",
        {"value": "15", "allowed": "10, 20, 30"},
    )
    match = play(match, "choose 1 10")
    assert error(match, "choose 1 20") == ("live_chosen_already", {"seat": "1"})
    assert error(match, "question 2") == ("live_not_turn", {"seat": "2", "next": "1"})
    match = play(match, "question")
    assert (match.question.number, match.question.stake) == (1, 10)
    assert error(match, "choose 2 10") == ("live_question_open", {"number": 1})


def test_a_stake_of_which_there_are_two_is_chosen_twice():
    match = play(
        risk(), "choose 1 30\nquestion\nverdict 1 right\nchoose 2 30\nquestion\nverdict 2 wrong"
    )
    assert error(match, "choose 3 30") == ("live_stake_gone", {"value": "30"})
    assert scores(match) == {"1": 30, "2": -30, "3": 0}


def test_who_declines_and_who_may_not():
    assert live.next_seat(play(risk(), f"choose 1 {DECLINE}")) == "2"
    assert error(risk(compulsory=True), f"choose 1 {DECLINE}") == (
        "live_compulsory", {"segment": "环节"},
    )  # fmt: skip


def test_a_part_of_the_stake_for_a_part_of_the_answer():
    match = play(risk(partly=Fraction(1, 2), loss=Fraction(1, 4)), "choose 1 20\nquestion")
    assert scores(play(match, "verdict 1 partly"))["1"] == 10
    assert scores(play(match, "verdict 1 wrong"))["1"] == -5
    none = play(match, "verdict 1 none")
    assert (scores(none)["1"], none.question.outcome) == (0, "void")


def test_to_whom_a_question_may_be_given():
    assert error(risk(), "choose 1 10\nquestion\ngive 1 2")[0] == "live_not_here"
    match = play(risk(give=Give()), "choose 1 10\nquestion")
    assert error(match, "give 1 1") == ("live_not_playing", {"seat": "1"})
    assert error(play(match, "out 3 left"), "give 1 3") == ("live_not_playing", {"seat": "3"})
    assert error(match, "begin 1\ngive 1 2") == ("live_too_late", {"kind": "give"})
    given = play(match, "give 1 2")
    assert given.answering == ("2",)
    assert error(given, "give 2 3") == ("live_too_late", {"kind": "give"})
    assert scores(play(given, "verdict 2 right")) == {"1": 0, "2": 10, "3": 0}


@pytest.mark.parametrize("verdict", ["right", "wrong", "partly", "none"])
def test_nobody_gains_by_a_question_that_was_not_given(verdict):
    give = Give(right="giver", wrong="giver", loses="giver")
    match = play(
        risk(give=give, partly=Fraction(1, 2)), f"choose 1 20\nquestion\nverdict 1 {verdict}"
    )
    worth = {"right": 20, "wrong": -20, "partly": 10, "none": 0}[verdict]
    assert scores(match) == {"1": worth, "2": 0, "3": 0}
    assert [line[0] for line in lines(match, "1")] == ([] if verdict == "none" else [verdict])


def test_stealing_is_open_at_once_and_only_one_may():
    match = play(risk(steal=True), "choose 1 20\nquestion\nbegin 1\nverdict 1 wrong")
    assert (match.question.phase, match.locked, match.question.failures) == ("open", ("1",), 1)
    assert (match.question.began, match.question.member) == (0, 0)
    assert live.may_press(match) == ("2", "3")
    pressed = play(match, "press 3")
    assert not pressed.question.while_reading
    failed = play(pressed, "verdict 3 wrong")
    assert (failed.question.phase, scores(failed)) == ("over", {"1": -20, "2": 0, "3": -20})
    assert scores(play(pressed, "verdict 3 right"))["3"] == 20
    gone = play(match, "out 2 left\nout 3 left")
    assert gone.question.phase == "over"


def test_a_question_that_is_replaced_gives_the_latest_turn_back():
    match = play(
        risk(rounds=2, seats="12"),
        "choose 1 10\nquestion\nverdict 1 right\nchoose 2 10\nquestion\nverdict 2 right",
    )
    match = play(match, "choose 1 20\nquestion\nreplace")
    assert (live.next_seat(match), match.play.run.choice.stake) == ("1", 20)
    assert [(turn.seat, turn.round) for turn in match.play.run.turns] == [("1", 1), ("2", 1)]
    assert [(turn.seat, turn.round) for turn in match.play.run.done] == [("1", 0), ("2", 0)]


def test_turns_of_who_is_out_are_passed_over():
    match = play(opened(one("must", Must(each=2))), "out 1 left\nquestion")
    assert match.answering == ("2",)
    match = play(match, "verdict 2 right\nquestion\nverdict 3 right")
    assert not live.complete(match)


def test_sets_are_drawn_by_who_has_none():
    match = opened(one("must", Must(sets=Sets(3))))
    match = play(match, "choose 1 2\nquestion\nverdict 1 right")
    assert error(match, "choose 1 3") == ("live_chosen_already", {"seat": "1"})
    assert play(match, "choose 2 3").play.run.used == ("1=2", "2=3")
