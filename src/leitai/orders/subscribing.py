"""What happens below and concerns orders: a merged unit leaves its open orders, data are erased."""

from __future__ import annotations

from leitai.base import events
from leitai.orders.enums import OrderState
from leitai.orders.models import Recipient
from leitai.orders.services.forgetting import forget_seasons
from leitai.seasons.events import SeasonsForgotten
from leitai.units.events import UnitMerged


def subscribe() -> None:
    events.in_transaction(UnitMerged, on_unit_merged)
    events.in_transaction(SeasonsForgotten, forget_seasons)


def on_unit_merged(event: UnitMerged) -> None:
    """Whoever takes the unit over answers for it, unless the same order is theirs already.

    The recipient keeps its name: that is the unit which the order was sent to.
    """
    theirs = Recipient.objects.filter(unit=event.into_id).values("order")
    moved = Recipient.objects.filter(unit=event.from_id, order__state=OrderState.SENT)
    moved.exclude(order__in=theirs).update(unit=event.into_id)
