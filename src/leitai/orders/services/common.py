"""What the writes share: whose order it is, and how it stands now."""

from __future__ import annotations

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.orders import rules
from leitai.orders.enums import OrderState
from leitai.orders.models import Order, Recipient
from leitai.seasons.selectors import host_path
from leitai.seasons.services import demand_unclosed

RECORD = "zh-hans"  # messages are written once for all their readers


def demand_issuer(actor: Actor, order: Order) -> None:
    """Raises DomainError("forbidden") for whoever may not act for the order's issuer."""
    host = host_path(order.season)
    if not rules.can_issue(actor, order.season.code, host, order.issuer.path):
        raise DomainError("forbidden")


def lock_order(order: Order) -> Order:
    """The order as it stands now, held until the end of the transaction, to be written in."""
    held = Order.objects.select_for_update(of=("self",)).select_related("issuer", "season__host")
    found = held.get(pk=order.pk)
    demand_unclosed(found.season)
    return found


def lock_recipient(recipient: Recipient) -> Recipient:
    """The receipt with its order and unit, held until the end, to be written in."""
    held = Recipient.objects.select_for_update(of=("self",))
    held = held.select_related("unit", "order__issuer", "order__season__host")
    found = held.get(pk=recipient.pk)
    demand_unclosed(found.order.season)
    return found


def demand_draft(order: Order) -> None:
    if order.state != OrderState.DRAFT:
        raise DomainError("orders_not_draft")


def demand_sent(order: Order) -> None:
    if order.state == OrderState.CLOSED:
        raise DomainError("orders_closed", issuer=order.issuer.name)
    if order.state != OrderState.SENT:
        raise DomainError("orders_not_sent")
