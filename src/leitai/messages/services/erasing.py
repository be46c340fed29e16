"""After the season: names and numbers of complainants go; what was said and done stays."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.messages.enums import OPEN_STATES
from leitai.messages.models import Complaint
from leitai.people.services.chain import CHAIN
from leitai.units.rules import is_house


@transaction.atomic
def erase_contacts(
    *, actor: Actor, before: datetime, seasons: Collection[str] | None = None, at: datetime
) -> int:
    """Erase name, phone and account of complaints filed before; None: of every season.

    What is still being handled keeps them, since an answer is owed. The house does it by its rule.
    """
    if not is_house(actor):
        raise DomainError("forbidden")
    rows = Complaint.objects.filter(filed_at__lt=before, erased_at=None).exclude(
        state__in=OPEN_STATES
    )
    if seasons is not None:
        rows = rows.filter(season__in=list(seasons))
    count = rows.update(name="", phone="", account=None, erased_at=at)
    if count:
        ledger.append(
            chain=CHAIN,
            actor=actor,
            act="complaint.erased",
            subject=f"complaints:{count}",
            data={"count": count},
            at=at,
        )
    return count
