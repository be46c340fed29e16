"""What the console is told when the rules forbid a move, and how presses count after a restart."""

from dataclasses import replace

import pytest

from leitai.lane.live.playing import Wish
from leitai.lane.live.seeing import Scene, Views
from leitai.lane.live.texts import AT_THE_DESK, KINDS, TEXTS, sentences
from leitai.lane.live.timing import Timing, heard, said
from leitai.rulebook import texts as rulebook_texts
from tests.lane.live.plays import MS, START, Match, rules

MOVES = ("open", "question", "read", "go", "timeout", "verdict", "replace", "drop", "foul", "pause",
         "resume", "end", "close", "first", "give", "lifeline")  # fmt: skip

STATES = ("ready", "asked", "open", "answering", "paused", "closed")


def _ask(match):
    match.move("open", "", "buzz")
    match.move("question")


def _press(match):
    match.press("2")
    match.at(100)


def _close(match):
    match.move("resume")
    match.move("verdict", "2", "right")
    match.move("close", "", "early")


STEPS = (_ask, lambda match: match.move("go"), _press, lambda match: match.move("pause"), _close)


def why(match, kind, seat="", value=""):
    return match.playing.why_not(Wish("", 0, kind, seat, value), match.now)


def test_why_a_move_is_forbidden_is_told_and_leaves_nothing_behind():
    match = Match().at(0)
    assert why(match, "verdict", "1", "right").code == "live_no_run"
    match.asked()
    assert why(match, "verdict", "1", "right").code == "live_nobody_answers"
    match.press("2")
    match.at(100)
    assert why(match, "question").code == "live_question_open"
    assert why(match, "verdict", "2", "partly").code == "live_no_partly"
    assert why(match, "verdict", "2", "right").code == "stage_may"
    assert why(match, "press", "1").code == "stage_kind"
    assert match.kinds == ["open", "question", "go", "press 2"]
    assert match.playing.refusals == []


def test_questions_that_are_used_up_say_so():
    match = Match(questions=("q1",)).at(0)
    match.asked("q1").press("1")
    match.at(100).move("verdict", "1", "right")
    assert why(match, "question").code == "stage_question_none"
    assert why(match, "question", "", "q1").code == "stage_question_used"


@pytest.mark.parametrize("state", STATES)
def test_every_refusal_at_the_desk_is_a_sentence_in_chinese_without_words_of_the_log(state):
    match = Match().at(0)
    for step in STEPS[: list(STATES).index(state)]:
        step(match)
    tried = [why(match, kind, "2", value) for kind in MOVES for value in ("", "right")]
    refused = [error for error in tried if error.code != "stage_may"]
    assert len(refused) > 10
    for error in refused:
        zh, en = sentences(error.code, error.data)
        assert not [word for word in (*KINDS, "early") if f"“{word}”" in zh or f"记{word}" in zh], (
            zh
        )
        assert zh != en


def test_words_of_the_desk_ask_for_nothing_that_the_referee_does_not_say():
    """A sentence of the desk takes the place of the rulebook's and fills the same places."""
    for code, pair in AT_THE_DESK.items():
        data = dict.fromkeys(("kind", "seat", "seq", "number", "most", "allowed", "before", "segment"), "1")  # fmt: skip
        law = rulebook_texts.TEXTS[code]
        for mine, theirs in zip(pair, law, strict=True):
            used = {name for name in data if f"%({name})s" in mine}
            known = {name for sentence in law for name in data if f"%({name})s" in sentence}
            assert used <= known | {"kind"}, (code, mine, theirs)
        assert all(sentence % data for sentence in pair)
    assert not set(AT_THE_DESK) & set(TEXTS)


def test_a_kind_of_the_log_is_called_as_its_button_is():
    zh, en = sentences("live_paused", {"kind": "timeout"})
    assert (zh, en) == (
        "比赛暂停中，不能办“时间到”。请先点“继续比赛”。",
        "The match is paused: no 'timeout' now. Go on with the match first.",
    )
    assert sentences("live_no_question", {})[0].startswith("还没有出题")


def test_what_was_declared_is_read_back():
    timing = Timing("compensated", 34 * MS, 16_198)
    assert said(timing) == "mode=compensated cap=34000 band=16198"
    assert heard(said(timing)) == timing
    assert heard("评委提醒") is None


def test_a_process_that_takes_over_counts_as_was_declared_until_the_next_question():
    """The office has changed the mode while a question was in play, and then the process died."""
    match = Match(timing=Timing("arrival", 0, 2 * MS)).at(0).asked()
    match.declared(Timing("arrival", 0, 8 * MS))
    match.facts = match.playing.facts
    again = match.again()
    assert again.timing == Timing("arrival", 0, 2 * MS)
    match.playing = again
    match.at(10).move("question")
    assert match.lines[-1].entry.value == "mode=arrival cap=0 band=8000"
    assert match.again().timing.band_us == 8 * MS


def test_a_band_alone_is_no_chosen_mode():
    """Seats at one computer widen the band; the console goes on saying that nobody has chosen."""
    match = Match(timing=Timing("arrival", 0, 8 * MS))
    match.playing.office(replace(match.facts, chosen=False))
    shown = Views(Scene(match.playing, START)).of("host")["match"]
    assert (shown["mode"], shown["band"], shown["chosen"]) == ("arrival", 8 * MS, False)
    match.playing.office(match.facts)
    assert Views(Scene(match.playing, START)).of("host")["match"]["chosen"] is True


def test_a_photo_finish_that_the_rules_settle_is_named_until_the_next_question():
    match = Match(rules(close="equal")).at(0).asked().at(100)
    match.press("2")
    match.at(101).press("1")
    match.at(200)
    shown = Views(Scene(match.playing, match.now)).of("watch")["question"]
    assert (shown["phase"], shown["turn"]) == ("answering", ["1"])
    assert (shown["close"]["seats"], shown["close"]["answer"]) == (["2", "1"], "equal")
    match.move("verdict", "1", "right")
    match.move("question")
    assert "close" not in Views(Scene(match.playing, match.now)).of("watch")["question"]
