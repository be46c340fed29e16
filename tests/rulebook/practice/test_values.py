"""What acts say: values read and refused, acts one by one, and what is taken back or spent."""

import pytest

from leitai.kernel.errors import Problems
from leitai.rulebook import loading
from leitai.rulebook.practice import check_act, fold_acts, rank_boards
from tests.rulebook.practice.builders import act, fold, points, rules

ONE = "ledgers: {points: {title: 积分, unit: 分}}\n"
BOOK = """acts:
  quiz:
    title: 答题
    figures:
      wrong: {title: 答错, least: "0", most: "3"}
      row: {title: 连对, least: "1"}
      how: {title: 结果, words: {won: 胜, lost: 负, drawn: 平, left: 退赛, void: 无效}}
      must: {title: 必填, required: true}
      other: {title: 其他}
    credits: [{of: FIGURE, each: "1"}]
  zoo: {title: 甲, credits: [{points: "1"}]}
  ant: {title: 乙, credits: [{points: "1"}]}
  bee: {title: 丙, credits: [{points: "1"}]}
"""


def book(figure="wrong"):
    return rules(ONE + BOOK.replace("FIGURE", figure))


def told(value):
    found = check_act(book(), act("quiz", value=value))
    return [(one.code, dict(one.data)) for one in found]


@pytest.mark.parametrize(
    ("figure", "answers", "worth"),
    [("wrong", "1101", 1), ("wrong", "111", 0), ("row", "1101", 2), ("row", "11011110", 4), ("row", "1", 1)],
)  # fmt: skip
def test_what_answers_say(figure, answers, worth):
    found = fold(book(figure), act("quiz", value=f"answers={answers};must=1"))
    assert points(found) == [worth]


def test_the_figures_that_answers_say_have_bounds_too():
    assert told("answers=0000;must=1") == [
        ("act_under", {"figure": "row", "value": "0", "least": "1"}),
        ("act_over", {"figure": "wrong", "value": "4", "most": "3"}),
    ]
    assert told("answers=1000;must=1") == []


def test_what_is_wrong_is_named_in_the_order_of_the_figures():
    long = "x" * 50
    assert told(f"wrong={long};row={long};how={long};must=1") == [
        (
            "act_word",
            {"figure": "how", "value": "x" * 40, "allowed": "drawn, left, lost, void, won"},
        ),
        ("act_number", {"figure": "row", "value": "x" * 40}),
        ("act_number", {"figure": "wrong", "value": "x" * 40}),
    ]
    assert told("wrong=1") == [("act_figure_missing", {"figure": "must", "title": "必填"})]
    assert told("far=1;must=1") == [
        ("act_figure_unknown",
         {"figure": "far", "allowed": "how, must, other, row, wrong, answers, seconds, subject"}),
    ]  # fmt: skip
    assert told(f"answers={long};must=1") == [("act_answers", {"text": "x" * 40})]
    for seconds in (long, f"1,{long}"[:50], "1,-2", "x,1"):
        assert told(f"seconds={seconds};must=1") == [("act_seconds", {"text": seconds[:40]})]
    assert told("seconds=1,2.5;must=1") == []


def test_a_value_has_an_end():
    fits = "must=1;subject=" + "a" * (10_000 - len("must=1;subject="))
    assert told(fits) == []
    assert [code for code, _ in told(fits + "a")] == ["act_value_long"]


def test_acts_that_are_wrong_stand_by_place_and_name():
    acts = [act("fly", person=person) for person in "cab"] + [act("fly", person=" ")]
    with pytest.raises(Problems) as caught:
        fold(book(), *acts)
    found = [(one.place.partition("/")[0], one.code) for one in caught.value.problems]
    assert found == [
        ("act  ", "act_nobody"), ("act  ", "act_unlisted"), ("act a", "act_unlisted"),
        ("act b", "act_unlisted"), ("act c", "act_unlisted"),
    ]  # fmt: skip
    assert caught.value.problems[1].data["allowed"] == "ant, bee, quiz, zoo"
    reversed_ = [act("fly", "1700-01-01 12:00", person="a")]
    with pytest.raises(Problems) as caught:
        fold(book(), *reversed_)
    assert [one.code for one in caught.value.problems] == ["act_at", "act_unlisted"]


