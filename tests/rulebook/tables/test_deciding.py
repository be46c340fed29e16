"""Tables out: the same whatever the order of rows, headings always, blocked rows and exit 3."""

import csv

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leitai.kernel.errors import Problems
from leitai.rulebook import load, tables
from tests.rulebook.builders import CASES

RULES = load((CASES / "torn-line" / "rulebook.yaml").read_text(encoding="utf-8"))
DATA = {
    path.name: path.read_text(encoding="utf-8")
    for path in (CASES / "torn-line" / "data").glob("*.csv")
}
DRAWN = (
    "stage,track,board,line,entries,how,note\nheat,solo,main,advance:final,c1;a2,draw,当场抽签\n"
)


def table(result, name):
    return list(csv.DictReader(result.files[name].splitlines()))


def test_every_table_has_its_heading_even_when_it_is_empty():
    result = tables.decide(RULES, {})
    assert set(result.files) == set(tables.OUT)
    for name, columns in tables.OUT.items():
        assert result.files[name] == ",".join(columns) + "\n"
    assert result.exit == 0


def test_a_torn_line_is_blocked_and_a_resolution_opens_it():
    torn = tables.decide(RULES, DATA)
    assert (torn.exit, len(table(torn, "blocked.csv"))) == (3, 1)
    drawn = tables.decide(RULES, DATA | {"resolutions.csv": DRAWN})
    assert (drawn.exit, table(drawn, "blocked.csv")) == (0, [])
    assert [row["entry"] for row in table(drawn, "advancement.csv")] == ["a1", "b1", "c1"]
    decided = {row["entry"]: row["decided_by"] for row in table(drawn, "standings.csv")}
    assert "抽签" in decided["c1"]
    assert "当场抽签" in decided["c1"]


def test_reasons_are_written_in_english_too():
    drawn = tables.decide(RULES, DATA | {"resolutions.csv": DRAWN}, lang="en")
    decided = {row["entry"]: row["decided_by"] for row in table(drawn, "standings.csv")}
    assert "a draw" in decided["c1"]


def test_the_boards_inside_teams_are_left_out():
    boards = {row["board"] for row in table(tables.decide(RULES, DATA), "standings.csv")}
    assert boards == {"main"}


@given(st.randoms(use_true_random=False))
@settings(max_examples=25, deadline=None)
def test_the_order_of_rows_and_columns_means_nothing(chance):
    turned = {}
    for name, text in (DATA | {"resolutions.csv": DRAWN}).items():
        head, *rows = (line.split(",") for line in text.splitlines())
        order = list(range(len(head)))
        chance.shuffle(order)
        chance.shuffle(rows)
        lines = [[row[at] for at in order] for row in (head, *rows)]
        turned[name] = "\n".join(",".join(line) for line in lines)
    plain = tables.decide(RULES, DATA | {"resolutions.csv": DRAWN})
    assert tables.decide(RULES, turned).files == plain.files


def test_the_engines_problems_name_the_row():
    files = DATA | {"scores.csv": DATA["scores.csv"].replace("heat,solo,exam,b2,70,\n", "")}
    with pytest.raises(Problems) as caught:
        tables.decide(RULES, files)
    assert [(one.place, one.code) for one in caught.value.problems] == [
        ("entries.csv:5: entry heat/solo/b2", "score_missing")
    ]
    files = DATA | {"scores.csv": DATA["scores.csv"] + "heat,solo,exam,z9,70,\n"}
    with pytest.raises(Problems) as caught:
        tables.decide(RULES, files)
    assert [(one.place, one.code) for one in caught.value.problems] == [
        ("scores.csv:7", "entry_unknown")
    ]


def test_a_score_that_waits_for_something_holds_its_stage_back():
    rules = load(
        "rulebook: 1\ntitle: 讲解赛\nevents:\n"
        "  talk: {title: 讲解, kind: judged, max: 10, judging: {judges: 2, "
        "lines: {whole: {title: 整体, max: 10}}, gap: {above: 3}}}\n"
    )
    files = {
        "entries.csv": "entry\na\nb\n",
        "marks.csv": "entry,judge,line,mark\na,j1,whole,9\na,j2,whole,2\nb,j1,whole,5\nb,j2,whole,6\n",
    }
    result = tables.decide(rules, files)
    assert result.exit == 3
    assert table(result, "standings.csv") == []
    assert [row["stage"] for row in table(result, "blocked.csv")] == ["contest"]


AWARDED = """\
rulebook: 1
title: 竞赛
events: {quiz: {title: 答题}}
stages: {contest: {title: 比赛, events: [quiz], ranking: {unbroken: draw}}}
awards:
  - {id: first, title: 一等奖, to: person, stage: contest, ranks: [1, 1]}
"""


@pytest.mark.parametrize("line", ["award:一等奖", "award:first"])
def test_an_award_line_is_written_by_its_title(line):
    rules = load(AWARDED)
    files = {"entries.csv": "entry\na\nb\n", "scores.csv": "entry,score\na,5\nb,5\n"}
    torn = tables.decide(rules, files)
    assert [row["line"] for row in table(torn, "blocked.csv")] == ["award:一等奖"]
    drawn = f"line,entries,how\n{line},b;a,draw\n"
    opened = tables.decide(rules, files | {"resolutions.csv": drawn})
    assert [row["holder"] for row in table(opened, "awards.csv")] == ["b"]
    assert opened.exit == 0


def test_an_award_line_keeps_its_id_where_two_share_a_title():
    twice = AWARDED + "  - {id: second, title: 一等奖, to: person, stage: contest, ranks: [2, 2]}\n"
    files = {"entries.csv": "entry\na\nb\n", "scores.csv": "entry,score\na,5\nb,5\n"}
    torn = tables.decide(load(twice), files)
    assert {row["line"] for row in table(torn, "blocked.csv")} <= {"award:first", "award:second"}
