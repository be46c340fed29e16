"""What somebody did: sets told by the journal, the rest by rows, and one list of both."""

from datetime import date
from importlib import import_module

import pytest
from django.db import connection

from leitai.bank.models import Bank, ItemVersion
from leitai.practice import rows
from leitai.practice.models import Act, Credit, Day, Journal, Learner, Memory, Title, Unread
from leitai.practice.rows import ActRow
from leitai.practice.selectors import keys
from leitai.practice.selectors.acts import acts_of
from leitai.practice.selectors.laws import law_of
from leitai.practice.services import crediting, keeping, months, recording
from leitai.practice.services.folding import fold_journal
from leitai.practice.services.rebuilding import rebuild, recredit
from leitai.seasons import services as season_services
from leitai.seasons.models import Fact
from tests.factories import people, seasons
from tests.factories import practice as make
from tests.factories.practice import Taken, at

pytestmark = pytest.mark.django_db
NOW = at("2022-12-01 00:00")
LONG_AFTER = at("2024-01-01 12:00")
FOURTH = date(2022, 4, 4)
SLIM = import_module("leitai.practice.migrations.0005_acts_of_sets")


@pytest.fixture
def versions():
    seasons.draft()
    return make.questions(10)


@pytest.fixture
def one(versions):
    (person,) = people.people("5101", 1)
    return make.learner(person)


@pytest.fixture
def season(versions, one):
    """Two weekly sets of one day, of which the first is void, a late daily one, a lecture, a duel."""
    months.make_months(at=at("2022-04-01 12:00"))
    make.take(versions, [
        Taken(one.pk, "weekly", at("2022-04-04 08:00"), "1111111100", name="first"),
        Taken(one.pk, "weekly", at("2022-04-04 20:00"), "1111111100", name="second"),
        Taken(one.pk, "daily", at("2022-04-06 09:00"), "11-00", day=date(2022, 4, 5), name="late"),
    ])  # fmt: skip
    make.put([(FOURTH, b"x" * 16, one.pk, "daily", versions[:5], b"{", at("2022-04-04 09:00"))])
    fold_journal(at=NOW)
    record(one, "duel:7", "2022-04-04 12:00")
    first, *_ = sets()
    void(one, first)
    return one


def record(one, source, moment):
    recording.record_act(learner=one.pk, act="monthly", source=source, at=at(moment), value="won")


def void(one, act):
    recording.void_act(
        actor=seasons.OFFICE, learner=one.pk, day=act.day, source=act.source, reason="代答", at=NOW
    )


def restore(one, act):
    recording.restore_acts(
        actor=seasons.OFFICE,
        learner=one.pk,
        acts=[(act.day, act.source)],
        reason="申诉成立",
        at=NOW,
    )


def sets():
    return [one for one in make.acts() if one.source.startswith("set:")]


def lines(one):
    found = Credit.objects.filter(learner=one.pk).order_by("line")
    return list(found.values_list("ledger", "points", "balance", "corrects"))


def told(one):
    one.refresh_from_db()
    return (
        lines(one),
        make.acts(),
        list(Title.objects.order_by("title").values_list("title", "period", "lost_on")),
        sorted(Fact.objects.values_list("kind", "key", "value")),
        one.totals,
    )


# Two sets of 8 right at 2 points, 20 a day at most; a duel won; 2 right in a set of five; then the
# first goes, so that all 16 of the second count.
STANDING = [
    ("weekly", "16", "16", None),
    ("weekly", "4", "20", None),
    ("daily", "2", "2", None),
    ("monthly", "3", "3", None),
    ("weekly", "-16", "4", 1),
    ("weekly", "12", "16", 2),
]


def test_sets_are_told_by_the_journal_and_other_acts_by_rows(season):
    found = [(one.act, one.day, one.value.partition(";")[0], one.void) for one in make.acts()]

    assert found == [
        ("weekly", FOURTH, "answers=1111111100", "office"),
        ("monthly", FOURTH, "won", ""),
        ("weekly", FOURTH, "answers=1111111100", ""),
        ("daily", date(2022, 4, 5), "answers=11000", ""),
    ]
    assert make.acts()[-1].at.microsecond == int.from_bytes(
        bytes(Journal.objects.get(day=date(2022, 4, 5)).set)[:4], "big"
    ) % 1_000_000  # fmt: skip
    assert sorted(Act.objects.values_list("act", "void")) == [("monthly", ""), ("weekly", "office")]
    assert lines(season) == STANDING


