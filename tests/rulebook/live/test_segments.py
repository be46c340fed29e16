"""Each kind of segment, one rule at a time."""

from fractions import Fraction

import pytest

from leitai.kernel.errors import DomainError
from leitai.rulebook import live
from leitai.rulebook.model.live import (
    Buzzer,
    Clock,
    Conduct,
    Designation,
    Fouls,
    Give,
    Joint,
    Must,
    Order,
    Points,
    Risk,
    Rung,
    Sets,
    Stake,
    Stop,
)
from tests.rulebook.live.tables import SECOND, match_of, one, play, scores

STAKES = (Stake(Fraction(10)), Stake(Fraction(20)), Stake(Fraction(30), stock=1))


def refused(match, text):
    with pytest.raises(DomainError) as caught:
        play(match, text)
    return caught.value.code


def opened(rules, seats="123", order=""):
    return play(match_of(rules, seats), f"open - it{order}")


# ---- must


def test_must_goes_member_by_member_or_seat_by_seat():
    by_member = opened(one("must", Must(by="member"), members=2))
    assert [
        (turn.seat, turn.member) for turn in by_member.play.run.turns
    ] == [("1", 1), ("2", 1), ("3", 1), ("1", 2), ("2", 2), ("3", 2)]  # fmt: skip
    by_seat = opened(one("must", Must(each=2, sequence="seat-major")))
    assert [turn.seat for turn in by_seat.play.run.turns] == list("112233")
    assert live.next_seat(by_seat) == "1"


def test_must_costs_points_too_and_refuses_whose_turn_it_is_not():
    match = play(opened(one("must", Must(), base=100)), "question\nverdict 1 wrong")
    assert scores(match) == {"1": 90, "2": 100, "3": 100}
    assert refused(match, "question 3") == "live_not_turn"
    match = play(match, "question 2")
    assert refused(match, "verdict 3 right") == "live_not_answering"
    assert refused(match, "question") == "live_question_open"
    assert match.answering == ("2",)


def test_each_set_goes_to_one_seat_and_must_be_drawn_first():
    match = opened(one("must", Must(sets=Sets(3))))
    assert refused(match, "question") == "live_set_needed"
    match = play(match, "choose 1 2\nchoose 2 1")
    assert refused(match, "choose 3 2") == "live_set_taken"
    assert refused(match, "choose 3 4") == "live_no_set"
    assert refused(match, "choose 1 3") == "live_chosen_already"
    assert play(match, "question").answering == ("1",)


def test_two_clocks_begin_and_finish():
    match = opened(one("must", Must(), clock=Clock(begin=15, finish=60)))
    match = play(match, "question\nread")
    read = match.at
    assert [(due.clock, due.at - read) for due in live.due(match)] == [
        ("begin", 15 * SECOND),
        ("finish", 60 * SECOND),
    ]
    assert refused(match, "+16 begin") == "live_too_late"
    assert refused(match, "+14 timeout") == "live_too_early"
    begun = play(match, "+10 begin")
    assert [due.clock for due in live.due(begun)] == ["finish"]
    assert refused(begun, "+20 timeout") == "live_too_early"
    assert refused(begun, "+51 done") == "live_too_late"
    assert scores(play(begun, "+50 timeout"))["1"] == -10


def test_a_pause_moves_the_clocks():
    match = opened(one("must", Must(), clock=Clock(finish=30)))
    match = play(match, "question\nread\n+10 pause")
    assert live.due(match) == ()
    assert refused(match, "verdict 1 right") == "live_paused"
    match = play(match, "+100 resume")
    assert live.due(match)[0].at - match.at == 20 * SECOND


def test_a_replaced_must_question_gives_the_turn_back():
    match = play(opened(one("must", Must())), "question\nverdict 1 wrong\nreplace")
    assert scores(match)["1"] == 0
    assert live.next_seat(match) == "1"
    match = play(match, "question\nverdict 1 right\nquestion\nverdict 2 right\nquestion")
    assert play(match, "verdict 3 none\nclose").closed


# ---- joint


def test_joint_takes_a_verdict_of_everybody():
    points = Points(Fraction(10), partly=Fraction(5))
    match = play(
        opened(one("joint", Joint(1), points=points)), "question\ntimeout\nverdict 1 right"
    )
    assert match.answering == ("2", "3")
    assert refused(match, "question") == "live_question_open"
    match = play(match, "verdict 2 partly\nverdict 3 timeout\nclose")
    assert scores(match) == {"1": 10, "2": 5, "3": 0}


# ---- buzzer


def test_who_presses_first_answers_and_later_presses_queue():
    match = opened(one("buzzer", Buzzer(3, after_wrong="others", next="queue")))
    assert live.may_press(match) == ()
    match = play(match, "question\ngo")
    assert live.may_press(match) == ("1", "2", "3")
    match = play(match, "press 2\npress 3")
    assert match.answering == ("2",)
    match = play(match, "verdict 2 wrong")
    assert (match.answering, match.locked) == (("3",), ("2",))
    assert refused(match, "press 2") == "live_locked"


