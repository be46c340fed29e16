"""What no single row shows: who is nowhere, names that mean the same, facts that nobody declared."""

import csv

import pytest

from leitai.kernel.errors import Problems
from leitai.rulebook import load, tables
from leitai.rulebook.texts import text_of
from tests.rulebook.builders import CASES
from tests.rulebook.test_cases import data_of, rulebook_of

RULES = load(
    """\
rulebook: 1
id: cross
title: 比武
delegations:
  also:
    - {unit: h, name: 东道主, guest: true}
    - {unit: a, name: 甲市}
    - {unit: b, name: 乙市}
facts:
  sex: {title: 性别, values: [男, 女]}
  age: {title: 年龄}
  group: {title: 小组}
beyond: {nation: {title: 全国赛}}
events:
  exam: {title: 笔试, max: 100, decimals: 1}
  talk:
    title: 讲解
    kind: judged
    max: 10
    judging: {judges: 2, least: 2, lines: {whole: {title: 整体, max: 10}}}
stages:
  heat:
    title: 初赛
    events: [exam]
    bars:
      - {id: young, title: 年龄, require: {is: {kind: age, most: 35}}}
      - {id: men, title: 男子, refuse: {is: {kind: sex, in: [女]}}}
    ranking: {unbroken: share}
    advance: [{to: final, top: 4, guests: skip}]
  final:
    title: 决赛
    events: [talk]
    ranking: {unbroken: share}
    advance: [{to: nation, top: 1, guests: skip}]
awards:
  - {id: s, title: 二等奖, to: person, stage: final, ranks: [2, 3]}
"""
)
ENTRIES = "stage,entry,delegation\nheat,a1,a\nheat,b1,b\nfinal,a1,a\nfinal,b1,b\n"
SCORES = "stage,event,entry,score\nheat,exam,a1,90\nheat,exam,b1,80\n"
MARKS = (
    "stage,event,entry,judge,line,mark\n"
    "final,talk,a1,j1,whole,9\nfinal,talk,a1,j2,whole,8\n"
    "final,talk,b1,j1,whole,7\nfinal,talk,b1,j2,whole,6\n"
)
GOOD = {"entries.csv": ENTRIES, "scores.csv": SCORES, "marks.csv": MARKS}


def refused(files, rules=RULES):
    with pytest.raises(Problems) as caught:
        tables.decide(rules, files)
    for problem in caught.value.problems:
        assert text_of(problem)
        assert text_of(problem, "en")
    return [(problem.place.partition(": ")[0], problem.code) for problem in caught.value.problems]


def notes(files, lang="zh", rules=RULES):
    text = tables.decide(rules, files, lang=lang).files["notes.csv"]
    return [(row["subject"], row["note"]) for row in csv.DictReader(text.splitlines())]


def test_good_tables_are_decided_without_a_remark():
    assert [row for row in notes(GOOD) if row[0] in ("a", "b", "people.csv")] == []


# ---- people.csv


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("a1,sex,男的", "people_value_unknown"),
        ("a1,性别,男", "people_kind_unknown"),
        ("a1,withdrawn,fianl", "withdrawn_unknown"),
        ("a1,withdrawn,final", None),
        ("a1,withdrawn,nation", None),
        ("a1,withdrawn,season", None),
        ("a1,sex,男", None),
        ("a1,age,30", None),
        ("a1,title,日日学之星", None),
        ("a1,points:周周练,12", None),
        ("a1,slot,1", None),
    ],
)
def test_facts_are_of_declared_kinds_and_words(row, code):
    files = GOOD | {"people.csv": f"id,attribute,value\n{row}\n"}
    if code is None:
        tables.read(RULES, files)
    else:
        assert refused(files)[0] == ("people.csv:2", code)


def test_where_no_facts_are_declared_any_kind_will_do():
    free = load("rulebook: 1\ntitle: 赛\n")
    files = {"entries.csv": "entry\na\n", "people.csv": "id,attribute,value\na,性别,男\n"}
    assert len(tables.read(free, files).facts) == 1
    bad = files | {"people.csv": "id,attribute,value\na,withdrawn,final\n"}
    assert refused(bad, free) == [("people.csv:2", "withdrawn_unknown")]


