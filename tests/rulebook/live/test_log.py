"""The log: seats, segments in order, corrections, what is refused, and what the fold makes of it."""

from dataclasses import replace

import pytest

from leitai.kernel.errors import DomainError, Problems
from leitai.rulebook import live
from leitai.rulebook.data import LogIn, Reason
from leitai.rulebook.live import reasons
from leitai.rulebook.live.referee import MOST_CORRECTIONS
from leitai.rulebook.model.live import Buzzer, Joint, Must
from leitai.rulebook.reasons_zh import Data
from leitai.rulebook.texts import TEXTS, text_of
from tests.rulebook.live.tables import entries, log_of, match_of, one, play, rules_of, scores

LADDER = rules_of("quiz-foul-ladder")
STOP = rules_of("quiz-stop")


def refused(match, text):
    with pytest.raises(DomainError) as caught:
        play(match, text)
    code = caught.value.code
    assert code in TEXTS
    assert text_of(caught.value), text_of(caught.value, "en")
    return code


# ---- seats and segments


def test_seats_stand_in_the_order_of_their_numbers():
    match = live.start(one("joint", Joint(1)), {"10": "c", "2": "b", "甲": "d", "1": "a"})
    assert list(match.play.seats) == ["1", "2", "10", "甲"]


def test_seats_come_from_the_log_before_the_first_segment():
    match = play(live.start(one("joint", Joint(1)), {}), "seat 1 a\nseat 2 b")
    assert refused(match, "seat 2 c") == "live_seat_name"
    assert refused(match, "seat 3 a") == "live_entry_seated"
    assert refused(match, "seat a=b c") == "live_seat_name"
    assert refused(match, "seat 3") == "live_seat_entry"
    assert refused(play(match, "open - it"), "seat 3 c") == "live_started"


def test_the_number_of_seats_is_bound():
    event = LADDER.events["quiz"].live
    assert refused(live.start(event, {"1": "a"}), "open - must") == "live_seats"


def test_segments_come_in_their_order_and_are_played_to_the_end():
    match = match_of(LADDER.events["quiz"].live)
    assert refused(match, "open - buzzer") == "live_before"
    assert refused(match, "open - final") == "live_no_segment"
    assert refused(match, "question") == "live_no_run"
    match = play(match, "open - must")
    assert refused(match, "end") == "live_segment_runs"
    assert refused(match, "close") == "live_segment_runs"
    match = play(match, "end - early\nopen - buzzer")
    assert match.play.remarks[0].code == "live_ended_early"
    assert refused(match, "open - must") == "live_segment_runs"
    match = play(match, "close - early")
    assert refused(match, "question") == "live_closed"
    assert scores(play(match, "adjust 1 -5 仲裁决定"))["1"] == 95


def test_members_and_substitutions():
    rules = replace(one("must", Must(), members=2), substitutions=1)
    match = play(match_of(rules), "member 1 1=x\nmember 1 2=y")
    assert refused(match, "member 1 2=z") == "live_member_known"
    assert refused(match, "member 1 3=z") == "live_no_member"
    match = play(match, "open - it\nquestion")
    assert refused(match, "substitute 1 2=z") == "live_question_open"
    match = play(match, "begin 1 2\nverdict 1 right\nsubstitute 1 2=z")
    assert refused(match, "substitute 1 1=w") == "live_used_up"
    assert match.play.seats["1"].lines[0].person == "y"
    assert dict(match.play.seats["1"].members) == {1: "x", 2: "z"}


# ---- corrections


def test_void_and_correct_read_the_log_again():
    match = play(match_of(one("must", Must())), "open - it\nquestion\nverdict 1 wrong\nquestion")
    fixed = play(match, "correct - 3=right")
    assert scores(fixed)["1"] == 10
    assert len(fixed.log) == 5
    undone = play(fixed, "void - 5")
    assert (undone.play, len(undone.log)) == (match.play, 6)
    again = play(undone, "void - 6")
    assert again.play == fixed.play
    assert refused(again, "correct - 5=3=wrong") == "live_corrects_correction"


def test_a_correction_that_makes_a_later_entry_impossible_is_refused():
    match = play(match_of(one("must", Must())), "open - it\nquestion\nverdict 1 wrong")
    assert refused(match, "void - 2") == "live_correction_breaks"
    assert refused(match, "void - 9") == "live_no_entry"
    assert refused(match, "void - x") == "live_void_unread"
    assert refused(match, "correct - 3") == "live_correct_unread"
    match = play(match, "void - 2,3")
    assert live.next_seat(match) == "1"


def test_corrections_are_bounded():
    match = play(match_of(one("must", Must())), "note\n" + "void - 1\n" * MOST_CORRECTIONS)
    assert refused(match, "void - 1") == "live_too_many"


def test_seq_and_instants_go_forward_and_nought_is_unknown():
    match = play(match_of(one("must", Must())), "open - it")
    entry = LogIn("", "", "", "", 2, match.at - 1, "question")
    for bad in (entry, replace(entry, seq=1, at=match.at), replace(entry, at=-1)):
        with pytest.raises(DomainError):
            live.step(match, bad)
    later = live.step(match, replace(entry, at=0))
    assert later.at == match.at
    assert live.due(later) == ()


