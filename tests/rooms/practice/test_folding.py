"""From the journal to acts, points, cards and days; once each, and nothing is ever lost."""

import json
from datetime import date, timedelta

import pytest

from leitai.bank.models import ItemVersion
from leitai.practice import cards
from leitai.practice.models import (
    Account,
    Act,
    Credit,
    Day,
    DayChange,
    Journal,
    Learner,
    Memory,
    Title,
    Unread,
)
from leitai.practice.nodes import node_of
from leitai.practice.selectors.weakness import modules_of
from leitai.practice.services import rebuilding
from leitai.practice.services.folding import fold_journal
from leitai.seasons.models import Fact
from tests.factories import people, seasons
from tests.factories import practice as make
from tests.factories.practice import Taken, at

pytestmark = pytest.mark.django_db
NOW = at("2022-12-01 00:00")
DAY = date(2022, 4, 4)


@pytest.fixture
def versions():
    seasons.draft()
    return make.questions(10)


@pytest.fixture
def one(versions):
    (person,) = people.people("5101", 1)
    return make.learner(person)


def fold(limit=1000):
    return fold_journal(limit=limit, at=NOW)


def lines(learner, *columns):
    rows = Credit.objects.filter(learner=learner.pk).order_by("line")
    return list(rows.values_list(*(columns or ("line", "ledger", "points", "balance"))))


def test_a_set_becomes_an_act_with_points(versions, one):
    make.take(versions, [Taken(one.pk, "daily", at("2022-04-04 12:30"), "11011", name="x")])
    assert fold() == 1
    (act,) = make.acts()
    assert not Act.objects.exists()  # the journal has it
    # Five answers, the third wrong; times 5.000, 5.137, 5.274, 5.411, 5.548 seconds.
    assert act.value == "answers=11011;seconds=5,5.137,5.274,5.411,5.548"
    assert (act.day, act.act, act.learner, act.at, act.void) == (
        DAY, "daily", one.pk, at("2022-04-04 12:30"), "",
    )  # fmt: skip
    assert act.source.startswith("set:")
    assert lines(one) == [(1, "daily", "4", "4")]
    line = Credit.objects.get()
    assert line.act == act.source
    assert line.reason["code"] == "practice_credit"
    one.refresh_from_db()
    assert one.totals == {"daily": {"2022": "4"}}


def test_the_day_tells_what_was_done_and_where_the_learner_served(versions, one):
    moments = ["2022-04-04 12:30", "2022-04-04 12:40", "2022-04-04 20:00"]
    sets = [Taken(one.pk, "daily", at(moment), "11011") for moment in moments[:2]]
    sets.append(Taken(one.pk, "weekly", at(moments[2]), "1111011110"))
    make.take(versions, sets)
    fold()
    day = Day.objects.get()
    # 5 + 5 + 10 answers, of which 4 + 4 + 8 right; 26.37 s + 26.37 s + 56.165 s, whole seconds each.
    assert (day.sets, day.answers, day.right, day.seconds) == (3, 20, 16, 26 + 26 + 56)
    # Modules take turns: each of the five was asked 1 + 1 + 2 times; the third was wrong twice,
    # and in the set of ten the fifth and the tenth question, both of the fifth module.
    assert day.modules == {
        "就业创业": [4, 4],
        "社会保险": [4, 4],
        "人才人事": [4, 2],
        "劳动关系": [4, 4],
        "综合服务规范": [4, 2],
    }
    assert day.acts == {"daily": 2, "weekly": 1}
    assert day.points == {"daily": "8", "weekly": "16"}
    assert day.unit == one.person.unit


