"""Presses, fouls, stakes, timed runs and playoffs at their edges."""

from dataclasses import replace
from fractions import Fraction

import pytest

from leitai.rulebook import live
from leitai.rulebook.data import LogIn
from leitai.rulebook.model.live import (
    Buzzer,
    Clock,
    Fouls,
    Must,
    Playoff,
    Rung,
    Segment,
    Timed,
)
from tests.rulebook.live.tables import SECOND, TEN, match_of, one, play, scores, with_segments
from tests.rulebook.live.test_machines import due, error, lines, opened


def buzzer(seats="123", clock=None, **rules):
    more = {"clock": clock} if clock else {}
    return opened(one("buzzer", Buzzer(**{"questions": 9, **rules}), **more), seats)


ASKED = "question\ngo\n"


# ---- the host's words ----------------------------------------------------------------------------


def test_words_are_said_once_and_open_the_question():
    match = play(buzzer(), "question")
    assert (match.question.phase, live.may_press(match)) == ("asked", ())
    match = play(match, "read")
    assert (match.question.phase, match.question.read_at) == ("asked", match.at)
    assert error(match, "read") == ("live_said_already", {"kind": "read"})
    match = play(match, "go")
    assert (match.question.phase, match.question.go_at, live.may_press(match)) == (
        "open", match.at, ("1", "2", "3"),
    )  # fmt: skip
    assert error(match, "go") == ("live_said_already", {"kind": "go"})


def test_where_one_presses_while_it_is_read_the_end_of_reading_begins_the_clock():
    match = play(buzzer(opens="reading", clock=Clock(press=5)), "question")
    assert (live.may_press(match), due(match)) == (("1", "2", "3"), [])
    read = play(match, "read")
    assert (read.question.phase, due(read)) == ("open", [("press", 5)])
    assert error(read, "go") == ("live_said_already", {"kind": "go"})
    pressed = play(match, "press 2")
    assert (pressed.question.while_reading, pressed.answering) == (True, ("2",))
    assert not play(read, "press 2").question.while_reading
    assert play(pressed, "read").question.phase == "answering"


def test_a_failed_answer_while_it_is_read_lets_reading_go_on():
    match = play(
        buzzer(opens="reading", after_wrong="others"), "question\npress 2\nverdict 2 wrong"
    )
    assert (match.question.phase, match.locked) == ("asked", ("2",))
    assert live.may_press(match) == ("1", "3")
    after = play(
        buzzer(opens="reading", after_wrong="others"), "question\nread\npress 2\nverdict 2 wrong"
    )
    assert after.question.phase == "open"


def test_the_word_does_not_move_the_clock_of_who_pressed():
    match = play(buzzer(opens="reading", clock=Clock(begin=5)), "question\npress 1")
    assert due(match) == [("begin", 5)]
    assert due(play(match, "+3 read")) == [("begin", 2)]


# ---- presses -------------------------------------------------------------------------------------


def test_who_may_not_press():
    match = play(buzzer(after_wrong="others"), ASKED + "press 1")
    assert error(match, "press 1") == ("live_pressed_already", {"seat": "1"})
    assert live.may_press(match) == ("2", "3")
    begun = play(match, "begin 1")
    assert live.may_press(begun) == ()
    assert error(begun, "press 2") == ("live_too_late", {"kind": "press"})
    failed = play(match, "verdict 1 wrong")
    assert error(failed, "press 1") == ("live_locked", {"seat": "1"})
    assert live.may_press(failed) == ("2", "3")
    assert live.may_press(play(failed, "press 2\nverdict 2 right")) == ()


def test_the_instant_of_a_press_may_be_corrected_within_bounds():
    match = play(buzzer(), ASKED)
    at = match.at + SECOND  # the press arrives one second later; half a second is the most
    for instant, taken in (
        (at, True),
        (at - 500_000, True),
        (at - 500_001, False),
        (at + 1, False),
    ):
        if taken:
            assert play(match, f"press 1 {instant}").presses[0].instant == instant
        else:
            assert error(match, f"press 1 {instant}")[0] == "live_correction"
    assert error(match, "press 1 soon") == ("live_no_instant", {"value": "soon"})


def test_a_press_at_the_word_is_not_early_and_one_before_it_is():
    match = play(buzzer(), "question\n+1 go")
    word = match.question.go_at
    exactly = play(match, f"+0.5 press 1 {word}")
    assert (exactly.answering, exactly.fouls["1"]) == (("1",), 0)
    early = play(match, f"+0.4 press 1 {word - 1}")
    assert (early.answering, early.fouls["1"]) == ((), 1)


