"""To whom a message goes, by which channels, and to which address at the moment of sending."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from leitai.base import sealing
from leitai.messages import channels, quiet
from leitai.messages.enums import ChannelName
from leitai.messages.models import Preference
from leitai.messages.quiet import Quiet
from leitai.people.models import Account, Personal


@dataclass(frozen=True, slots=True)
class Recipient:
    """`channels` are those beside the inbox; `quiets` the house's hours and the own ones."""

    account: int
    channels: tuple[ChannelName, ...]
    quiets: tuple[Quiet, ...]

    def due(self, at: datetime, *, urgent: bool) -> datetime:
        return at if urgent else quiet.first_loud(at, self.quiets)


def house_quiets() -> tuple[Quiet, ...]:
    found = quiet.parse(settings.LEITAI_QUIET)
    return (found,) if found else ()


def recipients_of(accounts: Iterable[int], *, urgent: bool) -> Iterator[Recipient]:
    """Each active account once. What is urgent goes every way that reaches the person."""
    opened, house = channels.open_channels(), house_quiets()
    rows = (
        Account.objects.filter(pk__in=set(accounts), is_active=True)
        .select_related("message_preference")
        .only("pk", "email", "message_preference")
        .order_by("pk")
    )
    phones = _with_phone(rows) if set(opened) - {ChannelName.MAIL} else set()
    for row in rows:
        wish = getattr(row, "message_preference", None) or Preference()
        reached = {
            ChannelName.MAIL: bool(row.email),
            ChannelName.SMS: row.pk in phones,
            ChannelName.WECHAT: row.pk in phones,
        }
        wished = {
            ChannelName.MAIL: wish.mail,
            ChannelName.SMS: wish.sms,
            ChannelName.WECHAT: wish.wechat,
        }
        ways = tuple(one for one in opened if reached[one] and (urgent or wished[one]))
        yield Recipient(row.pk, ways, (*house, *own_quiets(wish)))


def own_quiets(wish: Preference) -> tuple[Quiet, ...]:
    if wish.quiet_from is None or wish.quiet_until is None:
        return ()
    return (Quiet(wish.quiet_from, wish.quiet_until),)


def address_of(channel: str, account: Account) -> str:
    """Opened for this one sending and kept nowhere; "" where there is none (any more)."""
    if channel == ChannelName.MAIL:
        return account.email
    found = Personal.objects.filter(person__account=account).first()
    return (
        sealing.open_sealed(found.phone, place=f"person:{found.person_id}:phone") if found else ""
    )


def _with_phone(rows: Iterable[Account]) -> set[int]:
    held = Personal.objects.filter(
        person__account__in=[row.pk for row in rows], phone_digest__isnull=False
    )
    return {pk for pk in held.values_list("person__account_id", flat=True) if pk}
