"""What the fold makes of logs: scores with their keys, personal scores, notes, what is blocked."""

import random

import pytest

from leitai.kernel.errors import Problems
from leitai.rulebook import live, load
from leitai.rulebook.data import LogIn

RULES = """
rulebook: 1
id: quiz
title: 小赛
tracks: {teams: {title: 团体赛, kind: team}, solo: {title: 个人赛}}
events:
  quiz:
    title: 竞答
    kind: live
    max: "1000"
    min: "-1000"
    decimals: 1
    live:
      base: "20"
      seats: [1, 4]
      members: 2
      individual: {event: answers, STAGETRACK}
      segments:
        - {id: must, title: 必答, must: {by: member}, points: {right: "10.5", wrong: "-5"}}
        - {id: off, title: 加赛, playoff: {form: joint}}
  answers: {title: 个人作答, max: "100", min: "-100", decimals: 1, KEYS}
  other: {title: 笔试, max: "100", decimals: 1}
stages:
  one: {title: 初赛, events: [quiz, answers], quota: {per: delegation, count: 9}}
  two: {title: 决赛, events: [quiz, answers, other], quota: {per: delegation, count: 9}}
"""
KEYS = "keys: {right: {title: 答对, better: higher, unit: 题}, wrong: {title: 答错, better: lower, unit: 题}}"


def rules(where="", keys=KEYS, more="", decimals=1):
    text = RULES.replace(", STAGETRACK", f", {where}" if where else "")
    text = text.replace("      members: 2\n", f"      members: 2\n      {more}\n")
    text = text.replace("decimals: 1, KEYS", f"decimals: {decimals}, KEYS")
    return load(text.replace(", KEYS", f", {keys}" if keys else ""), name="quiz.yaml")


def log(text, match="m1", stage="one", track="teams", event="quiz"):
    found = []
    for seq, line in enumerate(text.strip().splitlines(), start=1):
        kind, seat, value = (*line.split(maxsplit=2), "", "")[:3]
        row = LogIn(stage, track, event, match, seq, seq * 10**6, kind, seat.strip("-"), value)
        found.append(row)
    return found


def seated(*seats):
    text = ""
    for seat, entry in seats:
        text += f"seat {seat} {entry}\nmember {seat} 1=p{entry}1\nmember {seat} 2=p{entry}2\n"
    return text


def answers(*verdicts):
    return "".join(f"question\nverdict - {verdict}\n" for verdict in verdicts)


# Seats 1 and 2: a1 right, b1 wrong, a2 wrong, b2 right; both have 20 + 5.5.
LEVEL = (
    seated(("1", "a"), ("2", "b")) + "open - must\n" + answers("right", "wrong", "timeout", "right")
)


def folded(text, **more):
    return live.fold(rules(**more), log(text))


def rows(found, event):
    return [
        (one.stage, one.track, one.entry, one.value, one.status, dict(one.keys))
        for one in found.scores
        if one.event == event
    ]


def notes(found):
    return [(one.subject, one.reason.code, dict(one.reason.data)) for one in found.notes]


def test_scores_have_the_base_and_the_keys_of_the_match():
    found = folded(LEVEL + "close")
    keys = {"right": 1, "wrong": 1, "fouls": 0, "playoff": 0, "must": 55}
    assert rows(found, "quiz") == [
        ("one", "teams", "a", 255, "ok", keys),
        ("one", "teams", "b", 255, "ok", keys),
    ]
    assert [one.decimals for one in found.scores] == [1] * 6
    assert notes(found) == [
        ("quiz/m1", "live_level", {"seats": ("1", "2"), "match": "m1", "event": "竞答"})
    ]


def test_a_playoff_that_was_held_is_a_key_and_leaves_nobody_level():
    found = folded(LEVEL + "open - off\nquestion\nverdict 1 wrong\nverdict 2 right\nclose")
    assert [(row[2], row[3], row[5]["playoff"]) for row in rows(found, "quiz")] == [
        ("a", 255, 2), ("b", 255, 1),
    ]  # fmt: skip
    assert notes(found) == []


def test_what_members_won_is_a_score_of_their_own():
    found = folded(LEVEL + "close")
    assert rows(found, "answers") == [
        ("one", "teams", "pa1", 105, "ok", {"right": 1, "wrong": 0}),
        ("one", "teams", "pa2", -50, "ok", {"right": 0, "wrong": 1}),
        ("one", "teams", "pb1", -50, "ok", {"right": 0, "wrong": 1}),
        ("one", "teams", "pb2", 105, "ok", {"right": 1, "wrong": 0}),
    ]


@pytest.mark.parametrize(
    ("where", "stage", "track"),
    [("stage: two", "two", "teams"), ("track: solo", "one", "solo"), ("stage: two, track: solo", "two", "solo")],
)  # fmt: skip
def test_where_personal_scores_go(where, stage, track):
    found = folded(LEVEL + "close", where=where)
    assert {row[:2] for row in rows(found, "answers")} == {(stage, track)}
    assert {row[:2] for row in rows(found, "quiz")} == {("one", "teams")}


def test_an_event_without_keys_takes_the_points_alone():
    found = folded(LEVEL + "close", keys="")
    assert [row[5] for row in rows(found, "answers")] == [{}] * 4


