"""What each role sees; nothing in a view that its role may not know."""

import json
from dataclasses import replace

import pytest

from leitai.lane.live.seeing import Scene, Screen, Views
from leitai.lane.live.timing import Timing
from leitai.rulebook.model.live import Clock, Stop
from tests.lane.live.plays import MS, START, Match, rules

TEXT = {
    "type": "single",
    "stem": "STEM",
    "options": [["A", "OPTION"]],
    "key": "KEY",
    "answer": "ANSWER",
    "explanation": "BECAUSE",
}


def views(match, *, reveal=False, text=TEXT):
    return Views(Scene(match.playing, match.now, Screen("auto", reveal), {}, text))


def view(match, role, seat="", **more):
    return views(match, **more).of(role, seat)


@pytest.fixture
def match():
    return Match(rules(clock=Clock(press=5)), questions=["a", "b"]).at(0)


def steps(match):
    """Stop at every step of a question."""
    yield "between"
    match.move("open", "", "buzz")
    match.move("question", "", "a")
    yield "asked"
    match.move("go")
    yield "open"
    match.at(100).press("2")
    yield "hold"
    match.at(110)
    yield "answering"
    match.move("verdict", "2", "right")
    yield "over"


def test_no_secret_is_in_a_view_of_who_may_not_know_it(match):
    for step in steps(match):
        for reveal in (False, True):
            for role, seat in (("seat", "1"), ("hall", ""), ("watch", "")):
                shown = json.dumps(view(match, role, seat, reveal=reveal), ensure_ascii=False)
                told = reveal and step == "over" and role != "seat"
                for secret in ("KEY", "ANSWER", "BECAUSE"):
                    assert (f'"{secret}"' in shown) == told, (step, role, secret)
                if role == "seat":
                    assert "STEM" not in shown
                assert "allowed" not in shown
        host = json.dumps(view(match, "host"))
        assert ('"ANSWER"' in host) == (step != "between")


def test_nobody_is_told_who_was_first_while_an_earlier_press_may_come(match):
    next(step for step in steps(match) if step == "hold")
    for role, seat in (("seat", "1"), ("seat", "2"), ("hall", ""), ("watch", "")):
        found = view(match, role, seat)
        assert (found["question"]["phase"], found["question"]["turn"]) == ("hold", [])
        assert "presses" not in found["question"]
        assert found["clock"] is None
    assert view(match, "seat", "2")["me"]["place"] == 0
    assert view(match, "seat", "1")["me"]["may"] is True
    assert view(match, "host")["question"]["presses"][0]["seat"] == "2"


def test_the_states_of_seats():
    match = Match(rules(after_wrong="others"), seats="1234").at(0)
    match.move("open", "", "buzz")
    match.move("question")

    def states():
        return {seat["seat"]: seat["state"] for seat in view(match, "hall")["seats"]}

    assert states() == dict.fromkeys("1234", "wait")
    assert view(match, "seat", "1")["me"]["early"] is True
    match.press("4")
    match.move("go")
    assert states() == {"1": "may", "2": "may", "3": "may", "4": "locked"}
    match.at(100).press("2")
    match.press("1", arrival=match.now + 50 * MS)
    match.at(200)
    assert states() == {"1": "pressed", "2": "answers", "3": "may", "4": "locked"}
    me = view(match, "seat", "1")["me"]
    assert (me["place"], me["behind"]) == (2, 50 * MS)
    match.move("verdict", "2", "wrong")
    assert states() == {"1": "may", "2": "failed", "3": "may", "4": "locked"}
    match.at(300).press("1")
    match.at(310)
    match.move("verdict", "1", "right")
    match.move("out", "3", "left")
    assert states() == {"1": "right", "2": "failed", "3": "out", "4": "wait"}
    found = view(match, "hall")
    assert [seat["score"] for seat in found["seats"]] == ["10", "-10", "0", "0"]
    assert found["order"] == ["1", "3", "4", "2"]
    assert [seat["wrong"] for seat in found["seats"]] == [0, 1, 0, 0]
    assert [seat["fouls"] for seat in found["seats"]] == [0, 0, 0, 1]


