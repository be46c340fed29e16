"""Acts of other rooms, acts taken out of account, and everything worked out anew."""

import json
from datetime import date

import pytest

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.ledger.models import LedgerEntry
from leitai.practice.models import (
    Account,
    Act,
    Credit,
    Day,
    DayChange,
    Learner,
    Memory,
    Title,
    Unread,
)
from leitai.practice.services import ranking, recording
from leitai.practice.services.folding import fold_journal
from leitai.practice.services.learning import join
from leitai.practice.services.rebuilding import rebuild
from leitai.rulebook import reasons
from leitai.rulebook.data import Reason
from leitai.seasons import services as season_services
from leitai.seasons.models import Fact
from leitai.web.cli import house
from leitai.web.cli.main import main
from tests.factories import people, seasons
from tests.factories import practice as make
from tests.factories.practice import Taken, at
from tests.factories.units import HOUSE

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


def record(one, act, source, moment, value=""):
    return recording.record_act(learner=one.pk, act=act, source=source, at=at(moment), value=value)


def void(one, act, reason="经抽查，系他人代答", actor=seasons.OFFICE):
    recording.void_act(
        actor=actor, learner=one.pk, day=act.day, source=act.source, reason=reason, at=NOW
    )


def lines(one):
    rows = Credit.objects.filter(learner=one.pk).order_by("line")
    return list(rows.values_list("line", "ledger", "points", "balance", "corrects"))


def test_an_act_is_recorded_once(one):
    assert record(one, "monthly", "duel:7", "2022-04-04 12:00", "won") is True
    assert record(one, "monthly", "duel:7", "2022-04-04 12:00", "won") is False
    assert lines(one) == [(1, "monthly", "3", "3", None)]
    assert Act.objects.get().value == "won;subject=duel:7"
    assert Day.objects.get().acts == {"monthly": 1}


def test_two_acts_of_one_moment_both_stand(one):
    record(one, "monthly", "duel:7", "2022-04-04 12:00", "lost")
    record(one, "monthly", "duel:8", "2022-04-04 12:00", "lost")
    # One a day counts; the second stands with its reason.
    assert lines(one) == [(1, "monthly", "1", "1", None), (2, "monthly", "0", "1", None)]
    assert Credit.objects.get(line=2).reason["code"] == "practice_tries"


@pytest.mark.parametrize(
    ("act", "value", "code"),
    [("nightly", "", "practice_act_unknown"), ("monthly", "fled", "practice_act_bad")],
)
def test_an_act_that_the_rules_do_not_know_is_refused(one, act, value, code):
    with pytest.raises(DomainError) as caught:
        record(one, act, "duel:7", "2022-04-04 12:00", value)
    assert caught.value.code == code
    assert not Act.objects.exists()


def test_an_act_of_nobody_is_refused(versions):
    with pytest.raises(DomainError) as caught:
        recording.record_act(learner=98765, act="daily", source="x:1", at=NOW)
    assert caught.value.code == "practice_learner_unknown"


def test_what_is_taken_out_of_account_is_taken_back_by_a_further_line(versions, one):
    # Two weekly sets of 8 right: 16 points, then 4 up to the day's cap of 20.
    make.take(versions, [
        Taken(one.pk, "weekly", at("2022-04-04 08:00"), "1111111100"),
        Taken(one.pk, "weekly", at("2022-04-04 20:00"), "1111111100"),
        Taken(one.pk, "weekly", at("2022-04-05 20:00"), "1111100000"),
    ])  # fmt: skip
    fold_journal(at=NOW)
    first, _, _ = make.acts()
    void(one, first)
    # 16 go, and the second set is now worth 16 of which 4 stand: 12 come.
    assert lines(one) == [
        (1, "weekly", "16", "16", None),
        (2, "weekly", "4", "20", None),
        (3, "weekly", "10", "30", None),
        (4, "weekly", "-16", "14", 1),
        (5, "weekly", "12", "26", 2),
    ]
    said = [
        reasons.render(Reason.from_plain(line.reason))
        for line in Credit.objects.filter(corrects__isnull=False).order_by("line")
    ]
    assert said == [
        "周周练：本次练习作废，原计16分，现计0分（经抽查，系他人代答）",
        "周周练：重新计算，原计4分，现计16分（经抽查，系他人代答）",
    ]
    assert Fact.objects.get(kind="points").value == "26"
    day = Day.objects.get(day=DAY)
    assert (day.sets, day.answers, day.right, day.points) == (1, 10, 8, {"weekly": "16"})
    entry = LedgerEntry.objects.latest("pk")
    payload = json.loads(bytes(entry.payload))
    assert (entry.act, payload["data"]["reason"]) == ("practice.voided", "经抽查，系他人代答")
    # A further set goes on from there.
    make.take(versions, [Taken(one.pk, "weekly", at("2022-04-06 20:00"), "1111100000")])
    fold_journal(at=NOW)
    assert lines(one)[-1] == (6, "weekly", "10", "36", None)


