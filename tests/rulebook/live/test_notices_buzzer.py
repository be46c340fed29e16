"""Buzzer rules of real notices, in the notice's words, said in a rulebook and played by hand."""

import pytest

from leitai.kernel.errors import DomainError
from leitai.rulebook import live
from tests.rulebook.live.fragments import match_of
from tests.rulebook.live.tables import play, scores


def outcome(match):
    return match.question.outcome


def refused(match, text):
    with pytest.raises(DomainError) as caught:
        play(match, text)
    return caught.value.code


STOPPED = """
segments:
  - id: main
    title: 抢答题
    buzzer: {questions: 15}
    points: {right: 1}
    stop: {after: 2, counts: [wrong], scope: match}
"""


def asked(seat, verdict):
    return f"question\ngo\npress {seat}\nverdict {seat} {verdict}\n"


def test_fifteen_questions_and_who_is_wrong_twice_in_all_is_out():
    """题型为15道客观题，累计答错2道题后停止答题资格."""
    match = play(match_of(STOPPED), "open - main\n" + asked(1, "wrong") + asked(1, "right"))
    assert live.stopped(match) == ()
    match = play(match, asked(2, "wrong") + asked(1, "wrong"))
    assert live.stopped(match) == ("1",)  # wrong in the first question and in the fourth
    match = play(match, "question\ngo")
    assert live.may_press(match) == ("2", "3")
    assert refused(match, "press 1") == "live_not_playing"
    match = play(match, "press 3\nverdict 3 right\n" + asked(3, "right") * 10)
    assert match.number == 15
    assert live.complete(match)
    assert scores(match) == {"1": 1, "2": 0, "3": 11}


def test_the_round_is_over_when_everybody_is_stopped():
    text = "".join(asked(seat, "wrong") for seat in "112233")
    match = play(match_of(STOPPED), f"open - main\n{text}")
    assert live.complete(match)
    assert match.number == 6
    assert refused(match, "question") == "live_segment_complete"
    assert play(match, "close").closed


def test_time_that_ran_out_is_no_wrong_answer_where_only_wrong_ones_count():
    match = play(match_of(STOPPED), "open - main\n" + asked(1, "wrong") + asked(1, "timeout"))
    assert live.stopped(match) == ()


# Two seats press before the word: what becomes of points, seat and question.
EARLY = """
segments:
  - id: main
    title: 抢答题
    buzzer: {{questions: 3, fouls: {{rungs: [{rung}]}}}}
    points: {{right: 10, wrong: -10}}
"""


@pytest.mark.parametrize(
    ("rung", "points", "may", "over", "asked_after"),
    [
        ("{points: -5, loses: nothing}", -5, ("1", "2", "3"), "", 1),
        ("{points: -10, loses: question}", -10, ("2", "3"), "", 1),
        ("{loses: question}", 0, ("2", "3"), "", 1),
        ("{loses: segment}", 0, ("2", "3"), "", 1),
        ("{points: -10, question: void}", -10, (), "void", 1),  # 扣10分，该题不再补（D17）
        ("{points: -10, question: replaced}", -10, (), "replaced", 0),
    ],
)
def test_an_early_press(rung, points, may, over, asked_after):
    match = play(match_of(EARLY.format(rung=rung)), "open - main\nquestion\npress 1")
    assert scores(match) == {"1": points, "2": 0, "3": 0}
    assert outcome(match) == over
    assert match.number == asked_after
    if not over:
        match = play(match, "go")
        assert live.may_press(match) == may


def test_the_first_foul_loses_the_question_and_the_second_of_a_team_twenty_points():
    """第一次犯规取消本题答题资格，其他队继续；同一队第二次犯规扣20分."""
    rungs = "{loses: question}, {loses: question, points: -20}"
    match = play(match_of(EARLY.format(rung=rungs)), "open - main\nquestion\npress 1\npress 2\ngo")
    assert live.may_press(match) == ("3",)
    match = play(match, "press 3\nverdict 3 right\nquestion\npress 1\ngo\npress 2\nverdict 2 wrong")
    assert scores(match) == {"1": -20, "2": -10, "3": 10}


def test_nobody_presses_and_the_question_goes_to_the_audience():
    """15秒内无人抢答的，转为观众题."""
    rules = """
segments:
  - id: main
    title: 抢答题
    buzzer: {questions: 2, after_wrong: others, attempts: 2, unanswered: audience}
    points: {right: 20, wrong: -20}
    clock: {press: 15, finish: 60}
"""
    match = play(match_of(rules), "open - main\nquestion\ngo")
    assert refused(match, "+14 timeout") == "live_too_early"
    match = play(match, "+15 timeout")
    assert outcome(match) == "audience"
    assert scores(match) == {"1": 0, "2": 0, "3": 0}
    # Two failed answers: the third team does not get it any more.
    match = play(match, "question\ngo\npress 1\nverdict 1 wrong\npress 2\nverdict 2 wrong")
    assert outcome(match) == "audience"
    assert scores(match) == {"1": -20, "2": -20, "3": 0}