def test_the_day_counts_by_topic_below_the_module(versions, one):
    """Of the five questions the first two get topics of one module, the third is of another."""
    ItemVersion.objects.filter(pk__in=versions[:2]).update(module="社会保险", topic="工伤认定")
    ItemVersion.objects.filter(pk=versions[2]).update(module="社会保险", topic="养老待遇")
    ItemVersion.objects.filter(pk=versions[3]).update(module="社会保险", topic="")
    moments = ["2022-04-04 12:30", "2022-04-04 12:40"]
    marks = ("10011", "11010")
    sets = [
        Taken(one.pk, "daily", at(moment), told)
        for moment, told in zip(moments, marks, strict=True)
    ]
    make.take(versions, sets)
    assert fold(limit=1) == 1
    assert fold() == 1
    by_topic = {
        node_of("社会保险", "工伤认定"): [4, 3],  # right, wrong; right, right
        node_of("社会保险", "养老待遇"): [2, 0],
        "社会保险": [2, 2],
        "综合服务规范": [2, 1],
    }
    assert Day.objects.get().modules == by_topic
    people = [one.person_id]
    frame = {"first": DAY, "last": DAY}
    assert modules_of(season="sichuan-2022", people=people, **frame) == {
        one.person_id: {"社会保险": (8, 5), "综合服务规范": (2, 1)}
    }
    Day.objects.update(modules={})
    rebuilding.rebuild(season="sichuan-2022", at=at("2022-04-05 08:00"))
    assert Day.objects.get().modules == by_topic


def test_folding_twice_changes_nothing_and_one_fold_of_many_is_many_folds_of_one(versions, one):
    start = at("2022-04-04 08:00")
    sets = [
        Taken(one.pk, ("daily", "weekly")[nth % 2], start + timedelta(hours=5 * nth), marks)
        for nth, marks in enumerate(["11111", "1111111111", "10101", "0000000000", "11110"] * 4)
    ]
    make.take(versions, sets)
    assert fold(limit=7) == 7
    assert fold(limit=7) == 7
    assert fold(limit=7) == 6
    assert fold() == 0
    piecemeal = told(one)
    Journal.objects.update(folded_at=None)
    for model in (Act, Credit, Day, Title, Memory, Fact, Account):
        model.objects.all().delete()
    Learner.objects.update(totals={})
    assert fold() == 20
    assert told(one) == piecemeal


def told(one):
    one.refresh_from_db()
    return (
        make.acts(),
        list(Credit.objects.order_by("line").values_list()),
        list(Day.objects.order_by("day").values_list()),
        bytes(Memory.objects.get().cards),
        sorted(Fact.objects.values_list("kind", "key", "value", "since", "until", "source")),
        one.totals,
    )


def test_cards_remember_each_question_that_was_answered(versions, one):
    make.take(versions, [
        Taken(one.pk, "daily", at("2022-04-04 12:30"), "10-11"),
        Taken(one.pk, "daily", at("2022-04-06 12:30"), "01"),
    ])  # fmt: skip
    fold()
    kept = cards.unpack(Memory.objects.get().cards)
    assert [(card.seen, card.wrong) for _, card in sorted(kept.items())] == [
        (2, 1), (2, 1), (1, 0), (1, 0),
    ]  # fmt: skip


def test_a_day_offline_counts_for_its_day_at_its_last_moment(versions, one):
    make.take(versions, [
        Taken(one.pk, "daily", at("2022-04-06 09:00"), "11111", name="later"),
    ])  # fmt: skip
    fold()
    make.take(versions, [
        Taken(one.pk, "daily", at("2022-04-06 09:05"), "11100", day=DAY, name="offline"),
    ])  # fmt: skip
    fold()
    (act,) = (one for one in make.acts() if one.day == DAY)
    assert act.at.astimezone(make.CHINA).replace(microsecond=0) == at("2022-04-04 23:59:59")
    assert lines(one) == [(1, "daily", "5", "5"), (2, "daily", "3", "8")]
    assert {row.day: row.points for row in Day.objects.all()} == {
        DAY: {"daily": "3"}, date(2022, 4, 6): {"daily": "5"},
    }  # fmt: skip


def test_a_late_set_takes_up_a_cap_and_the_lines_after_it_are_mended(versions, one):
    # A day's cap is 10. The set of 23:00 arrives first; one that was taken at noon and arrives
    # late counts as the last moment of the day, so the earlier ones keep their points.
    make.take(versions, [
        Taken(one.pk, "daily", at("2022-04-04 23:00"), "11111"),
        Taken(one.pk, "daily", at("2022-04-04 23:10"), "11110"),
    ])  # fmt: skip
    fold()
    make.take(versions, [Taken(one.pk, "daily", at("2022-04-05 08:00"), "11111", day=DAY)])
    fold()
    assert lines(one) == [
        (1, "daily", "5", "5"), (2, "daily", "4", "9"), (3, "daily", "1", "10"),
    ]  # fmt: skip
    assert Credit.objects.get(line=3).reason["code"] == "practice_part"


