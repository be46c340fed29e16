"""Rare turns of a match: what an earlier test of these rules left unsaid."""

from dataclasses import replace
from fractions import Fraction

import pytest

from leitai.rulebook import live, load
from leitai.rulebook.live.order import ties
from leitai.rulebook.live.segments.risk import DECLINE
from leitai.rulebook.model.live import (
    Buzzer,
    Clock,
    Conduct,
    Joint,
    Live,
    Must,
    Order,
    Playoff,
    Points,
    Risk,
    Segment,
    Stake,
)
from tests.rulebook.live.tables import TEN, entries, match_of, one, play, scores, with_segments
from tests.rulebook.live.test_duelling import duel
from tests.rulebook.live.test_folding import LEVEL, RULES, folded, log, notes, rows, seated
from tests.rulebook.live.test_machines import arena, due, error, lines, opened
from tests.rulebook.live.test_pressing import level, order
from tests.rulebook.live.test_risking import risk


def test_a_correction_may_name_another_seat():
    match = play(opened(one("joint", Joint(2))), "question\nverdict 1 right")
    fixed = play(match, "correct 2 3=right")
    assert scores(fixed) == {"1": 0, "2": 10, "3": 0}
    assert fixed.answering == ("1", "3")
    assert scores(play(match, "correct - 3=wrong")) == {"1": -10, "2": 0, "3": 0}


def test_what_was_voided_is_noted_in_the_order_of_the_log():
    found = folded(LEVEL + "note\n" * 9 + "void - 24,23\nclose - early")
    (note,) = [data for _, code, data in notes(found) if code == "live_voided"]
    assert note["entries"] == (23, 24)


def test_level_by_points_and_by_what_was_brought():
    """1 brought 5 and won 2, 2 brought 7: either may be first."""
    rules = Live(
        (
            Segment("a", "甲", Points(right=Fraction(2)), must=Must()),
            Segment("b", "乙", TEN, must=Must(), order=Order(by="score")),
        ),
        base=Fraction(3),
        carried=True,
    )
    match = live.start(rules, {"1": "a=5", "2": "b=7"})
    match = play(match, "open - a\nquestion\nverdict 1 right\nquestion\nverdict 2 wrong")
    for given in ("1>2", "2>1"):
        assert play(match, f"open - b={given}").play.remarks == ()


def test_a_bonus_of_one_point_is_a_bonus():
    match = match_of(one("must", Must(), conduct={"kind": Conduct("风格", Fraction(1))}))
    assert scores(play(match, "bonus 1 kind"))["1"] == 1
    assert error(match, "penalty 1 kind")[0] == "live_conduct_sign"
    assert lines(play(match, "adjust 1 3"), "1") == [("adjust", 3, 0)]


def test_questions_that_cannot_be_dropped():
    match = play(duel("12"), "question\nverdict 1 right\nquestion")
    assert error(match, "drop - 1") == ("live_not_here", {"kind": "drop", "segment": "环节"})


def test_a_question_of_another_segment_is_dropped_while_one_runs():
    rules = with_segments(one("must", Must()), Segment("b", "乙", TEN, joint=Joint(2)))
    match = opened(rules)
    for seat in "123":
        match = play(match, f"question\nverdict {seat} right")
    match = play(match, "open - b\nquestion")
    for number, seat in ((1, "1"), (3, "3")):
        assert scores(play(match, f"drop - it#{number}"))[seat] == 0
    assert error(match, "drop - b#1")[0] == "live_no_such_question"


def test_a_pause_of_the_least_length_counts():
    rules = one("must", Must(), clock=Clock(begin=15))
    match = play(opened(rules), "question\nread")
    before = live.due(match)[0].at
    assert live.due(play(match, "pause\n+0.000001 resume"))[0].at == before + 1


