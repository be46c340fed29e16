"""What readers of marks and votes let in, at the edges, and what is noted of what they took."""

import pytest

from leitai.kernel.errors import Problems
from leitai.rulebook.data import BallotIn, MarkIn
from leitai.rulebook.judging import fold_ballots, fold_marks
from leitai.rulebook.judging.sheets import brief
from leitai.rulebook.loading import load
from tests.rulebook.judging.builders import (
    WHOLE,
    codes,
    counted,
    judged,
    mark,
    marked,
    notes,
    papers,
    vote,
    voted,
    whole,
)

RICH = judged(
    """
lines:
  talk: {title: 讲解, min: "1", max: "40", decimals: 1, grain: "0.5"}
  steps: {title: 步骤, steps: {one: {title: 一, points: "15"}, two: {title: 二, points: "25"}}}
kinds: {expert: {title: 专家, judges: 1}}
time: {max: 60, over: [{deduct: "1"}]}
late: {minutes: 5, then: deduct, deduct: "1"}
penalties: {prompt: {title: 提示, each: "2"}}
bonuses: {skill: {title: 特长, each: "3", most: "9"}}
veto: {title: 离题, by: [expert, host]}
""",
    maximum="89",
)
SHEET = [("talk", "35.5"), ("steps.one", "1"), ("steps.two", "0")]


def sheet(entry="a", time="59", **changed):
    lines = [(line, changed.get(line, value)) for line, value in SHEET]
    return [mark(entry, "expert/1", *one) for one in lines] + [mark(entry, "timer", "time", time)]


def first(make, *args):
    with pytest.raises(Problems) as caught:
        make(*args)
    return [(one.place, one.code, dict(one.data)) for one in caught.value.problems]


@pytest.mark.parametrize(
    ("more", "points"),
    [
        ([], "50.5"), ([("penalty:prompt", 0)], "50.5"), ([("penalty:prompt", 1)], "48.5"),
        ([("bonus:skill", 0)], "50.5"), ([("bonus:skill", 1)], "53.5"), ([("bonus:skill", 4)], "59.5"),
        ([("late", 0)], "50.5"), ([("late", "4.99")], "50.5"), ([("late", 5)], "49.5"),
        ([("late", "5.25")], "49.5"), ([("absent", 0)], "50.5"), ([("veto", 0)], "50.5"),
    ],
)  # fmt: skip
def test_what_is_recorded_besides(more, points):
    """Talk 35.5 and the first step 15: 50.5."""
    marks = [*sheet(), *(mark("a", "expert/1", *one) for one in more)]
    assert str(float(marked(RICH, marks)["a"])) == points


@pytest.mark.parametrize(("value", "points"), [("1", 16), ("40", 55), ("1.5", "16.5")])
def test_the_ends_of_a_line_are_inside_it(value, points):
    assert str(float(marked(RICH, sheet(talk=value))["a"])) == str(float(points))


@pytest.mark.parametrize(
    ("line", "value", "code"),
    [("late", "5.555", "mark_decimals"), ("time", "59.5", "mark_decimals"), ("talk", "0.5", "mark_range")],
)  # fmt: skip
def test_one_bad_mark_is_one_problem_whatever_it_leaves_missing(line, value, code):
    """Nothing else was given of this entry: that is not said besides."""
    assert codes(fold_marks, RICH, [mark("a", "expert/1", line, value)]) == [code]


@pytest.mark.parametrize("line", ["style", "other:thing", "penalty", "penalty:other"])
def test_what_may_be_marked_is_named(line):
    ((place, code, data),) = first(fold_marks, RICH, [*sheet(), mark("a", "expert/1", line, "1")])
    assert (place, code) == (f"mark final/solo/show/a/expert/1/{line}", "mark_line_unknown")
    every = "talk, steps.one, steps.two"
    if line == "penalty:other":
        every += ", absent, time, late, veto, penalty:prompt, bonus:skill"
    assert data == {"line": line, "allowed": every}


@pytest.mark.parametrize("line", ["time", "late", "veto"])
def test_what_the_rules_do_not_ask_for_is_no_line(line):
    bare = judged(WHOLE)
    ((_, code, data),) = first(fold_marks, bare, [*whole("a 80"), mark("a", "j1", line, "1")])
    assert (code, data) == ("mark_line_unknown", {"line": line, "allowed": "score, absent"})


def test_problems_stand_in_the_order_of_their_places():
    marks = [mark(entry, "j1", "score", "x") for entry in "cab"]
    found = first(fold_marks, judged(WHOLE), marks)
    assert [place for place, _, _ in found] == [f"mark final/solo/show/{x}/j1/score" for x in "abc"]
    late = [mark("c", "j1", "score", "x"), mark("a", "j1", "absent", "1"), *whole("a 80\nb 70 80")]
    told = first(fold_marks, judged(WHOLE + "\njudges: 2\nleast: 2"), late)
    assert [place for place, _, _ in told] == [
        "mark final/solo/show/c/j1/score", "marks final/solo/show/a",
    ]  # fmt: skip
    votes = [vote("e1", entry, "x") for entry in "cab"]
    again = first(fold_ballots, voted("votes: 3"), votes)
    assert [place for place, _, _ in again] == [f"ballot final/solo/show/e1/{x}" for x in "abc"]


