"""What holds for every match: random ones, played by the moves that the referee allows."""

import random
from collections import Counter
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leitai.kernel.errors import DomainError
from leitai.rulebook import live
from leitai.rulebook.data import LogIn
from leitai.rulebook.live import corrections
from tests.rulebook.live.tables import SECOND, rules_of

CASES = {
    name: rules_of(name)
    for name in ("quiz-foul-ladder", "quiz-stop", "quiz-arena", "quiz-designation")
}
EVENTS = {
    name: next(key for key, one in rules.events.items() if one.live)
    for name, rules in CASES.items()
}
TRACKS = {"quiz-stop": "guidance"}
RARE = {"out", "pause", "end", "close", "penalty", "foul", "replace", "drop", "audience"}
SOME = settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def row(case, seq, at, kind, seat="", value=""):
    return LogIn("final", TRACKS.get(case, "teams"), EVENTS[case], "m", seq, at, kind, seat, value)


def begun(case, seats=3):
    """A match whose seats come from its log."""
    rules = CASES[case]
    match = live.start(rules.events[EVENTS[case]].live, {})
    for seq in range(1, seats + 1):
        match = live.step(match, row(case, seq, seq * SECOND, "seat", str(seq), f"t{seq}"))
    return match


def any_move(match, chance):
    """Choose among what is allowed; what ends things is rare."""
    moves = live.allowed(match)
    often = [move for move in moves if move.kind not in RARE]
    if match.segment is not None and live.complete(match):
        often += [move for move in moves if move.kind == "close" and not move.value]
    return chance.choice(often if often and chance.random() < 0.9 else list(moves or often))


def played(case, chance, steps):
    match = begun(case)
    if case == "quiz-arena":
        match = live.step(match, row(case, 4, 4 * SECOND, "present", "1", "党组织负责人"))
    for _ in range(steps):
        move = any_move(match, chance)
        match = stepped(case, match, move.kind, move.seat, move.value)
        if match.closed:
            break
    return match


def stepped(case, match, kind, seat="", value=""):
    """Step quickly, so that no clock runs out but where the move says so."""
    seq, gap = match.log[-1].seq + 1, 100 * SECOND if kind == "timeout" else SECOND // 100
    return live.step(match, row(case, seq, match.at + gap, kind, seat, value))


def folded(case, log):
    return live.fold(CASES[case], log)


def closed(case, match):
    if match.closed:
        return match
    if match.play.paused is not None:
        match = stepped(case, match, "resume")
    while match.answering:
        match = stepped(case, match, "verdict", match.answering[0], "none")
        if match.answering and match.segment.timed is not None:
            match = stepped(case, match, "done")
    return stepped(case, match, "close", "", "early")


GAMES = st.tuples(st.sampled_from(sorted(CASES)), st.integers(0, 10**6), st.integers(0, 60))


@SOME
@given(GAMES)
def test_replay_is_batch_and_the_order_of_rows_is_free(game):
    case, seed, steps = game
    chance = random.Random(seed)
    match = closed(case, played(case, chance, steps))
    rows = list(match.log)
    chance.shuffle(rows)
    result = folded(case, rows)
    assert result == folded(case, match.log)
    values = {
        one.entry: one.value
        for one in result.scores
        if one.event == EVENTS[case] and one.status == "ok"
    }
    assert values == {
        seat.entry: score
        for name, score in match.scores.items()
        if (seat := match.play.seats[name]).out in ("", "left")
    }


@SOME
@given(GAMES, st.integers(0, 60))
def test_stepping_from_anywhere_is_stepping_from_the_start(game, cut):
    case, seed, steps = game
    match = played(case, random.Random(seed), steps)
    again = live.start(match.live, {})
    for entry in match.log[:cut]:
        again = live.step(again, entry)
    for entry in match.log[cut:]:
        again = live.step(again, entry)
    assert again == match
    assert corrections.effective(match.log) == match.log


