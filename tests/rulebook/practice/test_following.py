"""Following acts one by one, put down and taken up anywhere, comes to what folding them does."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leitai.kernel.errors import DomainError, Problems
from leitai.rulebook.data import ActIn
from leitai.rulebook.practice import Follower, fold_acts
from tests.rulebook.practice.builders import CHINA, act, rules
from tests.rulebook.practice.test_properties import BOOK, START, VALUES

PLAIN = rules("""
    ledgers:
      points: {title: 积分, period: month, caps: {day: "10.5", week: "25", all: "60"}, least: "0"}
      coins: {title: 学币, unit: 枚, period: all}
    acts:
      login: {title: 登录, once: {per: day}, credits: [{ledger: points, points: "1", caps: {day: "1"}}]}
      read:
        title: 阅读
        figures: {minutes: {title: 时长}}
        credits:
          - {ledger: points, each: "1", per: "4", rest: day, caps: {day: "6", act: "3"}}
          - {ledger: coins, factor: "0.1"}
      quiz:
        title: 答题
        figures: {right: {title: 答对, most: "5"}}
        attempts: {limit: {day: 3, week: 8}, counts: best, beyond: {ledger: coins, points: "1"}}
        credits: [{ledger: points, each: "1", caps: {day: "4"}}]
      last:
        title: 测验
        figures: {right: {title: 答对, most: "5"}}
        attempts: {counts: last, per: week}
        credits: [{ledger: points, each: "1", caps: {week: "9"}}]
      draw: {title: 抽奖, spends: {ledger: coins, points: "2"}}
      wrong: {title: 失误, credits: [{ledger: points, points: "-2"}]}
    streaks:
      days: {title: 连续两天, acts: [login], days: 2, points: "3", ledger: points, caps: {week: "3"}}
    titles:
      star: {title: 之星, per: day, when: {ledger: points, least: "5"}}
      higher: {title: 高星, per: day, when: {ledger: points, least: "7"}, above: [star]}
      lasting: {title: 坚持, per: month, when: {any: [{title: star, least: "3"}, {act: login, count: row, least: "3"}]}}
      able: {title: 能手, per: week, when: {all: [{act: quiz, count: best, of: right, least: "5"}, {act: quiz, count: days, least: "2"}]}}
      mean: {title: 均衡, per: year, when: {act: last, count: mean, of: right, least: "3"}, holds: ever}
    """)
WITHOUT_WRONG = {name: given for name, given in VALUES.items() if name in PLAIN.practice.acts}


def acts_of(values, most=24):
    moments = st.integers(min_value=0, max_value=40 * 24).map(
        lambda hours: START + timedelta(hours=hours)
    )
    one = st.sampled_from(sorted(values)).flatmap(
        lambda name: st.tuples(st.just(name), moments, st.sampled_from(values[name] or [""]))
    )
    return st.lists(one, max_size=most)


def in_order(rows):
    given_ = {ActIn("p", name, at, value) for name, at, value in rows}
    return sorted(given_, key=lambda one: (one.at, one.act, one.value))


def followed(rulebook, acts, pauses):
    """All lines, titles as they stood last, balances as they stood last."""
    follower = Follower(rulebook, {})
    lines, titles, points = [], {}, {}
    for nth, one in enumerate(acts):
        before = {(held.row.title, held.row.period) for held in follower.titles("p")}
        lines += follower.take(one)
        now = {(held.row.title, held.row.period): held for held in follower.titles("p")}
        for lost in before - set(now):
            titles.pop(lost)
        titles.update(now)
        for ledger, stretch, balance in follower.points("p"):
            points[ledger, stretch.name] = balance
        if nth in pauses and follower.resumes:
            state = follower.put_down("p")
            follower = Follower(rulebook, {})
            follower.resume("p", state)
            assert follower.put_down("p") == state
    return lines, titles, points


def agree(rulebook, acts, pauses):
    practised = fold_acts(rulebook, acts, windows={})
    lines, titles, points = followed(rulebook, acts, pauses)
    assert lines == list(practised.ledger)
    ranked = {name for name, title in rulebook.practice.titles.items() if title.top}
    expected = {(row.title, row.period): row for row in practised.titles if row.title not in ranked}
    assert {key: held.row for key, held in titles.items()} == expected
    facts = [fact for fact in practised.facts if fact.kind == "title"]
    assert {held.fact for held in titles.values()} <= set(facts)
    known = [
        (fact.key, fact.since, fact.value) for fact in practised.facts if fact.kind == "points"
    ]
    assert len(points) == len(known)
    assert sorted(points.values()) == sorted(value for _, _, value in known)


@settings(max_examples=150)
@given(acts_of(WITHOUT_WRONG), st.sets(st.integers(min_value=0, max_value=24)))
def test_pauses_change_nothing(rows, pauses):
    agree(PLAIN, in_order(rows), pauses)


@settings(max_examples=60)
@given(acts_of(VALUES))
def test_where_acts_are_taken_back_following_needs_all_of_them(rows):
    assert Follower(BOOK, {}).put_down("p") == b""
    agree(BOOK, in_order(rows), set(range(24)))


def test_a_title_that_can_be_lost_is_lost_after_a_pause_too():
    losing = rules("""
        ledgers: {points: {title: 积分}}
        acts:
          good: {title: 好, credits: [{points: "5"}]}
          bad: {title: 坏, credits: [{points: "-3"}]}
        titles:
          rich: {title: 富, per: year, kept: false, when: {ledger: points, least: "5"}}
          weeks: {title: 周周富, per: week, when: {title: rich}}
        """)
    acts = [act("good"), act("login", "2022-04-20 12:00")][:1]
    acts.append(act("bad", "2022-04-20 12:00"))
    agree(losing, acts, {0})


def test_an_earlier_act_is_refused_and_the_same_one_brings_nothing():
    follower = Follower(PLAIN, {})
    assert follower.take(act("login", "2022-04-02 08:00"))
    assert follower.take(act("login", "2022-04-02 08:00")) == ()
    assert follower.is_late(act("login", "2022-04-01 08:00"))
    with pytest.raises(DomainError) as caught:
        follower.take(act("login", "2022-04-01 08:00"))
    assert caught.value.code == "act_late"


def test_what_cannot_be_read_is_named_and_changes_nothing():
    follower = Follower(PLAIN, {})
    follower.take(act("quiz", value="3"))
    state = follower.put_down("p")
    for bad in (act("jump"), act("quiz", "2022-04-02 08:00", "9")):
        assert [one.code for one in follower.check(bad)] in (["act_unlisted"], ["act_over"])
        with pytest.raises(Problems):
            follower.take(bad)
    assert follower.put_down("p") == state


def test_a_year_of_acts_is_put_down_small():
    follower = Follower(PLAIN, {})
    first = datetime(2022, 1, 1, 8, tzinfo=CHINA)
    for nth in range(1000):
        follower.take(ActIn("p", "quiz", first + timedelta(hours=8 * nth), "3"))
    assert len(follower.put_down("p")) < 6000


def test_what_was_put_down_in_another_form_is_refused():
    with pytest.raises(DomainError) as caught:
        Follower(PLAIN, {}).resume("p", b"[0]")
    assert caught.value.code == "practice_state"
