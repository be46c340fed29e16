"""What presses, moves and time come to, told step by step; times are ms after the start."""

import pytest

from leitai.kernel.errors import DomainError
from leitai.lane.live.timing import Timing
from leitai.rulebook.model.live import Clock
from tests.lane.live.plays import MS, START, Match, rules


def code_of(call, *args, **more):
    with pytest.raises(DomainError) as found:
        call(*args, **more)
    return found.value.code


def test_the_first_to_arrive_answers_after_the_band():
    match = Match().at(0).asked().at(500)
    assert match.press("2").state == "logged"
    assert match.playing.held == START + 502 * MS
    match.at(503)
    assert match.playing.held is None
    assert match.turn == ("2",)
    assert match.press("1").state == "behind"
    assert match.turn == ("2",)
    assert match.kinds == ["open", "question", "go", "press 2", "press 1"]


def test_without_a_band_nobody_waits():
    match = Match(timing=Timing("arrival", 0, 0)).at(0).asked().at(500)
    match.press("2")
    assert match.playing.next_at() == match.now
    match.at(500)
    assert (match.playing.held, match.turn) == (None, ("2",))


def test_nobody_waits_for_seats_that_may_not_press():
    match = Match(seats="12").at(0).asked().at(500)
    match.press("2")
    match.press("1", arrival=match.now + 500)
    assert match.playing.held <= match.now + 500


def test_two_presses_within_the_band_replace_the_question():
    match = Match().at(0).asked().at(500)
    match.press("2")
    match.press("1", arrival=match.now + 1_999)
    match.at(510)
    assert match.kinds[-1] == "replace"
    assert match.lines[-1].by == "clock"
    assert match.lines[-1].evidence == {"close": ["2", "1"], "band": 2_000}
    assert (match.playing.match.question.outcome, match.playing.match.number) == ("replaced", 0)
    far = Match().at(0).asked().at(500)
    far.press("2")
    far.press("1", arrival=far.now + 2_000)
    far.at(510)
    assert far.turn == ("2",)


def test_the_chief_judge_rules_and_nothing_is_judged_before():
    match = Match(rules(close="chief")).at(0).asked().at(500)
    match.press("2")
    match.press("1", arrival=match.now + 1)
    match.at(510)
    assert match.playing.ruling == ("2", "1")
    assert code_of(match.move, "verdict", "2", "right") == "stage_ruling"
    assert code_of(match.move, "begin", "2") == "stage_ruling"
    again = match.again()
    again.tick(match.now)
    assert (again.ruling, again.lines) == (("2", "1"), [])
    match.move("first", "1")
    assert (match.playing.ruling, match.turn) == ((), ("1",))
    match.move("verdict", "1", "right")
    assert int(match.playing.match.scores["1"]) == 10


@pytest.mark.parametrize(
    ("equal", "first"), [("seat", "1"), ("score-ascending", "2"), ("score-descending", "3")]
)
def test_equal_presses_go_by_the_rule(equal, first):
    # 3 has 10, 1 has nought, 2 lost 10.
    match = Match(rules(close="equal", equal=equal)).at(0).asked().at(100)
    match.press("2")
    match.at(110)
    match.move("verdict", "2", "wrong")
    match.at(120)
    match.press("3")
    match.at(130)
    match.move("verdict", "3", "right")
    match.asked().at(500)
    for seat in "321":
        match.press(seat)
    match.at(510)
    assert match.turn == (first,)
    assert match.kinds[-1] == f"first {first}"
    assert match.again().match.answering == (first,)


def test_a_later_press_with_an_earlier_instant_wins_within_the_hold():
    match = Match(timing=Timing("compensated", 80 * MS, 5 * MS))
    for at in range(8):  # both 40 ms each way, in step with the server's clock
        for seat in "12":
            now = START - (100 - at) * MS
            middle = now - 40 * MS
            match.links[seat].learn(
                sent=now - 80 * MS, received=now, local_ms=(middle - START) / 1000
            )
    match.at(0).asked().at(540)
    assert match.press("1", local_ms=500).at == START + 500 * MS
    match.at(545)
    assert match.playing.held == START + (540 + 80 + 20) * MS
    assert match.turn == ("1",)  # the referee knows no better yet, and nobody is told
    answer = match.press("2", local_ms=490)  # 55 ms on its way: unlike its 40 ± 3
    assert (answer.at, answer.state) == (START + 545 * MS, "behind")
    other = Match(timing=Timing("compensated", 80 * MS, 5 * MS))
    other.links = match.links
    other.at(0).asked().at(540)
    other.press("1", local_ms=500)
    other.at(541)
    answer = other.press("2", local_ms=490 + 9)
    assert (answer.at, answer.state) == (START + 499 * MS, "logged")
    other.at(700)
    assert other.kinds[-1] == "replace"  # 1 ms apart, the band is 5


def test_a_press_before_the_word_is_a_foul_in_both_senses():
    match = Match().at(0)
    match.move("open", "", "buzz")
    match.move("question")
    assert match.press("1").state == "early"
    match.move("go")
    refused = match.press("1", n=2)
    assert (refused.state, refused.seq) == ("early", 7)  # one epoch, one decision
    assert match.playing.match.fouls["1"] == 1


