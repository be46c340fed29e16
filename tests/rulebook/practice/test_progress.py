"""What is missing of a title, for every kind of goal, as data and in both languages."""

from datetime import datetime

import pytest

from leitai.rulebook.practice import Follower, in_words
from tests.rulebook.practice.builders import CHINA, act, rules

FRAME = """
    ledgers:
      points: {title: 积分, period: month}
      coins: {title: 学币, unit: 枚, period: all}
    acts:
      daily:
        title: 日日学
        figures: {right: {title: 答对, unit: 题, most: "5"}}
        credits: [{ledger: points, each: "1", caps: {day: "10"}}]
        attempts: {limit: {day: 3}}
      read:
        title: 阅读
        figures: {minutes: {title: 时长, unit: 分钟}}
        credits: [{ledger: coins, factor: "1"}]
      draw: {title: 抽奖, spends: {ledger: coins, points: "2"}}
    titles:
"""


def follower(titles, *acts):
    made = Follower(rules(FRAME + titles), {})
    for one in acts:
        made.take(one)
    return made


def said(titles, *acts, at="2022-04-20 12:00", lang="zh"):
    at = datetime.fromisoformat(at).replace(tzinfo=CHINA)
    return [in_words(one, lang) for one in follower(titles, *acts).progress("p", at)]


def days(*numbers, value="4"):
    return [act("daily", f"2022-04-{day:02} 12:00", value) for day in numbers]


STAR = '      star: {title: 日日学之星, per: month, when: {act: daily, count: days, least: "15"}}\n'


def test_so_many_days_more():
    assert said(STAR, *days(1, 2, 4), at="2022-04-10 12:00") == ["再学12天即可获得“日日学之星”"]
    assert said(STAR, *days(1, 2, 4), at="2022-04-10 12:00", lang="en") == [
        "日日学之星: 12 more days of 日日学 to go"
    ]


def test_as_data():
    at = datetime(2022, 4, 10, 12, tzinfo=CHINA)
    (one,) = follower(STAR, *days(1, 2, 4)).progress("p", at)
    assert (one.title, one.period.name, one.held, one.left, one.possible) == (
        "star", "2022-04", False, 21, True,
    )  # fmt: skip
    assert (one.goal.count, one.goal.have, one.goal.least, one.goal.missing) == ("days", 3, 15, 12)


def test_where_the_days_left_are_too_few_it_says_when_it_begins_anew():
    assert said(STAR, *days(1, 2, 4), at="2022-04-20 12:00") == [
        "还须再学12天才能获得“日日学之星”，本期剩余11天，已来不及；下月重新计算"
    ]
    assert said(STAR, *days(1, 2, 4), at="2022-04-30 12:00", lang="en") == [
        "日日学之星: 12 more days of 日日学 needed, with 1 day left; it begins anew next month"
    ]


def test_a_new_period_begins_at_nought():
    assert said(STAR, *days(*range(1, 16)), at="2022-05-02 12:00") == [
        "再学15天即可获得“日日学之星”"
    ]


def test_what_is_held_is_said():
    assert said(STAR, *days(*range(1, 16))) == ["已获得“日日学之星”"]


@pytest.mark.parametrize(
    ("goal", "acts", "chinese", "english"),
    [
        # 4 + 4 points of 100.
        ('{ledger: points, least: "100"}', days(1, 2),
         "“积分”再得92分即可获得“称号”", "称号: 92 more points of 积分 to go"),
        # 7 earned, 2 spent: a balance of 5.
        ('{ledger: coins, count: balance, least: "9"}',
         [act("read", "2022-04-01 12:00", "7"), act("draw", "2022-04-01 13:00")],
         "“学币”余额再增4枚即可获得“称号”", "称号: a balance of 学币 higher by 4 枚 to go"),
        ('{act: daily, least: "3"}', days(1),
         "“日日学”再完成2次即可获得“称号”", "称号: 日日学 2 more times to go"),
        # 18 and 19 April are the run that goes on; 1 to 3 April were longer and are over.
        ('{act: daily, count: row, least: "7"}', days(1, 2, 3, 18, 19),
         "“日日学”再连续学5天即可获得“称号”", "称号: 5 more days of 日日学 in a row to go"),
        # The last day of the run was the 18th: it is broken on the 20th.
        ('{act: daily, count: row, least: "7"}', days(17, 18),
         "“日日学”再连续学7天即可获得“称号”", "称号: 7 more days of 日日学 in a row to go"),
        ('{act: read, count: sum, of: minutes, least: "60"}', [act("read", value="12.5")],
         "“阅读”合计再增47.5分钟即可获得“称号”", "称号: 47.5 分钟 more of 阅读 together to go"),
        ('{act: daily, count: best, of: right, least: "5"}', days(1),
         "“日日学”最好成绩达到5题即可获得“称号”", "称号: 5 题 in one 日日学 to go"),
        ('{act: daily, count: mean, of: right, least: "4.5"}', days(1),
         "“日日学”平均达到4.5题即可获得“称号”", "称号: 4.5 题 of 日日学 on average to go"),
        ('{act: daily, count: days, least: "2", with: {right: "5"}}', days(1),
         "“日日学”再学2天（每次答对不少于5题）即可获得“称号”",
         "称号: 2 more days of 日日学 (each with 答对 5 or more) to go"),
        # The first part is reached already.
        ('{all: [{act: daily}, {ledger: points, least: "10"}, {act: read}]}', days(1),
         "“积分”再得6分，并且“阅读”再完成1次即可获得“称号”",
         "称号: 6 more points of 积分 and 阅读 1 more time to go"),
        ('{any: [{act: daily, least: "2"}, {act: read}]}', days(1),
         "“日日学”再完成1次，或者“阅读”再完成1次即可获得“称号”",
         "称号: 日日学 1 more time or 阅读 1 more time to go"),
    ],
)  # fmt: skip
def test_every_kind_of_goal(goal, acts, chinese, english):
    titles = f"      one: {{title: 称号, per: month, when: {goal}}}\n"
    assert said(titles, *acts) == [chinese]
    assert said(titles, *acts, lang="en") == [english]


def test_a_title_of_titles_and_one_for_the_best():
    titles = STAR + (
        '      twice: {title: 学习标兵, per: year, when: {title: star, least: "2"}}\n'
        '      best: {title: 能手, per: month, when: {ledger: points, least: "40"}, top: 3, by: points}\n'
    )
    assert said(titles, *days(*range(1, 16), value="2")) == [
        "已获得“日日学之星”",
        "再获得“日日学之星”即可获得“学习标兵”",
        "“积分”再得10分即可参评“能手”（取前3名）",
    ]
    assert said(titles, *days(*range(1, 16), value="5"))[2] == "已达到“能手”的条件"


def test_what_today_still_allows():
    made = follower(STAR, *days(4, value="5"), act("daily", "2022-04-04 13:00", "3"))
    (room,) = made.rooms("p", datetime(2022, 4, 4, 20, tzinfo=CHINA))
    assert (room.act, room.ledger, room.used, room.most, room.left) == ("daily", "points", 8, 10, 2)
    (tries,) = made.tries("p", datetime(2022, 4, 4, 20, tzinfo=CHINA))
    assert (tries.act, tries.period, tries.used, tries.left) == ("daily", "day", 2, 1)
    (tomorrow,) = made.rooms("p", datetime(2022, 4, 5, 8, tzinfo=CHINA))
    assert tomorrow.left == 10
