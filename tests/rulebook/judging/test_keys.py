"""The figures of rubrics and ballots that may break ties: their names, units and decimals."""

from fractions import Fraction

import pytest

from leitai.rulebook.data import ScoreIn
from leitai.rulebook.judging import fold_ballots, fold_marks, without_votes
from leitai.rulebook.judging.keys import endless_lines, line_keys
from leitai.rulebook.judging.panels import extra, least, lines_of, most, panels, reach
from tests.rulebook.judging.builders import judged, mark, vote, voted


def keys(rules):
    return {
        name: (key.title, key.better, key.unit, key.decimals)
        for name, key in line_keys(rules.events["show"]).items()
    }


def decimals(body, maximum):
    """Give the decimals of the one line ``talk``."""
    (key,) = line_keys(judged(body, maximum=maximum).events["show"]).values()
    return key.decimals


TALK = 'lines:\n  talk: {title: 讲解, max: "100", decimals: 1}\n'


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("judges: 1", 1),  # one judge: the mark itself
        ("judges: 4", 3),  # a quarter needs two places more
        ("judges: 5", 2),
        ("judges: 8\nleast: 8", 4),
        ("judges: 20\nleast: 20", 3),  # 20 = 4 × 5: two places for the four, one for the five
        ("judges: 3", 9),  # a third has no end
        ("judges: 7\nleast: 7", 9),
        ("judges: 5\nleast: 4", 3),  # four or five of them
        ("judges: 6\nleast: 5", 9),
        ("judges: 3\ncombine: {by: sum}", 1),
        ("combine: {by: median}", 2),
        ("judges: 6\ncombine: {by: trimmed, high: 1, low: 1}", 3),  # four of six are left
        ("judges: 7\nleast: 7\ncombine: {by: trimmed, high: 2, low: 1}", 3),
        ("judges: 5\nleast: 5\ncombine: {by: trimmed, high: 1}", 3),
        ("judges: 5\nleast: 4\ncombine: {by: trimmed, high: 1, from: 5, fewer: mean}", 3),
        ('judges: 4\ngap: {above: "5", by: head}', 3),
        ("judges: 3\nround: {line: {decimals: 2}}", 2),
        ("", 9),  # nobody knows how many judges there are
        ("judges: 64\nleast: 64", 7),
        ("judges: 70\nleast: 1", 9),
    ],
)  # fmt: skip
def test_so_many_decimals_does_a_line_need(more, expected):
    assert decimals(TALK + more, 300 if "by: sum" in more else 100) == expected


@pytest.mark.parametrize(
    ("places", "judges", "expected", "endless"),
    [(5, 16, 9, False), (6, 16, 9, True), (5, 32, 9, True), (0, 2, 1, False)],
)
def test_nine_decimals_are_the_most(places, judges, expected, endless):
    """A sixteenth needs four places: with five that is nine, with six it is over."""
    body = f'lines:\n  talk: {{title: 讲解, max: "100", decimals: {places}}}\n'
    rules = judged(body + f"judges: {judges}\nleast: {judges}", decimals=2)
    assert keys(rules)["talk"][3] == expected
    assert endless_lines(rules.events["show"]) == ({"talk"} if endless else set())


def test_what_lines_without_decimals_of_their_own_need():
    """Grades of 17.5 and 10, steps of 1/4 (two places) and 25; one judge."""
    rules = judged(
        "lines:\n"
        '  tone: {title: 语气, grades: [{grade: 优, points: "17.5"}, {grade: 良, points: "10"}]}\n'
        '  steps: {title: 步骤, steps: {one: {title: 一, points: "0.25"}, two: {title: 二, points: "25"}}}\n'
        "judges: 1\n"
        'time: {max: 60, decimals: 1, over: [{deduct: "1"}]}',
        maximum="42.75",
    )  # fmt: skip
    assert keys(rules) == {
        "tone": ("语气", "higher", "分", 1),
        "steps": ("步骤", "higher", "分", 2),
        "time": ("用时", "lower", "秒", 1),
    }


def test_a_line_of_two_kinds_of_judges_may_have_no_end():
    body = (
        TALK
        + "kinds: {a: {title: 甲, judges: 1, weight: 50%}, b: {title: 乙, judges: 1, weight: 50%LINES}}"
    )
    own = body.replace("talk:", 'tone: {title: 语气, max: "10", decimals: 0}\n  talk:')
    rules = judged(own.replace("LINES", ", lines: [talk]"), maximum="105")
    assert {name: key[3] for name, key in keys(rules).items()} == {"tone": 0, "talk": 9}


