"""A person's secret calendar address: made, made anew (the old one is dead then), taken away."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction

from leitai.base import sealing
from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.seasons.models import CalendarFeed

TOKEN_BYTES = 24


@transaction.atomic
def make_feed(*, actor: Actor, at: datetime) -> str:
    """The token of a new address; it is shown once and kept as a digest alone."""
    if not actor.known:
        raise DomainError("forbidden")
    token = secrets.token_urlsafe(TOKEN_BYTES)
    CalendarFeed.objects.update_or_create(
        account=actor.account,
        defaults={"digest": sealing.code_digest(token), "made_at": at},
    )
    return token


def drop_feed(*, actor: Actor) -> None:
    CalendarFeed.objects.filter(account=actor.account).delete()