def test_a_day_or_a_learner_may_be_asked_for_alone(season, versions):
    other = make.learner(account="77")
    make.take(versions, [Taken(other.pk, "daily", at("2022-04-05 12:00"), "11111")])
    fold_journal(at=NOW)
    law = law_of(seasons.CODE)

    assert [one.act for one in acts_of(law, [season.pk], [date(2022, 4, 5)])] == ["daily"]
    assert [one.value[:13] for one in acts_of(law, [other.pk])] == ["answers=11111"]
    both = acts_of(law, [other.pk, season.pk])
    assert [one.learner for one in both] == [season.pk] * 4 + [other.pk]


def test_acts_of_one_moment_come_in_the_order_of_the_rules(one):
    rows.add_acts([
        ActRow(FOURTH, "x:2", one.pk, "weekly", NOW, "a"),
        ActRow(FOURTH, "x:1", one.pk, "weekly", NOW, "a"),
        ActRow(FOURTH, "x:3", one.pk, "daily", NOW, "é"),
        ActRow(FOURTH, "x:4", one.pk, "daily", NOW, "Z"),
    ])  # fmt: skip

    assert [act.source for act in make.acts()] == ["x:4", "x:3", "x:1", "x:2"]


def test_what_waits_is_no_act_yet(versions, one):
    make.take(versions, [Taken(one.pk, "daily", at("2022-04-04 12:30"), "11111")])

    assert make.acts() == []
    fold_journal(at=NOW)
    assert len(make.acts()) == 1


def test_a_further_set_reads_no_earlier_one(season, versions, monkeypatch):
    monkeypatch.setattr(crediting, "acts_of", None)
    monkeypatch.setattr(rows, "sets_of", None)
    make.take(versions, [Taken(season.pk, "daily", at("2022-04-07 12:30"), "11111")])

    assert fold_journal(at=NOW) == 1
    assert lines(season)[-1] == ("daily", "5", "7", None)


def test_a_set_taken_out_and_given_back_is_one_act_all_along(season):
    first, *_ = sets()
    assert first.void == "office"
    restore(season, first)
    assert [one.void for one in sets()] == ["", "", ""]
    # 16 and 4 as at first: what had gone comes, what had come goes.
    assert [row[1] for row in lines(season)[6:]] == ["16", "-12"]
    void(season, sets()[0])
    assert [one.void for one in sets()] == ["office", "", ""]
    assert season_total(season) == "16"


def season_total(one):
    one.refresh_from_db()
    return one.totals["weekly"]["2022"]


def test_an_unread_set_is_an_act_only_once_a_rebuild_could_read_it(versions, one):
    # Its questions stood in a live bank when it came in, and were released later.
    Bank.objects.update(live=True)
    make.take(versions, [Taken(one.pk, "daily", at("2022-04-04 12:30"), "11111", name="early")])
    fold_journal(at=NOW)
    Bank.objects.update(live=False)

    make.take(versions, [Taken(one.pk, "daily", at("2022-04-05 12:30"), "11110", name="later")])
    fold_journal(at=NOW)
    assert [act.day for act in make.acts()] == [date(2022, 4, 5)]
    recredit(season=seasons.CODE, at=NOW)
    assert lines(one) == [("daily", "4", "4", None)]
    rebuild(season=seasons.CODE, at=NOW)
    assert [act.day for act in make.acts()] == [FOURTH, date(2022, 4, 5)]
    assert lines(one) == [("daily", "4", "4", None), ("daily", "5", "9", None)]


def test_a_set_whose_question_is_gone_takes_nothing_back_and_comes_back_with_it(versions, season):
    before, (gone,) = told(season), ItemVersion.objects.filter(pk=versions[7])
    keys._known.clear()  # as another process
    ItemVersion.objects.filter(pk=gone.pk).delete()

    # Only the daily set, of five questions, can be marked; what the weekly ones brought stands.
    assert [one.act for one in sets()] == ["weekly", "daily"]  # the void one has a row
    recredit(season=seasons.CODE, at=NOW)
    assert lines(season) == STANDING
    rebuild(season=seasons.CODE, at=NOW)
    assert lines(season) == STANDING
    assert sorted(Unread.objects.values_list("code", flat=True)) == ["set_body", *["set_item"] * 2]
    gone.save(force_insert=True)
    rebuild(season=seasons.CODE, at=NOW)
    assert told(season) == before
    assert Unread.objects.get().code == "set_body"


def test_a_set_that_is_folded_again_brings_nothing_more(season):
    before = told(season)
    Journal.objects.update(folded_at=None)

    assert fold_journal(at=NOW) == 4
    assert told(season) == before