def test_a_corrected_press_can_come_before_an_earlier_arrival():
    match = play(opened(one("buzzer", Buzzer(3))), "question\ngo\n+1 press 2")
    before = match.at - 100_000
    match = play(match, f"+0.2 press 3 {before}")
    assert match.answering == ("3",)
    assert [press.seat for press in match.presses] == ["3", "2"]
    assert refused(match, f"+3 press 1 {before}") == "live_correction"


def test_equal_presses_are_decided_by_the_rule_and_noted():
    rule = Buzzer(3, equal="score-ascending")
    match = play(
        opened(one("buzzer", rule)), "question\ngo\npress 1\nverdict 1 right\nquestion\ngo"
    )
    match = play(match, "+1 press 1\n+0 press 2")
    assert match.answering == ("2",)
    assert match.play.remarks[-1].code == "live_equal"


def test_an_early_press_by_its_corrected_time_is_a_foul():
    match = play(opened(one("buzzer", Buzzer(3))), "question\n+1 go")
    match = play(match, f"+0.3 press 1 {match.at - 50_000}")
    assert (match.fouls["1"], match.locked, match.answering) == (1, ("1",), ())


def test_the_ladder_remembers():
    ladder = Fouls((Rung(), Rung(Fraction(-20)), Rung(Fraction(-50), loses="segment")))
    match = opened(one("buzzer", Buzzer(9, fouls=ladder)))
    for score, locked in ((0, ("1",)), (-20, ("1",)), (-70, ("1",))):
        match = play(match, "question\npress 1")
        assert (scores(match)["1"], match.locked) == (score, locked)
    match = play(match, "question\ngo")
    assert live.may_press(match) == ("2", "3")
    assert refused(match, "press 1") == "live_not_playing"


@pytest.mark.parametrize(("what", "asked"), [("void", 1), ("replaced", 0)])
def test_a_foul_can_end_the_question(what, asked):
    ladder = Fouls((Rung(Fraction(-10), question=what),))
    match = play(opened(one("buzzer", Buzzer(3, fouls=ladder))), "question\npress 2")
    assert (match.question.phase, match.number, scores(match)["2"]) == ("over", asked, -10)


def test_nobody_presses_in_time():
    rules = one("buzzer", Buzzer(2, unanswered="audience"), clock=Clock(press=15))
    match = play(opened(rules), "question\ngo")
    assert refused(match, "+14 timeout") == "live_too_early"
    assert refused(match, "+16 press 1") == "live_too_late"
    assert play(match, "+15 timeout").question.outcome == "audience"


def test_one_rebound_with_points_of_its_own():
    rule = Buzzer(2, after_wrong="rebound", rebound=Points(Fraction(5), Fraction(-5)))
    match = play(opened(one("buzzer", rule)), "question\ngo\npress 1\nverdict 1 wrong\npress 2")
    match = play(match, "verdict 2 wrong")
    assert (scores(match), match.question.phase) == ({"1": -10, "2": -5, "3": 0}, "over")


def test_pressing_while_the_question_is_read_stops_reading():
    rule = Buzzer(2, opens="reading", after_wrong="others")
    match = play(opened(one("buzzer", rule)), "question\npress 3")
    assert match.question.while_reading
    match = play(match, "verdict 3 wrong")
    assert match.question.phase == "asked"
    match = play(match, "read\npress 1")
    assert not match.question.while_reading


def test_stopped_after_two_failures_in_all():
    rules = one("buzzer", Buzzer(9), stop=Stop(2))
    match = opened(rules, "12")
    for seat in "1122":
        match = play(match, f"question\ngo\npress {seat}\nverdict {seat} wrong")
    assert live.complete(match)
    assert refused(match, "question") == "live_segment_complete"
    assert play(match, "close").closed


def test_only_seats_with_the_role_there_and_only_these_members():
    rules = one("buzzer", Buzzer(2), members=3, present="书记", only=(1, 2))
    match = play(match_of(rules), "present 2 书记\nopen - it\nquestion\ngo")
    assert live.may_press(match) == ("2",)
    assert refused(match, "press 1") == "live_not_playing"
    match = play(match, "press 2")
    assert refused(match, "begin 2 3") == "live_member_barred"
    assert refused(match, "begin 2 4") == "live_no_member"
    assert play(match, "begin 2 1").question.member == 1


# ---- risk


def test_risk_order_follows_the_score_and_stock_runs_out():
    rules = one("risk", Risk(STAKES), order=Order("score"), carried=True)
    match = live.start(rules, {"1": "a=30", "2": "b=10", "3": "c=30.5"})
    match = play(match, "open - it")
    assert [turn.seat for turn in match.play.run.turns] == ["2", "1", "3"]
    assert refused(match, "choose 1 10") == "live_not_turn"
    assert refused(match, "question") == "live_choice_needed"
    assert refused(match, "choose 2 15") == "live_no_stake"
    match = play(match, "choose 2 30\nquestion\nverdict 2 wrong")
    assert refused(match, "choose 1 30") == "live_stake_gone"
    match = play(match, "choose 1 decline\nchoose 3 20\nquestion\nverdict 3 right\nclose")
    assert [str(value) for value in match.scores.values()] == ["30", "-20", "101/2"]


