"""Agreeing to the privacy notice in force."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.people import privacy
from leitai.people.models import Account
from leitai.people.services.chain import CHAIN


@transaction.atomic
def agree(*, actor: Actor, account: Account, version: str, at: datetime) -> None:
    """Agree to `version`, which must be the one in force: nobody agrees to a text unseen."""
    if actor.account != str(account.pk):
        raise DomainError("forbidden")
    if version != privacy.VERSION:
        raise DomainError("consent_missing")
    account.consent, account.consent_at = version, at
    account.save(update_fields=["consent", "consent_at"])
    ledger.append(
        chain=CHAIN,
        actor=actor,
        act="account.consented",
        subject=f"account:{account.pk}",
        data={"version": version},
        at=at,
    )