def test_one_wrong_answer_gives_the_question_to_the_audience():
    rules = """
segments:
  - id: main
    title: 抢答题
    buzzer: {questions: 1, after_wrong: others, attempts: 1, unanswered: audience}
    points: {right: 10}
"""
    match = play(match_of(rules), "open - main\nquestion\ngo\npress 1\nverdict 1 wrong")
    assert (outcome(match), scores(match)) == ("audience", {"1": 0, "2": 0, "3": 0})


READING = """
members: 3
segments:
  - id: main
    title: 抢答题
    buzzer: {questions: 15, opens: reading, after_wrong: rebound}
    points: {right: 10, wrong: -10}
    clock: {begin: 5}
    manner: [题目读完后抢答的可以只答选项字母, 须经主持人点名后作答]
"""


def test_pressing_while_it_is_read_stops_reading_and_a_failed_answer_lets_it_go_on():
    """可以提前抢答：停止读题；答不出扣10分，继续读题；允许补答一次."""
    match = play(match_of(READING), "open - main\nquestion\npress 1")
    assert match.question.while_reading  # the whole answer is due, a letter will not do
    match = play(match, "verdict 1 timeout")
    assert match.question.phase == "asked"
    match = play(match, "read\npress 2")
    assert not match.question.while_reading  # a letter will do
    match = play(match, "verdict 2 right")
    assert scores(match) == {"1": -10, "2": 10, "3": 0}


def test_the_rebound_is_one():
    match = play(match_of(READING), "open - main\nquestion\nread\npress 1\nverdict 1 wrong")
    assert live.may_press(match) == ("2", "3")
    match = play(match, "press 3\nverdict 3 wrong")
    assert outcome(match) == "void"
    assert scores(match) == {"1": -10, "2": 0, "3": -10}


def test_who_speaks_without_the_right_loses_ten_and_the_rebound():
    """未经点名擅自作答的扣10分，并取消补答资格."""
    rules = READING.replace("rebound}", "rebound, fouls: {rungs: [{points: -10}]}}")
    match = play(match_of(rules), "open - main\nquestion\nread\npress 1\nfoul 2 抢先作答")
    assert match.answering == ("1",)
    match = play(match, "verdict 1 wrong")
    assert live.may_press(match) == ("3",)
    assert scores(match) == {"1": -10, "2": -10, "3": 0}


def test_an_answer_must_begin_within_five_seconds_of_the_press():
    match = play(match_of(READING), "open - main\nquestion\nread\npress 1")
    assert refused(match, "+6 begin 1") == "live_too_late"
    assert refused(match, "+4 timeout") == "live_too_early"
    assert scores(play(match, "+5 timeout")) == {"1": -10, "2": 0, "3": 0}


def test_only_the_first_two_players_press_and_answer():
    """只限1、2号队员抢答."""
    rules = "members: 3" + READING.partition("members: 3")[2].replace(
        "    points:", "    members: [1, 2]\n    points:"
    )
    match = play(match_of(rules), "open - main\nquestion\nread\npress 1")
    assert refused(match, "begin 1 3") == "live_member_barred"
    assert play(match, "begin 1 2").question.member == 2


def test_eight_questions_for_those_whose_leader_is_there_then_fifteen_for_all():
    rules = """
segments:
  - id: leaders
    title: 负责人抢答题
    buzzer: {questions: 8}
    points: {right: 10}
    present: 党组织负责人
  - id: all
    title: 抢答题
    buzzer: {questions: 15}
    points: {right: 10}
"""
    match = play(match_of(rules), "present 1 党组织负责人\npresent 3 党组织负责人\nopen - leaders")
    match = play(match, "question\ngo")
    assert live.may_press(match) == ("1", "3")
    assert refused(match, "press 2") == "live_not_playing"
    match = play(match, "press 1\nverdict 1 right\nend - early\nopen - all\nquestion\ngo")
    assert live.may_press(match) == ("1", "2", "3")


def test_locked_seats_follow_in_the_order_of_their_presses():
    rules = """
segments:
  - id: main
    title: 抢答题
    buzzer: {questions: 1, after_wrong: others, next: queue}
    points: {right: 10, wrong: -10}
"""
    match = play(match_of(rules), "open - main\nquestion\ngo\npress 2\npress 3\npress 1")
    match = play(match, "verdict 2 wrong")
    assert match.answering == ("3",)
    match = play(match, "verdict 3 right")
    assert scores(match) == {"1": 0, "2": -10, "3": 10}
