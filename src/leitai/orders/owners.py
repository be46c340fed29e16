"""How files of orders are named to the files' room: their kinds, and whose they are."""

from __future__ import annotations

from typing import Final

from leitai.orders.models import Order, Recipient, Thing

ORDER_KIND: Final = "order"
HAND_IN_KIND: Final = "order-hand-in"
MOST: Final = 10  # files of a notice, or of a supplement


def owner_of(order: Order) -> str:
    """Of the notice and of its supplements: these name their own among them."""
    return f"order:{order.pk}"


def filled_owner(recipient: Recipient, thing: Thing) -> str:
    return f"order-thing:{recipient.pk}:{thing.pk}"