def test_taken_out_twice_is_taken_out_once_and_comes_back_whole(versions, one):
    make.take(versions, [Taken(one.pk, "weekly", at("2022-04-04 08:00"), "1111111100")])
    fold_journal(at=NOW)
    (act,) = make.acts()
    void(one, act)
    void(one, act)
    assert [row[2] for row in lines(one)] == ["16", "-16"]
    assert not Day.objects.exists()
    recording.restore_acts(
        actor=seasons.OFFICE, learner=one.pk, acts=[(act.day, act.source)], reason="申诉成立",
        at=NOW,
    )  # fmt: skip
    assert [row[2:4] for row in lines(one)] == [("16", "16"), ("-16", "0"), ("16", "16")]
    assert Day.objects.get().points == {"weekly": "16"}


def test_a_title_that_rested_on_it_is_lost_with_its_fact(versions, one):
    made_title_by_monthly(one)
    assert [row.title for row in Title.objects.filter(lost_on=None)] == ["monthly-master"]
    assert Fact.objects.filter(kind="title", key="月月比能手").exists()
    void(one, Act.objects.order_by("at").first())
    assert Title.objects.get().lost_on == date(2022, 12, 1)
    assert not Fact.objects.filter(kind="title").exists()


def made_title_by_monthly(one):
    """60 points of 月月比 in a month: twenty days at 3 points."""
    for day in range(1, 21):
        record(one, "monthly", f"duel:{day}", f"2022-04-{day:02} 12:00", "won")


@pytest.mark.parametrize(
    ("actor", "reason", "code"),
    [
        (people.actor("unit_manager", season=seasons.CODE), "代答", "forbidden"),
        (seasons.OFFICE, "  ", "practice_reason_missing"),
    ],
)
def test_who_may_take_out_and_only_with_a_reason(one, actor, reason, code):
    record(one, "monthly", "duel:7", "2022-04-04 12:00", "won")
    with pytest.raises(DomainError) as caught:
        void(one, Act.objects.get(), reason, actor)
    assert caught.value.code == code
    assert len(lines(one)) == 1


def test_all_of_it_follows_from_journal_and_acts(versions, one):
    make.take(versions, [
        Taken(one.pk, "weekly", at("2022-04-04 08:00"), "1111111100"),
        Taken(one.pk, "daily", at("2022-04-05 08:00"), "11-00"),
        Taken(one.pk, "daily", at("2022-04-06 08:00"), "11111"),
    ])  # fmt: skip
    make.put([(DAY, b"a" * 16, one.pk, "daily", versions[:5], b"{", at("2022-04-04 09:00"))])
    fold_journal(at=NOW)
    made_title_by_monthly(one)
    (daily,) = (act for act in make.acts() if act.day == date(2022, 4, 6) and act.act == "daily")
    void(one, daily)
    before = told(one)
    changes = DayChange.objects.count()
    assert rebuild(season=one.season, at=NOW) == 1
    assert told(one) == before
    assert DayChange.objects.count() == changes
    # All that only follows may be thrown away.
    for model in (Day, Title, Memory, Fact, Account, Unread):
        model.objects.all().delete()
    Learner.objects.update(totals={})
    rebuild(season=one.season, at=NOW)
    assert told(one) == before
    # And what was spoilt is mended, the points by a further line.
    Credit.objects.filter(learner=one.pk, line=1).update(points="61")
    rebuild(season=one.season, at=NOW)
    assert lines(one)[-1][2:] == ("-45", "16", 1)
    assert told(one)[1:] == before[1:]


