"""Tokens: made by an office and shown once, used by machines, revoked."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q

from leitai.api import doors
from leitai.api.models import Token
from leitai.api.rules import can_keep_tokens
from leitai.base import sealing
from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.seasons import selectors as seasons
from leitai.seasons.models import Season

PREFIX: Final = "leitai_"  # by which a secret that leaked is found
SECRET_BYTES: Final = 32
HINT: Final = len(PREFIX) + 4
MOST_DAYS: Final = 366
NOTED: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Made:
    """`secret` is known here and nowhere else, ever."""

    token: Token
    secret: str


@transaction.atomic
def make_token(*, actor: Actor, season: Season, label: str, days: int, at: datetime) -> Made:
    """A token that reads this season for so many days."""
    _demand(actor, season)
    label = label.strip()[:80]
    if not label:
        raise DomainError("api_token_label")
    if not 1 <= days <= MOST_DAYS:
        raise DomainError("api_token_days", most=MOST_DAYS)
    secret = PREFIX + secrets.token_urlsafe(SECRET_BYTES)
    token = Token.objects.create(
        season=season,
        label=label,
        digest=sealing.code_digest(secret),
        hint=secret[:HINT],
        made_by=actor.account,
        made_name=actor.name[:120],
        made_at=at,
        expires_at=at + timedelta(days=days),
    )
    _record(token, "api.token_made", actor, at)
    return Made(token, secret)


@transaction.atomic
def revoke_token(*, actor: Actor, token: Token, at: datetime) -> Token:
    """From now on it opens nothing; raises DomainError("api_token_gone") the second time."""
    held = (
        Token.objects.select_for_update(of=("self",))
        .select_related("season__rulebook", "season__host")
        .get(pk=token.pk)
    )
    _demand(actor, held.season)
    if held.revoked_at is not None:
        raise DomainError("api_token_gone", label=held.label)
    held.revoked_at, held.revoked_name = at, actor.name[:120]
    held.save(update_fields=["revoked_at", "revoked_name"])
    _record(held, "api.token_revoked", actor, at)
    return held


def use_token(*, secret: str, at: datetime) -> Token:
    """The token behind a secret; raises DomainError("api_token_needed"), ("too_many_tries")."""
    found = (
        Token.objects.filter(digest=sealing.code_digest(secret), revoked_at=None, expires_at__gt=at)
        .select_related("season__rulebook", "season__host")
        .first()
    )
    if found is None:
        raise DomainError("api_token_needed")
    doors.reading(found.pk, at=at)
    stale = Token.objects.filter(pk=found.pk).filter(Q(used_at=None) | Q(used_at__lt=at - NOTED))
    stale.update(used_at=at)
    return found


def _demand(actor: Actor, season: Season) -> None:
    if not can_keep_tokens(actor, season.code, seasons.host_path(season)):
        raise DomainError("forbidden")


def _record(token: Token, act: str, actor: Actor, at: datetime) -> None:
    ledger.append(
        chain=token.season.code,
        actor=actor,
        act=act,
        subject=f"api-token:{token.pk}",
        data={
            "label": token.label,
            "scope": token.scope,
            "until": ledger.instant(token.expires_at),
        },
        at=at,
    )