def test_an_epoch_ends_with_the_round():
    match = Match().at(0).asked()
    q = match.playing.q
    match.at(100).press("2")
    match.at(110)
    match.move("verdict", "2", "wrong")
    assert match.playing.q > q
    late = match.press("1", q=q)
    assert (late.state, late.code) == ("late", "stage_epoch")
    assert match.press("1").state == "logged"
    again = match.press("2")
    assert (again.state, again.code) == ("locked", "live_locked")
    assert [refusal.code for refusal in match.playing.refusals] == ["stage_epoch", "live_locked"]


def test_nobody_presses_in_time():
    match = Match(rules(clock=Clock(press=5))).at(0).asked()
    match.at(5_001)
    assert match.kinds[-1] == "go"  # what is on its way within the band still counts
    match.at(5_002)
    assert (match.kinds[-1], match.lines[-1].by) == ("timeout", "clock")
    assert match.playing.match.question.phase == "over"


def test_a_press_at_the_last_moment_stops_the_clock():
    match = Match(rules(clock=Clock(press=5))).at(0).asked()
    match.at(4_999).press("1")
    match.at(9_000)
    assert match.turn == ("1",)
    # Which was too late is told so; the clock of who answers is the host's.
    other = Match(rules(clock=Clock(press=5, begin=10))).at(0).asked().at(5_001)
    refused = other.press("1")
    assert (refused.state, refused.code) == ("late", "live_too_late")
    other = Match(rules(clock=Clock(press=5, begin=10))).at(0).asked().at(100)
    other.press("1")
    other.at(60_000)
    assert other.turn == ("1",)


def test_a_clock_that_ran_out_unwatched_is_the_hosts():
    match = Match(rules(clock=Clock(press=5))).at(0).asked()
    match.now = START + 60_000 * MS
    match.playing = match.again()
    assert match.playing.next_at() is None
    match.at(70_000)
    assert match.kinds[-1] == "go"
    match.move("timeout")
    assert match.playing.match.question.phase == "over"


def test_a_process_that_died_in_the_hold_decides_at_once():
    match = Match().at(0).asked().at(500)
    match.press("2")
    match.press("1", arrival=match.now + 100)
    match.now = START + 3_000 * MS
    match.playing = match.again()
    assert match.playing.held is not None
    match.at(3_000)
    assert match.kinds[-1] == "replace"


def test_paddles_count_in_the_order_that_was_keyed():
    match = Match(rules(clock=Clock(press=5)), timing=Timing("manual")).at(0).asked().at(20_000)
    assert match.kinds[-1] == "go"  # people who write need longer than the clock
    assert match.press("1").code == "stage_manual"
    match.playing.paddles(["3", "1"], "office:a+b", match.now)
    match.keep()
    assert (match.turn, match.playing.held) == (("3",), None)
    assert [line.entry.at for line in match.lines[-2:]] == [0, 0]
    assert match.again().match.answering == ("3",)
    with pytest.raises(DomainError):
        match.playing.paddles(["2", "3"], "office:a+b", match.now)
    assert match.playing.lines == []  # all of an order or nothing


def test_the_mode_is_logged_and_changes_with_the_next_question():
    match = Match().at(0).asked()
    notes = [line.entry.value for line in match.lines if line.entry.kind == "note"]
    assert notes == ["mode=arrival cap=0 band=2000"]
    match.declared(Timing("compensated", 50 * MS, 4 * MS))
    assert match.playing.timing.mode == "arrival"
    match.at(10).move("question")
    notes = [line.entry.value for line in match.lines if line.entry.kind == "note"]
    assert notes[1:] == ["mode=compensated cap=50000 band=4000"]
    assert match.again()._noted == notes[-1]


def test_a_move_needs_eyes_on_what_was_logged():
    match = Match().at(0).asked().at(100)
    seen = match.playing.match.log[-1].seq
    match.press("2")
    match.at(110)
    assert code_of(match.move, "drop", after=seen) == "stage_moved_on"
    assert code_of(match.move, "void", "", "4", after=seen) == "stage_moved_on"
    match.move("verdict", "2", "right", after=seen)  # it says about whom
    assert code_of(match.move, "question", after=seen) == "stage_moved_on"
    first = match.move("question", name="x")
    assert match.move("question", name="x", after=0) == first
    assert match.again()._moves["x"] == first


def test_questions_are_asked_once_and_by_their_names():
    match = Match(questions=["a", "b"]).at(0)
    match.asked("a")
    match.move("drop")
    assert code_of(match.move, "question", "", "a") == "stage_question_used"
    assert code_of(match.move, "question", "", "c") == "stage_question_unknown"
    assert code_of(match.move, "question") == "stage_question_unknown"
    match.move("question", "", "b")
    assert match.again().used == {"a", "b"}


def test_a_stuck_key_does_not_fill_the_disk():
    match = Match().at(0).asked()
    for n in range(100):
        match.press("1", q=1, n=n)
    assert len(match.playing.refusals) == 20