@pytest.mark.parametrize("alone", [True, False])
def test_what_a_forgotten_journal_was_worth_is_kept(season, versions, alone):
    if not alone:  # the month of April then stays, with the other's set
        other = Learner.objects.create(season="goes-on", account="b", joined_at=NOW)
        make.put([(FOURTH, b"y" * 16, other.pk, "daily", versions[:5], b"{", NOW)])
    before, memory = told(season), bytes(Memory.objects.get().cards)

    dropped = months.forget_journal(seasons=[seasons.CODE], at=LONG_AFTER)

    assert dropped == (["practice_journal_202204"] if alone else [])
    assert Journal.objects.count() == (0 if alone else 1)
    assert Act.objects.count() == 4  # what could never be read is no act
    assert told(season) == before
    recredit(season=seasons.CODE, at=NOW)
    assert told(season) == before
    assert bytes(Memory.objects.get().cards) == memory
    assert months.forget_journal(seasons=[seasons.CODE], at=LONG_AFTER) == []


def test_a_forgotten_set_can_still_be_given_back_and_others_go_on_from_it(season, versions):
    months.forget_journal(seasons=[seasons.CODE], at=LONG_AFTER)
    restore(season, sets()[0])
    # 20 of the 4th, then ten more of another day.
    make.take(versions, [Taken(season.pk, "weekly", at("2022-04-07 20:00"), "1111100000")])
    fold_journal(at=NOW)
    assert season_total(season) == "30"
    assert len(sets()) == 4
    assert Day.objects.get(day=date(2022, 4, 7)).right == 5


def test_other_rules_count_forgotten_sets_as_they_count_others(season):
    months.forget_journal(seasons=[seasons.CODE], at=LONG_AFTER)
    # Practice opens on the 5th of April now: all of the 4th goes.
    season_services.set_window(
        actor=seasons.OFFICE, season=seasons.selectors.get_season(seasons.CODE), name="practice",
        opens_at=at("2022-04-05 00:00"), closes_at=at("2022-12-31 18:00"), at=NOW,
    )  # fmt: skip
    recredit(season=seasons.CODE, at=NOW, why="练兵期调整")
    season.refresh_from_db()
    assert season.totals == {
        "weekly": {"2022": "0"}, "daily": {"2022": "2"}, "monthly": {"2022": "0"},
    }  # fmt: skip


def test_a_month_in_which_a_set_is_folded_meanwhile_waits_another_night(
    season, versions, monkeypatch
):
    make.take(versions, [Taken(season.pk, "daily", at("2022-04-20 12:30"), "11111")])

    def slow(**asked):
        kept = keeping.keep_acts(**asked)
        fold_journal(at=NOW)
        return kept

    monkeypatch.setattr(months, "keep_acts", slow)
    assert months.forget_journal(seasons=[seasons.CODE], at=LONG_AFTER) == []
    assert Journal.objects.count() == 5
    before = told(season)
    assert months.forget_journal(seasons=[seasons.CODE], at=LONG_AFTER) != []
    assert told(season) == before
    assert len(sets()) == 4


def test_portions_leave_nothing_out(season, monkeypatch):
    monkeypatch.setattr(keeping, "PORTION", 1)
    before = make.acts()
    first, end = date(2022, 4, 1), date(2022, 5, 1)
    assert keeping.keep_acts(season=seasons.CODE, first=first, end=end) == 4
    assert keeping.keep_acts(season=seasons.CODE, first=first, end=date(2022, 4, 5)) == 3
    assert make.acts() == before
    Journal.objects.all().delete()
    assert make.acts() == before


def test_the_migration_leaves_what_the_journal_does_not_tell(season, versions):
    """As the house was before: a row for every act, one of a forgotten set, one of an unread one."""
    before = make.acts()
    forgotten = before[-1]._replace(source=f"set:{'ab' * 16}", at=at("2022-04-09 12:00"))
    unread = before[-1]._replace(
        source=f"set:{b'x'.hex() * 16}", day=FOURTH, at=at("2022-04-08 12:00")
    )
    rows.add_acts([*before, forgotten, unread])
    assert Act.objects.count() == 6

    with connection.cursor() as cursor:
        cursor.execute(SLIM.FORWARD)

    assert make.acts() == [*before, unread, forgotten]
    assert sorted(Act.objects.values_list("act", "void")) == [
        ("daily", ""), ("daily", ""), ("monthly", ""), ("weekly", "office"),
    ]  # fmt: skip
    assert lines(season) == STANDING
