"""One card of each season, for the province."""

from __future__ import annotations

from django.utils import timezone

from leitai.base.actor import system
from leitai.people import services
from leitai.people.services import NewPerson
from leitai.units import selectors as units
from tests.world import AWAY, HOME, SINCE

HOUSE = system("tests")
FORMS = {
    "people:pass_enter": {"code": "0000-0000-0000-0000"},
    "people:pass_issue": {
        "person": "bearer-1",
        "role": "judge",
        "unit": "51",
        "event": "决赛上午场",
        "day": "2099-01-01",
    },
}


def things(world, place):
    (bearer,) = services.create_people(
        actor=HOUSE, people=[NewPerson("bearer-1", "钟鸣岐", "51")], at=SINCE
    )
    card = services.issue_pass(
        actor=HOUSE,
        person=bearer,
        role="timekeeper",
        unit=units.get_unit("51"),
        season=HOME if place == "own" else AWAY,
        event="决赛上午场",
        day=timezone.localdate(world.now),  # Beijing's: in its morning UTC says yesterday
        at=world.now,
    )
    return {"card": card.held.pk}
