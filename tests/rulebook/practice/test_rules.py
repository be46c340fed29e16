"""Each rule of practice on its own: what it credits, what it refuses, and the words for it."""

from datetime import UTC, datetime
from fractions import Fraction

import pytest

from leitai.kernel.errors import Problems
from leitai.rulebook import loading
from leitai.rulebook.data import ActIn, FactIn
from leitai.rulebook.practice import (
    SENTENCES_EN,
    SENTENCES_ZH,
    check_act,
    fold_acts,
    rank_boards,
)
from leitai.rulebook.reasons_zh import Data
from leitai.rulebook.texts import TEXTS, text_of
from tests.rulebook.practice.builders import CHINA, act, codes, fold, points, rules

ONE = "ledgers: {points: {title: 积分}}\n"


def say(line, sentences=SENTENCES_ZH):
    return sentences[line.reason.code](Data(line.reason.data))


def test_a_full_cap_is_said_in_words():
    book = rules(
        ONE + "acts: {quiz: {title: 智能答题, credits: [{points: '4', caps: {day: '6'}}]}}"
    )
    found = fold(book, *(act("quiz", f"2022-04-01 12:0{n}") for n in range(3)))
    assert points(found) == [4, 2, 0]
    assert [say(line) for line in found.ledger] == [
        "智能答题：计4分",
        "智能答题：应计4分，当日上限6分，实计2分",
        "智能答题：当日已满6分，本次不再计分",
    ]
    assert say(found.ledger[2], SENTENCES_EN) == (
        "智能答题: the limit for the day, 6 points, is reached; nothing credited"
    )


def test_a_ledger_caps_everything_together():
    book = rules("""
        ledgers: {points: {title: 积分, caps: {day: "5", week: "8"}}}
        acts:
          a: {title: 甲, credits: [{points: "3"}]}
          b: {title: 乙, credits: [{points: "3"}]}
        """)
    found = fold(
        book, act("a"), act("b", "2022-04-01 13:00"), act("a", "2022-04-02"), act("b", "2022-04-03")
    )
    assert points(found) == [3, 2, 3, 0]
    assert say(found.ledger[3]) == "乙：“积分”本周已满8分，本次不再计分"
    assert points(fold(book, act("b", "2022-04-04"))) == [3]  # Monday begins a week


def test_each_counts_full_ones_and_keeps_the_rest_of_the_day_only():
    book = rules(
        ONE
        + """
acts:
  read:
    title: 学习
    figures: {minutes: {title: 时长, unit: 分钟}}
    credits: [{each: "1", per: "4", rest: day}]
"""
    )
    found = fold(
        book, act("read", "2022-04-01 09:00", "6"), act("read", "2022-04-01 10:00", "7.5"),
        act("read", "2022-04-02 09:00", "3"),
    )  # fmt: skip
    assert points(found) == [1, 2, 0]
    assert say(found.ledger[2]) == "学习：时长3分钟，未满4分钟，不计分"


def test_steps_words_factors_and_needs():
    book = rules(
        ONE
        + """
acts:
  exam:
    title: 考试
    value: mark
    figures: {mark: {title: 得分, most: "100"}, minutes: {title: 用时, unit: 分钟}}
    credits: [{steps: [{least: "60", points: "1"}, {least: "100", points: "2"}], needs: {minutes: "3"}}]
  duel:
    title: 对战
    figures: {result: {title: 结果, words: {won: 胜, lost: 负}}}
    credits: [{words: {won: "3"}}]
  mark:
    title: 计分
    figures: {mark: {title: 得分}}
    credits: [{factor: "0.1"}]
"""
    )
    found = fold(
        book,
        act("exam", "2022-04-01 01:00", "100;minutes=3"),
        act("exam", "2022-04-01 02:00", "99;minutes=3"),
        act("exam", "2022-04-01 03:00", "59;minutes=3"),
        act("exam", "2022-04-01 04:00", "100;minutes=2.9"),
        act("duel", "2022-04-01 05:00", "won"),
        act("duel", "2022-04-01 06:00", "lost"),
        act("mark", "2022-04-01 07:00", "33.3"),
    )
    assert points(found) == [2, 1, 0, 0, 3, 0, Fraction(333, 100)]
    assert say(found.ledger[3]) == "考试：用时2.9分钟，未满3分钟，不计分"
    assert say(found.ledger[5]) == "对战：结果为“负”，不计分"