@SOME
@given(GAMES)
def test_a_void_restores_the_state_as_if_it_had_not_been(game):
    case, seed, steps = game
    chance = random.Random(seed)
    match = played(case, chance, steps)
    if match.closed or not live.allowed(match):
        return
    move = any_move(match, chance)
    after = stepped(case, match, move.kind, move.seat, move.value)
    undone = stepped(case, after, "void", "", str(after.log[-1].seq))
    assert undone.play == match.play
    assert undone.scores == match.scores
    redone = stepped(case, undone, "void", "", str(undone.log[-1].seq))
    assert redone.play == after.play


@SOME
@given(GAMES)
def test_a_score_is_its_lines_and_every_allowed_move_is_taken(game):
    case, seed, steps = game
    match = played(case, random.Random(seed), steps)
    for name, seat in match.play.seats.items():
        lines = sum((line.points for line in seat.lines if line.counts), start=Fraction(0))
        assert match.scores[name] == match.live.base + lines
    for move in live.allowed(match):
        stepped(case, match, move.kind, move.seat, move.value)
    for seat in live.may_press(match):
        after = stepped(case, match, "press", seat)
        assert seat in after.answering or seat in [press.seat for press in after.presses]


KINDS = st.sampled_from(
    [
        "seat",
        "member",
        "present",
        "substitute",
        "open",
        "end",
        "close",
        "penalty",
        "bonus",
        "adjust",
        "out",
        "pause",
        "resume",
        "note",
        "void",
        "correct",
        "question",
        "read",
        "go",
        "press",
        "begin",
        "done",
        "verdict",
        "timeout",
        "choose",
        "give",
        "pass",
        "lifeline",
        "foul",
        "replace",
        "drop",
        "audience",
    ]
)
VALUES = st.one_of(
    st.sampled_from(
        [
            "",
            "1",
            "2",
            "right",
            "wrong",
            "early",
            "20",
            "60",
            "must",
            "buzzer",
            "arena=1>2>3",
            "risk=3>2>1",
            "1=2",
            "3=right",
            "10@1>2",
            "decline",
            "absent",
            "left",
            "void",
            "-5 x",
            "must#1",
            "1,2,3",
            "prompting",
        ]
    ),
    st.text(max_size=8),
)
JUNK = st.lists(
    st.tuples(KINDS, st.sampled_from(["", "1", "2", "3", "9"]), VALUES, st.integers(0, 3 * 10**7)),
    max_size=60,
)


@pytest.mark.parametrize("case", sorted(CASES))
@SOME
@given(junk=JUNK)
def test_nothing_but_coded_refusals_comes_of_junk(case, junk):
    match = begun(case)
    for kind, seat, value, gap in junk:
        seq = match.log[-1].seq + 1
        entry = row(case, seq, match.at + gap, kind, seat, value)
        try:
            after = live.step(match, entry)
        except DomainError:
            continue
        match = after
        live.due(match)
        live.may_press(match)
        live.next_seat(match)
        live.complete(match)
    log = corrections.effective(match.log)
    again = live.start(match.live, {})
    for entry in log:
        again = live.step(again, replace(entry, at=max(entry.at, again.at)))
    assert again.play == match.play


ANSWERS = st.lists(
    st.tuples(st.sampled_from("123"), st.sampled_from(["right", "wrong", "timeout"])), max_size=15
)


@SOME
@given(ANSWERS)
def test_the_plainest_count_agrees_with_the_referee(answers):
    """15 questions, a point each, two failures stop: counted with two dictionaries."""
    points, failures = Counter(), Counter()
    match = stepped("quiz-stop", begun("quiz-stop"), "open", "", "main")
    for seat, verdict in answers:
        if failures[seat] == 2:
            continue
        match = stepped("quiz-stop", match, "question")
        match = stepped("quiz-stop", match, "go")
        match = stepped("quiz-stop", match, "press", seat)
        match = stepped("quiz-stop", match, "verdict", seat, verdict)
        points[seat] += verdict == "right"
        failures[seat] += verdict != "right"
    assert dict(match.scores) == {seat: points[seat] for seat in "123"}
    stopped = {seat for seat in "123" if failures[seat] == 2}
    assert live.complete(match) == (len(stopped) == 3 or match.number == 15)
    if not live.complete(match):
        match = stepped("quiz-stop", stepped("quiz-stop", match, "question"), "go")
        assert set(live.may_press(match)) == {*"123"} - stopped