def told(one):
    one.refresh_from_db()
    return (
        list(Credit.objects.order_by("line").values_list()),
        make.acts(),
        list(Day.objects.order_by("day").values_list()),
        bytes(Memory.objects.get().cards),
        sorted(Fact.objects.values_list("kind", "key", "value", "since", "until"), key=str),
        list(
            Title.objects.order_by("title", "period").values_list("title", "period", "reached_on")
        ),
        list(Unread.objects.values_list("code", "day")),
        one.totals,
    )


def test_joining_makes_a_learner_once(versions):
    (person,) = people.people("5103", 1)
    actor = Actor(account="55", name="", person=person.code)
    mine = join(actor=actor, season=seasons.CODE, at=NOW)
    again = join(actor=actor, season=seasons.CODE, at=NOW)
    assert (mine.pk, mine.unit, mine.person) == (again.pk, person.unit, person)


def test_a_season_without_practice_has_no_learners(versions):
    season_services.create_season(actor=HOUSE, rulebook="liaoning-2025", at=NOW)
    with pytest.raises(DomainError) as caught:
        join(actor=people.actor("office", account="5"), season="liaoning-2025", at=NOW)
    assert caught.value.code == "practice_off"


TOP = """
rulebook: 1
id: top-drill
title: 练兵
year: 2022
host: {unit: "51", name: 四川省人力资源和社会保障厅}
tracks: {solo: {title: 个人赛}}
stages: {list: {title: 名单, method: nomination}}
practice:
  ledgers: {points: {title: 积分}}
  acts:
    read: {title: 阅读, credits: [{points: "2"}]}
  titles:
    best: {title: 能手, per: month, when: {ledger: points, least: "4"}, top: 1, by: points, holds: year}
"""


def test_titles_for_the_best_wait_for_the_end_and_follow_what_is_taken_out(versions):
    season_services.create_season(actor=HOUSE, rulebook=TOP, at=NOW)
    staff = people.people("5103", 2)
    first, second = (make.learner(person, season="top-drill") for person in staff)
    for learner, days in ((first, (1, 2, 3)), (second, (1, 2))):
        for day in days:
            record(learner, "read", f"r:{learner.pk}:{day}", f"2022-04-{day:02} 12:00")
    assert ranking.decide_tops(season="top-drill", at=at("2022-04-20 12:00")) == 0
    assert ranking.decide_tops(season="top-drill", at=at("2022-05-01 12:00")) == 1
    assert holders() == [(staff[0].code, "能手")]
    # A further fold of everything leaves the title where it is.
    rebuild(season="top-drill", at=NOW)
    assert holders() == [(staff[0].code, "能手")]
    office = people.actor("office", season="top-drill")
    for act in Act.objects.filter(learner=first.pk).order_by("at")[:2]:
        void(first, act, actor=office)
    # Two points are too few for the first; the second has four.
    assert ranking.decide_tops(season="top-drill", at=at("2022-05-02 12:00")) == 2
    assert holders() == [(staff[1].code, "能手")]
    assert ranking.decide_tops(season="top-drill", at=at("2022-05-03 12:00")) == 0


def holders():
    held = Title.objects.filter(lost_on=None).values_list("learner__person__code", flat=True)
    facts = Fact.objects.filter(kind="title").values_list("person__code", "key")
    assert sorted(held) == sorted(code for code, _ in facts)
    return sorted(facts)


def test_the_command_line_works_a_season_out_anew(versions, one, capsys, monkeypatch):
    make.take(versions, [Taken(one.pk, "daily", at("2022-04-05 08:00"), "11111")])
    fold_journal(at=NOW)
    Day.objects.all().delete()
    monkeypatch.setattr(house, "open_house", lambda: None)
    assert main(["practice", "rebuild", "--season", seasons.CODE]) == 0
    assert capsys.readouterr().out == "已重新计算1名学员。\n"
    assert Day.objects.get().answers == 5