def test_hours_begin_at_their_start_and_end_before_their_end():
    book = rules(
        ONE
        + """
hours: {active: {title: 活跃时段, spans: [{from: "6:00", to: "8:30"}]}}
acts: {read: {title: 阅读, credits: [{points: "1", hours: {active: "2"}}]}}
"""
    )
    times = ["05:59:59", "06:00:00", "08:29:59", "08:30:00"]
    found = fold(book, *(act("read", f"2022-04-01 {time}") for time in times))
    assert points(found) == [1, 2, 2, 1]
    assert say(found.ledger[1]) == "阅读：活跃时段按2倍计，计2分"


def test_days_and_right_answers_in_a_row():
    book = rules("""
        ledgers: {points: {title: 积分}, draws: {title: 抽奖机会, unit: 次}}
        acts: {quiz: {title: 答题, credits: [{ledger: points, points: "1"}]}}
        streaks:
          three-days: {title: 连续三天, acts: [quiz], days: 3, points: "5", ledger: points}
          five: {title: 五连对, acts: [quiz], right: 5, points: "1", ledger: draws, caps: {day: "1"}}
        """)
    found = fold(
        book,
        act("quiz", "2022-04-01 12:00", "answers=11111011111"),
        act("quiz", "2022-04-02 12:00", "answers=1111"),
        act("quiz", "2022-04-02 13:00", "answers=11111"),
        act("quiz", "2022-04-03 12:00"),
        act("quiz", "2022-04-05 12:00"),
    )
    assert points(found, "draws") == [1, 0, 1]
    assert points(found, "points") == [1, 1, 1, 1, 5, 1]
    assert [say(line) for line in found.ledger if line.points == 5] == ["连续三天：连续3天，计5分"]


def test_a_draw_costs_energy_and_sharing_earns_a_further_try():
    book = rules("""
        ledgers: {energy: {title: 精力值, unit: 点}, tries: {title: 答题机会, unit: 次}}
        acts:
          login: {title: 首次登录, credits: [{ledger: energy, points: "30", caps: {all: "30"}}]}
          draw: {title: 抽奖, spends: {ledger: energy, points: "20"}}
          share: {title: 分享, credits: [{ledger: tries, points: "1", caps: {day: "1"}}]}
          quiz:
            title: 答题
            attempts: {limit: {day: 1}, beyond: {ledger: tries, points: "1"}}
            credits: [{ledger: energy, points: "1"}]
        """)
    names = ["login", "draw", "draw", "quiz", "quiz", "share", "quiz", "quiz"]
    found = fold(book, *(act(name, f"2022-04-01 12:0{nth}") for nth, name in enumerate(names)))
    assert points(found, "energy") == [30, -20, 0, 1, 0, 1, 0]
    assert points(found, "tries") == [1, -1]
    assert say(found.ledger[2]) == "抽奖：需精力值20点，现有10点，不足，本次不计"
    assert [line.balance for line in found.ledger if line.ledger == "tries"] == [1, 0]


