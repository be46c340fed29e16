"""The port to mail, SMS and WeChat: one protocol, and the providers that the house brings.

A provider of one's own is a class with a `name` and `send`, named in LEITAI_SMS or LEITAI_WECHAT as
"package.module:Class"; docs/ports.md has the contract.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.core.mail import EmailMessage

from leitai.kernel.errors import DomainError
from leitai.messages.enums import ChannelName

_FILE = "file:"


@dataclass(frozen=True, slots=True)
class Outgoing:
    """`id` is the same whenever the same delivery is tried again: send it once for each id.

    `address` is an e-mail address, or for SMS and WeChat the phone number, opened for this call
    only: a provider keeps neither it nor the text longer than it must.
    """

    id: int
    channel: str
    address: str
    name: str
    title: str
    text: str
    link: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the provider calls it, for questions later; "" where it has no number."""

    reference: str = ""


class UndeliverableError(Exception):
    """Raised by a provider where trying again is no use. Any other exception is tried again."""


class Channel(Protocol):
    @property
    def name(self) -> str: ...

    def send(self, outgoing: Outgoing) -> Receipt: ...


class MailChannel:
    """By Django's e-mail, which LEITAI_MAIL_URL points to a server or, left empty, to a folder."""

    name = ChannelName.MAIL.value

    def send(self, outgoing: Outgoing) -> Receipt:
        reference = f"<leitai-{outgoing.id}@{settings.LEITAI_MAIL_DOMAIN}>"
        EmailMessage(
            subject=outgoing.title,
            body=outgoing.text,
            to=[outgoing.address],
            headers={"Message-ID": reference},
        ).send()
        return Receipt(reference)


class FileChannel:
    """Writes a line of JSON for each message, for another system to fetch, or to look at."""

    def __init__(self, name: str, path: Path) -> None:
        self.name = name
        self.path = path

    def send(self, outgoing: Outgoing) -> Receipt:
        told = asdict(outgoing) | {"at": outgoing.at.isoformat()}
        line = json.dumps(told, ensure_ascii=False) + "\n"
        self.path.parent.mkdir(parents=True, exist_ok=True)
        # The file holds numbers: only the house's own user reads it.
        to = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            os.write(to, line.encode())
        finally:
            os.close(to)
        return Receipt(f"{self.path.name}:{outgoing.id}")


def provider(name: str) -> Channel | None:
    """What sends by this channel, None where the house has not switched it on."""
    if name == ChannelName.MAIL:
        return MailChannel()
    return _made(name, _setting(name))


def open_channels() -> tuple[ChannelName, ...]:
    """The channels beside the inbox that the house has."""
    switched = [one for one in (ChannelName.SMS, ChannelName.WECHAT) if _setting(one)]
    return (ChannelName.MAIL, *switched)


def _setting(name: str) -> str:
    named: dict[str, str] = {
        ChannelName.SMS: settings.LEITAI_SMS,
        ChannelName.WECHAT: settings.LEITAI_WECHAT,
    }
    return named[name]


@lru_cache(maxsize=8)
def _made(name: str, wanted: str) -> Channel | None:
    if not wanted:
        return None
    if wanted.startswith(_FILE):
        return FileChannel(name, Path(wanted.removeprefix(_FILE)))
    module, colon, made = wanted.partition(":")
    try:
        channel: Channel | None = getattr(import_module(module), made)() if colon else None
    except (ImportError, AttributeError):
        raise _unknown(name, wanted) from None
    if channel is None:
        raise _unknown(name, wanted)
    return channel


def _unknown(name: str, wanted: str) -> DomainError:
    title = str(ChannelName(name).label)
    return DomainError("channel_provider_unknown", channel=title, provider=wanted)
