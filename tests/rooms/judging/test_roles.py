"""The actor's own page: the script of who is on stage, for nobody who judges or competes."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from leitai.base.actor import Actor, AppointmentRef
from leitai.judging import services
from leitai.people.models import Person
from tests.factories.people import people as people_of
from tests.rooms.judging import making
from tests.rooms.judging.making import OFFICE, STAGE, TIMER
from tests.rooms.judging.test_views import come, opened

pytestmark = pytest.mark.usefixtures("stage")
__all__ = ["come"]
VISITOR = making.officer("visitor", "709")


def as_visitor(person: Person) -> Actor:
    held = AppointmentRef("visitor", "51/", making.CODE)
    return Actor(f"acc-{person.code}", person.name, person.code, (held,))


def scripted(**more: object) -> making.Day:
    """Three contestants with a card, the second's in its second version; the event is called."""
    day = making.day(**more)
    cards = [
        ("S1", "欠薪", "先抱怨"),
        ("S2", "落户", "旧稿"),
        ("S2", "落户", "先哭"),
        ("S3", "补缴", "很急"),
    ]
    for code, title, script in cards:
        tells = (("问到工资时", f"{title}两个月"), ("", "没有合同"))
        card = services.Card(code, title, script=script, reveals=tells)
        services.keep_scenario(actor=OFFICE, event=day.event, card=card, at=day.at())
    chosen = {day.slot(number).pk: f"S{number}" for number in (1, 2, 3)}
    services.give_scenarios(actor=OFFICE, event=day.event, chosen=chosen, at=day.at())
    day.event = services.call_event(actor=STAGE, event=day.event, at=day.at())
    return day


def address(day: making.Day) -> str:
    return reverse("judging:role", args=[day.event.pk])


def test_the_script_is_of_whoever_is_on_stage_and_the_others_follow_in_order(come):
    day, client = scripted(), come(VISITOR)
    page = opened(client, address(day))
    assert "现在没有选手在场" in page
    assert 'type="checkbox"' not in page
    day.move(1, "on-stage")
    day.move(1, "released")
    day.move(2, "on-stage")
    page = opened(client, address(day))
    now, following = page.split('id="following"')
    assert "02号正在展示" in now
    assert "第2版" in now
    assert "先哭" in now
    assert "旧稿" not in page
    assert now.count('type="checkbox"') == 2
    assert "<small>问到工资时</small>落户两个月" in now
    assert "<small>未写何时</small>没有合同" in now
    assert re.findall(r'<b class="num">(\d+)号', following) == ["03", "04", "05", "06"]
    assert "很急" in following
    assert following.count("还没有分配情景") == 3
    assert "先抱怨" not in page  # is over
    assert day.seat(1).person.name not in page


def test_the_phone_is_answered_only_once_somebody_else_is_on_stage(come):
    day, client = scripted(), come(VISITOR)
    day.move(1, "on-stage")
    asks = re.search(r'hx-get="([^"]+)" hx-trigger="every 5s"', opened(client, address(day)))
    assert asks is not None
    assert client.get(asks[1]).status_code == 204
    day.move(1, "released")
    assert "现在没有选手在场" in opened(client, asks[1])
    day.move(2, "on-stage")
    assert "02号正在展示" in opened(client, asks[1])


@pytest.mark.parametrize("anonymous", [True, False])
def test_a_contestant_is_a_number_where_judges_see_numbers_alone(come, anonymous):
    day = scripted(anonymous=anonymous)
    day.move(1, "on-stage")
    page = opened(come(VISITOR), address(day))
    assert (day.slot(1).name in page) is not anonymous
    assert day.slot(2).name not in page


def test_nobody_reads_a_script_who_judges_or_competes(come):
    day = scripted()
    judge, contestant = day.seat(1).person, day.slot(1).entry.person
    for actor in (
        making.judge(judge),
        Actor("acc-c", contestant.name, contestant.code, ()),
        as_visitor(judge),
        as_visitor(contestant),
        making.officer("visitor", "710", season="another"),
        making.officer("visitor", "711", unit="51/5103/"),
        TIMER,
        making.SUPERVISOR,
    ):
        assert come(actor).get(address(day)).status_code == 404, actor
    for actor in (VISITOR, STAGE, OFFICE, making.EXAMS):
        assert come(actor).get(address(day)).status_code == 200, actor


def test_a_visitor_finds_the_event_and_nothing_else_of_it(come):
    mine = reverse("judging:mine")
    assert "现在没有要您扮演来访者的场次" in opened(come(VISITOR), mine)
    day = scripted()
    assert come(VISITOR).get(mine).headers["Location"] == address(day)
    scripted(rehearsal=True, count=3)
    page = opened(come(VISITOR), mine)
    assert page.count("/role/") == 2
    person = people_of("5104", 3)[2]
    services.add_seat(actor=OFFICE, event=day.event, person=person, at=day.at())
    assert address(day) not in opened(come(as_visitor(person)), mine, 302)
    for name in ("desk", "cards", "stage", "clock", "panel", "tally", "materials"):
        place = reverse(f"judging:{name}", args=[making.CODE, day.event.pk])
        assert come(VISITOR).get(place).status_code == 403, name