def test_who_has_failed_too_often_is_stopped():
    live = rules(after_wrong="ends")
    object.__setattr__(live.segments[0], "stop", Stop(after=1))
    match = Match(live).at(0).asked().at(100)
    match.press("1")
    match.at(110)
    match.move("verdict", "1", "wrong")
    match.move("question")
    assert view(match, "hall")["seats"][0]["state"] == "stopped"
    assert view(match, "seat", "1")["me"]["early"] is False


def test_the_clock_and_the_words_of_the_host(match):
    next(step for step in steps(match) if step == "open")
    found = view(match, "hall")
    assert found["clock"] == {"clock": "press", "at": START + 5_000 * MS, "of": 5}
    assert found["segment"] == {
        "id": "buzz", "title": "抢答题", "kind": "buzzer",
        "number": 1, "questions": 20, "complete": False,
    }  # fmt: skip
    assert found["question"]["go"] == START
    host = view(match, "host")["host"]
    assert {"kind": "timeout", "seat": "", "value": ""} in host["allowed"]
    assert not [move for move in host["allowed"] if move["kind"] == "press"]
    assert [(one["name"], one["used"]) for one in host["questions"]] == [("a", True), ("b", False)]
    assert host["log"][-1]["kind"] == "go"


def test_a_photo_finish_that_replaced_the_question_says_so_until_the_next_one():
    match = Match(timing=Timing("arrival", 0, 2 * MS)).at(0).asked().at(100)
    match.press("2")
    match.press("1", arrival=match.now + 700)
    match.at(110)
    for screen in ("hall", "host", "watch"):
        found = view(match, screen)["question"]
        assert (found["phase"], found["outcome"]) == ("over", "replaced")
        assert found["close"] == {
            "seats": ["2", "1"], "gap": 700, "band": 2_000, "answer": "replaced"
        }  # fmt: skip
    assert view(match, "seat", "1")["question"]["close"]["seats"] == ["2", "1"]
    match.at(200).asked()
    assert "close" not in view(match, "hall")["question"]


def test_a_photo_finish_that_waits_for_its_ruling():
    match = Match(rules(close="chief"), timing=Timing("arrival", 0, 2 * MS)).at(0).asked().at(100)
    match.press("2")
    match.press("1", arrival=match.now + 700)
    match.at(110)
    found = view(match, "hall")
    assert (found["question"]["phase"], found["question"]["turn"]) == ("close", [])
    assert found["question"]["close"] == {
        "seats": ["2", "1"], "gap": 700, "band": 2_000, "answer": "chief"
    }  # fmt: skip
    host = view(match, "host")["host"]
    kinds = {move["kind"] for move in host["allowed"]}
    assert "first" in kinds
    assert not kinds & {"verdict", "begin", "question", "close"}
    assert host["ruling"] == ["2", "1"]


def test_the_host_is_told_what_an_answer_must_be_like_and_when_it_was_pressed_for():
    told = ("题目读完后抢答的可以只答字母",)
    law = rules(opens="reading", after_wrong="ends")
    law = replace(law, segments=(replace(law.segments[0], manner=told),))
    match = Match(law, questions=["a", "b"]).at(0)
    match.move("open", "", "buzz")
    match.move("question", "", "a")
    host = view(match, "host")["host"]
    assert (host["manner"], host["reading"]) == (list(told), False)
    match.at(100).press("2")
    match.at(400)
    assert view(match, "host")["host"]["reading"]
    assert "manner" not in view(match, "hall")
    match.move("verdict", "2", "wrong")
    match.move("question", "", "b")
    match.move("read")
    match.at(500).press("1")
    match.at(900)
    assert not view(match, "host")["host"]["reading"]
