"""What must hold of practice for all acts: order, repetition, prefixes, caps, exact sums."""

from collections import defaultdict
from datetime import datetime, timedelta
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from leitai.rulebook.data import ActIn
from leitai.rulebook.practice import SENTENCES_EN, SENTENCES_ZH, fold_acts, rank_boards
from leitai.rulebook.practice.periods import stretch
from leitai.rulebook.reasons_zh import Data
from tests.rulebook.practice.builders import CHINA, rules

BOOK = rules("""
    ledgers:
      points: {title: 积分, caps: {day: "10.5", week: "25", all: "60"}, least: "0"}
      coins: {title: 学币, unit: 枚, period: all}
    hours: {noon: {title: 午间, spans: [{from: "12:00", to: "14:00"}]}}
    acts:
      login: {title: 登录, once: {per: day}, credits: [{ledger: points, points: "1", caps: {day: "1"}}]}
      read:
        title: 阅读
        figures: {minutes: {title: 时长}}
        credits:
          - {ledger: points, each: "1", per: "4", rest: day, hours: {noon: "1.5"}, caps: {day: "6", act: "3"}}
          - {ledger: coins, factor: "0.1"}
      quiz:
        title: 答题
        figures: {right: {title: 答对, most: "5"}}
        attempts: {limit: {day: 3}, counts: best, beyond: {ledger: coins, points: "1"}}
        credits: [{ledger: points, each: "1", caps: {day: "4"}}]
      last:
        title: 测验
        figures: {right: {title: 答对, most: "5"}}
        attempts: {counts: last, per: week}
        credits: [{ledger: points, each: "1", caps: {week: "9"}}]
      draw: {title: 抽奖, spends: {ledger: coins, points: "2"}}
      like: {title: 点赞, credits: [{ledger: points, points: "1", caps: {day: "2"}}]}
      unlike: {title: 取消点赞, takes_back: {act: like, frees: true}}
      wrong: {title: 失误, credits: [{ledger: points, points: "-2"}]}
    streaks:
      days: {title: 连续两天, acts: [login], days: 2, points: "3", ledger: points, caps: {week: "3"}}
    titles:
      star: {title: 之星, per: day, when: {ledger: points, least: "5"}}
      lasting: {title: 坚持, per: month, when: {any: [{title: star, least: "3"}, {act: login, count: row, least: "3"}]}}
      best: {title: 能手, per: week, when: {ledger: points}, top: 1, by: points}
    boards:
      all: {title: 积分榜, ledger: points}
    changes:
      - from: "2022-04-05"
        acts:
          like: {title: 点赞, credits: [{ledger: points, points: "1", caps: {day: "1"}}]}
        ledgers:
          points: {title: 积分, caps: {day: "8", week: "20", all: "60"}, least: "0"}
    """)
START = datetime(2022, 4, 1, tzinfo=CHINA)
VALUES = {
    "login": [""], "read": ["1", "3", "7.5", "13"], "quiz": ["0", "2", "5"], "last": ["0", "3", "5"],
    "draw": [""], "like": ["", "x"], "unlike": ["", "x"], "wrong": [""],
}  # fmt: skip


@st.composite
def one_act(draw):
    name = draw(st.sampled_from(sorted(VALUES)))
    at = START + timedelta(minutes=30 * draw(st.integers(0, 48 * 9)))
    return ActIn(draw(st.sampled_from("pq")), name, at, draw(st.sampled_from(VALUES[name])))


ACTS = st.lists(one_act(), max_size=40)


def fold(acts):
    return fold_acts(BOOK, acts, windows={})


@settings(max_examples=60, deadline=None)
@given(ACTS, st.randoms(use_true_random=False))
def test_the_order_in_which_acts_are_given_changes_nothing(acts, chance):
    shuffled = list(acts)
    chance.shuffle(shuffled)
    assert fold(shuffled) == fold(acts)
    assert rank_boards(BOOK, shuffled, windows={}) == rank_boards(BOOK, acts, windows={})


@settings(max_examples=40, deadline=None)
@given(ACTS)
def test_an_act_given_twice_counts_once(acts):
    once, twice = fold(acts), fold(acts + acts)
    assert (once.ledger, once.titles, once.facts) == (twice.ledger, twice.titles, twice.facts)


@settings(max_examples=60, deadline=None)
@given(ACTS, st.integers(0, 48 * 9))
def test_the_acts_before_an_instant_give_the_beginning_of_the_same_ledger(acts, halves):
    until = START + timedelta(minutes=30 * halves)
    whole, part = fold(acts), fold([act for act in acts if act.at < until])
    assert whole.ledger[: len(part.ledger)] == part.ledger
    kept = [row for row in part.titles if row.title != "best"]
    assert [row for row in whole.titles if row.title != "best"][: len(kept)] == kept


@settings(max_examples=100, deadline=None)
@given(ACTS)
def test_no_cap_is_ever_exceeded(acts):
    sums = defaultdict(Fraction)
    for line in fold(acts).ledger:
        if line.ledger != "points":
            continue
        day = line.at.date()
        old = line.at < datetime(2022, 4, 5, tzinfo=CHINA)
        for period in ("day", "week", "all"):
            for what in ("*", line.act):
                name = f"{line.person} {stretch(period, day).name}"
                sums[what, period, name, old] += line.points
    whole = defaultdict(Fraction)
    for (what, period, name, _), total in sums.items():
        if what == "*":
            whole[period, name] += total
    assert all(total <= 25 for (period, _), total in whole.items() if period == "week")
    assert all(total <= 60 for (period, _), total in whole.items() if period == "all")
    for (what, period, name, old), total in sums.items():
        if what == "*" and period == "day":
            assert total <= (Fraction("10.5") if old else 8), name
        if what == "read" and period == "day":
            assert total <= 6
        if what == "quiz" and period == "day":
            assert total <= 4
        if what == "like" and period == "day":
            assert total <= (2 if old else 1)
        if what == "last" and period == "week":
            assert total <= 9


@settings(max_examples=60, deadline=None)
@given(ACTS)
def test_balances_are_the_exact_sums_of_their_lines_and_stand_as_facts(acts):
    found = fold(acts)
    sums = defaultdict(Fraction)
    for line in found.ledger:
        sums[line.person, line.ledger] += line.points
        assert line.balance == sums[line.person, line.ledger]
        assert line.points <= max(line.earned, 0) or line.act in ("unlike", "quiz", "last")
        assert line.balance >= 0 or (line.act, line.ledger) == ("last", "points")
    titles = {"积分": "points", "学币": "coins"}
    facts = {
        (fact.person, titles[fact.key]): Fraction(fact.value)
        for fact in found.facts
        if fact.kind == "points"
    }
    assert facts == dict(sums)


@settings(max_examples=40, deadline=None)
@given(ACTS)
def test_every_reason_can_be_read(acts):
    found = fold(acts)
    for row in (*found.ledger, *found.titles, *found.notes):
        for sentences in (SENTENCES_ZH, SENTENCES_EN):
            assert sentences[row.reason.code](Data(row.reason.data)).strip()
