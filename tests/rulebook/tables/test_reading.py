"""Tables in: any order of columns, every bad row named, all at once, and no crash ever."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leitai.kernel.errors import Problems
from leitai.rulebook import load, tables
from leitai.rulebook.texts import TEXTS, text_of

RULES = load(
    """\
rulebook: 1
id: small
title: 小型比武
events:
  exam: {title: 笔试, kind: exam, max: 100, decimals: 2, keys: {seconds: {title: 用时, better: lower, unit: 秒}}}
  talk: {title: 讲解, max: 10, min: -5, decimals: 1}
tracks:
  solo: {title: 个人赛}
  pair: {title: 团体赛, kind: team}
stages:
  heat:
    title: 初赛
    events: [exam, talk]
    ranking: {keys: [total, exam.seconds], unbroken: draw}
    advance: [{to: final, top: 2}]
  final: {title: 决赛, events: [exam]}
"""
)
ENTRIES = "stage,track,entry,name,delegation\nheat,solo,a1,甲,a\nheat,solo,b1,乙,b\n"
SCORES = (
    "stage,track,event,entry,score,seconds\n"
    "heat,solo,exam,a1,90.5,100\nheat,solo,exam,b1,80,90\n"
    "heat,solo,talk,a1,-1.5,\nheat,solo,talk,b1,3,\n"
)
GOOD = {"entries.csv": ENTRIES, "scores.csv": SCORES}


def problems_of(files, rules=RULES):
    with pytest.raises(Problems) as caught:
        tables.read(rules, files)
    for problem in caught.value.problems:
        assert problem.code in TEXTS
        assert text_of(problem)
        assert text_of(problem, "en")
    return [(problem.place.partition(": ")[0], problem.code) for problem in caught.value.problems]


def test_good_tables_become_values():
    data = tables.read(RULES, GOOD)
    assert [(one.id, one.person, one.delegation, one.kind) for one in data.entries] == [
        ("a1", "a1", "a", "person"),
        ("b1", "b1", "b", "person"),
    ]
    assert [(one.event, one.value, one.decimals, dict(one.keys)) for one in data.scores] == [
        ("exam", 9050, 2, {"seconds": 100}),
        ("exam", 8000, 2, {"seconds": 90}),
        ("talk", -15, 1, {}),
        ("talk", 30, 1, {}),
    ]


def test_order_of_columns_line_ends_marks_and_empty_lines_mean_nothing():
    turned = (
        "delegation,name,entry,track,stage\r\n\r\na,甲,a1,solo,heat\r\n,,,,\r\nb,乙,b1,solo,heat"
    )
    data = tables.read(RULES, GOOD | {"entries.csv": "\ufeff" + turned})
    assert data.entries == tables.read(RULES, GOOD).entries


def test_files_that_are_not_there_are_empty():
    assert tables.read(RULES, {}).entries == []
    assert tables.read(RULES, {"entries.csv": ""}).entries == []
    assert tables.read(RULES, {"other.csv": "x"}).entries == []


def test_team_tracks_have_teams_and_members_are_listed():
    text = "stage,track,entry,members\nheat,pair,t1,p1; p2；p3\n"
    (entry,) = tables.read(RULES, {"entries.csv": text}).entries
    assert (entry.kind, entry.members, entry.name) == ("team", ("p1", "p2", "p3"), "t1")


def test_people_become_facts():
    text = (
        "to,id,attribute,value,from\n,p1,title,日日学之星,2022-03-01\n"
        "2022-12-31,p1,points:周周练,1200,\n,p1,group,甲组,\n"
    )
    facts = tables.read(RULES, {"people.csv": text}).facts
    assert [(one.kind, one.key, one.value) for one in facts] == [
        ("title", "日日学之星", "日日学之星"),
        ("points", "周周练", "1200"),
        ("group", "甲组", "甲组"),
    ]
    assert facts[0].since.isoformat() == "2022-03-01"
    assert facts[1].until.isoformat() == "2022-12-31"


def test_a_column_of_an_event_wins_over_a_common_one():
    text = (
        "stage,track,event,entry,score,seconds,exam.seconds\n"
        "heat,solo,exam,a1,1,5,7\nheat,solo,exam,b1,1,5,\n"
    )
    data = tables.read(RULES, {"entries.csv": ENTRIES, "scores.csv": text})
    assert [one.keys["seconds"] for one in data.scores] == [7, 5]


def test_columns_that_nothing_uses_are_remembered():
    files = GOOD | {"entries.csv": ENTRIES.replace("name", "姓名")}
    assert tables.read(RULES, files).unused == [("entries.csv", "姓名")]


def test_an_instant_without_an_offset_is_chinas():
    text = "what,at\nstart,2022-04-01T08:30\nend,2022-04-01T00:30:00+00:00\n"
    windows = tables.read(RULES, {"windows.csv": text}).windows
    assert windows["start"] == windows["end"]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("entries.csv", "track,entry\nsolo,a1\n", [(1, "csv_column_missing")]),
        ("entries.csv", "stage,track,entry,entry\n", [(1, "csv_column_twice")]),
        ("entries.csv", "stage,track,entry\nheat,solo\n", [(2, "csv_cells")]),
        ("entries.csv", "stage,track,entry\nheat,solo,a,b\n", [(2, "csv_cells")]),
        ("entries.csv", 'stage,track,entry\nheat,solo,"a\n', [(2, "csv_quotes")]),
        ("entries.csv", "stage,track,entry\nheat,solo,a\x00b\n", [(2, "csv_control")]),
        ("entries.csv", "stage,track,entry\n\nheat,solo,\n", [(3, "csv_blank")]),
        ("entries.csv", "stage,track,entry\nsemi,solo,a\nheat,duo,a\n",
         [(2, "stage_unknown"), (3, "track_unknown")]),
        ("entries.csv", "stage,track,entry\nheat,solo,a\nheat,solo,a\n", [(3, "entry_twice")]),
        ("entries.csv", "stage,track,entry,kind\nheat,solo,a,animal\n", [(2, "csv_choice")]),
        ("entries.csv", "stage,track,entry,as\nheat,solo,a,guest\n", [(2, "csv_choice")]),
        ("scores.csv", "stage,track,event,entry,score\nheat,solo,exam,a1,x\n", [(2, "csv_decimal")]),
        ("scores.csv", "stage,track,event,entry,score\nheat,solo,exam,a1,1e3\n", [(2, "csv_decimal")]),
        ("scores.csv", "stage,track,event,entry,score\nheat,solo,exam,a1,\n", [(2, "csv_blank")]),
        ("scores.csv", "stage,track,event,entry,score\nheat,solo,exam,a1,1.234\n",
         [(2, "score_decimals")]),
        ("scores.csv", "stage,track,event,entry,score,seconds\nheat,solo,exam,a1,100.01,1\n",
         [(2, "score_range")]),
        ("scores.csv", "stage,track,event,entry,score,seconds\nheat,solo,exam,a1,-1,1\n",
         [(2, "score_range")]),
        ("scores.csv", "stage,track,event,entry,score\nheat,solo,song,a1,1\n", [(2, "event_unknown")]),
        ("scores.csv", "stage,track,event,entry,score\nfinal,solo,talk,a1,1\n",
         [(2, "event_unknown")]),
        ("scores.csv", "stage,track,event,entry,score,status\nheat,solo,talk,a1,1,late\n",
         [(2, "csv_choice")]),
        ("scores.csv", "stage,track,event,entry,score\nheat,solo,talk,a1,1\nheat,solo,talk,a1,1\n",
         [(3, "score_twice")]),
        ("scores.csv", "stage,track,event,entry,score,seconds\nheat,solo,exam,a1,1,fast\n",
         [(2, "csv_decimal")]),
        ("scores.csv", "stage,track,event,entry,score,seconds\nheat,solo,exam,a1,1,\nheat,solo,exam,b1,1,9\n",
         [(2, "score_key_missing")]),
        ("people.csv", "id,attribute,value,from\np1,title,星,2022-13-01\n", [(2, "csv_date")]),
        ("people.csv", "id,attribute,value,from\np1,title,星,2022\n", [(2, "csv_date")]),
        ("people.csv", "id,attribute,value\n,title,星\n", [(2, "csv_blank")]),
        ("resolutions.csv", "stage,track,line,entries,how\nheat,solo,advance:x,a1;b1,draw\n",
         [(2, "line_unknown")]),
        ("resolutions.csv", "stage,track,line,entries,how\nheat,solo,advance:final,a1;b1,dice\n",
         [(2, "csv_choice")]),
        ("resolutions.csv", "stage,track,line,entries,how\nheat,solo,advance:final,a1;a1,draw\n",
         [(2, "resolution_order")]),
        ("marks.csv", "stage,track,event,entry,judge,line,mark\nheat,solo,exam,a1,j1,x,1\n",
         [(2, "event_kind")]),
        ("log.csv", "stage,track,event,match,seq,at,kind\nheat,solo,exam,m,one,2,go\n",
         [(2, "csv_integer"), (2, "event_kind")]),
        ("ballots.csv", "stage,track,board,voter,entry,value\nheat,solo,vote,v,a1,1\n",
         [(2, "event_unknown")]),
        ("acts.csv", "person,act,at\np1,login,2022-04-01\n",
         [(2, "csv_instant"), (2, "practice_missing")]),
        ("windows.csv", "what,at\na,2022-04-01T00:00\na,now\n",
         [(3, "csv_instant"), (3, "duplicate")]),
    ],
)  # fmt: skip
def test_every_bad_row_is_named(name, text, expected):
    files = {"entries.csv": ENTRIES} if name != "entries.csv" else {}
    found = problems_of(files | {name: text})
    assert sorted(found) == sorted((f"{name}:{line}", code) for line, code in expected)


def test_everything_is_said_at_once():
    files = {
        "entries.csv": "stage,track,entry\nheat,solo,a1\nheat,solo\nsemi,solo,b1\n",
        "scores.csv": "stage,track,event,entry,score,seconds\nheat,solo,exam,a1,101,3\nheat,solo,exam,a1,x,3\n",
    }
    assert problems_of(files) == [
        ("entries.csv:3", "csv_cells"),
        ("entries.csv:4", "stage_unknown"),
        ("scores.csv:3", "score_twice"),
        ("scores.csv:2", "score_range"),
    ]


def test_marks_or_a_score_and_not_both():
    rules = load(
        "rulebook: 1\ntitle: 讲解赛\nevents:\n  talk: {title: 讲解, kind: judged, max: 10, "
        "judging: {judges: 1, lines: {whole: {title: 整体, max: 10}}}}\n"
    )
    files = {
        "entries.csv": "entry\na\n",
        "scores.csv": "entry,score\na,5\n",
        "marks.csv": "entry,judge,line,mark\na,j1,whole,5\n",
    }
    assert problems_of(files, rules) == [("marks.csv:2", "marks_and_score")]


def test_a_quoted_cell_may_span_lines_and_rows_keep_their_numbers():
    text = 'stage,track,entry,name\nheat,solo,a1,"甲\n乙"\nsemi,solo,b1,丙\n'
    assert problems_of({"entries.csv": text}) == [("entries.csv:4", "stage_unknown")]


CELL = st.text(alphabet=st.sampled_from('ab1,;"\n\r .-/:日\x00\ufeff'), max_size=6)
NAMES = st.sampled_from(sorted(tables.IN))


@given(st.dictionaries(NAMES, st.lists(st.lists(CELL, max_size=9), max_size=5), max_size=4))
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_text_whatever_makes_it_fall_over(files):
    made = {
        name: ",".join(tables.IN[name].known) + "\n" + "\n".join(",".join(row) for row in rows)
        for name, rows in files.items()
    }
    try:
        tables.decide(RULES, made)
    except Problems as error:
        for problem in error.problems:
            assert text_of(problem)
            assert text_of(problem, "en")