@pytest.mark.parametrize(("counts", "expected"), [("best", [4, 0, 3]), ("last", [4, -1, 4])])
def test_of_several_tries_only_the_difference_is_credited(counts, expected):
    book = rules(
        ONE
        + f"""
acts:
  quiz:
    title: 答题
    figures: {{right: {{title: 答对, most: "10"}}}}
    attempts: {{limit: {{day: 3}}, counts: {counts}}}
    credits: [{{each: "1"}}]
"""
    )
    found = fold(book, *(act("quiz", f"2022-04-01 12:0{n}", v) for n, v in enumerate("437")))
    assert points(found) == expected
    assert found.ledger[-1].balance == 7
    more = fold(book, *(act("quiz", f"2022-04-01 12:0{n}", v) for n, v in enumerate("4379")))
    assert say(more.ledger[-1]) == "答题：当日已计3次，本次不再计分"


def test_what_is_taken_back_may_be_earned_again_only_where_it_frees():
    text = (
        ONE
        + """
acts:
  like: {title: 点赞, credits: [{points: "1", caps: {day: "1"}}]}
  unlike: {title: 取消点赞, takes_back: {act: like, frees: %s}}
"""
    )
    steps = ["like", "unlike", "like", "unlike", "unlike"]
    acts = [act(name, f"2022-04-01 12:0{nth}", "x1") for nth, name in enumerate(steps)]
    assert points(fold(rules(text % "true"), *acts)) == [1, -1, 1, -1]
    assert points(fold(rules(text % "false"), *acts)) == [1, -1, 0, 0]
    last = fold(rules(text % "true"), *acts).notes[0]
    assert say(last) == "取消点赞：此前没有可撤销的“点赞”"


def test_a_least_balance_limits_a_loss_and_says_so():
    book = rules("""
        ledgers: {points: {title: 积分, least: "0"}}
        acts:
          right: {title: 答对, credits: [{points: "3"}]}
          wrong: {title: 答错, credits: [{points: "-5"}]}
        """)
    found = fold(book, act("right"), act("wrong", "2022-04-01 13:00"))
    assert points(found) == [3, -3]
    assert say(found.ledger[1]) == "答错：应扣5分，余额不低于0分，实扣3分"


def test_answers_that_are_too_fast_do_not_count_and_are_noted():
    book = rules(
        ONE
        + """
acts:
  quiz: {title: 答题, pace: {least: "2", allowed: 1, missing: void}, credits: [{points: "1"}]}
"""
    )
    found = fold(
        book,
        act("quiz", "2022-04-01 12:00", "seconds=1,2,3"),
        act("quiz", "2022-04-01 12:01", "seconds=2.5,1,1.9"),
        act("quiz", "2022-04-01 12:02"),
    )
    assert points(found) == [1, 0, 0]
    assert say(found.ledger[1]) == "答题：第2题用时1秒，少于2秒（共2题），本次不计分"
    assert [note.reason.code for note in found.notes] == ["practice_fast", "practice_untimed"]


def test_exercise_and_what_lies_outside_its_time_are_not_credited():
    book = rules("""
        from: season
        to: season
        ledgers: {points: {title: 积分}}
        acts:
          free: {title: 练习, counts: false, credits: [{points: "1"}]}
          quiz: {title: 答题, from: "2022-04-02 9:00", credits: [{points: "1"}]}
          level: {title: 第二关, from: change, credits: [{points: "1"}]}
        """)
    acts = [
        act("quiz", "2022-03-31 23:59"), act("free", "2022-04-01 12:00"),
        act("quiz", "2022-04-02 08:59"), act("level", "2022-04-02 09:00"),
        act("quiz", "2022-04-02 09:00"), act("quiz", "2022-05-01 00:00"),
    ]  # fmt: skip
    found = fold(book, *acts)
    assert points(found) == [0, 0, 0, 0, 1, 0]
    assert codes(found)[1] == "practice_exercise"
    later = fold(book, *acts, windows={"change": datetime(2022, 4, 2, 0, 59, tzinfo=UTC)})
    assert points(later) == [0, 0, 0, 1, 1, 0]