def test_a_refused_entry_changes_nothing():
    match = play(match_of(one("buzzer", Buzzer(2))), "open - it\nquestion\ngo\npress 1")
    before = (match.play, match.log)
    assert refused(match, "verdict 2 right") == "live_not_answering"
    assert refused(match, "verdict 1 perhaps") == "live_no_verdict"
    assert refused(match, "verdict 1 partly") == "live_no_partly"
    assert refused(match, "dance 1") == "live_no_kind"
    assert refused(match, "choose 1 2") == "live_not_here"
    assert refused(match, f"note - {'长' * 501}") == "live_value_long"
    assert (match.play, match.log) == before


# ---- the fold


def test_the_worked_cases_have_these_keys():
    """Worked out in the cases' README."""
    found = {score.entry: score for score in live.fold(LADDER, log_of("quiz-foul-ladder")).scores}
    assert {name: score.value for name, score in found.items()} == {"t1": 180, "t2": 100, "t3": 170}
    assert dict(found["t1"].keys) == {
        "right": 5, "wrong": 2, "fouls": 2, "must": 20, "buzzer": 0, "risk": 60,
    }  # fmt: skip
    found = live.fold(STOP, log_of("quiz-stop")).scores
    assert [(one.entry, one.value, one.keys["wrong"]) for one in found] == [
        ("e1", 1, 2), ("e2", 4, 2), ("e3", 2, 2),
    ]  # fmt: skip


def test_a_match_without_its_end_is_blocked():
    folded = live.fold(STOP, log_of("quiz-stop")[:-1])
    assert folded.scores == ()
    row = folded.blocked[0]
    assert (row.line, row.entries, row.needs) == ("match:m1", ("e1", "e2", "e3"), "close")


def test_absent_and_disqualified_seats_have_no_score():
    log = log_of("quiz-stop")
    log = [*log[:3], replace(log[3], kind="out", seat="1", value="absent"), log[3]]
    log = [replace(row, seq=at) for at, row in enumerate(log, start=1)]
    end = replace(log[-1], seq=6, kind="close", value="early")
    found = {one.entry: one.status for one in live.fold(STOP, [*log, end]).scores}
    assert found == {"e1": "absent", "e2": "ok", "e3": "ok"}


def test_every_bad_row_is_named():
    log = log_of("quiz-stop")
    bad = [
        replace(log[0], stage="semi"),
        replace(log[1], track="teams", match="m9"),
        replace(log[2], event="quiz"),
        *log[3:],
    ]
    with pytest.raises(Problems) as caught:
        live.fold(STOP, bad)
    found = [(one.place, one.code) for one in caught.value.problems]
    assert found == [
        ("log final/guidance/buzzer/m1/4", "live_nobody_plays"),
        ("log final/guidance/quiz/m1/3", "event_unknown"),
        ("log final/teams/buzzer/m9/2", "track_unknown"),
        ("log semi/guidance/buzzer/m1/1", "stage_unknown"),
    ]


def test_an_entry_sits_in_one_match_of_an_event_and_a_seq_stands_once():
    log = log_of("quiz-stop")
    with pytest.raises(Problems) as caught:
        live.fold(STOP, [*log, *(replace(row, match="m2") for row in log)])
    assert {one.code for one in caught.value.problems} == {"live_entry_twice"}
    with pytest.raises(Problems) as caught:
        live.fold(STOP, [*log, replace(log[4], value="x")])
    assert [one.code for one in caught.value.problems] == ["live_seq"]


def test_members_answers_make_an_individual_score():
    rules = rules_of("quiz-designation")
    found = live.fold(rules, log_of("quiz-designation")).scores
    persons = {one.entry: one.value for one in found if one.event == "personal"}
    assert persons == {"p11": 30, "p12": 0, "p21": 0, "p22": 20, "p31": 30, "p32": 0}


@pytest.mark.parametrize("sentences", [reasons.SENTENCES_ZH, reasons.SENTENCES_EN])
def test_every_remark_can_be_said(sentences):
    assert reasons.SENTENCES_ZH.keys() == reasons.SENTENCES_EN.keys()
    data = {"seats": ("1", "2"), "order": ("1",), "due": ("2",), "entries": (3,), "why": "提示"}
    for code, say in sentences.items():
        assert say(Data(Reason(code, data).data)), code


def test_notes_say_what_was_corrected():
    folded = live.fold(LADDER, log_of("quiz-foul-ladder"))
    (note,) = folded.notes
    said = reasons.SENTENCES_ZH[note.reason.code](Data(note.reason.data))
    assert said == "现场竞答（场次m1）第119条记录：第22条记录已更正（22=right）"


def test_the_order_as_it_was_played_stands_and_is_noted():
    """A correction after the risk questions changes who would have chosen first (catalogue 4.5)."""
    text = """
        open - must
        question\nverdict 1 right\nquestion\nverdict 2 wrong\nquestion\nverdict 3 wrong
        question\nverdict 1 right\nquestion\nverdict 2 wrong\nquestion\nverdict 3 wrong
        question\nverdict 1 right\nquestion\nverdict 2 wrong\nquestion\nverdict 3 wrong
        open - buzzer\nend - early
        open - risk=2>3>1
        choose 2 20\nquestion\nverdict 2 right
    """
    match = play(match_of(LADDER.events["quiz"].live), text)
    assert not [one for one in match.play.remarks if one.code == "live_order_differs"]
    match = play(match, "correct - 5=right")
    assert scores(match) == {"1": 130, "2": 130, "3": 100}
    (remark,) = [one for one in match.play.remarks if one.code == "live_order_differs"]
    assert remark.data["due"] == ("3", "2", "1")


def test_entries_are_plain_values():
    assert entries("+5 press 2 7")[0] == LogIn(
        "final", "teams", "quiz", "m", 1, 15_000_000, "press", "2", "7"
    )
