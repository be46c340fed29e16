"""Spreadsheets of an order, made for whoever may have them; what holds people's data is logged."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from leitai.base.actor import Actor
from leitai.ledger import services as ledger
from leitai.orders import columns, selectors, workbook
from leitai.orders.models import Order, Thing
from leitai.orders.services.common import demand_issuer
from leitai.seasons.selectors import rulebook_of


def states_of(order: Order, *, now: datetime) -> bytes:
    return workbook.states(selectors.roll_up(order, now=now))


@transaction.atomic
def export_thing(*, actor: Actor, thing: Thing, at: datetime) -> bytes:
    """Everything that was handed in for it and not returned, with its numbers in full."""
    demand_issuer(actor, thing.order)
    form = columns.form_of(thing, rulebook_of(thing.order.season))
    data = workbook.handed_in(thing, form, selectors.newest_of(thing))
    ledger.append(
        chain=thing.order.season.code,
        actor=actor,
        act="orders.exported",
        subject=f"order:{thing.order_id}",
        data={"title": thing.order.title, "thing": thing.title},
        at=at,
    )
    return data
