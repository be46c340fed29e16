"""Tell accounts something: in the inbox at once, by the other channels when it is not quiet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from procrastinate.types import JSONValue

from leitai.base.jobs import app
from leitai.kernel.errors import DomainError
from leitai.messages import paths
from leitai.messages.enums import ChannelName, DeliveryState, Kind
from leitai.messages.models import Delivery, Message
from leitai.messages.services.recipients import Recipient, recipients_of

BATCH = 100  # deliveries a job
_ROWS = 1000  # recipients a write


@transaction.atomic
def tell(
    *,
    to: Iterable[int | str],
    kind: str,
    title: str,
    body: str,
    link: str = "",
    deadline: datetime | None = None,
    season: str = "",
    key: str = "",
    inbox_only: bool = False,
    at: datetime,
) -> Message:
    """Say one thing to these accounts, once each and once a channel.

    `link` is a path of our own. With a `key` (the event it is about) a second call changes nothing
    and gives the first message: whoever tells after an event may be run again.
    """
    if link and not paths.is_own(link):
        raise DomainError("share_path_foreign")
    told = {
        "kind": Kind(kind),
        "title": title,
        "body": body,
        "link": link,
        "deadline": deadline,
        "season": season,
        "made_at": at,
    }
    if key:
        message, fresh = Message.objects.get_or_create(key=key, defaults=told)
        if not fresh:
            return message
    else:
        message = Message.objects.create(**told)
    urgent = message.kind == Kind.URGENT
    accounts = [int(account) for account in to if str(account).isdigit()]
    recipients = list(recipients_of(accounts, urgent=urgent))
    for first in range(0, len(recipients), _ROWS):
        some = recipients[first : first + _ROWS]
        _deliver(message, some, urgent=urgent, inbox_only=inbox_only, at=at)
    return message


def _deliver(
    message: Message,
    recipients: Iterable[Recipient],
    *,
    urgent: bool,
    inbox_only: bool,
    at: datetime,
) -> None:
    rows = []
    for one in recipients:
        rows.append(
            Delivery(
                message=message,
                account_id=one.account,
                channel=ChannelName.INBOX,
                state=DeliveryState.SENT,
                due_at=at,
                sent_at=at,
            )
        )
        rows += [
            Delivery(
                message=message,
                account_id=one.account,
                channel=way,
                due_at=one.due(at, urgent=urgent),
            )
            for way in (() if inbox_only else one.channels)
        ]
    made = Delivery.objects.bulk_create(rows)
    later = defaultdict(list)
    for row in made:
        if row.state == DeliveryState.WAITING:
            later[row.due_at].append(row.pk)
    for due, deliveries in later.items():
        put_off(deliveries, due=due)


def put_off(deliveries: Sequence[int], *, due: datetime) -> None:
    """Jobs for these, at their moment; part of the transaction, so that none is lost or early."""
    for first in range(0, len(deliveries), BATCH):
        some: list[JSONValue] = [*deliveries[first : first + BATCH]]
        app.configure_task("messages.deliver", schedule_at=due).defer(deliveries=some)