def test_presses_without_a_clock_stand_as_the_log_has_them():
    match = match_of(one("buzzer", Buzzer(9)))
    for seq, (kind, seat) in enumerate(
        [("open", ""), ("question", ""), ("go", ""), ("press", "3"), ("press", "1"), ("press", "2")], start=1
    ):  # fmt: skip
        row = live_row(seq, kind, seat, "it" if kind == "open" else "")
        match = live.step(match, row)
    assert [press.seat for press in match.presses] == ["3", "1", "2"]
    assert match.answering == ("3",)
    assert match.play.remarks == ()


def live_row(seq, kind, seat, value, at=0):
    return LogIn("final", "teams", "quiz", "m", seq, at, kind, seat, value)


@pytest.mark.parametrize(
    ("equal", "order"),
    [("seat", "123"), ("score-ascending", "231"), ("score-descending", "132")],
)
def test_three_presses_at_one_instant(equal, order):
    """Seat 1 has 20 points, 3 has 10, 2 none."""
    match = buzzer(equal=equal)
    for seat in "113":
        match = play(match, ASKED + f"press {seat}\nverdict {seat} right")
    match = play(match, ASKED)
    instant = match.at + SECOND
    pressed = play(match, f"press 3 {instant}\n+0.2 press 2 {instant}\n+0.2 press 1 {instant}")
    assert [press.seat for press in pressed.presses] == list(order)
    assert [one.code for one in pressed.play.remarks] == ["live_equal"] * 2
    assert pressed.play.remarks[-1].data["seats"] == tuple(order[:2])


def test_a_press_that_was_earlier_takes_the_answer_and_its_clock():
    match = play(buzzer(clock=Clock(begin=5)), ASKED)
    match = play(match, "+1 press 2")
    first = match.at
    match = play(match, f"+0.3 press 1 {first - 100_000}")
    assert (match.answering, match.question.answer_at) == (("1",), first - 100_000)
    later = play(match, "+0.1 press 3")
    assert (later.answering, later.question.answer_at) == (("1",), first - 100_000)


# ---- verdicts ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("verdict", "outcome"), [("right", "right"), ("none", "void"), ("wrong", "failed"), ("timeout", "failed")]
)  # fmt: skip
def test_how_a_question_ends(verdict, outcome):
    match = play(buzzer(), ASKED + f"press 1\nverdict 1 {verdict}")
    assert (match.question.phase, match.question.outcome) == ("over", outcome)


def test_one_rebound_and_no_more():
    match = play(buzzer(after_wrong="rebound"), ASKED + "press 1\nverdict 1 wrong")
    assert (match.question.phase, match.question.failures) == ("open", 1)
    match = play(match, "press 2\nverdict 2 wrong")
    assert (match.question.phase, match.question.outcome) == ("over", "void")
    audience = play(buzzer("12", after_wrong="others", unanswered="audience"),
                    ASKED + "press 1\nverdict 1 wrong\npress 2\nverdict 2 wrong")  # fmt: skip
    assert audience.question.outcome == "audience"


def test_the_next_in_the_queue_has_a_clock_of_its_own_and_any_member():
    match = buzzer(after_wrong="others", next="queue", clock=Clock(begin=5, finish=9))
    match = play(match, ASKED + "press 1\npress 2\nbegin 1 1\nverdict 1 wrong")
    assert (match.answering, match.question.began, match.question.member) == (("2",), 0, 0)
    assert due(match) == [("begin", 5), ("finish", 9)]


def test_the_end_of_time_of_a_seat_is_a_failed_answer():
    match = play(buzzer(), ASKED)
    assert error(match, "timeout 1") == ("live_nobody_answers", {})
    match = play(match, "press 1\ntimeout 1")
    assert (scores(match)["1"], match.question.outcome) == (-10, "failed")
    again = play(buzzer(), ASKED + "press 1\ntimeout")
    assert scores(again)["1"] == -10


# ---- fouls ---------------------------------------------------------------------------------------


def test_a_foul_of_who_answers_lets_the_others_at_it():
    match = play(buzzer(next="queue", after_wrong="others"), ASKED + "press 1\npress 2\nfoul 1")
    assert (match.answering, match.locked, match.fouls["1"]) == (("2",), ("1",), 1)


def test_a_foul_of_who_waits_takes_its_press_away_and_leaves_who_answers():
    match = play(
        buzzer(next="queue", after_wrong="others"), ASKED + "press 1\npress 2\npress 3\nfoul 2"
    )
    assert (match.answering, [one.seat for one in match.presses]) == (("1",), ["1", "3"])
    match = play(match, "verdict 1 wrong")
    assert match.answering == ("3",)


