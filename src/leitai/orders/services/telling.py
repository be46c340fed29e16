"""Messages about an order: one for everybody, with one address that leads each to the own page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from leitai.messages.enums import Kind
from leitai.messages.services import tell
from leitai.orders.models import Order

NAMED = 60  # units that the ledger names; of more it says how many


def tell_all(
    order: Order,
    to: Iterable[int],
    title: str,
    body: str,
    at: datetime,
    deadline: datetime | None,
) -> None:
    tell(
        to=sorted(to),
        kind=Kind.TASK,
        title=title,
        body=body,
        link=link_of(order),
        deadline=deadline,
        season=order.season.code,
        at=at,
    )


def link_of(order: Order) -> str:
    """One address for everybody: it leads each reader to the own unit's page."""
    return reverse("orders:mine-of", args=(order.season.code, order.pk))
