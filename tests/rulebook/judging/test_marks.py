"""What marks come to: combining, rounding, kinds of judges, time, penalties, gaps, vetoes."""

from fractions import Fraction

import pytest

from leitai.rulebook.data import EntryIn, FactIn
from leitai.rulebook.judging import fold_marks, work_out
from leitai.rulebook.judging.combining import combine, rounded
from leitai.rulebook.model import Round
from leitai.rulebook.model.judging import Combine
from tests.rulebook.judging.builders import WHOLE, codes, judged, mark, marked, notes, whole


@pytest.mark.parametrize(
    ("text", "mode", "decimals", "expected"),
    [
        ("2.345", "half-up", 2, "2.35"),
        ("-2.345", "half-up", 2, "-2.35"),
        ("2.344", "half-up", 2, "2.34"),
        ("2.345", "half-even", 2, "2.34"),
        ("2.355", "half-even", 2, "2.36"),
        ("2.3451", "half-even", 2, "2.35"),
        ("2.349", "down", 2, "2.34"),
        ("-2.349", "down", 2, "-2.34"),
        ("2.341", "up", 2, "2.35"),
        ("2.34", "up", 2, "2.34"),
        ("2.5", "half-even", 0, "2"),
        ("3.5", "half-even", 0, "4"),
    ],
)
def test_rounding(text, mode, decimals, expected):
    assert rounded(Fraction(text), Round(decimals, mode)) == Fraction(expected)


@pytest.mark.parametrize(
    ("rule", "values", "expected"),
    [
        (Combine(), "80 90 85", "85"),
        (Combine(by="sum"), "80 90 85", "255"),
        (Combine(by="median"), "80 90 85", "85"),
        (Combine(by="median"), "80 90 85 86", "85.5"),
        (Combine(by="trimmed", high=1, low=1), "80 90 85", "85"),
        (Combine(by="trimmed", high=1, low=1), "80 90", "85"),
        (Combine(by="trimmed", high=1), "80 90 85", "82.5"),
        (Combine(by="trimmed", high=1, low=1, from_=5), "80 81 82 99", "85.5"),
        (Combine(by="trimmed", high=2, low=1), "90 90 90 70 60 50", "220/3"),
    ],
)
def test_combining(rule, values, expected):
    assert combine(rule, [Fraction(one) for one in values.split()]) == Fraction(expected)


def test_the_mean_that_does_not_end_stays_exact():
    found = fold_marks(judged(WHOLE), whole("a 80 90 90"))
    assert (found.scores[0].value, found.scores[0].over) == (260, 3)
    assert marked(judged(WHOLE), whole("a 80 90 85\nb 81 82 83")) == {"a": 85, "b": 82}


def test_fewer_judges_than_are_dropped():
    plain = judged(
        WHOLE
        + "\njudges: 5\nleast: 2\ncombine: {by: trimmed, high: 1, low: 1, from: 4, fewer: mean}"
    )
    found = fold_marks(plain, whole("a 80 90 85\nb 70 80 80 99"))
    assert {s.entry: Fraction(s.value, 100 * s.over) for s in found.scores} == {"a": 85, "b": 80}
    assert notes(found) == [("a", "judged_untrimmed")]


RUBRIC = """
lines:
  design: {title: 教学设计, max: "100", weight: 20%}
  lesson: {title: 课堂教学, max: "100", weight: 70%}
  review: {title: 教学反思, max: "100", weight: 10%}
"""


def rubric(entry, *sheets):
    lines = ("design", "lesson", "review")
    return [
        mark(entry, f"j{number}", line, one)
        for number, sheet in enumerate(sheets, start=1)
        for line, one in zip(lines, sheet.split(), strict=True)
    ]


def test_per_sheet_and_per_line_differ_where_something_is_dropped():
    trimmed = "\njudges: 3\ncombine: {by: trimmed, high: 1, low: 1}"
    marks = rubric("a", "90 80 70", "80 90 80", "70 70 90")
    # Sheets: 18 + 56 + 7 = 81, 16 + 63 + 8 = 87, 14 + 49 + 9 = 72; the middle one is 81.
    assert marked(judged(RUBRIC + trimmed), marks) == {"a": 81}
    # Lines: 80, 80, 80.
    assert marked(judged(RUBRIC + trimmed + "\nper: line"), marks) == {"a": 80}


def test_every_line_is_a_key():
    rules = judged(RUBRIC + "\njudges: 2", keys="[total, show.lesson]")
    found = fold_marks(rules, rubric("a", "90 80.5 70", "80 90 80"))
    assert found.scores[0].keys == {"design": 85_000, "lesson": 85_250, "review": 75_000}


def test_rounding_at_each_place():
    body = RUBRIC + "\nround: {sheet: {decimals: 0}, result: {decimals: 1}}"
    # Sheets: 18.02 + 56 + 7 = 81.02 → 81 and 87.36 → 87 and 72.4 → 72; mean 80.
    marks = rubric("a", "90.1 80 70", "80 90 83.6", "72 70 90")
    assert marked(judged(body), marks) == {"a": 80}


