"""Put back an entry that left a stage wrongly, as a ruling decided."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from leitai.base import events
from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.seasons import rules, selectors
from leitai.seasons.enums import EntryState
from leitai.seasons.events import EntriesConfirmed
from leitai.seasons.models import Entry, Fact, Season
from leitai.seasons.selectors.inputs import GONE
from leitai.seasons.services.common import open_stage
from leitai.seasons.services.withdrawing import whose_place

RESTORABLE = (EntryState.WITHDRAWN, EntryState.REFUSED)


@transaction.atomic
def restore_entry(
    *, actor: Actor, season: Season, stage: str, entry: Entry, reason: str, at: datetime
) -> Entry:
    """The entry stands again in this stage and in each later one that it had left with it.

    Raises DomainError("entry_unknown") for one that did not leave, or was replaced by another.
    """
    if not rules.can_run_office(actor, season.code, selectors.host_path(season)):
        raise DomainError("forbidden")
    held = open_stage(season, stage)
    rows = list(
        Entry.objects.select_for_update(of=("self",))
        .filter(
            stage__season=held.season_id,
            stage__position__gte=held.position,
            track=entry.track,
            code=entry.code,
            state__in=RESTORABLE,
        )
        .select_related("stage", "person")
        .order_by("stage__position")
    )
    if not rows:
        raise DomainError("entry_unknown", entry=entry.code)
    Entry.objects.filter(pk__in=[row.pk for row in rows]).update(state=EntryState.CONFIRMED)
    Fact.objects.filter(
        person__in=whose_place(rows[0]),
        kind=GONE,
        key=season.code,
        value__in=[r.stage.code for r in rows],
    ).delete()
    for row in rows:
        events.publish(EntriesConfirmed(season.code, row.stage.code, (row.code,)))
    first = rows[0]
    ledger.append(
        chain=season.code,
        actor=actor,
        act="entry.restored",
        subject=f"entry:{first.code}",
        data={"stage": first.stage.title, "entry": first.code, "reason": reason.strip()},
        at=at,
    )
    first.state = EntryState.CONFIRMED
    return first
