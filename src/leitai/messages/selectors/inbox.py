"""One's own inbox. Nothing here ever reads another account's."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.messages.enums import ChannelName, DeliveryState, Kind
from leitai.messages.models import Delivery, Preference

PAGE_SIZE = 20


def unread_count(account: str) -> int:
    """How many messages wait for this account; one query."""
    return _inbox(account).filter(read_at=None).count()


def page_of(actor: Actor, *, kind: str, number: str | None) -> Page[Delivery]:
    """Unread first, then the newest; `kind` narrows it, one that there is none of does not."""
    found = _inbox(actor.account).select_related("message")
    if kind in Kind.values:
        found = found.filter(message__kind=kind)
    ordered = found.alias(is_read=Q(read_at__isnull=False)).order_by("is_read", "-pk")
    return Paginator(cast("QuerySet[Delivery]", ordered), PAGE_SIZE).get_page(number)


def get_delivery(actor: Actor, message: int) -> Delivery:
    """The message as this account received it; raises DomainError("not_found")."""
    found = _inbox(actor.account).filter(message=message).select_related("message").first()
    if found is None:
        raise DomainError("not_found")
    return found


def preference_of(actor: Actor) -> Preference:
    """What was chosen, or what holds where nothing was."""
    return Preference.objects.filter(account=_number(actor.account)).first() or Preference()


def failed_count(*, since: datetime) -> int:
    """Deliveries of late that no try brought through, for the operator."""
    return Delivery.objects.filter(state=DeliveryState.FAILED, due_at__gte=since).count()


def _inbox(account: str) -> QuerySet[Delivery]:
    return Delivery.objects.filter(account=_number(account), channel=ChannelName.INBOX)


def _number(account: str) -> int:
    return int(account) if account.isdigit() else 0