KINDS = """
band: {min: "0", max: "100"}
kinds:
  expert: {title: 专家, weight: 40%, judges: 3, combine: {by: median}}
  hall: {title: 大众评审, weight: 30%, least: 2}
  net: {title: 网络评审, weight: 30%, normalise: best}
"""


def test_kinds_of_judges_with_weights():
    marks = [mark("a", f"expert/{n}", "score", v) for n, v in enumerate((80, 90, 95))]
    marks += [mark("a", f"hall/{n}", "score", v) for n, v in enumerate((70, 80))]
    marks += [mark("a", "net/1", "score", 40)]
    marks += [mark("b", f"expert/{n}", "score", v) for n, v in enumerate((80, 80, 95))]
    marks += [mark("b", f"hall/{n}", "score", v) for n, v in enumerate((90, 90))]
    marks += [mark("b", "net/1", "score", 50)]
    # a: 36 + 22.5 + 40/50 of 30 = 24; b: 32 + 27 + 30.
    assert marked(judged(KINDS), marks) == {"a": Fraction("82.5"), "b": 89}


def test_kinds_that_mark_lines_of_their_own():
    body = """
lines:
  skill: {title: 技能, max: "70"}
  appeal: {title: 人气, max: "30"}
kinds:
  expert: {title: 专家, lines: [skill]}
  crowd: {title: 观众, lines: [appeal]}
"""
    marks = [mark("a", "expert/1", "skill", 60), mark("a", "expert/2", "skill", 62)]
    marks += [mark("a", "crowd/1", "appeal", 20)]
    assert marked(judged(body), marks) == {"a": 81}


def test_full_counts_a_share_of_what_could_be_given():
    body = """
lines:
  skill: {title: 技能, max: "40"}
kinds:
  expert: {title: 专家, weight: 1/2, normalise: full}
  crowd: {title: 观众, weight: 1/2, normalise: full}
"""
    marks = [mark("a", "expert/1", "skill", 30), mark("a", "crowd/1", "skill", 20)]
    assert marked(judged(body), marks) == {"a": Fraction("62.5")}


TIME = (
    WHOLE
    + """
time:
  min: 180
  max: 300
  stop: 320
  over:
    - {within: 10, deduct: "2"}
    - {deduct: "1", every: 5, most: "3.5"}
  under:
    - {within: 60, deduct: "10"}
    - {then: void}
"""
)


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (300, 80),
        (301, 78),
        (310, 78),
        (311, 77),
        (315, 77),
        (316, Fraction("76.5")),
        (320, Fraction("76.5")),
        (999, Fraction("76.5")),
        (180, 80),
        (179, 70),
        (120, 70),
        (119, "void"),
    ],
)
def test_time_is_taken_off_in_steps(seconds, expected):
    rules = judged(TIME)
    assert marked(rules, [*whole("a 80"), mark("a", "timer", "time", seconds)]) == {"a": expected}


def test_full_minutes_and_time_that_is_left():
    body = 'lines: {work: {title: 操作, max: "95"}}\ntime: {max: 600, over: [{deduct: "1", every: 60, count: full}], early: {every: 60, add: "1", most: "5"}}'
    rules = judged(body)

    def after(seconds):
        return marked(rules, [mark("a", "j1", "work", 90), mark("a", "t", "time", seconds)])["a"]

    assert [after(s) for s in (659, 660, 600, 541, 540, 481, 0)] == [90, 89, 90, 90, 91, 91, 95]


def test_deductions_come_off_the_rounded_score_and_end_at_the_least():
    body = (
        WHOLE
        + """
round: {result: {decimals: 1}}
penalties:
  prompt: {title: 提示, each: "0.5", most: "1.2"}
  help: {title: 求助, each: "50", void_at: 3}
"""
    )
    rules = judged(body, decimals=1)
    marks = whole("a 80.04 80.05\nb 20\nc 20")
    marks += [mark("a", "x", "penalty:prompt", 3), mark("b", "x", "penalty:help", 1)]
    marks += [mark("c", "x", "penalty:help", 3)]
    found = fold_marks(rules, marks)
    # 80.045 → 80.0, off 1.2; 20 − 50 is below 0, which a note says; three times voids.
    assert marked(rules, marks) == {"a": Fraction("78.8"), "b": 0, "c": "void"}
    assert notes(found) == [
        ("a", "judged_penalty"),
        ("b", "judged_floor"),
        ("b", "judged_penalty"),
        ("c", "judged_penalty_out"),
    ]


def test_the_least_itself_is_no_floor():
    rules = judged(WHOLE + '\npenalties: {noise: {title: 喧哗, each: "20"}}')
    found = fold_marks(rules, [*whole("a 20"), mark("a", "x", "penalty:noise", 1)])
    assert notes(found) == [("a", "judged_penalty")]


def test_bonuses_count_towards_the_maximum():
    body = 'lines: {work: {title: 操作, max: "90"}}\nbonuses: {idea: {title: 创新, each: "4", most: "10"}}'
    marks = [mark("a", "j1", "work", 90), mark("a", "x", "bonus:idea", 3)]
    assert marked(judged(body), marks) == {"a": 100}