def test_a_mark_for_the_whole_is_called_as_its_event():
    assert keys(judged('band: {min: "0", max: "100", decimals: 1}\njudges: 1')) == {
        "score": ("展示", "higher", "分", 1)
    }


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("votes: 3", {"yes": ("赞成票", "higher", "票", 0)}),
        (
            "kinds: {expert: {title: 专家}}\nrounds: 3",
            {
                "yes": ("赞成票", "higher", "票", 0),
                "expert": ("专家得票", "higher", "票", 0),
                "round2": ("第2轮投票", "higher", "票", 0),
                "round3": ("第3轮投票", "higher", "票", 0),
            },
        ),
        (
            'by: points\npoints: {least: "0", most: "10", decimals: 1}\nrounds: 2',
            {"round2": ("第2轮投票", "higher", "分", 1)},
        ),
        (
            'by: places\npoints_for: ["5", "2.25", "1.5"]\nrounds: 2',
            {"round2": ("第2轮投票", "higher", "分", 2)},
        ),
        (
            'by: places\npoints_for: ["5", "3"]\nrounds: 2',
            {"round2": ("第2轮投票", "higher", "分", 0)},
        ),
    ],
)
def test_the_figures_of_a_ballot(body, expected):
    assert keys(voted(body)) == expected


def test_an_entry_for_whom_nobody_voted():
    row = without_votes(voted("rounds: 2"), "final", "solo", "show", "z")
    assert row == ScoreIn("final", "solo", "show", "z", 0, 2, "ok", {"yes": 0, "round2": 0})
    void = without_votes(voted("threshold: {least: 1/2}"), "final", "solo", "show", "z")
    assert (void.status, dict(void.keys), void.value) == ("void", {}, 0)
    nought = without_votes(
        voted("threshold: {least: 1/2, below: zero}"), "final", "solo", "show", "z"
    )
    assert (nought.status, dict(nought.keys)) == ("ok", {"yes": 0})


# ---- what a rubric can come to -------------------------------------------------------------------


def test_the_most_and_the_least_of_lines():
    """Steps of 15, -5 and 25: at most 40, at least -5; grades of 20 and 8; marks of 1 to 9."""
    rules = judged(
        "lines:\n"
        '  steps: {title: 步骤, steps: {a: {title: 一, points: "15"}, b: {title: 二, points: "-5"},'
        ' c: {title: 三, points: "25"}}}\n'
        '  tone: {title: 语气, grades: [{grade: 优, points: "20"}, {grade: 良, points: "8"}]}\n'
        '  talk: {title: 讲解, min: "1", max: "9"}\n',
        maximum="69",
    )  # fmt: skip
    lines = lines_of(rules.events["show"].judging)
    found = {name: (most(line), least(line)) for name, line in lines.items()}
    assert found == {"steps": (40, -5), "tone": (20, 8), "talk": (9, 1)}


def test_how_far_a_rubric_and_its_bonuses_reach():
    """Two judges whose sheets of 10 are added: 20; bonuses of at most 3, and 2 for being early."""
    body = (
        'band: {min: "0", max: "10"}\njudges: 2\ncombine: {by: sum}\n'
        'bonuses: {skill: {title: 特长, each: "1", most: "3"}}\n'
        'time: {max: 60, early: {every: 10, add: "1", most: "2"}}'
    )
    judging = judged(body, maximum="25").events["show"].judging
    assert [panel.full for panel in panels(judging).values()] == [20]
    assert (extra(judging), reach(judging, Fraction(25))) == (5, 25)
    mean = judged(body.replace("sum", "mean"), maximum="15").events["show"].judging
    assert [panel.full for panel in panels(mean).values()] == [10]


# ---- the keys of a score -------------------------------------------------------------------------


def test_a_figure_without_an_end_is_no_key_and_the_others_are():
    """Lines a 80, 80, 81 (241 / 3) and b 9, 9, 9; three judges."""
    rules = judged('lines:\n  a: {title: 甲, max: "90"}\n  b: {title: 乙, max: "10"}\njudges: 3')
    marks = [
        mark("x", f"j{at}", line, value)
        for at, (a, b) in enumerate([(80, 9), (80, 9), (81, 9)], start=1)
        for line, value in (("a", a), ("b", b))
    ]
    (row,) = fold_marks(rules, marks).scores
    assert dict(row.keys) == {"b": 9 * 10**9}
    assert (row.value, row.over) == (268, 3)


def test_scores_of_a_ballot_stand_in_the_order_of_entries():
    names = list("hgfedcba")
    found = fold_ballots(voted("votes: 9"), [vote("e1", name) for name in names])
    assert [row.entry for row in found.scores] == sorted(names)
    assert [dict(row.keys) for row in found.scores] == [{"yes": 1}] * 8


def test_whole_points_need_no_places():
    rules = judged(
        'lines: {tone: {title: 语气, grades: [{grade: 优, points: "100"}, {grade: 良, points: "8"}]}}\n'
        "judges: 1"
    )
    assert keys(rules) == {"tone": ("语气", "higher", "分", 0)}