def test_a_change_holds_from_its_instant_and_keeps_what_was_used():
    book = rules(
        ONE
        + """
acts: {a: {title: 甲, credits: [{points: "2", caps: {day: "6"}}]}}
changes:
  - from: change
    acts:
      a: {title: 甲, credits: [{points: "2", caps: {day: "5"}}]}
      b: {title: 乙, credits: [{points: "1"}]}
"""
    )
    acts = [act(name, f"2022-04-01 1{n}:00") for n, name in enumerate("aabaa")]
    change = {"change": datetime(2022, 4, 1, 12, 0, tzinfo=CHINA)}
    assert points(fold(book, *acts)) == [2, 2, 0, 2, 0]
    assert points(fold(book, *acts, windows=change)) == [2, 2, 1, 1, 0]


TITLED = (
    ONE
    + """
acts:
  quiz: {title: 答题, figures: {right: {title: 答对}}, credits: [{each: "1"}]}
  undo: {title: 撤回, takes_back: {act: quiz}}
titles:
  star: {title: 学习之星, per: day, when: {ledger: points, least: "5"}, kept: false}
  steady:
    title: 坚持奖
    per: month
    when: {all: [{title: star, least: "2"}, {any: [{act: quiz, count: days, least: "9"}, {act: quiz, count: sum, of: right, least: "10"}]}]}
    above: [first]
    holds: ever
  first: {title: 入门奖, per: month, when: {act: quiz, with: {right: "3"}}}
"""
)


def test_titles_stand_on_points_acts_and_other_titles():
    book = rules(TITLED)
    first = fold(book, act("quiz", "2022-04-01 12:00", "5"))
    assert [(row.name, row.period) for row in first.titles] == [
        ("入门奖", "2022-04"), ("学习之星", "2022-04-01"),
    ]  # fmt: skip
    found = fold(book, act("quiz", "2022-04-01 12:00", "5"), act("quiz", "2022-04-02 12:00", "6"))
    assert [row.name for row in found.titles] == ["学习之星", "学习之星", "坚持奖"]
    reason = found.titles[-1].reason
    assert SENTENCES_ZH[reason.code](Data(reason.data)) == (
        "2022-04：“学习之星”2次，已满2次；“答题”合计11，已满10，授予“坚持奖”"
    )
    ever = next(fact for fact in found.facts if fact.key == "坚持奖")
    assert (str(ever.since), ever.until) == ("2022-04-02", None)


