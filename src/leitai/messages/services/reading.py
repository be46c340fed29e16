"""What an account does with its own inbox."""

from __future__ import annotations

from datetime import datetime, time

from django.db import transaction
from django.db.models import QuerySet

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.messages import quiet
from leitai.messages.enums import ChannelName
from leitai.messages.models import Delivery, Preference
from leitai.messages.quiet import Quiet
from leitai.messages.services.recipients import house_quiets


def mark_read(*, actor: Actor, message: int, at: datetime) -> None:
    """Again or of somebody else's message: nothing happens."""
    _unread(actor).filter(message=message).update(read_at=at)


def mark_all_read(*, actor: Actor, kind: str = "", at: datetime) -> int:
    unread = _unread(actor)
    return (unread.filter(message__kind=kind) if kind else unread).update(read_at=at)


@transaction.atomic
def set_preference(
    *,
    actor: Actor,
    mail: bool,
    sms: bool,
    wechat: bool,
    quiet_from: time | None,
    quiet_until: time | None,
) -> Preference:
    """Raises DomainError where nothing of a day would be left to deliver in."""
    if not actor.account.isdigit():
        raise DomainError("forbidden")
    if (quiet_from is None) != (quiet_until is None):
        raise DomainError("message_quiet_half")
    if quiet_from is not None and quiet_until is not None:
        own = Quiet(quiet_from, quiet_until)
        if quiet_from == quiet_until or not quiet.leave_time((*house_quiets(), own)):
            raise DomainError("message_quiet_always")
    wish, _made = Preference.objects.update_or_create(
        account_id=int(actor.account),
        defaults={
            "mail": mail,
            "sms": sms,
            "wechat": wechat,
            "quiet_from": quiet_from,
            "quiet_until": quiet_until,
        },
    )
    return wish


def _unread(actor: Actor) -> QuerySet[Delivery]:
    account = int(actor.account) if actor.account.isdigit() else 0
    return Delivery.objects.filter(account=account, channel=ChannelName.INBOX, read_at=None)