def test_where_there_is_no_practice_every_act_is_refused():
    mini = loading.load(
        "rulebook: 1\nid: none\ntitle: 无\ntracks: {a: {title: 甲}}\n"
        "stages: {s: {title: 名单, method: nomination}}\n"
    )
    acts = [act("quiz", person=person) for person in "cab"]
    for make in (fold_acts, rank_boards):
        with pytest.raises(Problems) as caught:
            make(mini, acts, windows={})
        assert [one.place[:5] for one in caught.value.problems] == ["act a", "act b", "act c"]
    (problem,) = check_act(mini, acts[0])
    assert (problem.code, problem.data["act"]) == ("act_unknown", "quiz")
    assert rank_boards(mini, [], windows={}) == ()


def test_what_is_taken_back_is_the_latest_of_its_subject():
    text = rules(
        ONE
        + 'acts:\n  like: {title: 点赞, figures: {n: {title: 数}}, value: n, credits: [{each: "1"}]}\n'
        "  unlike: {title: 取消点赞, takes_back: {act: like}}\n"
    )
    likes = [act("like", f"2022-04-01 12:0{at}", value) for at, value in
             enumerate(["1;subject=a", "2;subject=b", "4;subject=c"])]  # fmt: skip
    for subject, taken in (("a", -1), ("b", -2), ("c", -4), ("", -4)):
        back = act("unlike", "2022-04-01 13:00", subject and f"subject={subject}")
        assert points(fold(text, *likes, back)) == [1, 2, 4, taken]
    nothing = fold(text, *likes, act("unlike", "2022-04-01 13:00", "subject=z"))
    assert [note.reason.code for note in nothing.notes] == ["practice_nothing_back"]


def test_what_was_spent_is_posted_as_it_is():
    text = rules(
        ONE
        + 'acts: {earn: {title: 签到, credits: [{points: "5"}]}, draw: {title: 抽奖, spends: {points: "3"}}}\n'
    )
    found = fold(text, act("earn"), act("draw", "2022-04-01 13:00"))
    assert [(int(line.points), int(line.earned)) for line in found.ledger] == [(5, 5), (-3, -3)]


def best(per, caps, *values):
    text = rules(
        ONE + "acts: {quiz: {title: 答题, figures: {right: {title: 答对}},"
        f' credits: [{{each: "1", caps: {caps}}}], attempts: {{per: {per}, counts: best}}}}}}\n'
    )
    tries = enumerate(values)
    return fold(text, *(act("quiz", f"2022-04-0{day} 1{at}:00", one) for at, (day, one) in tries))


def test_tries_are_compared_in_their_own_period():
    wide = '{all: "99"}'
    assert points(best("all", wide, (1, "3"), (2, "2"), (3, "5"))) == [3, 0, 2]
    assert points(best("day", wide, (1, "3"), (2, "2"), (3, "5"))) == [3, 2, 5]


def test_what_the_best_brings_uses_the_cap_of_the_day_up():
    assert points(best("day", '{day: "4"}', (1, "3"), (1, "6"), (1, "9"))) == [3, 1, 0]
    assert points(best("all", '{day: "4"}', (1, "3"), (1, "6"), (2, "9"))) == [3, 1, 4]


def test_a_streak_of_one_act_is_not_carried_on_by_another():
    text = rules(
        ONE
        + 'acts: {a: {title: 甲, credits: [{points: "1"}]}, b: {title: 乙, credits: [{points: "1"}]}}\n'
        'streaks: {two: {title: 两天, acts: [a], days: 2, points: "5"},'
        ' one: {title: 一天, acts: [a], days: 1, points: "7"}}\n'
    )
    days = [act(name, f"2022-04-0{day} 12:00") for day, name in enumerate("aba", start=1)]
    assert points(fold(text, *days)) == [1, 7, 1, 1, 7]
    assert points(fold(text, act("a"), act("a", "2022-04-02 12:00"))) == [1, 7, 1, 7, 5]