def test_a_title_that_is_not_kept_goes_with_the_points_and_with_it_what_rests_on_it():
    book = rules(TITLED)
    found = fold(
        book, act("quiz", "2022-04-02 12:00", "6"), act("undo", "2022-04-02 13:00"),
        act("quiz", "2022-04-03 12:00", "6"),
    )  # fmt: skip
    assert [(row.name, row.period) for row in found.titles] == [
        ("入门奖", "2022-04"), ("学习之星", "2022-04-03"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("ties", "expected"), [("share", ["a", "b", "c"]), ("earlier", ["a", "c"]), ("out", ["a"])]
)
def test_the_best_of_a_month(ties, expected):
    book = rules(
        ONE
        + f"""
acts: {{quiz: {{title: 答题, figures: {{right: {{title: 答对}}}}, credits: [{{each: "1"}}]}}}}
titles:
  best: {{title: 能手, per: month, when: {{ledger: points}}, top: 2, by: points, ties: {ties}}}
"""
    )
    acts = [
        act("quiz", f"2022-04-0{day} 12:00", right, person)
        for person, day, right in (("a", 3, "9"), ("b", 2, "5"), ("c", 1, "5"), ("d", 1, "4"))
    ]
    assert sorted(row.person for row in fold(book, *acts).titles) == expected
    waits = fold(book, *acts, windows={"as-of": datetime(2022, 4, 30, 12, tzinfo=CHINA)})
    assert not waits.titles
    assert [note.reason.code for note in waits.notes] == ["practice_waits"]
    known = fold(book, *acts, windows={"as-of": datetime(2022, 5, 1, 0, tzinfo=CHINA)})
    assert sorted(row.person for row in known.titles) == expected


def test_the_best_in_each_unit_and_a_board_between_two_days():
    book = rules(
        ONE
        + """
acts: {quiz: {title: 答题, figures: {right: {title: 答对}}, credits: [{each: "1"}]}}
titles:
  best: {title: 能手, per: all, when: {ledger: points}, top: 1, by: points, each: unit}
boards:
  april: {title: 四月第二天, from: "2022-04-02", to: "2022-04-02", top: 2, style: dense}
"""
    )
    facts = [
        FactIn("a", "unit", "", "甲"),
        FactIn("b", "unit", "", "甲"),
        FactIn("c", "unit", "", "乙"),
    ]
    acts = [
        act("quiz", f"2022-04-0{day} 23:59", "5", person) for person in "abc" for day in (1, 2, 3)
    ] + [act("quiz", "2022-04-02 00:00", "1", "b"), act("quiz", "2022-04-02 00:00", "1", "c")]
    assert sorted(row.person for row in fold(book, *acts, facts=facts).titles) == ["b", "c"]
    rows = rank_boards(book, acts, windows={}, facts=facts)
    assert [(row.of, row.rank, row.value) for row in rows] == [
        ("b", 1, 6),
        ("c", 1, 6),
        ("a", 2, 5),
    ]


def test_everything_that_is_wrong_with_acts_is_named_at_once():
    book = rules(
        ONE
        + """
acts:
  quiz:
    title: 答题
    figures: {right: {title: 答对, least: "0", most: "5"}, how: {title: 结果, words: {won: 胜}}}
    value: right
    credits: [{each: "1"}]
"""
    )
    bad = ["6", "-1", "x", "how=lost", "right=1;right=2", "far=1", "answers=12", "seconds=a",
           "answers=1;right=2", "a" * 10_001]  # fmt: skip
    acts = [act("quiz", f"2022-04-01 12:{n:02}", value) for n, value in enumerate(bad)]
    acts += [act("fly"), act("quiz", person=" "), act("quiz", "1700-01-01 12:00")]
    with pytest.raises(Problems) as caught:
        fold(book, *acts)
    found = [problem.code for problem in caught.value.problems]
    assert len(found) == len(acts)
    assert set(found) == {
        "act_over", "act_under", "act_number", "act_word", "act_figure_twice", "act_answers",
        "act_figure_unknown", "act_seconds", "act_answers_differ", "act_value_long",
        "act_unlisted", "act_nobody", "act_at",
    }  # fmt: skip
    assert text_of(caught.value)
    assert text_of(caught.value, "en")
    assert [problem.code for problem in check_act(book, acts[0])] == ["act_over"]
    assert check_act(book, act("quiz", value="5")) == ()


def test_acts_without_a_practice_are_refused():
    mini = loading.load(
        "rulebook: 1\nid: none\ntitle: 无\ntracks: {a: {title: 甲}}\n"
        "stages: {s: {title: 名单, method: nomination}}\n"
    )
    assert fold_acts(mini, [], windows={}).ledger == ()
    with pytest.raises(Problems):
        fold_acts(mini, [act("quiz")], windows={})


def test_a_time_without_an_offset_is_the_practices_own():
    book = rules(ONE + "acts: {a: {title: 甲, credits: [{points: '1'}]}}")
    acts = [
        ActIn("p", "a", datetime(2022, 4, 1, 0, 30)),  # noqa: DTZ001
        ActIn("p", "a", datetime(2022, 3, 31, 16, 30, tzinfo=UTC)),
    ]
    found = fold(book, *acts)
    assert [line.at.isoformat() for line in found.ledger] == ["2022-04-01T00:30:00+08:00"]
    assert [note.reason.code for note in found.notes] == ["practice_twice"]


def test_every_sentence_is_there_in_both_languages():
    assert set(SENTENCES_ZH) == set(SENTENCES_EN)
    assert {code for code in TEXTS if code.startswith("act_")}