def test_who_is_disqualified_has_no_score_and_neither_have_its_members():
    found = folded(LEVEL + "out 2 void\nclose")
    assert [(row[2], row[3], row[4]) for row in rows(found, "quiz")] == [
        ("a", 255, "ok"),
        ("b", 0, "void"),
    ]
    assert rows(found, "quiz")[1][5] == {}
    assert [row[2] for row in rows(found, "answers")] == ["pa1", "pa2"]
    assert [code for _, code, _ in notes(found)] == ["live_out_void"]  # and nobody is level with it
    left = folded(LEVEL + "out 2 left\nclose")
    assert [(row[2], row[3], row[4]) for row in rows(left, "quiz")] == [
        ("a", 255, "ok"),
        ("b", 255, "ok"),
    ]
    assert [row[2] for row in rows(left, "answers")] == ["pa1", "pa2", "pb1", "pb2"]


def test_what_counts_nobody_is_no_personal_score():
    """A foul and a bonus for a seat are nobody's own."""
    found = folded(LEVEL + "adjust 1 7 裁定\nclose")
    assert [row[3] for row in rows(found, "quiz")] == [325, 255]
    assert [row[3] for row in rows(found, "answers")] == [105, -50, -50, 105]


def test_a_person_without_an_answer_has_nought():
    found = folded(
        seated(("1", "a")) + "open - must\nquestion\nverdict 1 right\nend - early\nclose - early"
    )
    assert rows(found, "answers") == [
        ("one", "teams", "pa1", 105, "ok", {"right": 1, "wrong": 0}),
        ("one", "teams", "pa2", 0, "ok", {"right": 0, "wrong": 0}),
    ]


# ---- several matches -----------------------------------------------------------------------------


def test_scores_stand_by_stage_track_event_and_entry_whatever_the_order_of_rows():
    text = "open - must\n" + answers("right", "right") + "close"
    every = []
    for match, stage, track, entry in (
        ("m9", "two", "teams", "d"), ("m2", "one", "teams", "y"), ("m5", "one", "solo", "x"),
        ("m1", "one", "teams", "z"), ("m0", "two", "solo", "w"),
    ):  # fmt: skip
        every += log(seated(("1", entry)) + text, match, stage, track)
    random.Random(7).shuffle(every)
    found = live.fold(rules(), every)
    assert [(one.stage, one.track, one.entry) for one in found.scores if one.event == "quiz"] == [
        ("one", "solo", "x"), ("one", "teams", "y"), ("one", "teams", "z"),
        ("two", "solo", "w"), ("two", "teams", "d"),
    ]  # fmt: skip
    assert [row[2] for row in rows(found, "answers")][:2] == ["px1", "px2"]


def test_matches_are_noted_and_blocked_in_the_order_of_their_names():
    """m2 is not closed, m1 was closed early; seats are named by their entries."""
    half = log(seated(("1", "z"), ("2", "y")) + "open - must", "m2")
    early = log(seated(("1", "b")) + "close - early", "m1")
    other = log(seated(("1", "q")), "m0")
    found = live.fold(rules(), [*half, *early, *other])
    assert [(row.board, row.line, row.entries, row.needs) for row in found.blocked] == [
        ("quiz", "match:m0", ("q",), "close"), ("quiz", "match:m2", ("y", "z"), "close"),
    ]  # fmt: skip
    assert found.blocked[0].detail.code == "live_unfinished"
    assert dict(found.blocked[0].detail.data) == {"match": "m0", "event": "竞答"}
    assert notes(found) == [
        ("quiz/m1", "live_closed_early", {"played": (), "seq": 4, "match": "m1", "event": "竞答"})
    ]


def test_what_was_corrected_and_voided_is_noted():
    found = live.fold(rules(), log(LEVEL + "correct - 9=wrong\nclose"))
    (note,) = [one for one in notes(found) if one[1] == "live_corrected"]
    assert note[2]["entries"] == (9,)
    assert rows(found, "quiz")[0][3] == 100  # 20 - 5 - 5


def problems(*logs):
    with pytest.raises(Problems) as caught:
        live.fold(rules(), [row for one in logs for row in one])
    return [(one.place, one.code, dict(one.data)) for one in caught.value.problems]


def test_a_person_and_an_entry_have_one_score():
    text = "open - must\n" + answers("right", "right") + "close"
    found = problems(log(seated(("1", "a")) + text), log(seated(("1", "a")) + text, "m2"))
    assert found == [
        ("log one/teams/quiz/m2/9", "live_entry_twice", {"entry": name})
        for name in ("a", "pa1", "pa2")
    ]


def test_an_event_that_is_none_here_or_is_not_live():
    row = log("seat 1 a")[0]
    found = problems(
        [LogIn("one", "teams", "other", "m", 1, 1, "seat", "1", "a"),
         LogIn("two", "teams", "other", "m", 1, 1, "seat", "1", "a"),
         LogIn("one", "teams", "answers", "m", 1, 1, "seat", "1", "a"), row],
    )  # fmt: skip
    assert found == [
        ("log one/teams/answers/m/1", "live_no_live", {"event": "answers"}),
        ("log one/teams/other/m/1", "event_unknown", {"event": "other"}),
        ("log two/teams/other/m/1", "live_no_live", {"event": "other"}),
    ]


def test_more_places_than_the_events_have_are_refused():
    """An adjustment of 0.25 in an event of one place."""
    found = problems(log(LEVEL + "adjust 1 0.25\nclose"))
    assert [(code, data) for _, code, data in found] == [
        ("score_decimals", {"value": "25.75", "decimals": 1})
    ]
