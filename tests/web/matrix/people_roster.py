"""Real people, a draft of the unit manager and a request for the roster's routes."""

from __future__ import annotations

import io
from typing import Any

from leitai.people import selectors, services
from leitai.people.services import NewPerson, importing
from leitai.units import selectors as units
from tests.factories.units import HOUSE
from tests.world import HOME, World

DAY = "2023-01-05"
FORMS = {
    "people:find": {"q": "19900009999"},
    "people:new": {"name": "新人", "unit": "510104"},
    "people:draft": {"row-2": "new"},
    "people:request": {"act": "refuse", "note": "未接调令"},
    "people:myself": {"phone": "19900000002"},
    "people:roster": {"day": DAY, "seen": "of another list"},
    "people:edit": {"name": "申时雨", "post": "综合柜员"},
    "people:transfer": {"unit": "510104", "since": DAY},
    "people:leave": {"day": DAY},
    "people:come_back": {"day": DAY},
    "people:reveal": {"field": "phone", "reason": "核对报名信息"},
}
NO_PAGE = {"/people/import/template/", "/people/import/<str:draft>/rest/"}


def things(world: World, place: str) -> dict[str, Any]:
    """Made anew for each case, and rolled back with it."""
    person = selectors.get_person(f"{HOME}-5101-1")
    services.set_personal(person, phone="19900000001")
    manager = selectors.actor_of(world.accounts["unit_manager"], at=world.now)
    file = io.BytesIO("姓名,单位代码\n新人,510104\n".encode())
    draft = importing.start_import(actor=manager, source=file, name="people.csv", at=world.now)
    other = services.create_person(
        actor=HOUSE, person=NewPerson(services.new_code(), "旧人", "510104"), at=world.now
    )
    request = services.file_transfer(
        actor=HOUSE,
        person=other,
        unit=units.get_unit("510302"),
        since=world.now.date(),
        reason="调令",
        at=world.now,
    )
    return {"person": person.code, "draft": draft.code, "transfer": request.pk}
