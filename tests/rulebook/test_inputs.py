"""The door: every bad row is named, all at once, and nothing is decided."""

import dataclasses

import pytest

from leitai.kernel.errors import Problems
from leitai.rulebook import decide
from leitai.rulebook.data import ResolutionIn, ScoreIn
from leitai.rulebook.texts import text_of
from tests.rulebook.builders import DELEGATIONS, HEAT, MINI, TRACK, entries, scores

ENTRIES = entries(HEAT)
SCORES = scores(HEAT)
CHANGE = dataclasses.replace


def refused(**inputs):
    given = {"entries": ENTRIES, "scores": SCORES, "delegations": DELEGATIONS, **inputs}
    with pytest.raises(Problems) as caught:
        decide(MINI, **given)
    return [(problem.place, problem.code) for problem in caught.value.problems]


A1 = SCORES[0]


@pytest.mark.parametrize(
    ("score", "place", "code"),
    [
        (CHANGE(A1, stage="semi"), "score semi/solo/exam/a1", "stage_unknown"),
        (CHANGE(A1, track="duo"), "score heat/duo/exam/a1", "track_unknown"),
        (CHANGE(A1, event="oral"), "score heat/solo/oral/a1", "event_unknown"),
        (CHANGE(A1, entry="z1"), "score heat/solo/exam/z1", "entry_unknown"),
        (CHANGE(A1, value=10001), "score heat/solo/exam/a1", "score_range"),
        (CHANGE(A1, value=-1), "score heat/solo/exam/a1", "score_range"),
        (CHANGE(A1, decimals=10**9), "score heat/solo/exam/a1", "score_decimals"),
        (CHANGE(A1, decimals=-1), "score heat/solo/exam/a1", "score_decimals"),
        (CHANGE(A1, value=90005, decimals=3), "score heat/solo/exam/a1", "score_decimals"),
        (
            CHANGE(A1, keys={"multiple": 1}),
            "score heat/solo/exam/a1",
            "score_key_missing",
        ),
        (
            CHANGE(A1, keys={**A1.keys, "luck": 1}),
            "score heat/solo/exam/a1",
            "score_key_unknown",
        ),
    ],
)
def test_a_bad_score_is_named(score, place, code):
    found = refused(scores=[score, *SCORES[1:]])
    assert (place, code) in found


def test_a_second_score_is_refused():
    assert refused(scores=[*SCORES, A1]) == [("score heat/solo/exam/a1", "score_twice")]


def test_a_missing_score_is_refused_and_not_taken_for_nought():
    assert refused(scores=SCORES[2:]) == [
        ("entry heat/solo/a1", "score_missing"),
        ("entry heat/solo/a2", "score_missing"),
    ]


def test_more_decimals_are_welcome_where_they_say_nothing():
    same = [CHANGE(row, value=row.value * 10, decimals=3) for row in SCORES]
    fewer = [CHANGE(row, value=row.value // 100, decimals=0) for row in SCORES]
    plain = decide(MINI, entries=ENTRIES, scores=SCORES, delegations=DELEGATIONS)
    for rows in (same, fewer):
        assert decide(MINI, entries=ENTRIES, scores=rows, delegations=DELEGATIONS) == plain


def test_bad_entries_are_named():
    stranger = CHANGE(ENTRIES[0], id="x1", person="p-x1", delegation="x")
    again = CHANGE(ENTRIES[0], name="同一人")
    twin = CHANGE(ENTRIES[0], id="a9")
    assert refused(entries=[*ENTRIES, stranger, again, twin]) == [
        ("entry heat/solo/a1", "entry_twice"),
        ("entry heat/solo/a9", "entry_twice"),
        ("entry heat/solo/x1", "delegation_unknown"),
    ]
    assert refused(entries=[CHANGE(ENTRIES[0], stage="semi")])[0] == (
        "entry semi/solo/a1",
        "stage_unknown",
    )


@pytest.mark.parametrize("order", [(), ("a1", "a2", "a1")])
def test_a_resolution_orders_different_ones(order):
    one = ResolutionIn("heat", TRACK, "main", "advance:final", order, "draw")
    assert refused(resolutions=[one]) == [
        ("resolution heat/solo/main/advance:final", "resolution_order")
    ]


def test_a_resolution_of_another_season_is_refused():
    one = ResolutionIn("semi", TRACK, "main", "advance:final", ("a", "b"), "draw")
    assert refused(resolutions=[one])[0][1] == "stage_unknown"


def test_all_bad_rows_come_at_once_and_read_in_both_languages():
    bad = [CHANGE(A1, value=20000), CHANGE(SCORES[1], event="oral"), *SCORES[2:]]
    with pytest.raises(Problems) as caught:
        decide(MINI, entries=ENTRIES, scores=bad, delegations=DELEGATIONS)
    assert text_of(caught.value).split("\n") == [
        "score heat/solo/exam/a1: 200分不在0至100分之间。请核对。",
        "score heat/solo/oral/a2: 该阶段没有科目“oral”。",
    ]
    assert text_of(caught.value, "en-us").split("\n")[0] == (
        "score heat/solo/exam/a1: 200 is not between 0 and 100; check it"
    )


def test_a_score_whose_value_does_not_count_is_not_checked():
    absent = ScoreIn("heat", TRACK, "exam", "a1", -5, 9, status="absent")
    outcome = decide(MINI, entries=ENTRIES, scores=[absent, *SCORES[1:]], delegations=DELEGATIONS)
    assert "a1" not in [row.entry for row in outcome.standings]
