"""Segments at their edges: whose turn it is, what a verdict does, clocks, places, refusals."""

from fractions import Fraction

import pytest

from leitai.kernel.errors import DomainError
from leitai.rulebook import live
from leitai.rulebook.model.live import (
    Arena,
    Buzzer,
    Clock,
    Designation,
    Duel,
    Fouls,
    Joint,
    Must,
    Order,
    Playoff,
    Points,
    Rung,
    Segment,
    Stake,
    Stop,
    Timed,
)
from tests.rulebook.live.tables import SECOND, TEN, match_of, one, play, scores, with_segments


def error(match, text):
    with pytest.raises(DomainError) as caught:
        play(match, text)
    return caught.value.code, dict(caught.value.data)


def opened(rules, seats="123", order=""):
    return play(match_of(rules, seats), f"open - it{order}")


def due(match):
    return [(one.clock, (one.at - match.at) // SECOND) for one in live.due(match)]


def lines(match, seat):
    return [(one.what, int(one.points), one.question) for one in match.play.seats[seat].lines]


# ---- what all segments share ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("points", "worth"),
    [
        (Points(right=Fraction(10), wrong=Fraction(-10)), (10, -10, -10)),
        (Points(right=Fraction(10), wrong=Fraction(-10), timeout=Fraction(-3)), (10, -10, -3)),
        (Points(right=Fraction(10), timeout=Fraction(0), wrong=Fraction(-1)), (10, -1, 0)),
    ],
)
def test_a_verdict_is_worth_its_own_points(points, worth):
    match = opened(one("must", Must(), points=points))
    for verdict, expected in zip(("right", "wrong", "timeout"), worth, strict=True):
        assert scores(play(match, f"question\nverdict 1 {verdict}"))["1"] == expected
    none = play(match, "question\nverdict 1 none")
    assert (scores(none)["1"], lines(none, "1")) == (0, [])
    assert error(match, "question\nverdict 1 partly") == ("live_no_partly", {"segment": "环节"})


@pytest.mark.parametrize(("scope", "stopped"), [("segment", False), ("match", True)])
def test_who_failed_too_often_stops_in_the_segment_or_in_the_match(scope, stopped):
    """One failure in each of two segments; two are too many."""
    rules = with_segments(
        one("must", Must()),
        Segment("b", "乙", TEN, joint=Joint(2), stop=Stop(2, scope=scope)),
    )
    match = opened(rules)
    for seat, verdict in zip("123", ("wrong", "right", "right"), strict=True):
        match = play(match, f"question\nverdict {seat} {verdict}")
    match = play(
        match, "open - b\nquestion\nverdict 1 wrong\nverdict 2 right\nverdict 3 right\nquestion"
    )
    assert match.answering == (("2", "3") if stopped else ("1", "2", "3"))


def test_questions_are_numbered_and_their_lines_with_them():
    match = opened(one("must", Must(each=2)))
    for seat in "123":
        match = play(match, f"question\nverdict {seat} right")
    match = play(match, "question\nfoul 2\nverdict 1 wrong")
    assert lines(match, "1") == [("right", 10, 1), ("wrong", -10, 4)]
    assert lines(match, "2") == [("right", 10, 2), ("foul", 0, 4)]
    assert (match.number, match.question.number, match.fouls["2"]) == (4, 4, 1)
    early = play(opened(one("must", Must())), "foul 3")
    assert lines(early, "3") == [("foul", 0, 0)]


def test_the_hosts_words_are_said_once():
    match = play(opened(one("must", Must(), clock=Clock(begin=5, finish=20))), "question")
    assert due(match) == []
    read = play(match, "read")
    assert due(read) == [("begin", 5), ("finish", 20)]
    assert error(read, "read") == ("live_said_already", {"kind": "read"})
    gone = play(read, "+3 go")
    assert due(gone) == [("begin", 5), ("finish", 20)]
    for word in ("read", "go"):
        assert error(gone, word) == ("live_said_already", {"kind": word})
    begun = play(gone, "+2 begin")
    assert due(begun) == [("finish", 18)]
    assert error(gone, "+6 begin") == ("live_too_late", {"kind": "begin"})
    assert play(gone, "+5 begin").question.began
    assert error(begun, "+19 done") == ("live_too_late", {"kind": "done"})
    assert play(begun, "+18 done").question == begun.question
    assert error(begun, "done 2") == ("live_not_answering", {"seat": "2", "allowed": "1"})


def test_the_time_from_the_beginning_of_the_answer():
    rules = one("must", Must(), clock=Clock(begin=5, finish=20, finish_from="begin"))
    match = play(opened(rules), "question\nread")
    assert due(match) == [("begin", 5)]
    match = play(match, "+2 begin")
    assert due(match) == [("finish", 20)]
    assert error(match, "+7 timeout") == ("live_too_early", {"seconds": 13})
    assert play(match, "+20 timeout").question.outcome == "failed"


def test_which_member_answers():
    match = play(opened(one("must", Must(by="member"), members=2)), "question")
    assert error(match, "begin 1 2") == ("live_other_member", {"member": 1})
    assert play(match, "begin 1 1").question.member == 1
    assert error(match, "begin 1 3") == ("live_no_member", {"value": "3", "most": 2})
    free = play(opened(one("must", Must(), members=3)), "question\nbegin 1 2")
    assert (free.question.member, due(free)) == (2, [])


def test_where_nobody_answers_nothing_is_judged():
    match = play(opened(one("buzzer", Buzzer(2))), "question")
    for text in ("verdict 1 right", "done 1", "begin 1"):
        assert error(match, text) == ("live_nobody_answers", {})
    over = play(match, "go\npress 1\nverdict - right")
    assert scores(over)["1"] == 10
    assert error(over, "verdict 1 right") == ("live_no_question", {})
    assert error(over, "drop") == ("live_no_question", {})


def test_a_question_that_was_replaced_is_replaced_once():
    match = play(opened(one("must", Must())), "question\nverdict 1 right")
    again = play(match, "replace")
    assert (scores(again)["1"], again.number, live.next_seat(again)) == (0, 0, "1")
    assert error(again, "replace") == ("live_struck_already", {"number": 1})
    assert error(opened(one("must", Must())), "replace") == ("live_no_question", {})


def test_a_duel_does_not_replace_what_is_over():
    match = play(opened(one("duel", Duel(3, pairs="seat")), "12"), "question\nverdict 1 right")
    assert error(match, "replace") == ("live_no_question", {})
    assert play(match, "question\nreplace").question.outcome == "replaced"


# ---- joint ---------------------------------------------------------------------------------------


def test_the_end_of_writing_is_said_once_and_judged_after():
    match = play(opened(one("joint", Joint(2), clock=Clock(finish=10))), "question\nread")
    assert due(match) == [("finish", 10)]
    assert error(match, "+4 timeout") == ("live_too_early", {"seconds": 6})
    stopped = play(match, "+10 timeout")
    assert (due(stopped), stopped.answering) == ([], ("1", "2", "3"))
    assert stopped.question.open_at == stopped.at
    assert error(stopped, "timeout") == ("live_said_already", {"kind": "timeout"})
    match = play(stopped, "verdict 2 right\ntimeout 1\nverdict 3 wrong")
    assert scores(match) == {"1": -10, "2": 10, "3": -10}
    assert (match.question.outcome, live.complete(match)) == ("right", False)


# ---- arena ---------------------------------------------------------------------------------------


def arena(seats="1234", **rules):
    return opened(one("arena", Arena(**rules), members=3), seats)


def test_whom_the_champion_may_choose():
    match = arena()
    assert error(match, "choose 1 1") == ("live_not_playing", {"seat": "1"})
    assert error(match, "choose 2 3") == ("live_not_turn", {"seat": "2", "next": "1"})
    match = play(match, "choose - 2")
    assert error(match, "choose 1 3") == ("live_chosen_already", {"seat": "1"})
    assert error(match, "question 1") == ("live_not_turn", {"seat": "1", "next": "2"})
    match = play(match, "question\nverdict 2 wrong")
    assert error(match, "choose 1 2") == ("live_not_playing", {"seat": "2"})
    assert play(match, "choose 1 3").play.run.rival == "3"


def test_the_first_question_is_for_the_opener_of_who_begins():
    match = play(arena(opener=2, first="champion", out_after=2), "choose 1 3\nquestion")
    assert (match.answering, match.question.member, match.question.owner) == (("1",), 2, "1")
    match = play(match, "verdict 1 right\nquestion")
    assert (match.answering, match.question.member) == (("3",), 0)
    plain = play(arena(), "choose 1 3\nquestion")
    assert (plain.answering, plain.question.member) == (("3",), 0)


def test_who_fails_twice_leaves_and_places_are_paid():
    """3, then 1 leave to 2; 4 is last to come: places 4, 3, 2, 1 earn nothing, 1, 2 and 5."""
    places = (Fraction(5), Fraction(2), Fraction(1))
    match = play(arena(out_after=2, places=places), "choose 1 3")
    for seat, verdict in (
        ("3", "wrong"),
        ("1", "wrong"),
        ("3", "right"),
        ("1", "right"),
        ("3", "timeout"),
    ):
        match = play(match, f"question {seat}\nverdict {seat} {verdict}")
    assert (match.play.run.champion, match.play.run.exits, dict(match.play.places)) == (
        "1", ("3",), {"3": 4},
    )  # fmt: skip
    match = play(match, "choose 1 2")
    for seat, verdict in (("2", "right"), ("1", "wrong"), ("2", "right"), ("1", "wrong")):
        match = play(match, f"question {seat}\nverdict {seat} {verdict}")
    assert (match.play.run.champion, dict(match.play.places)) == ("2", {"3": 4, "1": 3})
    assert scores(match)["1"] == 1
    match = play(match, "choose 2 4\nquestion\nverdict 4 wrong\nquestion\nverdict 2 right")
    match = play(match, "question\nverdict 4 wrong")
    assert dict(match.play.places) == {"3": 4, "1": 3, "4": 2, "2": 1}
    assert scores(match) == {"1": 1, "2": 5, "3": 0, "4": 2}
    assert error(match, "choose 2 4") == ("live_segment_complete", {"segment": "环节"})


def test_what_was_passed_is_answered_by_the_other_and_the_turn_goes_on_from_its_owner():
    match = play(arena(passes=1, out_after=3), "choose 1 2\nquestion\npass 2")
    assert match.answering == ("1",)
    match = play(match, "verdict 1 right\nquestion")
    assert match.answering == ("1",)  # after the owner's question comes the other's
    match = play(match, "begin 1 3")
    assert error(match, "pass 1") == ("live_too_late", {"kind": "pass"})


def test_a_champion_who_is_out_before_choosing_is_followed_by_the_next():
    match = play(arena(), "out 1 left")
    assert (match.play.run.champion, dict(match.play.places)) == ("2", {"1": 4})
    match = play(match, "out 4 left")
    assert (match.play.run.champion, dict(match.play.places)) == ("2", {"1": 4, "4": 3})
    last = play(match, "choose 2 3\nquestion\nout 3 left\nout 2 left")
    assert dict(last.play.places) == {"1": 4, "4": 3, "3": 2, "2": 1}


# ---- designation ---------------------------------------------------------------------------------

STAKES = (Stake(Fraction(10)), Stake(Fraction(20)))


def designation(seats="123", members=1, **rules):
    return opened(one("designation", Designation(STAKES, **rules), members=members), seats)


@pytest.mark.parametrize(("target", "asked"), [("next", "2"), ("previous", "3")])
def test_whom_a_seat_sets_its_question(target, asked):
    match = designation(target=target)
    other = {"2": "3", "3": "2"}[asked]
    assert error(match, f"choose 1 10>{other}") == ("live_not_turn", {"seat": other, "next": asked})
    assert error(match, "question") == ("live_choice_needed", {"seat": "1"})
    assert error(match, "choose 1 x") == ("live_no_choice", {"value": "x"})
    match = play(match, "choose 1 20")
    assert error(match, "question 1") == ("live_not_turn", {"seat": "1", "next": asked})
    match = play(match, "question")
    assert (match.answering, match.question.stake, match.question.number) == ((asked,), 20, 1)


def test_whom_a_seat_may_choose():
    match = designation(target="chosen", rounds=2)
    assert error(match, "choose 1 10>1") == ("live_not_playing", {"seat": "1"})
    match = play(match, "choose 1 10>3\nquestion\nverdict 3 right")
    assert error(match, "choose 2 10>3") == ("live_designated_already", {"seat": "3"})
    often = play(
        designation(target="chosen", each="often"), "choose 1 10>3\nquestion\nverdict 3 right"
    )
    assert play(often, "choose 2 10>3").play.run.choice.target == "3"
    ring = play(designation(rounds=2), "choose 1 10\nquestion\nverdict 2 right\nchoose 2 10")
    assert ring.play.run.choice.target == "3"


def test_a_member_is_named_where_the_rules_ask_for_one():
    match = designation(members=2, member="chosen")
    assert error(match, "choose 1 10") == ("live_member_needed", {"seat": "2"})
    assert play(match, "choose 1 10@2\nquestion").question.member == 2
    assert play(designation(members=2), "choose 1 10\nquestion").question.member == 0
    assert play(designation(member="chosen"), "choose 1 10").play.run.choice.member == 0


def test_nobody_is_left_to_be_asked():
    match = play(designation(), "out 2 left\nout 3 left")
    assert error(match, "choose 1 10") == ("live_not_playing", {"seat": "1"})
    chosen = play(designation(target="chosen"), "out 2 left\nout 3 left")
    assert error(chosen, "choose 1 10>2") == ("live_not_playing", {"seat": "2"})


@pytest.mark.parametrize(
    ("verdict", "setter", "answerer"),
    [("right", 0, 20), ("wrong", 10, -5), ("timeout", 10, -5), ("none", 0, 0)],
)
def test_who_sets_a_question_gains_when_it_fails(verdict, setter, answerer):
    match = designation(setter_gains=Fraction(1, 2), loss=Fraction(1, 4))
    match = play(match, f"choose 1 20\nquestion\nverdict 2 {verdict}")
    assert scores(match) == {"1": setter, "2": answerer, "3": 0}
    free = play(designation(), f"choose 1 20\nquestion\nverdict 2 {verdict}")
    assert lines(free, "1") == []


# ---- buzzer --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("loses", "what", "asked", "locked"),
    [
        ("nothing", "goes-on", 1, ()), ("question", "goes-on", 1, ("1",)),
        ("question", "void", 1, ("1",)), ("question", "replaced", 0, ("1",)),
    ],
)  # fmt: skip
def test_what_a_foul_brings(loses, what, asked, locked):
    fouls = Fouls((Rung(Fraction(-2), loses, what),))
    match = play(opened(one("buzzer", Buzzer(2, fouls=fouls))), "question\npress 1")
    assert (scores(match)["1"], match.number, match.locked) == (-2, asked, locked)
    assert match.question.phase == ("asked" if what == "goes-on" else "over")


