"""信息报送: an order that asks for pieces, and the pieces themselves, are one and the same.

Whoever hands a piece in answers the order with it; what is typed into the order itself becomes a
piece. So nothing is asked twice, and whatever comes in stands at the desk.
"""

from __future__ import annotations

from contextvars import ContextVar
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from leitai.base.actor import NOBODY, Actor
from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.newsroom.enums import ItemKind, ItemState
from leitai.newsroom.models import Item, Version
from leitai.newsroom.services.common import RECORD, newest
from leitai.orders import selectors as orders
from leitai.orders import services as answers
from leitai.orders.enums import OrderState, ThingKind
from leitai.orders.events import OrderHandedIn
from leitai.orders.models import HandIn, Recipient, Thing

TEMPLATE = "news"  # the packaged order that asks for pieces
_answering: ContextVar[bool] = ContextVar("newsroom_answering", default=False)


def answer_orders(*, actor: Actor, item: Item, version: Version, at: datetime) -> None:
    """Each order of that kind which still waits for this unit has its answer now."""
    waiting = Recipient.objects.filter(
        order__season=item.season,
        order__template=TEMPLATE,
        order__state=OrderState.SENT,
        unit=item.unit,
    )
    for recipient in waiting.select_related("order__season", "unit"):
        for thing in recipient.order.things.filter(kind=ThingKind.TEXT):
            _answer(actor, recipient, thing, version, at)


def _answer(
    actor: Actor, recipient: Recipient, thing: Thing, version: Version, at: datetime
) -> None:
    """Signed for as well: who answers has received it."""
    with translation.override(RECORD):
        words = _("已报送：%(title)s") % {"title": version.title}
    mark = _answering.set(True)
    try:
        held = answers.sign_order(actor=actor, recipient=recipient, at=at)
        told = {"text": words}
        answers.keep_draft(actor=actor, recipient=held, thing=thing, answers=told, at=at)
        answers.hand_in(actor=actor, recipient=held, thing=thing, at=at)
    except DomainError as refused:
        if refused.code not in {"orders_waiting", "orders_already_accepted"}:
            raise
    finally:
        _answering.reset(mark)


def take_answer(event: OrderHandedIn) -> None:
    """What was typed into the order comes to the desk; mended there, it is the next version."""
    if _answering.get():
        return
    held = (
        HandIn.objects.select_related("thing__order__season__rulebook", "recipient__unit")
        .filter(pk=event.hand_in, thing__kind=ThingKind.TEXT, thing__order__template=TEMPLATE)
        .first()
    )
    if held is None:
        return
    text = "\n".join(line.shown for line in orders.open_hand_in(NOBODY, held).lines).strip()
    item = _item_of(held)
    last = newest(item) if item.versions.exists() else None
    version = Version.objects.create(
        item=item,
        number=last.number + 1 if last else 1,
        title=_title_of(text),
        text=text,
        by=held.by,
        by_name=held.by_name,
        handed_in_at=event.at,
    )
    item.state, item.handed_in_at = ItemState.HANDED_IN, item.handed_in_at or event.at
    item.save(update_fields=["state", "handed_in_at"])
    ledger.append(
        chain=item.season.code,
        actor=Actor(held.by, held.by_name),
        act="newsroom.handed_in",
        subject=f"news-item:{item.pk}",
        data={
            "unit": item.unit_name,
            "code": item.unit.code,
            "title": version.title,
            "version": version.number,
        },
        at=event.at,
    )


def _item_of(held: HandIn) -> Item:
    """The piece that the order's answer was before, while nothing is decided; else a new one."""
    season, unit = held.thing.order.season, held.recipient.unit
    open_ = (ItemState.HANDED_IN, ItemState.RETURNED)
    before = Item.objects.filter(season=season, unit=unit, thing=held.thing_id, state__in=open_)
    return before.first() or Item.objects.create(
        season=season,
        unit=unit,
        unit_name=unit.name,
        kind=ItemKind.TEXT,
        made_at=held.at,
        thing=held.thing_id,
    )


def _title_of(text: str) -> str:
    first = text.partition("\n")[0].strip()
    return first if len(first) <= _TITLE else first[: _TITLE - 1] + "…"


_TITLE = 60
