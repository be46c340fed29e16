"""What a newcomer finds in the demonstration's second region, made through the rooms' services."""

from datetime import UTC, datetime, timedelta

import pytest

from leitai.notices.models import Notice, Objection
from leitai.orders.models import Order
from leitai.people.enums import Role
from leitai.registration.models import Registration
from leitai.results import selectors as results
from leitai.seasons.models import LocalStage, Season
from leitai.units.models import Delegation, Unit
from leitai.web.demonstration import entering, northern, press, semifinal
from tests.factories import people as make
from tests.factories import results as small

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # 10:00 on a working day


@pytest.fixture(autouse=True)
def files(settings, tmp_path, monkeypatch):
    monkeypatch.setenv("LEITAI_HOME", str(tmp_path))


@pytest.fixture
def officers():
    return northern.plant("not-a-secret-8", AT)


def test_the_second_region_is_planted_once(officers):
    planted = Unit.objects.count()
    assert planted == 1 + 3 * 12 + 2
    northern.plant("not-a-secret-8", AT)
    assert Unit.objects.count() == planted
    assert officers[Role.UNIT_MANAGER].unit_paths(Role.UNIT_MANAGER) == ("15/1501/",)


def test_a_season_that_is_entered_has_answers_in_every_state(officers):
    entering.stage_entering(officers, AT)
    contacts = Order.objects.get(template="contacts")
    recipients = contacts.recipients.all()
    # Seven of the fourteen have signed, five of them handed in; who has not was reminded once.
    assert recipients.count() == Delegation.objects.count() == 14
    assert recipients.exclude(signed_at=None).count() == 7
    assert recipients.filter(reminders=1).count() == 10
    states = [one.state for one in contacts.things.get().hand_ins.order_by("at")]
    assert sorted(states) == ["accepted", "accepted", "accepted", "handed_in", "returned"]
    seen = Registration.objects.values_list("state", flat=True)
    assert {state: list(seen).count(state) for state in set(seen)} == {
        "submitted": 5,
        "passed": 4,
        "returned": 2,
        "draft": 2,
    }
    assert LocalStage.objects.exclude(reported_at=None).count() == 1
    entering.stage_entering(officers, AT)
    assert Season.objects.count() == 1


def test_a_place_in_the_final_was_given_up_and_the_next_may_move_up(officers):
    semifinal.stage_semifinal(officers, AT)
    [vacancy] = results.moving_page(officers[Role.OFFICE], semifinal.SEASON).vacancies
    assert [one.to_title for one in vacancy.gone] == ["决赛"]
    assert [turn.gained for turn in vacancy.effect.turns] == [False, True]


def test_the_public_finds_a_list_news_and_a_bulletin():
    season = small.at_final(publish=True)
    small.held(season, "final", publish=True)
    editor = make.actor("publicity", season=small.CODE, account="900020")
    staff = {Role.OFFICE: small.OFFICE, Role.SUPERVISOR: make.actor("supervisor", account="8")}
    manager = make.actor("unit_manager", unit="51/", account="900021")
    at = small.AT + timedelta(days=3)
    told = {"manager": manager, "editor": editor, "staff": staff, "at": at}
    press.stage_press(season, **told)
    press.stage_press(season, **told)
    newest = {one.name: one for one in season.windows.order_by("pk")}
    assert {one.closes_at <= at for one in newest.values()} == {True}
    assert Notice.objects.get().state == "open"
    assert Objection.objects.get().state == "accepted"
    published = season.articles.filter(state="published").count()
    assert (published, season.bulletins.count(), season.news_items.count()) == (2, 1, 8)