def test_after_a_failed_answer_others_press_or_follow_in_their_order():
    for way, phase, turn in (("press", "open", ()), ("queue", "answering", ("3",))):
        match = opened(one("buzzer", Buzzer(2, after_wrong="others", next=way)))
        match = play(match, "question\ngo\npress 2\npress 3\nverdict 2 wrong")
        assert (match.question.phase, match.answering, match.locked) == (phase, turn, ("2",))
        assert live.may_press(match) == (("1", "3") if way == "press" else ("1",))
    attempts = opened(one("buzzer", Buzzer(2, after_wrong="others", attempts=2)))
    attempts = play(attempts, "question\ngo\npress 2\nverdict 2 wrong\npress 1\nverdict 1 wrong")
    assert (attempts.question.phase, attempts.question.outcome) == ("over", "void")


def test_a_press_after_its_time_and_before_the_word():
    match = play(opened(one("buzzer", Buzzer(2), clock=Clock(press=5))), "question\ngo")
    assert due(match) == [("press", 5)]
    assert error(match, "+6 press 1") == ("live_too_late", {"kind": "press"})
    assert play(match, "+5 press 1").answering == ("1",)
    assert error(match, "+4 timeout") == ("live_too_early", {"seconds": 1})
    nobody = play(match, "+5 timeout")
    assert (nobody.question.outcome, nobody.question.phase) == ("void", "over")