def test_a_foul_of_the_last_who_might_answer_ends_the_question():
    match = play(buzzer("12"), ASKED + "foul 1")
    assert match.question.phase == "open"
    match = play(match, "foul 2")
    assert (match.question.phase, match.question.outcome) == ("over", "void")
    nothing = buzzer("12", fouls=Fouls((Rung(Fraction(-1), "nothing"),)))
    nothing = play(nothing, ASKED + "press 1\nfoul 1\nfoul 2")
    assert (nothing.answering, scores(nothing)) == (("1",), {"1": -1, "2": -1})


@pytest.mark.parametrize(("memory", "points"), [("segment", -1), ("match", -5)])
def test_a_ladder_remembers_the_segment_or_the_match(memory, points):
    fouls = Fouls((Rung(Fraction(-1)), Rung(Fraction(-5))), memory)
    rules = with_segments(
        one("buzzer", Buzzer(1)), Segment("b", "乙", TEN, buzzer=Buzzer(3, fouls=fouls))
    )
    match = play(
        opened(rules), ASKED + "foul 2\npress 1\nverdict 1 right\nopen - b\n" + ASKED + "foul 2"
    )
    assert scores(match)["2"] == points
    again = play(match, "press 1\nverdict 1 right\n" + ASKED + "foul 2")
    assert scores(again)["2"] == points - 5


def test_a_foul_can_cost_the_segment():
    fouls = Fouls((Rung(loses="segment"),))
    match = play(buzzer(fouls=fouls), ASKED + "foul 2\npress 1\nverdict 1 right\n" + ASKED)
    assert live.may_press(match) == ("1", "3")
    assert error(match, "press 2") == ("live_not_playing", {"seat": "2"})


# ---- who is gone ---------------------------------------------------------------------------------


def test_who_is_gone_leaves_the_question_to_the_others():
    match = play(buzzer("12", next="queue", after_wrong="others"), ASKED + "press 1\npress 2")
    assert play(match, "out 1 left").answering == ("2",)
    waiting = play(match, "out 2 left")
    assert (waiting.answering, [one.seat for one in waiting.presses]) == (("1",), ["1"])
    alone = play(buzzer("12"), ASKED + "out 1 left")
    assert alone.question.phase == "open"
    assert play(alone, "out 2 left").question.outcome == "void"
    failed = play(
        buzzer("12", after_wrong="others"), ASKED + "press 1\nverdict 1 wrong\nout 2 left"
    )
    assert (failed.question.phase, failed.question.outcome) == ("over", "void")


# ---- timed runs ----------------------------------------------------------------------------------


def test_a_run_ends_when_its_seat_has_no_more_to_say_or_is_gone():
    match = play(opened(one("timed", Timed(60))), "question")
    assert error(match, "question 2") == ("live_question_open", {"number": 1})
    assert error(match, "done 2") == ("live_not_answering", {"seat": "2", "allowed": "1"})
    assert error(match, "timeout 2") == ("live_not_answering", {"seat": "2", "allowed": "1"})
    assert play(match, "done").question.phase == "over"
    assert play(match, "out 2 left").question.phase == "answering"
    gone = play(match, "out 1 left")
    assert (gone.question.phase, gone.question.outcome, due(gone)) == ("over", "left", [])
    assert error(gone, "question 3") == ("live_not_turn", {"seat": "3", "next": "2"})
    none = play(match, "verdict 1 none\nverdict 1 right")
    assert (none.question.phase, scores(none)["1"]) == ("answering", 10)
    assert play(opened(one("timed", Timed(60))), "out 3 left").play.run.question is None


def test_one_question_and_one_failure_are_the_most():
    one_only = play(opened(one("timed", Timed(60, questions=1))), "question\nverdict 1 right")
    assert one_only.question.phase == "over"
    failed = play(opened(one("timed", Timed(60, out_after=1))), "question\nverdict 1 right")
    assert failed.question.phase == "answering"
    assert play(failed, "verdict 1 wrong").question.phase == "over"


# ---- playoffs ------------------------------------------------------------------------------------


def level(rules, seats="123"):
    """All have ten points; the playoff is open."""
    match = opened(with_segments(one("must", Must()), Segment("off", "加赛", playoff=rules)), seats)
    for seat in seats:
        match = play(match, f"question\nverdict {seat} right")
    return play(match, "open - off")


def order(match):
    return dict(match.play.playoff)


def test_who_is_wrong_is_behind_where_the_rules_say_so():
    match = play(level(Playoff(wrong="loses")), ASKED + "press 2\nverdict 2 wrong")
    assert (order(match), match.question.outcome) == ({"1": 1, "3": 1, "2": 3}, "failed")
    none = play(level(Playoff(wrong="loses")), ASKED + "press 2\nverdict 2 none")
    assert (order(none), none.question.outcome) == ({"1": 1, "2": 1, "3": 1}, "void")
    plain = play(level(Playoff()), ASKED + "press 2\nverdict 2 wrong")
    assert (order(plain), plain.question.phase) == ({"1": 1, "2": 1, "3": 1}, "open")