@pytest.mark.parametrize(
    ("late", "minutes", "expected"),
    [
        ("{minutes: 1}", "0.99", 80),
        ("{minutes: 1}", "1", "absent"),
        ("{minutes: 5, then: void}", "5", "void"),
        ('{minutes: 5, then: deduct, deduct: "3"}', "7", 77),
    ],
)
def test_late_for_the_stage(late, minutes, expected):
    rules = judged(WHOLE + f"\nlate: {late}")
    assert marked(rules, [*whole("a 80"), mark("a", "t", "late", minutes)]) == {"a": expected}


def test_who_is_absent_needs_no_marks():
    rules = judged(WHOLE + "\njudges: 5")
    assert marked(rules, [mark("a", "clerk", "absent", 1)]) == {"a": "absent"}


GAP = WHOLE + "\njudges: 3\nleast: 2\n"


def test_judges_too_far_apart_wait_for_new_marks():
    rules = judged(GAP + 'gap: {above: "10"}')
    found = fold_marks(rules, whole("a 70 80 75\nb 70 81 75"))
    assert [score.entry for score in found.scores] == ["a"]
    row = found.blocked[0]
    assert (row.board, row.line, row.entries, row.needs) == ("show", "marks:show", ("b",), "marks")
    assert row.detail.code == "judged_gap"


@pytest.mark.parametrize(("take", "expected"), [("alone", 78), ("nearest", Fraction("79.5"))])
def test_an_arbiter_settles_it(take, expected):
    rules = judged(GAP + f'gap: {{above: "10", by: chief, take: {take}}}')
    marks = [*whole("a 70 81 75\nb 80 82 -"), mark("a", "chief", "score", 78)]
    marks += [mark("b", "chief", "score", 10)]
    found = fold_marks(rules, marks)
    assert marked(rules, marks) == {"a": expected, "b": 81}
    assert notes(found) == [("a", "judged_arbiter"), ("b", "judged_arbiter_idle")]


def test_a_share_of_the_best_waits_for_everybody():
    body = """
band: {min: "0", max: "100"}
kinds:
  expert: {title: 专家, weight: 1/2}
  net: {title: 网络评审, weight: 1/2, normalise: best}
gap: {above: "10", kinds: [expert]}
"""
    marks = [mark(e, j, "score", v) for e, j, v in (
        ("a", "expert/1", 80), ("a", "expert/2", 90), ("a", "net/1", 5),
        ("b", "expert/1", 60), ("b", "expert/2", 90), ("b", "net/1", 9),
    )]  # fmt: skip
    found = fold_marks(judged(body), marks)
    assert found.scores == ()
    assert [(row.entries, row.detail.code) for row in found.blocked] == [
        (("a",), "judged_waits"),
        (("b",), "judged_gap"),
    ]


def test_a_veto_by_enough_of_those_who_have_it():
    rules = judged(WHOLE + "\nveto: {title: 偏离主题, by: [host, j2], least: 2}")
    one = [*whole("a 80 90"), mark("a", "host", "veto", 1)]
    assert marked(rules, one) == {"a": 85}
    both = [*one, mark("a", "j2", "veto", 1)]
    assert marked(rules, both) == {"a": "void"}
    assert notes(fold_marks(rules, both)) == [("a", "judged_veto")]


RECUSE = WHOLE + "\njudges: 3\nleast: 2\nrecuse: {same: [unit, delegation], relations: [kin]}"


@pytest.mark.parametrize(
    "facts",
    [
        [FactIn("j1", "unit", "unit", "甲局"), FactIn("a", "unit", "unit", "甲局")],
        [FactIn("j1", "recuse", "kin", "a")],
        [FactIn("j1", "unit", "unit", "甲局"), FactIn("m2", "unit", "unit", "甲局")],
        [FactIn("j1", "delegation", "delegation", "51")],
    ],
)
def test_a_judge_withdraws(facts):
    entries = [EntryIn("a", "final", "solo", "甲队", "51", "a", members=("m1", "m2"))]
    rules = judged(RECUSE)
    assert codes(fold_marks, rules, whole("a 80 90 85"), facts, entries) == ["judge_recused"]
    assert marked(rules, whole("a - 90 85"), facts=facts, entries=entries) == {
        "a": Fraction("87.5")
    }
    assert marked(rules, whole("a 80 90 85")) == {"a": 85}


def test_how_a_score_came_about_can_be_shown():
    rules = judged(WHOLE + "\njudges: 3\ncombine: {by: trimmed, high: 1, low: 1}")
    worked = work_out(rules, whole("a 80 90 85"))["final", "solo", "show"][0]
    assert worked.works[""].sheets == {"j1": 80, "j2": 90, "j3": 85}
    assert (worked.total, worked.result, worked.keys) == (85, 85, {"score": 85})


def test_a_declared_key_is_recorded_with_the_marks():
    rules = judged(WHOLE, more="\n    keys: {metres: {title: 米数, better: higher, decimals: 1}}")
    found = fold_marks(rules, [*whole("a 80"), mark("a", "x", "key:metres", "12.5")])
    assert found.scores[0].keys["metres"] == 125