# ---- playoffs, timed runs ------------------------------------------------------------------------


def test_a_timed_run_ends_with_its_time_its_questions_or_its_failures():
    match = opened(one("timed", Timed(60, questions=3, passes=2, out_after=2)))
    match = play(match, "question")
    assert due(match) == [("run", 60)]
    done = play(match, "verdict 1 right\nverdict 1 wrong\nverdict 1 right")
    assert (done.question.phase, scores(done)["1"]) == ("over", 10)
    failed = play(match, "verdict 1 wrong\nverdict 1 timeout")
    assert failed.question.phase == "over"
    passed = play(match, "pass 1\npass 1")
    assert error(passed, "pass 1")[0] == "live_used_up"
    assert live.next_seat(done) == "2"


def test_a_playoff_by_buzzer_ends_when_all_but_one_are_placed():
    rules = with_segments(one("must", Must()), Segment("off", "加赛", playoff=Playoff()))
    match = opened(rules)
    for seat in "123":
        match = play(match, f"question\nverdict {seat} right")
    match = play(match, "open - off\nquestion\ngo\npress 2\nverdict 2 right\nquestion\ngo\npress 3")
    match = play(match, "verdict 3 wrong\nquestion\ngo\npress 3\nverdict 3 right\nclose")
    assert dict(match.play.playoff) == {"2": 1, "3": 2, "1": 3}
    assert scores(match) == {"1": 10, "2": 10, "3": 10}


def test_an_order_of_seats_that_the_log_gives():
    rules = one("must", Must(), order=Order("given"))
    assert error(match_of(rules), "open - it") == ("live_order_needed", {"seats": "1, 2, 3"})
    assert live.next_seat(opened(rules, order="=3>1>2")) == "3"
