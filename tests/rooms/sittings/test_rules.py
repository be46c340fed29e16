import pytest

from leitai.base.actor import NOBODY, Actor, AppointmentRef, system
from leitai.sittings import rules
from tests.world import AWAY, HOME

HOST = "51/"


def actor(role, season=HOME, unit="51/"):
    return Actor("9", "蒲清越", appointments=(AppointmentRef(role, unit, season),))


@pytest.mark.parametrize(
    ("role", "run", "watch"),
    [
        ("office", True, True),
        ("exam_officer", True, True),
        ("supervisor", False, True),
        ("unit_manager", False, False),
        ("item_writer", False, False),
        ("operator", False, False),
    ],
)
def test_who_may_run_and_who_may_watch(role, run, watch):
    assert rules.can_run_exams(actor(role), HOME, HOST) is run
    assert rules.can_watch_exams(actor(role), HOME, HOST) is watch


def test_an_officer_of_another_season_or_below_the_host_may_nothing():
    for one in (actor("exam_officer", AWAY), actor("exam_officer", HOME, "51/5101/"), NOBODY):
        assert not rules.can_run_exams(one, HOME, HOST)
        assert not rules.can_watch_exams(one, HOME, HOST)


def test_an_officer_of_every_season_and_the_house_itself_may():
    assert rules.can_run_exams(actor("exam_officer", ""), HOME, HOST)
    assert rules.can_run_exams(system("lane"), HOME, HOST)


def test_only_the_person_of_the_entry_may_sit(world):
    sitting = world.home.sitting(world.home.ahead)
    assert rules.can_sit(Actor("1", "申时雨", person=f"{HOME}-5101-1"), sitting)
    assert not rules.can_sit(Actor("1", "路遥", person=f"{HOME}-5101-2"), sitting)
    assert not rules.can_sit(NOBODY, sitting)
