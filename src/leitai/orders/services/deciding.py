"""What the issuer does with what was handed in: accept it, or return it with a reason."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from leitai.base import events
from leitai.base.actor import Actor
from leitai.design.moments import moment_text
from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.messages.enums import Kind
from leitai.messages.services import tell
from leitai.orders.enums import HandInState
from leitai.orders.events import OrderAccepted, OrderReturned
from leitai.orders.models import HandIn, Thing
from leitai.orders.selectors.managers import managers_of
from leitai.orders.services.common import (
    RECORD,
    demand_issuer,
    demand_sent,
    lock_order,
)

_OPEN = {HandInState.HANDED_IN}


@transaction.atomic
def accept_hand_in(*, actor: Actor, hand_in: HandIn, at: datetime) -> HandIn:
    """通过. Raises DomainError: forbidden, orders_decided, orders_own_hand_in."""
    held = _take(actor, hand_in, _OPEN)
    _decide(held, actor, HandInState.ACCEPTED, at)
    _announce(OrderAccepted, held, at)
    _append(actor, held, "orders.accepted", {}, at)
    return held


@transaction.atomic
def accept_all(*, actor: Actor, thing: Thing, at: datetime) -> int:
    """Everything of a thing that waits, but what the actor handed in; how many."""
    demand_issuer(actor, lock_order(thing.order))
    waiting = HandIn.objects.filter(thing=thing, newest=True, state=HandInState.HANDED_IN)
    found = list(waiting.exclude(by=actor.account).order_by("pk"))
    for one in found:
        accept_hand_in(actor=actor, hand_in=one, at=at)
    return len(found)


@transaction.atomic
def return_hand_in(
    *,
    actor: Actor,
    hand_in: HandIn,
    reason: str,
    mend_by: datetime | None = None,
    at: datetime,
) -> HandIn:
    """退回, also of what was accepted before; the unit hands in the next version.

    Raises DomainError: forbidden, orders_decided, orders_reason_empty, orders_mend_past.
    """
    held = _take(actor, hand_in, {*_OPEN, HandInState.ACCEPTED})
    reason = " ".join(reason.split())
    if not reason:
        raise DomainError("orders_reason_empty")
    if mend_by is not None and mend_by <= at:
        raise DomainError("orders_mend_past")
    held.reason, held.mend_by = reason[:500], mend_by
    _decide(held, actor, HandInState.RETURNED, at)
    _tell_returned(held, at)
    _announce(OrderReturned, held, at)
    _append(actor, held, "orders.returned", {"reason": held.reason}, at)
    return held


def _take(actor: Actor, hand_in: HandIn, states: set[HandInState]) -> HandIn:
    order = lock_order(hand_in.thing.order)
    demand_issuer(actor, order)
    demand_sent(order)
    held = (
        HandIn.objects.select_for_update(of=("self",))
        .select_related("thing", "recipient__unit")
        .get(pk=hand_in.pk)
    )
    if not held.newest or held.state not in states:
        raise DomainError("orders_decided")
    if held.by == actor.account:
        raise DomainError("orders_own_hand_in")
    held.thing.order = held.recipient.order = order
    return held


def _decide(held: HandIn, actor: Actor, state: HandInState, at: datetime) -> None:
    held.state = state
    held.decided_by, held.decided_name, held.decided_at = actor.account, actor.name, at
    held.save()


def _tell_returned(held: HandIn, at: datetime) -> None:
    order, recipient = held.thing.order, held.recipient
    with translation.override(RECORD):
        until = moment_text(held.mend_by, "full") if held.mend_by else ""
        body = _("退回原因：%(reason)s。请改好后重新报送") % {"reason": held.reason.rstrip("。")}
        body += _("，%(until)s前。") % {"until": until} if until else "。"
        title = _("退回补正：%(thing)s") % {"thing": held.thing.title}
    tell(
        to=sorted(managers_of([recipient], order, at=at)[recipient.pk]),
        kind=Kind.TASK,
        title=title,
        body=body,
        link=reverse("orders:fill", args=(order.season.code, recipient.pk, held.thing_id)),
        deadline=held.mend_by,
        season=order.season.code,
        at=at,
    )


def _announce(event: type[OrderAccepted | OrderReturned], held: HandIn, at: datetime) -> None:
    order, recipient = held.thing.order, held.recipient
    events.publish(
        event(order.season.code, order.pk, held.thing_id, recipient.unit.code, held.pk, at)
    )


def _append(actor: Actor, held: HandIn, act: str, more: dict[str, object], at: datetime) -> None:
    order, recipient = held.thing.order, held.recipient
    ledger.append(
        chain=order.season.code,
        actor=actor,
        act=act,
        subject=f"order:{order.pk}",
        data={
            "unit": recipient.name,
            "code": recipient.unit.code,
            "thing": held.thing.title,
            "version": held.version,
            **more,
        },
        at=at,
    )
