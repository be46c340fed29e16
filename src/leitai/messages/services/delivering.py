"""Send what is due: each delivery once, again after a pause where the channel fails."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from leitai.messages import channels, sharing
from leitai.messages.channels import Outgoing, Receipt, UndeliverableError
from leitai.messages.enums import DeliveryState, Kind
from leitai.messages.models import Delivery
from leitai.messages.quiet import first_loud
from leitai.messages.services.recipients import address_of, house_quiets, own_quiets
from leitai.messages.services.telling import put_off

PAUSES = (1, 5, 30, 120, 360)  # minutes before each further try
LOST = timedelta(minutes=10)  # after its moment: its job has gone astray
ROUND = 500
_log = logging.getLogger(__name__)


def deliver(deliveries: Iterable[int], *, at: datetime) -> None:
    """Send those of these that wait and whose moment has come. Safe to repeat."""
    for one in deliveries:
        _deliver_one(one, at)


def deliver_lost(*, at: datetime) -> int:
    """Send what should have been sent a while ago; the number taken up."""
    lost = Delivery.objects.filter(state=DeliveryState.WAITING, due_at__lt=at - LOST)
    found = list(lost.order_by("due_at").values_list("pk", flat=True)[:ROUND])
    deliver(found, at=at)
    return len(found)


@transaction.atomic
def _deliver_one(pk: int, at: datetime) -> None:
    """The row is locked while its provider works: two workers never send it both."""
    delivery = (
        Delivery.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(pk=pk, state=DeliveryState.WAITING, due_at__lte=at)
        .select_related("message", "account__message_preference")
        .first()
    )
    if delivery is None:
        return
    delivery.attempts += 1
    try:
        receipt = _send(delivery, at)
    except UndeliverableError as error:
        _fail(delivery, error, at)
    except Exception as error:  # noqa: BLE001  # a provider may raise anything: it is tried again
        _try_again(delivery, error, at)
    else:
        delivery.reference = receipt.reference[:120] if receipt else ""
        _end(delivery, DeliveryState.SENT if receipt else DeliveryState.VOID, at)


def _send(delivery: Delivery, at: datetime) -> Receipt | None:
    """None where the channel was switched off, or the person has no address (any more)."""
    channel = channels.provider(delivery.channel)
    address = address_of(delivery.channel, delivery.account) if channel else ""
    if channel is None or not address:
        return None
    return channel.send(outgoing_of(delivery, address, at))


def outgoing_of(delivery: Delivery, address: str, at: datetime) -> Outgoing:
    message = delivery.message
    link = settings.LEITAI_PUBLIC_URL.rstrip("/") + message.link if message.link else ""
    return Outgoing(
        id=delivery.pk,
        channel=delivery.channel,
        address=address,
        name=delivery.account.display_name,
        title=message.title,
        text=sharing.letter(message.body, message.deadline, link),
        link=link,
        at=at,
    )


def _try_again(delivery: Delivery, error: Exception, at: datetime) -> None:
    if delivery.attempts > len(PAUSES):
        _fail(delivery, error, at)
        return
    due = at + timedelta(minutes=PAUSES[delivery.attempts - 1])
    if delivery.message.kind != Kind.URGENT:
        wish = getattr(delivery.account, "message_preference", None)
        due = first_loud(due, (*house_quiets(), *(own_quiets(wish) if wish else ())))
    delivery.due_at, delivery.failure = due, type(error).__name__
    delivery.save(update_fields=["attempts", "due_at", "failure"])
    put_off([delivery.pk], due=due)


def _fail(delivery: Delivery, error: Exception, at: datetime) -> None:
    """Only the kind of failure is kept: a provider's words may repeat the number."""
    delivery.failure = type(error).__name__
    _log.warning("delivery %s by %s failed: %s", delivery.pk, delivery.channel, delivery.failure)
    _end(delivery, DeliveryState.FAILED, at)


def _end(delivery: Delivery, state: DeliveryState, at: datetime) -> None:
    delivery.state = state
    delivery.sent_at = at if state == DeliveryState.SENT else None
    if state == DeliveryState.SENT:
        delivery.failure = ""
    delivery.save(update_fields=["state", "sent_at", "attempts", "reference", "failure"])
