"""Everything that is wrong with marks and votes is named, all at once, whatever their order."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitai.kernel.errors import Problems
from leitai.rulebook.data import BallotIn, MarkIn
from leitai.rulebook.judging import fold_ballots, fold_marks, place_of, place_of_ballot
from leitai.rulebook.texts import text_of
from tests.rulebook.judging.builders import WHOLE, codes, judged, mark, vote, voted, whole

RICH = judged(
    """
lines:
  talk: {title: 讲解, max: "40", decimals: 1, grain: "0.5"}
  tone: {title: 语气, grades: [{grade: 优, points: "20"}, {grade: 良, points: "10"}]}
  steps: {title: 步骤, steps: {one: {title: 一, points: "15"}, two: {title: 二, points: "25"}}}
kinds: {expert: {title: 专家, judges: 2}}
time: {max: 60, over: [{deduct: "1"}]}
late: {minutes: 5}
penalties: {prompt: {title: 提示, each: "2"}}
veto: {title: 离题, by: [host]}
"""
)
SHEET = [("talk", "35.5"), ("tone", "优"), ("steps.one", "1"), ("steps.two", "0")]
GOOD = [mark("a", f"expert/{n}", *one) for n in (1, 2) for one in SHEET] + [
    mark("a", "timer", "time", 59)
]


def test_the_good_marks_are_good():
    assert codes(fold_marks, RICH, GOOD) == []


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        (mark("a", "expert/1", "style", 1), "mark_line_unknown"),
        (mark("a", "expert/1", "steps", 1), "mark_line_unknown"),
        (mark("a", "x", "penalty:other", 1), "mark_line_unknown"),
        (mark("a", "x", "bonus:prompt", 1), "mark_line_unknown"),
        (mark("a", "x", "penalty:prompt", "-1"), "mark_negative"),
        (mark("a", "x", "penalty:prompt", "1.5"), "mark_decimals"),
        (mark("a", "x", "late", "often"), "mark_no_figure"),
        (mark("a", "x", "late", "-1"), "mark_negative"),
        (mark("a", "x", "absent", "2"), "mark_not_once"),
        (mark("a", "x", "absent", "1"), "absent_with_marks"),
        (mark("a", "someone", "veto", "1"), "veto_not_allowed"),
        (mark("a", "someone", "talk", "1"), "judge_kind_unknown"),
        (mark("a", "hall/1", "talk", "1"), "judge_kind_unknown"),
        (mark("a", "expert/", "talk", "1"), "judge_kind_unknown"),
        (mark("a", "", "talk", "1"), "mark_of_nobody"),
        (mark("a", "other", "time", "58"), "mark_twice"),
        (GOOD[0], "mark_twice"),
        (replace(GOOD[0], stage="heat"), "stage_unknown"),
        (replace(GOOD[0], track="team"), "track_unknown"),
        (replace(GOOD[0], event="song"), "event_unknown"),
    ],
)
def test_a_bad_mark_is_named(bad, code):
    assert codes(fold_marks, RICH, [*GOOD, bad]) == [code]


@pytest.mark.parametrize(
    ("line", "value", "code"),
    [
        ("talk", "40.5", "mark_range"),
        ("talk", "-0.5", "mark_range"),
        ("talk", "35.55", "mark_decimals"),
        ("talk", "35.3", "mark_grain"),
        ("talk", "35,5", "mark_no_figure"),
        ("talk", "1e9", "mark_no_figure"),
        ("talk", "9" * 400, "mark_no_figure"),
        ("tone", "中", "mark_no_grade"),
        ("tone", "20", "mark_no_grade"),
        ("steps.one", "2", "mark_not_once"),
        ("steps.one", "", "mark_not_once"),
    ],
)
def test_a_bad_value_is_named(line, value, code):
    marks = [
        replace(one, mark=value) if (one.judge, one.line) == ("expert/1", line) else one
        for one in GOOD
    ]
    assert codes(fold_marks, RICH, marks) == [code]


def test_what_is_missing_is_named():
    assert codes(fold_marks, RICH, GOOD[1:]) == ["mark_missing"]
    assert codes(fold_marks, RICH, GOOD[:-1]) == ["time_missing"]
    assert codes(fold_marks, RICH, GOOD[4:]) == ["judges_few"]
    third = [mark("a", "expert/3", *one) for one in SHEET]
    assert codes(fold_marks, RICH, GOOD + third) == ["judges_many"]


def test_the_later_of_two_is_named_whatever_their_order():
    two = [mark("a", "x", "time", 1), mark("a", "y", "time", 2)]
    for those in (two, two[::-1]):
        with pytest.raises(Problems) as caught:
            fold_marks(RICH, GOOD[:-1] + those)
        assert [one.place for one in caught.value.problems] == ["mark final/solo/show/a/y/time"]


def test_fewer_judges_than_are_dropped_may_be_refused():
    rules = judged(WHOLE + "\ncombine: {by: trimmed, high: 1, low: 1, fewer: refuse}")
    assert codes(fold_marks, rules, whole("a 80 90")) == ["judges_few"]
    assert codes(fold_marks, rules, whole("a 80 90 85")) == []


def test_a_further_ballot_is_among_those_who_tie():
    rules = voted("rounds: 2")
    first = [vote("e1", "a"), vote("e2", "a"), vote("e3", "b")]
    again = [vote("e1", "a", board="show.2"), vote("e2", "b", board="show.2")]
    assert codes(fold_ballots, rules, first + again) == ["round_not_tied"] * 2


def test_marks_of_an_event_that_is_not_judged():
    assert codes(fold_marks, voted("votes: 1"), whole("a 80")) == ["mark_not_judged"]


def test_a_place_names_the_row():
    with pytest.raises(Problems) as caught:
        fold_marks(RICH, [*GOOD, mark("a", "expert/1", "style", 1)])
    problem = caught.value.problems[0]
    assert problem.place == "mark final/solo/show/a/expert/1/style"
    assert "讲解" not in text_of(problem)
    assert "没有评分项“style”" in text_of(problem)
    assert place_of(GOOD[0]) == "mark final/solo/show/a/expert/1/talk"
    assert place_of_ballot(vote("e1", "a")) == "ballot final/solo/show/e1/a"


@pytest.mark.parametrize(
    ("body", "bad", "code"),
    [
        ("votes: 2", vote("e1", "a", "maybe"), "ballot_no_approval"),
        ("votes: 2", vote("e1", ""), "ballot_for_nobody"),
        ("votes: 2", vote("", "a"), "ballot_of_nobody"),
        ("votes: 2", vote("e1", "a", board="song"), "event_unknown"),
        ("votes: 2", vote("e1", "a", board="show.2"), "ballot_round_unknown"),
        ("rounds: 2", vote("e1", "a", board="show.3"), "ballot_round_unknown"),
        ("rounds: 2", vote("e1", "a", board="show."), "ballot_round_unknown"),
        ("rounds: 2", vote("e1", "z", board="show.2"), "round_not_tied"),
        ("voters: 1", vote("e2", "a"), "papers_many"),
        ("votes: 2", vote("e0", "a", "no"), "ballot_twice"),
        ("votes: 2", replace(vote("e1", "a"), stage="heat"), "stage_unknown"),
        ("votes: 2", replace(vote("e1", "a"), track="team"), "track_unknown"),
    ],
)
def test_a_bad_vote_is_named(body, bad, code):
    assert codes(fold_ballots, voted(body), [vote("e0", "a"), bad]) == [code]


def test_bad_values_of_other_ballots():
    points = voted('by: points\npoints: {least: "1", most: "10"}')
    for value in ("0", "11", "1.5", "ten", ""):
        assert codes(fold_ballots, points, [vote("e1", "a", value)]) == ["ballot_no_points"]
    places = voted('by: places\npoints_for: ["3", "1"]\nwrong_count: refuse')
    for value in ("0", "3", "1.5", "first"):
        assert codes(fold_ballots, places, [vote("e1", "a", value)]) == ["ballot_no_place"]
    twice = [vote("e1", "a", 1), vote("e1", "b", 1)]
    assert codes(fold_ballots, places, twice) == ["paper_wrong"]
    kinds = voted("kinds: {net: {title: 网络, tally: true}}")
    assert codes(fold_ballots, kinds, [vote("hall/1", "a", 1)]) == ["voter_kind_unknown"]
    for value in ("-1", "1.5", "many"):
        assert codes(fold_ballots, kinds, [vote("net/1", "a", value)]) == ["ballot_no_count"]
    assert codes(fold_ballots, kinds, [vote("net/1", "", 1)]) == ["ballot_no_count"]
    assert codes(fold_ballots, judged(WHOLE), [vote("e1", "a")]) == ["ballot_not_voted"]


WORDS = st.sampled_from(
    ["", "a", "b/c", "final", "solo", "show", "show.2", "score", "expert/1", "net/1", "time",
     "penalty:", ":", "penalty:prompt", "veto", "absent", "1", "-1", "80", "1/0", "9" * 30, "yes",
     "void", "talk", "steps.one", "优", "\n", "\x00"]
)  # fmt: skip
ANY = st.one_of(WORDS, st.text(max_size=5))
STAGE, TRACK, EVENT = (
    st.one_of(*[st.just(name)] * 8, ANY) for name in ("final", "solo", "show")
)  # mostly right, so that what follows is reached


def says(make, rules, given_):
    try:
        return make(rules, given_)
    except Problems as error:
        return [text_of(problem, lang) for problem in error.problems for lang in ("zh", "en")]


@given(
    st.lists(st.builds(MarkIn, STAGE, TRACK, EVENT, WORDS, WORDS, WORDS, ANY), max_size=8),
    st.data(),
)
def test_hostile_marks_are_answered_in_any_order(marks, data):
    for rules in (RICH, judged(WHOLE)):
        again = data.draw(st.permutations(marks))
        assert says(fold_marks, rules, marks) == says(fold_marks, rules, again)


@given(st.lists(st.builds(BallotIn, STAGE, TRACK, EVENT, WORDS, WORDS, ANY), max_size=8), st.data())
def test_hostile_votes_are_answered_in_any_order(ballots, data):
    for rules in (voted("rounds: 2"), voted("kinds: {net: {title: 网络, tally: true}}")):
        again = data.draw(st.permutations(ballots))
        assert says(fold_ballots, rules, ballots) == says(fold_ballots, rules, again)
