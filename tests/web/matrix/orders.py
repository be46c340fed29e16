"""A sent order of the province with one hand-in of 成都, and a draft beside it."""

from __future__ import annotations

from typing import Any

from leitai.base.actor import Actor, AppointmentRef
from leitai.orders import selectors, services
from leitai.orders.models import Order
from leitai.orders.services import Head, NewThing
from leitai.units import selectors as units
from tests.factories import people as make
from tests.world import AWAY, HOME, World

FORMS = {
    "orders:new": {"template": "notice"},
    "orders:edit": {
        "title": "关于报送总结的通知",
        "form-TOTAL_FORMS": "0",
        "form-INITIAL_FORMS": "0",
    },
    "orders:to": {"unit": "5103"},
    "orders:supplement": {"title": "补充通知", "text": "请抓紧。"},
    "orders:return": {"reason": "缺少印章。"},
    "orders:fill": {"boxes": "1", "act": "save", "f-c1": "改过的一稿"},
}
NO_PAGE = {
    "/office/<slug:season>/orders/<int:order>/states.xlsx",
    "/unit/<slug:season>/orders/<int:recipient>/things/<int:thing>/list.xlsx",
}


def things(world: World, place: str) -> dict[str, Any]:
    """Routes of a draft have a draft: they name it `draft` where both are asked for."""
    code = HOME if place == "own" else AWAY
    held = world.home if place == "own" else world.away
    office = make.actor("office", season=code, account="900007")
    order = _order(office, held.season, world)
    services.send_order(actor=office, order=order, at=world.now)
    recipient = order.recipients.get()
    city = Actor("900008", "贺知秋", "", (AppointmentRef("unit_manager", "51/5101/", code),))
    services.sign_order(actor=city, recipient=recipient, at=world.now)
    notes, rows = (selectors.get_thing(order, one.pk) for one in order.things.all())
    services.keep_draft(
        actor=city, recipient=recipient, thing=notes, answers={"c1": "一稿"}, at=world.now
    )
    handed = services.hand_in(actor=city, recipient=recipient, thing=notes, at=world.now)
    return {
        "order": order.pk,
        "draft": _order(office, held.season, world).pk,
        "recipient": recipient.pk,
        "thing": rows.pk,
        "hand_in": handed.pk,
    }


def _order(office: Actor, season: Any, world: World) -> Order:
    order = services.create_order(
        actor=office, season=season, issuer=units.get_unit("51"), at=world.now
    )
    made = [NewThing("总结", "fields", columns="说明"), NewThing("名单", "list", columns="姓名*")]
    services.edit_order(
        actor=office, order=order, head=Head("关于报送总结的通知"), things=made, at=world.now
    )
    services.add_unit(actor=office, order=order, code="5101")
    return order
