"""Files of orders: what a notice brings along, and what units hand in."""

from __future__ import annotations

from leitai.base.actor import Actor
from leitai.files import kinds
from leitai.files.kinds import MB, FileKind
from leitai.orders import rules
from leitai.orders.models import Order, Recipient
from leitai.orders.owners import HAND_IN_KIND, ORDER_KIND
from leitai.orders.selectors.orders import can_read_order, issuers_above
from leitai.seasons.filling import register as register_form_files
from leitai.seasons.selectors import host_path


def register() -> None:
    kinds.register(
        FileKind(
            code=ORDER_KIND,
            max_bytes=100 * MB,
            types=("pdf", "png", "jpeg", "docx", "xlsx", "pptx", "zip"),
            can_upload=can_attach,
            can_view=can_open,
            quota_bytes=2048 * MB,
        )
    )
    register_form_files(HAND_IN_KIND, can_upload=can_fill, can_view=can_read_filled)


def can_attach(actor: Actor, owner: str) -> bool:
    """Whoever may act for the order's issuer."""
    order = _order(owner)
    if order is None:
        return False
    host = host_path(order.season)
    return rules.can_issue(actor, order.season.code, host, order.issuer.path)


def can_open(actor: Actor, owner: str) -> bool:
    order = _order(owner)
    return order is not None and can_read_order(actor, order)


def can_fill(actor: Actor, owner: str) -> bool:
    recipient = _recipient(owner)
    return recipient is not None and rules.can_act_for(
        actor, recipient.order.season.code, recipient.unit.path
    )


def can_read_filled(actor: Actor, owner: str) -> bool:
    recipient = _recipient(owner)
    return recipient is not None and rules.can_read_hand_in(
        actor, recipient.order.season.code, issuers_above(recipient.order), recipient.unit.path
    )


def _order(owner: str) -> Order | None:
    _kind, _colon, number = owner.partition(":")
    rows = Order.objects.select_related("issuer", "season__host", "season__rulebook")
    return rows.filter(pk=int(number)).first() if number.isdigit() else None


def _recipient(owner: str) -> Recipient | None:
    _kind, _colon, rest = owner.partition(":")
    number = rest.partition(":")[0]
    rows = Recipient.objects.select_related("unit", "order__issuer", "order__season")
    return rows.filter(pk=int(number)).first() if number.isdigit() else None