def test_too_few_and_too_many_judges_are_named_with_their_kind():
    rules = judged(WHOLE + "\nkinds: {expert: {title: 专家, judges: 2}}")
    one = [mark("a", "expert/1", "score", 80)]
    ((place, code, data),) = first(fold_marks, rules, one)
    assert (place, code) == ("marks final/solo/show/a", "judges_few")
    assert data == {"entry": "a", "count": 1, "kind": "专家", "least": 2}
    three = [mark("a", f"expert/{at}", "score", 80) for at in (1, 2, 3)]
    ((_, code, data),) = first(fold_marks, rules, three)
    assert (code, data) == ("judges_many", {"entry": "a", "count": 3, "kind": "专家", "judges": 2})


def test_a_long_text_is_cut_to_forty_signs():
    assert brief("x" * 40) == "x" * 40
    assert brief("x" * 41) == "x" * 37 + "..."


# ---- vetoes, times -------------------------------------------------------------------------------


def test_judges_of_a_kind_that_may_reject_are_named_in_order():
    rules = judged(
        WHOLE + "\nkinds: {expert: {title: 专家}}\nveto: {title: 离题, by: [expert], least: 5}"
    )
    marks = [mark("a", f"expert/{at}", "score", 80) for at in range(1, 6)]
    vetoes = [mark("a", f"expert/{at}", "veto", "1") for at in (4, 2, 5, 1, 3)]
    found = fold_marks(rules, [*marks, *vetoes])
    assert [(row.entry, row.status, row.value) for row in found.scores] == [("a", "void", 0)]
    note = next(row.reason for row in found.notes if row.reason.code == "judged_veto")
    assert note.data["judges"] == tuple(f"expert/{at}" for at in range(1, 6))
    assert marked(rules, [*marks, *vetoes[:4]]) == {"a": 80}


def test_who_is_stopped_has_used_no_more_and_it_is_noted():
    """Stopped at 60 of 50: ten seconds over, a point each; 70 were given."""
    rules = judged(WHOLE + '\ntime: {max: 50, stop: 60, over: [{deduct: "1", every: 1}]}')
    found = fold_marks(rules, [*whole("a 80\nb 80\nc 80"), mark("a", "t", "time", 70),
                               mark("b", "t", "time", 60), mark("c", "t", "time", 0)])  # fmt: skip
    assert [row.value for row in found.scores] == [7000, 7000, 8000]
    assert [dict(row.keys)["time"] for row in found.scores] == [60, 60, 0]
    assert notes(found) == [("a", "judged_over"), ("a", "judged_stopped"), ("b", "judged_over")]
    stopped = next(row.reason for row in found.notes if row.reason.code == "judged_stopped")
    assert (stopped.data["seconds"], stopped.data["stop"]) == ("70", "60")


def test_a_time_that_costs_nothing_is_taken_as_it_is():
    rules = judged(WHOLE + "\ntime: {max: 50}")
    found = fold_marks(rules, [*whole("a 80\nb 80"), mark("a", "t", "time", 70)])
    assert [dict(row.keys).get("time") for row in found.scores] == [70, None]


def test_points_for_being_early_say_how_early():
    """Ten seconds a point, two at most: 35 left is three tens, 20 is two, 9 none."""
    rules = judged(
        'band: {min: "0", max: "98"}\ntime: {max: 60, early: {every: 10, add: "1", most: "2"}}'
    )
    times = {"a": 25, "b": 40, "c": 51, "d": 60, "e": 50}
    marks = [*whole("\n".join(f"{entry} 80" for entry in times)),
             *(mark(entry, "t", "time", time) for entry, time in times.items())]  # fmt: skip
    assert marked(rules, marks) == {"a": 82, "b": 82, "c": 80, "d": 80, "e": 81}
    early = [row for row in fold_marks(rules, marks).notes if row.reason.code == "judged_early"]
    assert [(row.subject, row.reason.data["seconds"]) for row in early] == [
        ("a", "35"), ("b", "20"), ("e", "10"),
    ]  # fmt: skip


# ---- votes ---------------------------------------------------------------------------------------


def test_a_vote_against_is_no_name_on_a_paper():
    rules = voted("votes: 1\nleast_votes: 1")
    ballots = [vote("e1", "a"), vote("e1", "b", "no"), vote("e1", "c", "abstain")]
    assert counted(rules, ballots) == {"a": 1, "b": 0, "c": 0}


