"""ID and bank data after a season, and two records of one person in a season."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from leitai.kernel.errors import DomainError
from leitai.ledger.models import LedgerEntry
from leitai.people import selectors as people_room
from leitai.people import services as people
from leitai.people.models import Person
from leitai.seasons.models import Entry, Fact
from leitai.seasons.rules import PRACTICE_EXAM
from leitai.seasons.services import retaining
from tests.factories import people as make
from tests.factories import seasons as seasons_of
from tests.factories.units import HOUSE
from tests.rooms.people.numbers import id_number, phone

pytestmark = pytest.mark.django_db
# The packaged season's last window, the final, closes on 18 August 2022 at 11:00 in Shanghai.
OVER = datetime(2023, 2, 18, 3, 0, tzinfo=UTC)


@pytest.fixture
def season():
    return seasons_of.opened()


@pytest.fixture
def entered(season):
    """Two contestants of a county's delegation with all their numbers."""
    found = [entry.person for entry in seasons_of.nominated(season, "5101", 2)]
    for order, person in enumerate(found, start=1):
        people.set_personal(
            person,
            id_number=id_number(order=order),
            phone=phone(order),
            bank_account="6222000011112222",
        )
    return found


def shown(person):
    found = people_room.masked(Person.objects.get(pk=person.pk))
    return bool(found.id_number), bool(found.bank_account), bool(found.phone)


def test_id_and_bank_data_go_six_months_after_the_last_window(entered):
    late = OVER - timedelta(seconds=1)
    assert retaining.forget(actor=HOUSE, at=late) == retaining.Forgotten((), 0)
    assert shown(entered[0]) == (True, True, True)
    told = retaining.forget(actor=HOUSE, at=OVER, dry_run=True)
    assert (told.seasons, told.people) == (("sichuan-2022",), 2)
    assert shown(entered[0]) == (True, True, True)
    assert retaining.forget(actor=HOUSE, at=OVER).people == 2
    assert [shown(person) for person in entered] == [(False, False, True)] * 2
    entry = LedgerEntry.objects.get(act="personal.erased")
    assert b"sichuan-2022" in bytes(entry.payload)
    assert retaining.forget(actor=HOUSE, at=OVER).people == 0


def test_the_months_are_a_setting(entered, settings):
    settings.LEITAI_KEEP_MONTHS = 12
    assert retaining.forget(actor=HOUSE, at=OVER).people == 0
    assert retaining.forget(actor=HOUSE, at=OVER.replace(year=2023, month=8)).people == 2


def test_a_postponed_final_postpones_it(entered, season):
    from leitai.seasons import services

    services.set_window(
        actor=seasons_of.OFFICE,
        season=season,
        name="final",
        opens_at=datetime(2022, 9, 18, 1, 30, tzinfo=UTC),
        closes_at=datetime(2022, 9, 18, 3, 0, tzinfo=UTC),
        reason="场地检修",
        at=seasons_of.AT + timedelta(days=1),
    )
    assert retaining.forget(actor=HOUSE, at=OVER).people == 0
    assert retaining.forget(actor=HOUSE, at=OVER + timedelta(days=31)).people == 2


def test_whoever_is_in_a_season_that_still_runs_keeps_the_data(entered, season):
    running = type(season).objects.create(
        code="next-2023",
        rulebook=season.rulebook,
        host=season.host,
        state="open",
        created_at=OVER,
        opened_at=OVER,
    )
    stage = running.stages.create(code="one", title="初赛", position=1)
    Entry.objects.create(
        stage=stage,
        track="individual",
        code="n-1",
        person=entered[0],
        delegation=Entry.objects.get(person=entered[0]).delegation,
        entered_at=OVER,
    )
    assert retaining.forget(actor=HOUSE, at=OVER).people == 1
    assert [shown(person)[0] for person in entered] == [True, False]


def test_an_exam_of_practice_keeps_nobodys_data(entered, season):
    exam = type(season).objects.create(
        code=f"{PRACTICE_EXAM}20230101-1",
        rulebook=season.rulebook,
        host=season.host,
        state="open",
        created_at=OVER,
        opened_at=OVER,
    )
    Entry.objects.create(
        stage=exam.stages.create(code="contest", title="月考", position=1),
        track="main",
        code="00001",
        person=entered[0],
        delegation=Entry.objects.get(person=entered[0]).delegation,
        entered_at=OVER,
    )
    assert retaining.forget(actor=HOUSE, at=OVER).people == 2


def test_who_never_entered_and_who_left(entered):
    (only_roster,) = make.people("5103", 1, prefix="r")
    people.set_personal(only_roster, id_number=id_number(order=9))
    people.leave(actor=HOUSE, person=entered[1], day=date(2022, 9, 1), at=OVER)
    retaining.forget(actor=HOUSE, at=OVER)
    assert shown(only_roster) == (True, False, False)
    assert shown(entered[1]) == (False, False, False)


def test_only_the_house_forgets():
    with pytest.raises(DomainError, match="forbidden"):
        retaining.forget(actor=make.actor("office"), at=OVER)


@pytest.mark.parametrize(
    ("months", "day"), [(6, "2023-02-28"), (12, "2023-08-31"), (0, "2022-08-31")]
)
def test_months_are_counted_by_the_calendar(months, day):
    end = datetime(2022, 8, 31, 3, 0, tzinfo=UTC)
    assert retaining.months_after(end, months).date().isoformat() == day


def merged(kept, gone):
    return people.merge_people(actor=HOUSE, kept=kept, gone=gone, at=seasons_of.AT)


def test_entries_and_facts_follow_a_merged_person(season):
    (person,) = [entry.person for entry in seasons_of.nominated(season, "5101", 1)]
    (other,) = make.people("510104", 1, prefix="twin")
    facts = Fact.objects.filter(person=person).count()
    assert facts
    merged(other, person)
    assert Entry.objects.get().person == other
    assert Fact.objects.filter(person=other).count() == facts
    moved = LedgerEntry.objects.get(act="entries.moved")
    assert moved.chain == season.code
    assert Entry.objects.get().code.encode() in bytes(moved.payload)


def test_two_entries_of_one_stage_are_never_one(season):
    one, two = (entry.person for entry in seasons_of.nominated(season, "5101", 2))
    with pytest.raises(DomainError, match="merge_entries_clash"):
        merged(one, two)
    assert Entry.objects.count() == 2


def test_facts_that_contradict_are_for_a_person_to_settle(season):
    (one,) = make.people("5101", 1, prefix="a")
    (two,) = make.people("5101", 1, prefix="b")
    seasons_of.eligible([one.code, two.code])
    Fact.objects.filter(person=two, kind="points").update(value="999")
    with pytest.raises(DomainError, match="merge_facts_differ"):
        merged(one, two)
    Fact.objects.filter(person=two, kind="points").update(value="1000")
    before = Fact.objects.filter(person=one).count()
    merged(one, two)
    assert Fact.objects.filter(person=one).count() == before