def test_facts_follow_the_points_with_their_source(versions, one):
    make.take(versions, [Taken(one.pk, "weekly", at("2022-04-04 12:30"), "1111111111")])
    fold()
    columns = ("kind", "key", "value", "since", "until", "source")
    assert list(Fact.objects.values_list(*columns)) == [
        ("points", "周周练", "20", date(2022, 1, 1), date(2022, 12, 31),
         "本平台日日学、周周练、月月比（sichuan-2022）"),
    ]  # fmt: skip
    make.take(versions, [Taken(one.pk, "weekly", at("2022-04-05 12:30"), "1111100000")])
    fold()
    assert Fact.objects.get().value == "30"


def test_the_public_practises_without_facts(versions):
    somebody = make.learner(account="77")
    make.take(versions, [Taken(somebody.pk, "weekly", at("2022-04-04 12:30"), "1111111111")])
    fold()
    assert not Fact.objects.exists()
    assert Day.objects.get().unit is None
    assert lines(somebody) == [(1, "weekly", "20", "20")]


def test_what_cannot_be_read_stands_in_a_list_and_stops_nobody(versions, one):
    day, items = DAY, versions[:5]
    when = at("2022-04-04 12:30")
    good = make.body("11111")
    stray = json.dumps({"began": 0, "ended": 1, "answers": [[6, "A", 900]]}).encode()
    make.put([
        (day, b"a" * 16, one.pk, "daily", items, b"\xff{", when),
        (day, b"b" * 16, one.pk, "daily", items, stray, when),
        (day, b"c" * 16, one.pk, "nightly", items, good, when),
        (day, b"d" * 16, 987654, "daily", items, good, when),
        (day, b"e" * 16, one.pk, "daily", [*items[:4], 999999], good, when),
        (day, b"f" * 16, one.pk, "daily", versions[:6], make.body("111111"), when),
        (day, b"g" * 16, one.pk, "daily", items, good, when),
    ])  # fmt: skip
    assert fold() == 7
    assert fold() == 0
    found = {bytes(row.set)[:1]: (row.code, row.season) for row in Unread.objects.all()}
    assert found == {
        b"a": ("set_body", "sichuan-2022"),
        b"b": ("set_answer_stray", "sichuan-2022"),
        b"c": ("set_act", "sichuan-2022"),
        b"d": ("set_learner", ""),
        b"e": ("set_item", "sichuan-2022"),
        b"f": ("set_act", "sichuan-2022"),  # six right of at most five
    }
    assert Unread.objects.get(code="set_answer_stray").data == {"n": 6}
    assert Journal.objects.count() == 7
    assert [one.source for one in make.acts()] == [f"set:{'67' * 16}"]
    assert lines(one) == [(1, "daily", "5", "5")]


def test_what_was_answered_faster_than_anybody_reads_earns_nothing_and_says_so(versions, one):
    quick = [1500, 5000, 5000, 5000, 5000]
    make.take(versions, [Taken(one.pk, "daily", at("2022-04-04 12:30"), "11111", quick)])
    fold()
    assert lines(one) == [(1, "daily", "0", "0")]
    assert Credit.objects.get().reason["code"] == "practice_fast"


def test_statistics_are_told_before_and_after(versions, one):
    make.take(versions, [Taken(one.pk, "daily", at("2022-04-04 12:30"), "11111")])
    fold()
    make.take(versions, [Taken(one.pk, "daily", at("2022-04-04 12:40"), "11110")])
    fold()
    first, second = DayChange.objects.order_by("pk")
    assert (first.season, first.learner, first.day, first.before) == (
        "sichuan-2022", one.pk, DAY, {},
    )  # fmt: skip
    assert first.after["sets"] == 1
    assert first.after["unit"] == one.person.unit_id
    assert second.before == first.after
    assert (second.after["sets"], second.after["points"]) == (2, {"daily": "9"})
