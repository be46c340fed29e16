"""Points of a rubric, worked out by hand, with their sentences; and what a rubric may not say."""

from __future__ import annotations

from fractions import Fraction

import pytest

from leitai.kernel.errors import Problems
from leitai.rulebook import load, packaged
from leitai.rulebook.model.rubric import Rubric, RubricLine, Rung
from leitai.rulebook.rubric import assess, said

F = Fraction
RATIO = RubricLine(title="参学率", of="ratio", max=F(20), each=F("0.2"))
NEWS = RubricLine(title="信息采用", of="adopted", max=F(10), best=True)
LATE = RubricLine(title="进度", of="late", max=F(10), base=F(10), each=F(-2))
STARS = RubricLine(
    title="称号", of="holders", max=F(8), steps=(Rung(F(1), F(3)), Rung(F(10), F(8)))
)
HELD = RubricLine(title="举办", of="held", max=F(5), each=F(5))
HAND = RubricLine(title="发动", of="hand", max=F(5))
LINES = {"ratio": RATIO, "news": NEWS, "late": LATE, "stars": STARS, "held": HELD, "hand": HAND}


def _given(*figures):
    return dict(zip(LINES, figures, strict=True))


UNITS = {
    # 200/3 % × 0.2 = 13.33; 10; 10 − 2×2 = 6; 10 persons: 8; 5; 4.5
    "a": _given(F(200, 3), F(7), F(2), F(10), F(1), F("4.5")),
    # 100 × 0.2 = 20; 10 × 3/7 = 4.29; 10 − 2×6 < 0: 0; 9 persons: 3; 0; none yet
    "b": _given(F(100), F(3), F(6), F(9), F(0), None),
    # no roster; 0; nothing reported; nobody; not held; more than the maximum
    "c": _given(None, F(0), None, F(0), F(0), F(9)),
}


def test_lines_are_worked_out_exactly_and_rounded_half_up():
    scores = {one.unit: one for one in assess(Rubric(LINES), UNITS)}

    points = {
        unit: [None if x.points is None else str(x.points) for x in one.lines.values()]
        for unit, one in scores.items()
    }
    assert points == {
        "a": ["1333/100", "10", "6", "8", "5", "9/2"],
        "b": ["20", "429/100", "0", "3", "0", None],
        "c": [None, "0", None, "0", "0", "5"],
    }
    assert [(s.rank, s.unit, str(s.total)) for s in assess(Rubric(LINES), UNITS)] == [
        (1, "a", "4683/100"),
        (2, "b", "2729/100"),
        (3, "c", "5"),
    ]
    assert (scores["b"].open, scores["c"].open) == (("hand",), ("ratio", "late"))


def test_equal_totals_are_told_apart_by_the_lines_named_and_share_a_rank_else():
    lines = {"ratio": RATIO, "hand": HAND}
    units = {
        "x": {"ratio": F(50), "hand": F(5)},  # 10 + 5
        "y": {"ratio": F(75), "hand": F(0)},  # 15 + 0
        "z": {"ratio": F(75), "hand": F(0)},
        "w": {"ratio": F(0), "hand": F(1)},
    }
    plain = [(one.rank, one.unit) for one in assess(Rubric(lines), units)]
    told = [(one.rank, one.unit) for one in assess(Rubric(lines, keys=("ratio",)), units)]

    assert plain == [(1, "x"), (1, "y"), (1, "z"), (4, "w")]
    assert told == [(1, "y"), (1, "z"), (3, "x"), (4, "w")]


def test_every_line_says_how_its_points_came_about():
    first, second, third = assess(Rubric(LINES), UNITS)

    assert [said(one, 2) for one in first.lines.values()] == [
        "66.67%；每1个百分点计0.2分，0至20分，得13.33分。",
        "7条；与最高单位（7条）之比乘以10分，得10.00分。",
        "2天；基础10分，每1天扣2分，0至10分，得6.00分。",
        "10人；达到“10人”一档，得8.00分。",
        "已举办；举办的计5分，0至5分，得5.00分。",
        "由人工评定，得4.50分。",
    ]
    assert said(second.lines["hand"], 2) == "尚未评分。"
    assert said(third.lines["ratio"], 2) == "没有数据，不计分。"
    assert said(third.lines["stars"], 2) == "0人；未达到最低一档，得0.00分。"
    assert said(first.lines["late"], 2, "en") == (
        "2 days; from 10, minus 2 for each day, between 0 and 10: 6.00 points."
    )
    assert said(second.lines["news"], 2, "en-gb") == (
        "3 items; share of the best (7 items) of 10: 4.29 points."
    )


def test_nobody_has_the_share_of_a_best_of_nought():
    (one,) = assess(Rubric({"news": NEWS}), {"a": {"news": F(0)}})
    assert one.total == 0


TEXT = packaged("sichuan-2022")


def _codes(old: str, new: str) -> set[str]:
    assert TEXT.count(old) == 1
    with pytest.raises(Problems) as caught:
        load(TEXT.replace(old, new))
    return {problem.code for problem in caught.value.problems}


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("ledger: weekly, max: 15", "max: 15", "ledger_unsaid"),
        ("ledger: weekly, max: 15", "ledger: none, max: 15", "no_such_ledger"),
        ("of: held, stage: selection,", "of: held,", "rubric_needs"),
        ("of: held, stage: selection,", "of: held, stage: final,", "rubric_not_local"),
        ("of: held, stage: selection,", "of: held, stage: nowhere,", "no_such_stage"),
        ("of: lists, max: 10,", "of: lists, ledger: weekly, max: 10,", "rubric_has_no"),
        ("of: hand, max: 5", "of: hand, max: 5, each: 1", "rubric_has_no"),
        ("of: adopted, max: 10, best: true", "of: adopted, max: 10", "exactly_one"),
        ("of: adopted, max: 10, best: true", "of: adopted, max: 10, best: false", "not_among"),
        ("of: adopted, max: 10,", "of: adopted, max: 0,", "must_be_positive"),
        ("of: adopted, max: 10,", "of: adopted, max: 10, base: 1,", "rubric_base"),
        ("keys: [ratio, weekly]", "keys: [ratio, nothing]", "not_among"),
        (
            "of: adopted, max: 10, best: true",
            "of: adopted, max: 10, steps: [{least: 2, points: 1}, {least: 1, points: 2}]",
            "rubric_steps",
        ),
        (
            "of: adopted, max: 10, best: true",
            "of: adopted, max: 10, steps: [{least: 2, points: 11}]",
            "rubric_beyond",
        ),
        (
            "title: 优秀组织奖\n    to: team",
            "title: 优秀组织奖\n    to: person",
            "rubric_not_decided",
        ),
        ("of: adopted, max: 10,", "of: holders, max: 10,", "rubric_needs"),
        ("of: adopted, max: 10,", "of: holders, award: none, max: 10,", "no_such_title"),
    ],
)
def test_a_rubric_that_cannot_be_worked_out_is_refused(old, new, code):
    assert code in _codes(old, new)