def test_who_first_has_two_right_is_ahead():
    match = level(Playoff(first_to=2))
    for seat in "12":
        match = play(match, ASKED + f"press {seat}\nverdict {seat} right")
    assert order(match) == {"1": 1, "2": 1, "3": 1}
    match = play(match, ASKED + "press 2\nverdict 2 right")
    assert order(match) == {"2": 1, "1": 2, "3": 2}
    match = play(match, ASKED + "press 1\nverdict 1 right")  # the count begins anew
    assert order(match) == {"2": 1, "1": 2, "3": 2}


def test_all_answer_and_the_right_ones_are_ahead():
    match = play(
        level(Playoff(form="joint")), "question\nverdict 1 right\nverdict 2 wrong\nverdict 3 right"
    )
    assert order(match) == {"1": 1, "3": 1, "2": 3}
    again = play(match, "question\nverdict 1 wrong\nverdict 3 wrong")
    assert order(again) == {"1": 1, "3": 1, "2": 3}
    done = play(again, "question\nverdict 1 wrong\nverdict 3 right")
    assert (order(done), live.complete(done)) == ({"3": 1, "1": 2, "2": 3}, True)
    assert (scores(done), lines(done, "3")[-1]) == ({"1": 10, "2": 10, "3": 10}, ("right", 0, 3))
    assert error(match, "press 1")[0] == "live_not_here"


def test_who_is_gone_needs_no_order():
    match = play(level(Playoff(form="joint")), "out 3 left\nquestion")
    assert match.answering == ("1", "2")
    over = play(match, "verdict 1 right\nverdict 2 wrong")
    assert (order(over), live.complete(over)) == ({"1": 1, "2": 2, "3": 3}, True)


def test_a_playoff_has_so_many_questions():
    match = play(
        level(Playoff(form="joint", most=1)),
        "question\nverdict 1 right\nverdict 2 right\nverdict 3 right",
    )
    assert live.complete(match)
    assert error(match, "question") == ("live_segment_complete", {"segment": "加赛"})


def test_fouls_in_a_playoff_cost_the_question_and_no_points():
    rules = Playoff(fouls=Fouls((Rung(Fraction(-5)),)))
    match = play(level(rules), ASKED + "foul 1")
    assert (scores(match)["1"], match.locked, live.may_press(match)) == (10, ("1",), ("2", "3"))
    assert replace(match.play.seats["1"].lines[-1], seq=0).counts is False


# ---- photo finish --------------------------------------------------------------------------------


def test_the_chief_judge_says_which_of_two_near_presses_was_first():
    match = play(buzzer(clock=Clock(begin=10)), ASKED)
    instant = match.at + SECOND
    match = play(match, f"press 3 {instant}\n+0.2 press 1 {instant + 400}")
    assert (match.answering, due(match)) == (("3",), [("begin", 9)])  # 9.8 s
    ruled = play(match, "+60 first 1")
    assert (ruled.answering, [press.seat for press in ruled.presses]) == (("1",), ["1", "3"])
    assert due(ruled) == [("begin", 10)]  # waiting for the word cost no time
    assert ruled.play.remarks[-1].code == "live_ruled_first"
    # A press that comes still later does not undo the word, whatever its instant.
    later = play(match, f"+0.1 first 1\n+0.1 press 2 {instant - 100}")
    assert (later.answering, [press.seat for press in later.presses]) == (("1",), ["1", "2", "3"])
    # After a wrong answer the word is forgotten with the presses.
    others = play(buzzer(after_wrong="others"), ASKED)
    pressed = play(others, "press 3\npress 1\nfirst 1\nverdict 1 wrong")
    assert (pressed.question.phase, pressed.question.first) == ("open", "")


def test_who_was_first_can_be_said_without_instants():
    match = play(buzzer(), ASKED)
    log = [
        LogIn("final", "teams", "quiz", "m", match.log[-1].seq + at, 0, "press", seat)
        for at, seat in ((1, "2"), (2, "3"))
    ]
    for entry in log:
        match = live.step(match, entry)
    assert match.answering == ("2",)
    assert play(match, "first 3").answering == ("3",)


def test_there_must_be_something_to_rule():
    match = play(buzzer(), ASKED)
    assert error(match, "first 1") == ("live_not_pressed", {"seat": "1", "allowed": ""})
    match = play(match, "press 1")
    assert error(match, "first 1") == ("live_one_press", {"seat": "1"})
    match = play(match, "press 2")
    assert error(match, "first 3") == ("live_not_pressed", {"seat": "3", "allowed": "1, 2"})
    assert error(play(match, "begin 1"), "first 2") == ("live_too_late", {"kind": "first"})
