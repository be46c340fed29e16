"""The next stage's entries, as results decided them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from leitai.base import events
from leitai.base.actor import Actor
from leitai.base.words import listed
from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.rulebook.data import AdvanceRow
from leitai.seasons import rules, selectors
from leitai.seasons.enums import EntryState, ScoreState
from leitai.seasons.events import EntriesAdvanced
from leitai.seasons.models import Entry, Score, Season, Stage
from leitai.seasons.services.common import open_stage
from leitai.seasons.services.teaming import copy_teams

Key = tuple[str, str]  # track and code


@transaction.atomic
def enter_advanced(
    *, actor: Actor, season: Season, to_stage: str, rows: Sequence[AdvanceRow], at: datetime
) -> list[Entry]:
    """Bring a stage's entries in step with everything that advances into it, under the same codes.

    `rows` is the whole of it: who is entered and no longer in it is withdrawn, unless a score
    stands already, which only a ruling may undo. The same rows again change nothing.
    """
    if not rules.can_advance(actor, season.code, selectors.host_path(season)):
        raise DomainError("forbidden")
    stage = open_stage(season, to_stage)
    standing = {
        (entry.track, entry.code): entry
        for entry in Entry.objects.filter(stage=stage).select_related("person")
    }
    here = [row for row in rows if row.to_stage == to_stage]
    by_row = {entry.pk: entry for entry in standing.values()}
    wanted = {_key_now(standing.get(_key(row)), by_row, _key(row)): row for row in here}
    fallen = _withdraw(stage, standing, wanted)
    changed = _keep(standing, wanted)
    fresh = _enter(season, stage, [row for key, row in wanted.items() if key not in standing], at)
    if fallen or changed or fresh:
        codes = tuple(sorted(entry.code for entry in (*changed, *fresh)))
        gone = tuple(sorted(entry.code for entry in fallen))
        events.publish(EntriesAdvanced(season.code, to_stage, codes, gone))
        ledger.append(
            chain=season.code,
            actor=actor,
            act="entries.advanced",
            subject=f"stage:{to_stage}",
            data={
                "stage": stage.title,
                "count": len(wanted),
                "entries": sorted(code for _track, code in wanted),
                "fallen": list(gone),
            },
            at=at,
        )
    return list(selectors.list_entries(stage))


def _key(row: AdvanceRow) -> Key:
    return row.track, row.entry


def _key_now(entry: Entry | None, by_row: dict[int, Entry], key: Key) -> Key:
    """Whoever was replaced since: the place stays with who was put in it."""
    while entry is not None and entry.replaced_by_id in by_row:
        entry = by_row[entry.replaced_by_id]
    return (entry.track, entry.code) if entry else key


def _withdraw(
    stage: Stage, standing: dict[Key, Entry], wanted: dict[Key, AdvanceRow]
) -> list[Entry]:
    fallen = [
        entry
        for key, entry in standing.items()
        if key not in wanted and entry.state not in selectors.LEFT
    ]
    scored = (
        Score.objects.filter(entry__in=fallen)
        .exclude(state=ScoreState.SUPERSEDED)
        .order_by("entry__code")
        .values_list("entry__code", flat=True)
    )
    if scored:
        raise DomainError("entries_scored", entries=listed(scored), stage=stage.title)
    Entry.objects.filter(pk__in=[entry.pk for entry in fallen]).update(state=EntryState.WITHDRAWN)
    return fallen


def _keep(standing: dict[Key, Entry], wanted: dict[Key, AdvanceRow]) -> list[Entry]:
    """Entries that were withdrawn before, or now come in another way."""
    changed = []
    for key, row in wanted.items():
        entry = standing.get(key)
        if entry is None:
            continue
        back = entry.state == EntryState.WITHDRAWN
        now = (row.as_, row.reason.plain())
        if back or (entry.as_kind, entry.reason) != now:
            entry.as_kind, entry.reason = now
            entry.state = EntryState.CONFIRMED if back else entry.state
            changed.append(entry)
    Entry.objects.bulk_update(changed, ["as_kind", "reason", "state"])
    return changed


def _enter(season: Season, stage: Stage, rows: Sequence[AdvanceRow], at: datetime) -> list[Entry]:
    before = _entries_before(season, rows)
    fresh = []
    for row in rows:
        earlier = before.get((row.stage, row.track, row.entry))
        if earlier is None:
            raise DomainError("entry_unknown", entry=row.entry)
        fresh.append(
            Entry(
                stage=stage,
                track=row.track,
                code=row.entry,
                person_id=earlier.person_id,
                delegation_id=earlier.delegation_id,
                team=earlier.team,
                as_kind=row.as_,
                state=EntryState.CONFIRMED,
                reason=row.reason.plain(),
                entered_at=at,
            )
        )
    made = Entry.objects.bulk_create(fresh)
    olds = [before[row.stage, row.track, row.entry].pk for row in rows]
    copy_teams(dict(zip(olds, made, strict=True)))
    return made


def _entries_before(
    season: Season, rows: Sequence[AdvanceRow]
) -> dict[tuple[str, str, str], Entry]:
    stages = {row.stage for row in rows}
    entries = Entry.objects.filter(stage__season=season, stage__code__in=stages)
    return {
        (entry.stage.code, entry.track, entry.code): entry
        for entry in entries.select_related("stage")
    }