def test_seats_from_the_log_stand_in_their_order():
    match = play(live.start(one("joint", Joint(1)), {}), "seat 3 c\nseat 1 a\nseat 2 b")
    assert list(match.play.seats) == ["1", "2", "3"]
    assert live.complete(match)


def test_locked_seats_stand_in_their_order():
    match = play(opened(one("buzzer", Buzzer(2, after_wrong="others"))), "question\ngo")
    match = play(match, "press 3\nverdict 3 wrong\npress 1\nverdict 1 wrong")
    assert match.locked == ("1", "3")


def test_who_has_a_place_of_a_playoff_is_level_with_nobody_who_has_none():
    match = match_of(one("must", Must()), "12")
    state = match.play
    assert ties(match.live, state, ["1", "2"]) == ((1, ("1", "2")),)
    placed = replace(state, playoff={"1": 1})
    assert ties(match.live, placed, ["1", "2"]) == ()


# ---- scores --------------------------------------------------------------------------------------


def test_who_was_replaced_keeps_what_was_won():
    text = seated(("1", "a")) + "open - must\nquestion\nverdict 1 right\nsubstitute 1 1=new\n"
    with pytest.raises(Exception, match="live_used_up"):
        folded(text + "close - early")
    found = folded(text + "close - early", keys="", more="substitutions: 1")
    assert [(row[2], row[3]) for row in rows(found, "answers")] == [
        ("new", 0),
        ("pa1", 105),
        ("pa2", 0),
    ]
    counted = folded(text + "close - early", more="substitutions: 1")
    assert [row[5] for row in rows(counted, "answers")] == [
        {"right": 0, "wrong": 0},
        {"right": 1, "wrong": 0},
        {"right": 0, "wrong": 0},
    ]


def test_a_personal_score_that_does_not_fit_its_event_is_refused():
    with pytest.raises(Exception, match="score_decimals") as caught:
        folded(LEVEL + "close", decimals=0)
    found = [(one.code, dict(one.data), one.place) for one in caught.value.problems]
    assert found == [
        ("score_decimals", {"value": "10.5", "decimals": 0}, "log one/teams/quiz/m1/16"),
        ("score_decimals", {"value": "10.5", "decimals": 0}, "log one/teams/quiz/m1/16"),
    ]


def test_a_foul_is_nobodys_own():
    match = play(
        match_of(one("must", Must(by="member"), members=2)), "member 1 1=x\nopen - it\nquestion"
    )
    match = play(match, "foul 1\nverdict 1 right")
    assert [(line.what, line.person) for line in match.play.seats["1"].lines] == [
        ("foul", ""), ("right", "x"),
    ]  # fmt: skip


# ---- segments ------------------------------------------------------------------------------------


def test_what_was_passed_is_any_members_and_how_a_question_ended():
    match = play(arena(passes=1, opener=2, out_after=2), "choose 1 2\nquestion\npass 2")
    assert match.question.member == 0
    assert play(match, "verdict 1 right").question.outcome == "right"
    assert play(match, "verdict 1 wrong").question.outcome == "failed"


def test_a_place_without_points_has_no_line():
    """The first place earns nothing, the second five."""
    match = play(
        arena("12", places=(Fraction(0), Fraction(5))), "choose 1 2\nquestion\nverdict 2 wrong"
    )
    assert (lines(match, "1"), lines(match, "2")) == ([], [("wrong", 0, 1), ("place", 5, 1)])


def test_who_has_left_the_arena_keeps_its_place():
    match = play(arena(), "choose 1 2\nquestion\nverdict 2 wrong\nout 2 left")
    assert (match.play.run.exits, dict(match.play.places)) == (("2",), {"2": 4})


def test_a_duel_that_is_broken_off_pays_nobody():
    match = play(duel("12", win=Fraction(5)), "question\nverdict 1 right\nquestion\nout 2 left")
    assert scores(match) == {"1": 10, "2": 0}


