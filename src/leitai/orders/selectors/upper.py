"""What the order above asks of a unit that passes it on, and what of that has moved since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from leitai.orders.enums import OrderState
from leitai.orders.models import Order, Postponement, Recipient, Thing
from leitai.orders.selectors.boards import deadlines_of


@dataclass(frozen=True, slots=True)
class UpperMove:
    """A deadline above that moved while the own units' stayed: `above` now, `own` still."""

    thing: Thing
    above: datetime
    own: datetime | None


def limits_above(order: Order) -> dict[int, datetime]:
    """When the issuer itself must hand in above, by the things here that are for it."""
    own = _received(order)
    if own is None:
        return {}
    deadlines = deadlines_of([own.order_id])
    found = {}
    for one in order.things.exclude(above=None).select_related("above"):
        due = deadlines.of(own, one.above) if one.above else None
        if due is not None:
            found[one.pk] = due
    return found


def upper_moves(order: Order) -> tuple[UpperMove, ...]:
    """Until the own supplement answers it: a later one, whatever it says, is the issuer's word."""
    own = _received(order)
    if own is None or order.state != OrderState.SENT:  # a draft's own dates are still to be set
        return ()
    moved = _newest(
        Q(supplement__order=own.order_id, supplement__at__gt=order.made_at)
        & (Q(recipient=None) | Q(recipient=own))
    )
    answered = _newest(Q(supplement__order=order))
    limits, deadlines = limits_above(order), deadlines_of([order.pk])
    found = []
    for thing in order.things.filter(above__in=moved).order_by("position"):
        since = moved[thing.above_id or 0]
        if thing.pk in answered and answered[thing.pk] > since:
            continue
        due = deadlines.for_all(order.pk, thing, thing.due_at)
        if due != limits[thing.pk]:
            found.append(UpperMove(thing, limits[thing.pk], due))
    return tuple(found)


def _received(order: Order) -> Recipient | None:
    if order.above_id is None:
        return None
    return Recipient.objects.filter(order=order.above_id, unit=order.issuer_id).first()


def _newest(which: Q) -> dict[int, datetime]:
    """By thing when its deadline was moved last."""
    rows = Postponement.objects.filter(which, thing__isnull=False).order_by("supplement__at", "pk")
    return dict(rows.values_list("thing", "supplement__at"))