def test_a_level_order_can_demand_a_draw():
    rules = one("risk", Risk(STAKES), order=Order("score", level="draw"))
    assert refused(match_of(rules), "open - it") == "live_order_needed"
    assert refused(match_of(rules), "open - it=1>2") == "live_order_wrong"
    match = play(match_of(rules), "open - it=3>1>2")
    assert live.next_seat(match) == "3"


@pytest.mark.parametrize(
    ("give", "right", "wrong"),
    [
        (Give(), {"1": 0, "2": 20, "3": 0}, {"1": 0, "2": -20, "3": 0}),
        (Give("giver", "giver", "taker"), {"1": 20, "2": 0, "3": 0}, {"1": 20, "2": -20, "3": 0}),
        (Give("none", "none", "giver"), {"1": 0, "2": 0, "3": 0}, {"1": -20, "2": 0, "3": 0}),
    ],
)
def test_a_question_handed_on(give, right, wrong):
    match = play(opened(one("risk", Risk(STAKES, give=give))), "choose 1 20\nquestion\ngive 1 2")
    assert match.answering == ("2",)
    assert scores(play(match, "verdict 2 right")) == right
    assert scores(play(match, "verdict 2 wrong")) == wrong


def test_stealing_opens_the_question_once():
    rules = one("risk", Risk(STAKES, steal=True, compulsory=True))
    match = opened(rules)
    assert refused(match, "choose 1 decline") == "live_compulsory"
    match = play(match, "choose 1 20\nquestion\nverdict 1 wrong")
    assert live.may_press(match) == ("2", "3")
    match = play(match, "press 3\nverdict 3 right")
    assert (scores(match), match.question.phase) == ({"1": -20, "2": 0, "3": 20}, "over")
    failed = play(match, "choose 2 10\nquestion\nverdict 2 wrong\npress 1\nverdict 1 wrong")
    assert failed.question.phase == "over"


# ---- conduct, dropped questions


def test_conduct_has_bounds_and_can_disqualify():
    conduct = {
        "noise": Conduct("喧哗", Fraction(-20), most=2, out_after=2),
        "spirit": Conduct("风貌", Fraction(10)),
    }
    match = opened(one("joint", Joint(1), conduct=conduct))
    assert refused(match, "penalty 1 spirit") == "live_conduct_sign"
    match = play(match, "bonus 2 spirit\npenalty 1 noise\npenalty 1 noise")
    assert match.play.seats["1"].out == "void"
    assert scores(match) == {"1": -40, "2": 10, "3": 0}
    assert play(match, "question").answering == ("2", "3")


def test_a_dropped_question_of_before_does_not_count_but_its_fouls_do():
    ladder = Fouls((Rung(Fraction(-5)),))
    match = opened(one("buzzer", Buzzer(2, fouls=ladder, after_wrong="others"), stop=Stop(1)))
    match = play(match, "question\npress 3\ngo\npress 1\nverdict 1 wrong\npress 2\nverdict 2 right")
    match = play(match, "question\ngo")
    assert live.may_press(match) == ("2", "3")
    match = play(match, "drop - 1")
    assert scores(match) == {"1": 0, "2": 0, "3": -5}
    assert live.may_press(match) == ("1", "2", "3")
    assert refused(match, "drop - 2") == "live_no_such_question"
    assert refused(match, "drop - it#7") == "live_no_such_question"


def test_a_replaced_choice_is_asked_again_for_the_same_stake():
    match = play(
        opened(one("risk", Risk(STAKES))), "choose 1 30\nquestion\nverdict 1 wrong\nreplace"
    )
    assert scores(match)["1"] == 0
    assert refused(match, "choose 1 10") == "live_chosen_already"
    assert scores(play(match, "question\nverdict 1 right"))["1"] == 30
    rules = one("designation", Designation(STAKES, target="chosen"))
    match = play(opened(rules), "choose 1 20>3\nquestion\nreplace\nquestion")
    assert match.answering == ("3",)
    assert scores(play(match, "verdict 3 right"))["3"] == 20


def test_who_is_out_gives_way():
    match = play(opened(one("buzzer", Buzzer(2))), "question\ngo\npress 1\nout 1 left")
    assert (match.answering, live.may_press(match)) == ((), ("2", "3"))
    match = play(opened(one("must", Must())), "question\nout 1 void")
    assert (match.question.outcome, live.next_seat(match)) == ("void", "2")
    match = play(match, "question\nverdict 2 right\nquestion\nverdict 3 right\nclose\nout 2 void")
    assert match.play.seats["2"].out == "void"


def test_the_match_is_not_complete_while_its_last_question_is_in_play():
    match = play(opened(one("buzzer", Buzzer(1))), "question\ngo")
    assert not live.complete(match)
    assert live.complete(play(match, "timeout"))


def test_the_end_of_writing_stops_the_clock():
    match = play(opened(one("joint", Joint(1), clock=Clock(finish=60))), "question\nread")
    assert refused(match, "+59 timeout") == "live_too_early"
    match = play(match, "+60 timeout")
    assert live.due(match) == ()
    assert refused(match, "timeout") == "live_said_already"
