"""What a list lacks or has too much of is noted; nobody is sent home."""

from leitai.rulebook import decide, load
from leitai.rulebook.data import EntryIn, ScoreIn
from tests.rulebook.engine.seasons import facts

LAW = """
rulebook: 1
id: teams
title: 团体赛
tracks: {teams: {title: 团体赛, kind: team}}
events: {quiz: {title: 竞赛, max: "100"}}
stages:
  one:
    title: 决赛
    events: [quiz]
    roster:
      players: 3
      substitutes: 1
      slots:
        - {title: 一号位, require: {is: {kind: post, in: [局长]}}}
        - {title: 二号位}
      cover: [{title: 乡镇人员, where: {is: {kind: level, in: [乡级]}}, least: 1}]
"""


def noted(members, known):
    outcome = decide(
        load(LAW, name="teams.yaml"),
        entries=[EntryIn("t1", "one", "teams", "一队", "t1", "t1", kind="team", members=members)],
        scores=[ScoreIn("one", "teams", "quiz", "t1", 90, 0)],
        facts=known,
    )
    assert {row.entry for row in outcome.standings} == {
        "t1"
    }  # on the board of all, and in its team
    return [row.reason.code for row in outcome.notes]


GOOD = facts(
    a={"slot": "1", "post": "局长", "level": "县级"},
    b={"slot": "2", "level": "乡级"},
    c={"level": "县级"},
)


def test_a_list_as_it_should_be():
    assert noted(("a", "b", "c"), GOOD) == []


def test_too_few_and_too_many():
    assert noted(("a", "b"), GOOD) == ["roster_short"]
    assert noted(("a", "b", "c", "d", "e"), GOOD) == ["roster_over"]


def test_who_must_be_on_it_and_who_sits_where():
    """Without b nobody is from a township and nobody sits in the second seat."""
    assert noted(("a", "c", "d"), GOOD) == ["roster_few", "roster_seat"]
    wrong = facts(
        a={"slot": "1", "post": "科长"},
        b={"slot": "2", "level": "乡级"},
        c={"slot": "1", "post": "局长"},
    )
    assert noted(("a", "b", "c"), wrong) == ["roster_seat", "roster_unfit"]


def test_nothing_given_is_nothing_wrong():
    assert noted(("a", "b", "c"), []) == []