@pytest.mark.parametrize(("voters", "fits"), [(3, True), (2, False)])
def test_as_many_papers_as_voters(voters, fits):
    ballots = papers("e1 a\ne2 a\ne3 a")
    found = codes(fold_ballots, voted(f"voters: {voters}"), ballots)
    assert found == ([] if fits else ["papers_many"])


def test_points_and_places_at_their_ends():
    points = voted('by: points\npoints: {least: "1", most: "5"}')
    assert counted(points, [vote("e1", "a", 1), vote("e1", "b", 5)]) == {"a": 1, "b": 5}
    places = voted('by: places\npoints_for: ["5", "3", "1"]')
    ballots = [vote("e1", name, at) for at, name in enumerate("abc", start=1)]
    assert counted(places, ballots) == {"a": 5, "b": 3, "c": 1}
    for value in ("0", "4", "1.5"):
        assert codes(fold_ballots, places, [vote("e1", "a", value)]) == ["ballot_no_place"]
    for value in ("0", "6", "1.5"):
        assert codes(fold_ballots, points, [vote("e1", "a", value)]) == ["ballot_no_points"]


def test_a_wrong_paper_is_named_with_what_it_may_have():
    ((place, code, data),) = first(
        fold_ballots, voted("votes: 1\nwrong_count: refuse"), papers("e1 a b")
    )
    assert (place, code) == ("ballot final/solo/show/e1", "paper_wrong")
    assert data == {"count": 2, "least": 0, "most": 1}
    ((_, _, free),) = first(
        fold_ballots, voted("least_votes: 2\nwrong_count: refuse"), papers("e1 a")
    )
    assert free == {"count": 1, "least": 2, "most": "∞"}
    further = voted("votes: 1\nwrong_count: refuse\nrounds: 2")
    ((place, _, _),) = first(
        fold_ballots, further, [*papers("e1 a\ne2 b"), *papers("e3 a b", "show.2")]
    )
    assert place == "ballot final/solo/show.2/e3"


TWO = """
rulebook: 1
id: two
title: 小赛
tracks: {solo: {title: 个人赛}}
events:
  talk: {title: 演讲, max: "10", kind: judged, judging: {band: {min: "0", max: "10"}}}
  vote: {title: 投票, kind: ballot, ballot: {votes: 9}}
  also: {title: 再投, kind: ballot, ballot: {votes: 9}}
stages:
  one: {title: 初赛, events: [talk, vote], quota: {per: delegation, count: 9}}
  two: {title: 决赛, events: [talk, also, vote], quota: {per: delegation, count: 9}}
  three: {title: 加赛, events: [also], quota: {per: delegation, count: 9}}
"""


def test_an_event_of_another_stage_is_unknown_in_this_one():
    rules = load(TWO, name="two.yaml")
    assert codes(fold_ballots, rules, [BallotIn("one", "solo", "also", "e1", "a", "yes")]) == [
        "event_unknown"
    ]
    assert codes(fold_marks, rules, [MarkIn("three", "solo", "talk", "a", "j", "score", "1")]) == [
        "event_unknown"
    ]
    assert codes(fold_ballots, rules, [BallotIn("two", "solo", "talk", "e1", "a", "yes")]) == [
        "ballot_not_voted"
    ]
    assert codes(fold_marks, rules, [MarkIn("one", "solo", "vote", "a", "j", "score", "1")]) == [
        "mark_not_judged"
    ]


def test_scores_stand_by_stage_and_event():
    rules = load(TWO, name="two.yaml")
    boards = [("two", "vote"), ("one", "vote"), ("three", "also"), ("two", "also")]
    found = fold_ballots(
        rules, [BallotIn(*where[:1], "solo", where[1], "e1", "a", "yes") for where in boards]
    )
    assert [(row.stage, row.event) for row in found.scores] == [
        ("one", "vote"), ("three", "also"), ("two", "also"), ("two", "vote"),
    ]  # fmt: skip


def test_problems_of_one_place_stand_by_their_names_and_papers_before_their_votes():
    rules = judged(WHOLE + '\njudges: 2\nleast: 2\ntime: {max: 60, over: [{deduct: "1"}]}')
    assert [code for _, code, _ in first(fold_marks, rules, whole("a 80"))] == [
        "judges_few", "time_missing",
    ]  # fmt: skip
    ballots = [*papers("e1 a b"), vote("e2", "a", "perhaps")]
    found = first(fold_ballots, voted("votes: 1\nwrong_count: refuse"), ballots)
    assert [(place, code) for place, code, _ in found] == [
        ("ballot final/solo/show/e1", "paper_wrong"),
        ("ballot final/solo/show/e2/a", "ballot_no_approval"),
    ]


def test_who_is_not_late_at_all_is_not_a_minute_late():
    rules = judged(WHOLE + '\nlate: {minutes: 1, then: deduct, deduct: "1"}')
    marks = [*whole("a 80\nb 80\nc 80"), mark("a", "t", "late", 0), mark("b", "t", "late", 1)]
    assert marked(rules, marks) == {"a": 80, "b": 79, "c": 80}
