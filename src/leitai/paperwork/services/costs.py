"""Who bears which cost: kept as the office words it, each wording a row of its own."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.paperwork import rules
from leitai.paperwork.models import CostNote
from leitai.seasons import selectors as seasons
from leitai.seasons.models import Season

LIMIT = 2000


@transaction.atomic
def set_costs(*, actor: Actor, season: Season, text: str, at: datetime) -> CostNote:
    if not rules.can_keep_templates(actor, season.code, seasons.host_path(season)):
        raise DomainError("forbidden")
    words = text.replace("\r\n", "\n").strip()
    if len(words) > LIMIT:
        raise DomainError("paperwork_costs_long", limit=LIMIT)
    made = CostNote.objects.create(
        season=season, text=words, by=actor.account, by_name=actor.name[:120], at=at
    )
    ledger.append(
        chain=season.code,
        actor=actor,
        act="paperwork.costs",
        subject=f"costs:{made.pk}",
        data={"by": actor.name, "text": words},
        at=at,
    )
    return made
