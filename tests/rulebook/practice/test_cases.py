"""The cases of practice, straight from their files: expected rows were worked out by hand."""

import csv
from datetime import datetime
from fractions import Fraction
from pathlib import Path

import pytest

from leitai.rulebook import load
from leitai.rulebook.data import ActIn, FactIn
from leitai.rulebook.numbers import show
from leitai.rulebook.practice import fold_acts, rank_boards

CASES = Path(__file__).parents[1] / "cases"


def table(case, name):
    file = CASES / case / name
    if not file.exists():
        return []
    with file.open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


def given(case):
    rules = load((CASES / case / "rulebook.yaml").read_text(encoding="utf-8"))
    acts = [
        ActIn(row["person"], row["act"], datetime.fromisoformat(row["at"]), row["value"])
        for row in table(case, "data/acts.csv")
    ]
    facts = [
        FactIn(row["id"], row["attribute"], "", row["value"])
        for row in table(case, "data/people.csv")
    ]
    return rules, acts, facts


@pytest.mark.parametrize("case", ["study-points", "practice-titles"])
def test_titles_are_as_worked_out(case):
    rules, acts, facts = given(case)
    found = fold_acts(rules, acts, windows={}, facts=facts)
    rows = [{"title": row.name, "person": row.person, "period": row.period} for row in found.titles]
    key = lambda row: tuple(row.values())  # noqa: E731
    assert sorted(rows, key=key) == sorted(table(case, "expected/titles.csv"), key=key)


def test_every_line_of_the_points_is_as_worked_out():
    rules, acts, _ = given("study-points")
    found = fold_acts(rules, acts, windows={})
    rows = [
        {
            "ledger": line.ledger,
            "person": line.person,
            "at": line.at.isoformat(),
            "act": line.act,
            "earned": show(line.earned),
            "points": show(line.points),
            "balance": show(line.balance),
        }
        for line in found.ledger
    ]
    assert [row for row in rows if row["person"] == "p1"] == [
        row for row in table("study-points", "expected/ledger.csv") if row["person"] == "p1"
    ]
    assert [row["points"] for row in rows if row["person"] == "p2"] == ["1", "0"]
    assert [(row.of, row.rank, row.value) for row in rank_boards(rules, acts, windows={})] == [
        ("p1", 1, 41),
        ("p2", 2, 1),
    ]


def test_titles_and_balances_are_facts_of_the_year():
    rules, acts, facts = given("practice-titles")
    found = fold_acts(rules, acts, windows={}, facts=facts)
    amounts = {(fact.person, fact.key): fact.value for fact in found.facts if fact.kind == "points"}
    assert amounts["p1", "周周练"] == "1000"
    assert amounts["p2", "周周练"] == "980"
    assert amounts["p1", "日日学"] == amounts["p2", "日日学"] == "35"
    stars = [fact for fact in found.facts if fact.key == "日日学之星"]
    assert [(one.person, str(one.since), str(one.until)) for one in stars] == [
        ("p1", "2022-04-08", "2022-12-31")
    ]
    best = [fact for fact in found.facts if fact.key == "月月比能手"]
    assert {(one.person, str(one.since)) for one in best} == {
        ("p2", "2022-04-30"),
        ("p3", "2022-04-30"),
    }
    assert [note.reason.code for note in found.notes] == ["practice_fast"]


def test_boards_of_units_are_as_worked_out():
    rules, acts, facts = given("practice-titles")
    rows = {(row.board, row.of): (row.rank, row.value) for row in rank_boards(
        rules, acts, windows={}, facts=facts)}  # fmt: skip
    assert rows["ratio", "甲县"] == (1, 1)
    assert rows["ratio", "乙县"] == (2, Fraction(2, 3))
    assert rows["stars", "甲县"] == (1, 1)
    assert rows["stars", "乙县"] == (2, 0)
    assert rows["mean", "甲县"] == (1, 990)
    assert rows["mean", "乙县"] == (2, 0)