def test_ids_that_are_nobodys_are_one_note_with_their_number():
    people = "id,attribute,value\na1,age,30\nx1,age,30\nx1,sex,男\nx2,age,31\nj1,age,50\n"
    found = [note for note in notes(GOOD | {"people.csv": people}) if note[0] == "people.csv"]
    assert found == [
        ("people.csv", "有2个编号不在entries.csv中（x1, x2），其情况没有用到。请核对。")
    ]


# ---- delegations


def test_a_delegation_that_the_rules_do_not_list_is_noted_once():
    more = ENTRIES + "heat,c1,丙市\nheat,c2,丙市\nheat,h1,东道主\n"
    scores = SCORES + "heat,exam,c1,70\nheat,exam,c2,60\nheat,exam,h1,50\n"
    found = notes(GOOD | {"entries.csv": more, "scores.csv": scores})
    assert [one for one in found if one[0] == "丙市"] == [
        ("丙市", "“丙市”不在规则所列的代表队中，按另一支代表队计算。请核对。")
    ]
    assert not any(one[0] == "东道主" for one in found)


def test_guests_alone_are_not_a_list_of_delegations():
    rules = load(
        "rulebook: 1\ntitle: 赛\ndelegations: {also: [{unit: h, name: 东道主, guest: true}]}\n"
    )
    files = {"entries.csv": "entry,delegation\na,甲\n", "scores.csv": "entry,score\na,5\n"}
    assert notes(files, rules=rules) == []


def test_one_delegation_has_one_name():
    more = ENTRIES.replace("final,b1,b", "final,b1,乙市")
    assert refused(GOOD | {"entries.csv": more}) == [("entries.csv:5", "delegation_two_ways")]


# ---- entries that are nowhere


def test_unknown_entries_are_named_at_their_rows_with_everything_else():
    files = {
        "entries.csv": ENTRIES,
        "scores.csv": SCORES + "heat,exam,z1,70\nheat,exam,z2,x\nheat,exam,z3,101\n",
        "marks.csv": MARKS.replace("final,talk,b1,j2,whole,6\n", "")
        + "final,talk,y1,j1,whole,9\nfinal,talk,y1,j2,whole,9\n",
    }
    assert refused(files) == [
        ("scores.csv:5", "csv_decimal"),
        ("marks.csv:5", "entry_unknown"),
        ("scores.csv:4", "entry_unknown"),
        ("scores.csv:6", "entry_unknown"),
        ("marks.csv:4", "judges_few"),
    ]


def test_missing_judges_are_named_at_the_first_row_of_their_entry():
    marks = MARKS.replace("final,talk,a1,j1,whole,9\n", "")
    with pytest.raises(Problems) as caught:
        tables.decide(RULES, GOOD | {"marks.csv": marks})
    assert [(one.place, one.code) for one in caught.value.problems] == [
        ("marks.csv:2: marks final/main/talk/a1", "judges_few")
    ]


def test_a_stage_without_a_list_takes_whoever_went_on():
    first = "stage,entry,delegation\nheat,a1,a\nheat,b1,b\n"
    assert tables.decide(RULES, GOOD | {"entries.csv": first}).exit == 0


def test_seats_of_nobody_are_named_in_the_log():
    case = CASES / "quiz-arena"
    files = data_of(case)
    lines = files["log.csv"].splitlines()
    columns = lines[0].split(",")
    kind, value = columns.index("kind"), columns.index("value")
    at, row = next(
        (at, line.split(",")) for at, line in enumerate(lines) if line.split(",")[kind] == "seat"
    )
    row[value] = "nobody" + ("=0" if "=" in row[value] else "")
    lines[at] = ",".join(row)
    assert refused(files | {"log.csv": "\n".join(lines)}, rulebook_of(case)) == [
        (f"log.csv:{at + 1}", "entry_unknown")
    ]


# ---- how notes call things


def test_notes_name_awards_bars_and_delegations_as_people_do():
    found = dict(notes(GOOD | {"people.csv": "id,attribute,value\na1,sex,男\n"}))
    assert "年龄" in found  # the bar about which nothing is known
    assert not any(subject.startswith("s:") for subject in found)
    one = {"entries.csv": "stage,entry,delegation\nfinal,a1,a\n"}
    marks = "\n".join(line for line in MARKS.splitlines() if ",b1," not in line)
    vacant = dict(notes(one | {"marks.csv": marks}))
    assert "二等奖" in vacant
