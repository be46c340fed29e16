"""An outside identity becomes a way into an account."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from leitai.base.actor import Actor
from leitai.ledger import services as ledger
from leitai.people.models import Account
from leitai.people.services.chain import CHAIN


@transaction.atomic
def record_link(*, account: Account, provider: str, at: datetime) -> None:
    """Put on record that an account can now be entered through a provider."""
    ledger.append(
        chain=CHAIN,
        actor=Actor(str(account.pk), account.display_name or account.username),
        act="outside.linked",
        subject=f"account:{account.pk}",
        data={"provider": provider},
        at=at,
    )
