"""The worked cases, folded straight from their files; what was worked out by hand stands here."""

from fractions import Fraction

import pytest

from leitai.rulebook.data import BallotIn, MarkIn
from leitai.rulebook.judging import fold_ballots, fold_marks
from leitai.rulebook.loading import load
from tests.rulebook.judging.builders import CASES, figures, rows, value


def rules_of(case):
    return load((CASES / case / "rulebook.yaml").read_text(encoding="utf-8"), name=case)


def fold(case):
    rules = rules_of(case)
    if case == "works-vote":
        return fold_ballots(rules, [BallotIn(**row) for row in rows(case, "data/ballots.csv")])
    return fold_marks(rules, [MarkIn(**row) for row in rows(case, "data/marks.csv")])


@pytest.mark.parametrize("case", ["judged-speech", "operation-checklist"])
def test_the_totals_are_those_worked_out_by_hand(case):
    found = figures(fold(case))
    expected = {
        row["entry"]: Fraction(row["total"]) for row in rows(case, "expected/standings.csv")
    }
    assert {entry: found[entry] for entry in expected} == expected


def test_a_late_speaker_is_absent_and_level_ones_are_told_apart_by_a_line():
    folded = fold("judged-speech")
    assert figures(folded)["s5"] == "absent"
    keys = {score.entry: score.keys for score in folded.scores}
    assert (keys["s1"]["content"], keys["s4"]["content"]) == (3600, 3700)
    assert (keys["s1"]["time"], keys["s4"]["time"]) == (350, 360)


def test_nothing_is_rounded_in_the_operation_contest():
    folded = fold("operation-checklist")
    scores = {score.entry: score for score in folded.scores}
    assert (scores["o4"].value, scores["o4"].decimals, scores["o4"].over) == (262, 0, 3)
    assert (scores["o1"].value, scores["o1"].decimals, scores["o1"].over) == (9400, 2, 1)
    assert scores["o5"].status == "void"


def test_both_votes_on_the_works():
    folded = fold("works-vote")
    first = {
        s.entry: s.status if s.status != "ok" else value(s)
        for s in folded.scores
        if s.stage == "review"
    }
    assert first == {"w1": 4, "w2": 4, "w3": 4, "w4": "void", "w5": "void"}
    last = {score.entry: value(score) for score in folded.scores if score.stage == "final"}
    assert last == {"w1": 76, "w2": Fraction("86.67"), "w3": Fraction("37.33")}
    assert folded.blocked == ()
