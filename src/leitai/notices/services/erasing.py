"""After the season: who objected is forgotten; what was said, done and decided stays."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.notices.enums import OPEN_STATES
from leitai.notices.models import Objection
from leitai.people.services.chain import CHAIN
from leitai.units.rules import is_house


@transaction.atomic
def erase_objectors(*, actor: Actor, seasons: Collection[str], at: datetime) -> int:
    """Erase name, numbers, unit and account of the cases of these seasons that are closed."""
    if not is_house(actor):
        raise DomainError("forbidden")
    rows = Objection.objects.filter(season__code__in=list(seasons), erased_at=None)
    count = rows.exclude(state__in=OPEN_STATES).update(
        name="", phone="", id_number="", unit="", account=None, erased_at=at
    )
    if count:
        ledger.append(
            chain=CHAIN,
            actor=actor,
            act="objection.erased",
            subject=f"objections:{count}",
            data={"count": count},
            at=at,
        )
    return count
