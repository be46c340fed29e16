"""The open season's practice, as a visitor, the unit's manager and the office find it."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from leitai.bank.models import Bank, Report
from leitai.certificates.models import TitleCertificate
from leitai.duels.models import Duel
from leitai.insight.models import Report as Circular
from leitai.insight.services import reporting
from leitai.lectures.models import Lecture
from leitai.people.enums import Role
from leitai.people.models import Account, Person
from leitai.practice.models import Journal, Learner, Shelf, Suspicion, Title, Unread
from leitai.rulebook import load, packaged
from leitai.training.models import Group
from leitai.units import selectors as units
from leitai.web.demonstration import doors, drilling, practising, staging
from leitai.web.demonstration.chance import Chance
from leitai.web.demonstration.light import RARE
from tests.factories import people as make
from tests.factories.units import load_packaged

pytestmark = pytest.mark.django_db
PASSWORD = "not-a-secret-8"
SEASON = doors.SEASON
LEARNER = ("today", "modules", "book", "map", "history", "points", "titles", "settings")


@pytest.fixture
def season(settings, tmp_path, monkeypatch):
    """The demonstration's open season on a small tree, with practice."""
    monkeypatch.setenv("LEITAI_HOME", str(tmp_path))
    settings.LEITAI_FILES = tmp_path
    at = datetime.now(UTC)
    law = load(packaged("sichuan-2022"))
    staging.plant_units(None, at)
    staff = staging.appoint_staff(law.host.unit, PASSWORD, at)
    held = doors.prepare_season(staff, law, PASSWORD, at)
    for team in units.list_delegations(SEASON)[: 1 + drilling.ELSEWHERE]:
        make.people(team.unit.code, 30)
    done = drilling.stage_drilling(held, office=staff[Role.OFFICE], at=at)
    return held, staff, done, at


def signed_in(username: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(username=username))
    return client


def test_nothing_is_lost_between_journal_and_points(season):
    held, staff, done, at = season
    assert done.lost == 0
    assert done.sets == Journal.objects.count() > 100
    assert not Unread.objects.exists()
    assert Journal.objects.filter(folded_at=None).count() == 0
    shelf = Shelf.objects.get(season=SEASON)
    assert (shelf.bank.live, shelf.bank.items.count()) == (False, 217)
    assert not Bank.objects.filter(live=True).exists()
    visitor = Learner.objects.get(person__code="V001")
    assert visitor.days.count() > 20
    assert Title.objects.filter(title="daily-star").exists()
    assert Suspicion.objects.values_list("kind", "state").get() == ("fast", "open")
    states = Counter(Duel.objects.values_list("state", flat=True))
    assert states == {"over": 2, "open": 1}
    assert Group.objects.get().state == "open"
    assert Report.objects.get().state == "open"
    # a second time does nothing
    assert drilling.stage_drilling(held, office=staff[Role.OFFICE], at=at) is None


def test_its_pages_have_something_on_them(season):
    _held, *_, at = season
    contestant = signed_in("contestant")
    for name in LEARNER:
        answer = contestant.get(reverse(f"practice:{name}", args=[SEASON]))
        assert answer.status_code == 200, name
        assert b'class="empty' not in answer.content, name
    reporting.make_report(Circular.objects.get().pk, at=at)
    assert Circular.objects.get().state == "issued"
    assert Circular.objects.get().copies.count() > 20


def test_the_check_counts_its_own_sets_beside_earlier_ones(season):
    held, staff, _done, at = season
    office = staff[Role.OFFICE]
    later = at + timedelta(minutes=1)
    done = drilling.practise_a_while(held, office=office, chance=Chance(1), at=later)
    assert (done.learners, done.lost) == (4 * drilling.OF_A_BODY, 0)
    assert done.sets > 0


def test_a_lecture_goes_on_where_the_visitor_stopped_and_titles_have_papers(season):
    _held, _staff, _done, _at = season
    lecture = Lecture.objects.get()
    assert (lecture.seconds, lecture.state) == (60, "published")
    assert [second for second, _title in lecture.chapters] == [0, 30, 45]
    client = signed_in("contestant")
    page = client.get(f"/practice/{SEASON}/lectures/{lecture.pk}/").content.decode()
    assert 'data-position="22"' in page
    assert "三个条件" in page
    assert "看满90%后回答" in page
    issued = TitleCertificate.objects.filter(season__code=SEASON)
    assert (
        issued.count()
        == Title.objects.filter(title=issued[0].name, period=issued[0].period, lost_on=None).count()
    )
    own = issued.filter(person__account__username="contestant").first()
    titles = client.get(f"/practice/{SEASON}/titles/").content.decode()
    assert own is None or own.serial in titles


def test_whose_name_no_font_can_set_takes_no_part_whatever_the_code():
    load_packaged()
    make.people("5101", 1)
    Person.objects.update(name=RARE)
    make.people("5101", 2, prefix="q")
    found = practising.colleagues(units.get_unit("5101"), 3)
    assert [one.code for one in found] == ["q-5101-1", "q-5101-2"]
