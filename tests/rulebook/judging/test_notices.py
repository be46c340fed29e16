"""Rules of judged events from real notices, in the notice's words, said and marked by hand."""

from fractions import Fraction

import pytest

from leitai.rulebook.judging import fold_marks
from tests.rulebook.judging.builders import (
    WHOLE,
    codes,
    counted,
    judged,
    mark,
    marked,
    notes,
    vote,
    voted,
    whole,
)


def test_a_whole_score_within_seventy_and_a_hundred():
    """评委在70至100分之间打分."""
    rules = judged('band: {min: "70", max: "100", decimals: 1}')
    assert marked(rules, whole("a 70 100 85")) == {"a": 85}
    assert codes(fold_marks, rules, whole("a 69.9")) == ["mark_range"]


def test_grades_are_points():
    """评委评A、B、C三等，分别计95、80、60分."""
    grades = "{grade: A, points: '95'}, {grade: B, points: '80'}, {grade: C, points: '60'}"
    assert marked(judged(f"grades: [{grades}]", maximum="95"), whole("a A A B C")) == {
        "a": Fraction("82.5")
    }


FIVE = "\njudges: 5\nround: {result: {decimals: 2}}"
TRIMMED = "combine: {by: trimmed, high: 1, low: 1}"
MARKS = "a 90.5 91.25 88 93 95.1"


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        # 去掉一个最高分和一个最低分，其余取平均分: (90.5 + 91.25 + 93) / 3 = 91.583…
        (TRIMMED + FIVE, "91.58"),
        # 取五位评委的平均分，不去最高最低分: 457.85 / 5
        ("combine: {by: mean}" + FIVE, "91.57"),
        # 保留一位小数
        (TRIMMED + "\njudges: 5\nround: {result: {decimals: 1}}", "91.6"),
        # 舍去，不四舍五入
        (TRIMMED + "\njudges: 5\nround: {result: {decimals: 1, mode: down}}", "91.5"),
        # 计算过程和结果均不作四舍五入：三名评委合计274.75分
        (TRIMMED + "\njudges: 5", "1099/12"),
    ],
)  # fmt: skip
def test_five_judges(more, expected):
    assert marked(judged(f"{WHOLE}\n{more}"), whole(MARKS)) == {"a": Fraction(expected)}


def test_seven_judges_mark_three_components_apart():
    """教学设计20分、课堂教学75分、教学反思5分，由7名评委分别评分."""
    rules = judged(
        """
per: line
judges: 7
round: {line: {decimals: 2}}
combine: {by: trimmed, high: 1, low: 1}
lines:
  design: {title: 教学设计, max: "20"}
  lesson: {title: 课堂教学, max: "75"}
  review: {title: 教学反思, max: "5"}
"""
    )
    sheets = {
        "design": (15, 16, 17, 18, 19, 20, 14),  # 15 … 19: mean 17
        "lesson": (60, 61, 62, 63, 64, 75, 0),  # 60 … 64: mean 62
        "review": (5, 5, 5, 4, 4, 4, 4),  # 5 5 4 4 4 (a 5 and a 4 dropped): 4.4
    }
    marks = [
        mark("a", f"j{number}", line, value)
        for line, values in sheets.items()
        for number, value in enumerate(values)
    ]
    assert marked(rules, marks) == {"a": Fraction("83.4")}


GUIDE = """
time:
  max: 300
  stop: 310
  signals: [270]
  over: [{within: 10, deduct: "2"}]
"""


@pytest.mark.parametrize(
    ("seconds", "expected"), [(300, 90), (301, 88), (310, 88), (311, 88), (400, 88)]
)
def test_ten_seconds_over_cost_two_and_then_it_is_stopped(seconds, expected):
    """讲解5分钟，4分30秒提示；超时10秒以内扣2分，超过10秒的终止讲解."""
    marks = [*whole("a 90"), mark("a", "timer", "time", seconds)]
    rules = judged(WHOLE + GUIDE)
    assert marked(rules, marks) == {"a": expected}
    said = notes(fold_marks(rules, marks))
    assert (("a", "judged_stopped") in said) is (seconds > 310)


@pytest.mark.parametrize(
    ("seconds", "expected"), [(179, 80), (180, 90), (360, 90), (361, 85), (900, 85)]
)
def test_too_short_costs_more_than_too_long(seconds, expected):
    """时间3至6分钟，超过6分钟扣5分，不足3分钟扣10分."""
    rules = judged(
        WHOLE + '\ntime: {min: 180, max: 360, over: [{deduct: "5"}], under: [{deduct: "10"}]}'
    )
    marks = [*whole("a 90"), mark("a", "timer", "time", seconds)]
    assert marked(rules, marks) == {"a": expected}


def test_talk_and_questions_have_times_of_their_own_and_cost_nothing():
    """路演8分钟、答辩7分钟."""
    rules = judged(
        WHOLE + "\ntime: {parts: [{title: 路演, seconds: 480}, {title: 答辩, seconds: 420}]}"
    )
    assert marked(rules, whole("a 90 92")) == {"a": 91}


def test_a_minute_late_is_a_forfeit():
    rules = judged(WHOLE + "\nlate: {minutes: 1, then: absent}")
    assert marked(rules, [mark("a", "desk", "late", 1)]) == {"a": "absent"}


def test_an_entry_off_the_topic_is_rejected_by_the_organisers_judge_alone():
    """主办单位评委对偏题作品有一票否决权."""
    rules = judged(WHOLE + "\nveto: {title: 偏离主题, by: [host]}")
    marks = [*whole("a 95 96"), mark("a", "host", "veto", 1)]
    assert marked(rules, marks) == {"a": "void"}


def test_judges_far_apart_mark_again():
    """评委评分差距较大的，重新评审."""
    rules = judged(WHOLE + '\ngap: {above: "15"}')
    found = fold_marks(rules, whole("a 70 86"))
    assert (found.scores, [row.needs for row in found.blocked]) == ((), ["marks"])
    assert marked(rules, whole("a 80 86")) == {"a": 83}


THREE_KINDS = """
by: approve
votes: 1
normalise: best
kinds:
  net: {title: 网络投票, weight: 30%, tally: true}
  hall: {title: 现场投票, weight: 30%}
  expert: {title: 专家投票, weight: 40%}
"""


def test_thirty_net_thirty_hall_forty_experts():
    """网络投票占30%、现场投票占30%、专家评审占40%；刷票的，网络票数计零."""
    rules = voted(THREE_KINDS, maximum="100")
    hall = [vote(f"hall/{n}", one) for n, one in enumerate("aab")]
    experts = [vote(f"expert/{n}", one) for n, one in enumerate("abb")]
    net = [vote("net/site", "a", 500), vote("net/site", "b", 1000)]
    # a: 30 × 1/2 + 30 × 1 + 40 × 1/2 = 65; b: 30 × 1 + 30 × 1/2 + 40 = 85.
    assert counted(rules, [*hall, *experts, *net]) == {"a": 65, "b": 85}
    # The votes of b were stuffed: 30 + 30 + 20 = 80 against 0 + 15 + 40 = 55.
    net = [vote("net/site", "a", 500), vote("net/site", "b", 0)]
    assert counted(rules, [*hall, *experts, *net]) == {"a": 80, "b": 55}