def test_a_duel_to_one_goes_on_until_somebody_is_right():
    match = play(duel("12", first_to=1, questions=4), "question\nverdict 1 wrong")
    assert match.play.run.pairs == (("1", "2"),)
    assert play(match, "question\nverdict 2 right").play.run.pairs == ()


def test_the_end_of_writing_stops_every_clock():
    match = play(opened(one("joint", Joint(2), clock=Clock(begin=3, finish=9))), "question\nread")
    assert due(match) == [("begin", 3), ("finish", 9)]
    assert due(play(match, "+3 timeout")) == []


def test_the_clock_that_runs_out_first_is_named_first():
    match = play(opened(one("must", Must(), clock=Clock(begin=9, finish=5))), "question\nread")
    assert due(match) == [("finish", 5), ("begin", 9)]


def test_a_second_playoff_orders_those_whom_the_first_left_level():
    match = play(
        level(Playoff(form="joint", most=1)),
        "question\nverdict 1 right\nverdict 2 wrong\nverdict 3 wrong",
    )
    assert order(match) == {"1": 1, "2": 2, "3": 2}
    match = play(match, "open - off")
    assert match.play.run.order == ("2", "3")
    match = play(match, "question\nverdict 2 wrong\nverdict 3 right")
    assert order(match) == {"1": 1, "3": 2, "2": 3}


def test_where_one_press_has_no_time_the_log_decides():
    """1 was corrected to be before 3; then 2 presses without a time: they stand as they came."""
    match = play(opened(one("buzzer", Buzzer(2))), "question\ngo\n+1 press 3")
    match = play(match, f"+0.2 press 1 {match.at - 100_000}")
    assert [press.seat for press in match.presses] == ["1", "3"]
    row = entries("press 2", match.log[-1].seq + 1)[0]
    match = live.step(match, replace(row, at=0))
    assert [press.seat for press in match.presses] == ["3", "1", "2"]


def test_stakes_are_named_from_the_least():
    rules = one("risk", Risk((Stake(Fraction(16)), Stake(Fraction(9)))))
    assert error(opened(rules), "choose 1 5") == (
        "live_no_stake",
        {"value": "5", "allowed": "9, 16"},
    )


def test_the_turn_of_who_was_asked_is_given_back_and_not_of_who_declined():
    match = play(risk(), f"choose 1 10\nquestion\nverdict 1 right\nchoose 2 {DECLINE}\nreplace")
    assert (live.next_seat(match), match.play.run.choice.stake) == ("1", 10)
    assert [turn.seat for turn in match.play.run.turns] == ["1", "3"]
    assert [turn.seat for turn in match.play.run.done] == ["2"]


def test_an_arena_that_was_broken_off_has_no_places():
    match = play(arena(), "choose 1 2\nclose - early")
    assert dict(match.play.places) == {}


def test_who_has_no_place_in_an_arena_has_none_in_its_score():
    """2 leaves first of three: the third place; the others had none when the match was closed."""
    text = RULES[: RULES.index("      segments:")].replace(
        "      individual: {event: answers, STAGETRACK}\n", ""
    )
    text += "      segments: [{id: ring, title: 擂台, arena: {places: ['3', '2', '1']}}]\n"
    text += RULES[RULES.index("  answers:") :].replace(", KEYS", "")
    rows_ = log(seated(("1", "a"), ("2", "b"), ("3", "c")) + "open - ring\nchoose 1 2\n"
                "question\nverdict 2 wrong\nclose - early")  # fmt: skip
    found = live.fold(load(text, name="ring.yaml"), rows_)
    assert [(one.entry, one.keys["place"], one.value) for one in found.scores] == [
        ("a", 0, 200), ("b", 3, 210), ("c", 0, 200),
    ]  # fmt: skip


def test_a_word_after_the_answer_has_begun_moves_no_clock():
    match = play(
        opened(one("must", Must(), clock=Clock(finish=20))), "question\nread\nbegin\n+3 go"
    )
    assert due(match) == [("finish", 16)]
