"""That a paper was opened: at T0, or before it by decision. Rows that the lane and people read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import connection, transaction

from leitai.bank.models import Paper, PaperOpening
from leitai.base.actor import Actor
from leitai.ledger import services as ledger


@transaction.atomic
def record_opening(*, actor: Actor, paper: Paper, opened_at: datetime, at: datetime) -> bool:
    """T0 has passed: one row and one act of the ledger; False when the paper was open already."""
    locked = Paper.objects.select_for_update().defer("sealed").get(pk=paper.pk)
    if locked.openings.exists():
        return False
    PaperOpening.objects.create(paper=locked, early=False, opened_at=opened_at)
    data = {"title": locked.title, "opened_at": ledger.instant(opened_at)}
    _record(actor, locked, "paper.opened", data, at)
    return True


@transaction.atomic
def open_early(
    *, actor: Actor, paper: Paper, reason: str, proposal: int | None, at: datetime
) -> PaperOpening:
    """Open before T0; called by the deed of two officers, which decides who may. Safe to repeat."""
    locked = Paper.objects.select_for_update().defer("sealed").get(pk=paper.pk)
    opening, made = PaperOpening.objects.get_or_create(
        paper=locked, early=True, defaults={"opened_at": at, "proposal": proposal}
    )
    if made:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify('lane', %s)", [locked.code])
        data = {"title": locked.title, "reason": reason, "proposal": proposal}
        _record(actor, locked, "paper.opened_early", data, at)
    return opening


def _record(actor: Actor, paper: Paper, act: str, data: Mapping[str, object], at: datetime) -> None:
    ledger.append(
        chain=paper.season,
        actor=actor,
        act=act,
        subject=f"paper:{paper.code}",
        data={**data, "version": paper.version},
        at=at,
    )
