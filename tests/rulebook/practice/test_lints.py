"""What the lint finds in a practice, each at its place, and the plain words of what passes."""

import pytest

from leitai.kernel.errors import Problems
from leitai.rulebook.plain.practice import sections
from leitai.rulebook.plain.words import Words
from leitai.rulebook.texts import text_of
from tests.rulebook.practice.builders import problems, rules

ONE = "ledgers: {points: {title: 积分}}\n"
FLAT = "a: {title: 甲, credits: [{points: '1'}]}"
TWO = "ledgers: {points: {title: 积分}, coins: {title: 学币}}\n"


def titled(goal, per="day", more="", caps="{day: '5'}"):
    return ONE + (
        f"acts: {{a: {{title: 甲, credits: [{{points: '1', caps: {caps}}}]}}}}\n"
        f"titles: {{t: {{title: 之星, per: {per}, when: {goal}{more}}}}}\n"
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (ONE + "acts: {a: {title: 甲, credits: [{points: '1', ledger: gold}]}}", "no_such_ledger"),
        (TWO + f"acts: {{{FLAT}, b: {{title: 乙, credits: [{{points: '1', ledger: coins}}]}}}}", "ledger_unsaid"),
        (TWO + "acts: {a: {title: 甲, credits: [{points: '1', ledger: points}]}}", "unused_ledger"),
        (ONE + "acts: {a: {title: 甲}}", "unused_act"),
        (ONE + f"hours: {{h: {{title: 时段, spans: [{{from: '6:00', to: '8:00'}}]}}}}\nacts: {{{FLAT}}}", "unused_hours"),
        (ONE + "acts: {a: {title: 甲, credits: [{points: '1', hours: {h: '2'}}]}}", "no_such_hours"),
        (ONE + f"hours: {{h: {{title: 时段, spans: [{{from: '25:00', to: '8:00'}}]}}}}\nacts: {{{FLAT}}}", "bad_clock"),
        (ONE + f"hours: {{h: {{title: 时段, spans: [{{from: '22:00', to: '6:00'}}]}}}}\nacts: {{{FLAT}}}", "span_order"),
        (ONE + f"offset: '8'\nacts: {{{FLAT}}}", "bad_offset"),
        (ONE + f"from: nowhere\nacts: {{{FLAT}}}", "bad_moment"),
        (ONE + f"from: 2022-02-30\nacts: {{{FLAT}}}", "bad_moment"),
        (ONE + "acts: {a: {title: 甲, credits: [{each: '1'}]}}", "figure_unsaid"),
        (ONE + "acts: {a: {title: 甲, credits: [{each: '1', of: far}]}}", "no_such_figure"),
        (ONE + "acts: {a: {title: 甲, figures: {r: {title: 结果, words: {won: 胜}}}, credits: [{each: '1'}]}}", "figure_has_words"),
        (ONE + "acts: {a: {title: 甲, figures: {r: {title: 结果, words: {won: 胜}}}, credits: [{words: {lost: '1'}}]}}", "no_such_word"),
        (ONE + "acts: {a: {title: 甲, figures: {answers: {title: 答}}, credits: [{each: '1'}]}}", "reserved_figure"),
        (ONE + "acts: {a: {title: 甲, figures: {r: {title: 数}}, credits: [{each: '1', per: '0'}]}}", "must_be_positive"),
        (ONE + "acts: {a: {title: 甲, credits: [{points: '7', caps: {day: '6'}}]}}", "credit_over_cap"),
        (ONE + "acts: {a: {title: 甲, credits: [{points: '1', caps: {day: '6', week: '5'}}]}}", "cap_never"),
        ("ledgers: {points: {title: 积分, stated: '66'}}\nacts: {a: {title: 甲, credits: [{points: '1', caps: {day: '64'}}]}}", "caps_differ"),
        ("ledgers: {points: {title: 积分, stated: '66'}}\nacts: {a: {title: 甲, credits: [{points: '1'}]}}", "caps_unbounded"),
        ("ledgers: {points: {title: 积分, caps: {day: '66'}}}\nacts: {a: {title: 甲, credits: [{points: '1', caps: {day: '64'}}]}}", "cap_beyond"),
        (ONE + f"acts: {{{FLAT}, b: {{title: 乙, takes_back: {{act: c}}}}}}", "no_such_act"),
        (ONE + "acts: {a: {title: 甲, attempts: {counts: best}, credits: [{points: '1'}]}, b: {title: 乙, takes_back: {act: a}}}", "back_of_best"),
        (ONE + "acts: {a: {title: 甲, attempts: {beyond: {points: '1'}}, credits: [{points: '1'}]}}", "beyond_without_limit"),
        (ONE + f"acts: {{{FLAT}}}\nstreaks: {{s: {{title: 连, acts: [b], days: 2, points: '1'}}}}", "no_such_act"),
        (ONE + f"acts: {{{FLAT}}}\nchanges: [{{from: 2022-05-01, ledgers: {{points: {{title: 积分, period: day}}}}}}]", "change_of_period"),
        (ONE + f"acts: {{{FLAT}}}\nchanges: [{{from: 2022-05-01, ends: [z]}}]", "no_such_act"),
        (ONE + f"acts: {{{FLAT}}}\nboards: {{b: {{title: 榜, figure: ratio}}}}", "board_of_units"),
        (ONE + f"acts: {{{FLAT}}}\nboards: {{b: {{title: 榜, figure: titles, award: z}}}}", "no_such_title"),
        (titled("{ledger: points, least: '6'}"), "title_unreachable"),
        (titled("{ledger: points, least: '36'}", "week"), "title_unreachable"),
        (titled("{act: a, count: days, least: '32'}", "month"), "title_unreachable"),
        (titled("{any: [{ledger: points, least: '6'}, {ledger: points, least: '7'}]}"), "title_unreachable"),
        (titled("{ledger: points, least: '6'}", "all", caps="{all: '5'}"), "title_unreachable"),
        (titled("{title: t}"), "title_cycle"),
        (titled("{title: z}"), "no_such_title"),
        (titled("{ledger: points, count: days}"), "goal_count"),
        (titled("{act: a, count: sum}"), "goal_needs_figure"),
        (titled("{act: a, of: right}"), "goal_has_figure"),
        (titled("{ledger: points, with: {right: '1'}}"), "goal_with"),
        (titled("{act: a, with: {far: '1'}}"), "no_such_figure"),
        (titled("{act: a}", more=", top: 3"), "top_needs_by"),
        (titled("{act: a}", more=", by: points"), "without_top"),
        (titled("{act: a}", more=", above: [t]"), "ladder_cycle"),
        (titled("{act: a}", more="}, u: {title: 之星, per: week, when: {act: a}"), "title_twice"),
        (titled("{act: a}", more=", above: [u]}, u: {title: 小星, per: week, when: {act: a}"), "ladder_period"),
        (titled("{title: u}", more="}, u: {title: 小星, per: day, when: {act: a}, top: 1, by: points"), "title_of_best"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_found(text, code):
    assert code in problems(text)


@pytest.mark.parametrize(
    "text",
    [
        titled("{ledger: points, least: '5'}"),
        titled("{ledger: points, least: '35'}", "week"),
        titled("{act: a, count: days, least: '31'}", "month"),
        titled("{any: [{ledger: points, least: '6'}, {ledger: points, least: '5'}]}"),
        titled("{ledger: points, least: '1000'}", "all"),
    ],
)
def test_what_can_just_be_reached_passes(text):
    assert problems(text) == set()


def test_a_title_that_asks_too_much_is_named_with_the_most_there_can_be():
    text = titled("{all: [{act: a}, {ledger: points, least: '151'}]}", "month")
    text = "from: 2022-04-01\nto: 2022-04-30\n" + text
    with pytest.raises(Problems) as caught:
        rules(text)
    (problem,) = caught.value.problems
    assert problem.place.endswith("practice.titles.t.when.all[1].least")
    assert text_of(problem).endswith("要求151，按本规则最多150。请核对条件和上限。")
    assert "150 is the most" in text_of(problem, "en")


def test_practice_in_plain_words():
    book = rules("""
        title: 日日学
        from: season
        ledgers:
          points: {title: 积分, caps: {day: "10"}, least: "0"}
          tries: {title: 机会, unit: 次, period: all}
        hours: {noon: {title: 午间, spans: [{from: "12:00", to: "14:00"}]}}
        acts:
          quiz:
            title: 答题
            figures: {right: {title: 答对, unit: 题, most: "5"}}
            attempts: {limit: {day: 1}, counts: best, beyond: {ledger: tries, points: "1"}}
            pace: {least: "2"}
            credits: [{ledger: points, each: "2", hours: {noon: "2"}, caps: {day: "10"}}]
          share: {title: 分享, once: {per: day}, credits: [{ledger: tries, points: "1"}], source: 分享一次得一次机会}
          free: {title: 试答, counts: false}
        streaks: {week: {title: 连续七天, acts: [quiz], days: 7, points: "5", ledger: points}}
        titles:
          star:
            title: 之星
            per: month
            when: {all: [{ledger: points, least: "100"}, {any: [{act: quiz, count: days, least: "20"}, {act: quiz, count: row, least: "7"}]}]}
            top: 3
            by: points
            holds: year
        boards: {units: {title: 单位榜, of: unit, figure: ratio}}
        lotteries: {prize: {title: 幸运奖, award: star, prizes: [{title: 一等奖, count: 3}]}}
        changes: [{from: "2022-04-20 24:00", title: 调整, ends: [free]}]
        """)
    zh = [clause.text for part in sections(Words(book)) for clause in part.clauses]
    assert zh == [
        "练兵时间：自“练兵期”开始时起。",
        "“积分”按年度累计，每日最多10分，余额不低于0分。",
        "“机会”全程累计（单位：次）。",
        "午间为12:00至14:00。",
        (
            "答题：答对每1题计2分，午间按2倍计，每日最多10分，记入“积分”；"
            "每日最多计1次，每日取最好一次，超出后每次用机会1次；任一题用时少于2秒的，该次不计，没有用时记录的照常计分；"
            "“答对”最多5题。"
        ),
        "分享：每次计1次，记入“机会”；同一内容每日只计一次。",
        "试答：仅供练习，不计分。",
        "连续七天：答题每连续7天，计“积分”5分。",
        "自2022年4月20日24:00起（调整）：试答不再计分。",
        (
            "一个月内“积分”满100分且（答题满20天或答题连续7天），按“积分”取前3名，"
            "末位同分的一并授予，授予“之星”，当年有效。"
        ),
        "“单位榜”按参学率对单位排名。",
        "抽奖“幸运奖”，由获得“之星”的人员参加，设一等奖3名。",
    ]
    en = [clause for part in sections(Words(book, "en")) for clause in part.clauses]
    assert len(en) == len(zh)
    assert all(clause.path.startswith("practice.") for clause in en)
    assert [clause.source for clause in en if clause.source] == ["分享一次得一次机会"]
