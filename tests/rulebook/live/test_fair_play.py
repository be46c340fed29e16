"""What no match may do, whatever its rules: random rules, played by the moves that are allowed."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leitai.rulebook import live
from tests.rulebook.live.fragments import match_of
from tests.rulebook.live.tables import play

BUZZER = """
  - id: main
    title: 抢答题
    buzzer: {{questions: 8, opens: {opens}, after_wrong: {after}, next: {next}, fouls: {{rungs: [{rung}]}}}}
    points: {{right: 10, wrong: -5, partly: 5}}
    stop: {{after: {stop}, counts: [wrong, timeout, foul]}}
"""
STAKES = "stakes: [{points: 10, stock: 9}, {points: 20}]"
POINTS = "\n    points: {right: 10, wrong: -5}"
OTHERS = {
    "risk": f"risk: {{{STAKES}, rounds: 2}}",
    "steal": f"risk: {{{STAKES}, rounds: 2, steal: true}}",
    "give": f"risk: {{{STAKES}, rounds: 2, give: {{wrong: giver, loses: none}}}}",
    "ring": f"designation: {{{STAKES}, rounds: 2, loss: 1}}",
    "chosen": f"designation: {{{STAKES}, rounds: 2, target: chosen}}",
    "arena": "arena: {passes: 1}",
    "duel": f"duel: {{questions: 3, form: buzzer, after_wrong: others}}{POINTS}",
    "turns": f"duel: {{questions: 3, lifelines: 1}}{POINTS}",
    "must": f"must: {{each: 2, sets: {{count: 3}}}}{POINTS}",
    "joint": f"joint: {{questions: 3}}{POINTS}",
    "timed": f"timed: {{seconds: 30, questions: 3, passes: 1}}{POINTS}",
}
MUST = """
  - id: must
    title: 必答题
    must: {each: 1}
    points: {right: 10}
"""
OFF = (
    "{}",
    "{first_to: 2}",
    "{wrong: loses}",
    "{form: joint}",
    "{most: 2}",
    "{form: joint, most: 2}",
)
EXTRA = """
  - id: extra
    title: 加赛题
    playoff: {playoff}
{points}
"""
RARE = {"out", "pause", "end", "close", "replace", "drop", "audience", "foul"}


def fragment(kind, options):
    if kind == "buzzer":
        return BUZZER.format(**options)
    if kind == "extra":
        playoff = options["playoff"]
        points = "    points: {right: 10, wrong: -10}" if "most" in playoff else ""
        return MUST + EXTRA.format(playoff=playoff, points=points)
    return f"  - id: main\n    title: 环节\n    {OTHERS[kind]}\n"


KINDS = st.one_of(
    st.tuples(
        st.just("buzzer"),
        st.fixed_dictionaries(
            {
                "opens": st.sampled_from(["go", "reading"]),
                "after": st.sampled_from(["others", "rebound"]),
                "next": st.sampled_from(["press", "queue"]),
                "rung": st.sampled_from(
                    [
                        "{loses: nothing, points: -1}",
                        "{loses: question}",
                        "{loses: segment}",
                        "{question: void}",
                        "{question: replaced, points: -5}",
                    ]
                ),
                "stop": st.integers(1, 3),
            }
        ),
    ),
    st.tuples(st.just("extra"), st.fixed_dictionaries({"playoff": st.sampled_from(OFF)})),
    st.tuples(st.sampled_from(sorted(OTHERS)), st.just({})),
)


GAME = {
    "question", "choose", "go", "read", "press", "verdict", "timeout", "begin", "done", "pass",
    "give", "resume",
}  # fmt: skip


def stuck(match):
    """Whether a segment that is not complete has nothing left to play, but to be broken off."""
    run = match.play.run
    if run is None or run.ended or match.closed or live.complete(match):
        return False
    return not {move.kind for move in live.allowed(match)} & GAME


def moves(match, chance):
    found = live.allowed(match)
    usual = [move for move in found if move.kind not in RARE]
    return usual if usual and chance.random() < 0.9 else list(found)


@settings(max_examples=60, deadline=None)
@given(KINDS, st.integers(0, 10**6))
def test_no_turn_goes_to_who_may_not_answer_and_no_playoff_changes_a_score(kind, seed):
    name, options = kind
    chance, least = random.Random(seed), "min: -5000"
    match = match_of(
        "seats: [3, 3]\nsegments:\n" + fragment(name, options).strip("\n"), least=least
    )
    for _ in range(50):
        choice = moves(match, chance)
        if not choice:
            break
        move = chance.choice(choice)
        before = match
        gap = "+100" if move.kind == "timeout" else "+1/100"
        match = play(match, f"{gap} {move.kind} {move.seat or '-'} {move.value}")
        assert not stuck(match), (move, match.question)
        handed = set(match.answering) - set(before.answering)
        barred = {*live.stopped(match), *match.locked}
        if match.segment is not None and match.segment.playoff is None:
            assert not handed & barred, (move, match.question)
        assert all(not match.play.seats[one].out for one in match.answering)
        if match.segment is not None and match.segment.risk and not match.segment.risk.steal:
            assert (match.presses, live.may_press(match)) == ((), ())
        if match.segment is not None and match.segment.playoff is not None and before.segment:
            assert match.scores == before.scores


@pytest.mark.parametrize("playoff", OFF)
def test_every_playoff_ends(playoff):
    """Two level seats, and the first is always the better one: it comes out ahead."""
    text = "seats: [2, 2]\nsegments:\n" + fragment("extra", {"playoff": playoff}).strip("\n")
    match = play(match_of(text, "12"), "open - must" + "\nquestion\nverdict - right" * 2)
    match = play(match, "open - extra")
    joint = "joint" in playoff
    for _ in range(3):
        if live.complete(match):
            break
        answer = "verdict 1 right\nverdict 2 wrong" if joint else "go\npress 1\nverdict 1 right"
        match = play(match, f"question\n{answer}")
    assert live.complete(match)
    assert dict(match.play.playoff) == {"1": 1, "2": 2}
