"""Marks and withdrawals as the tables that `leitai rulebook decide` reads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from leitai.judging.models import JudgedEvent
from leitai.judging.selectors.panels import facts_of
from leitai.judging.selectors.tallying import entries_in, recorded_of, rows_of
from leitai.rulebook.tables.columns import ENTRIES, IN, MARKS, PEOPLE
from leitai.rulebook.tables.packing import written
from leitai.seasons.models import Stage

_ENTRY = ("stage", "track", "entry", "name", "delegation", "person")


def judged_of(stage: Stage) -> list[JudgedEvent]:
    """The stage's judged events; a rehearsal stands alone."""
    found = JudgedEvent.objects.filter(stage=stage, rehearsal=False)
    return list(found.select_related("stage__season").order_by("track", "event"))


def tables_of(event: JudgedEvent) -> dict[str, str]:
    """The tables by file name; `people.csv` only where there is something in it."""
    entries = (
        (one.stage, one.track, one.id, one.name, one.delegation, one.person)
        for one in entries_in(event)
    )
    return {ENTRIES: written(_ENTRY, entries), **marked_tables([event])}


def marked_tables(events: Sequence[JudgedEvent]) -> dict[str, str]:
    """The marks of these events, and in `people.csv` what makes judges withdraw."""
    found = {MARKS: written(IN[MARKS].needed, _marks(events))}
    facts = sorted({one for event in events for one in _facts(event)})
    return {**found, PEOPLE: written(IN[PEOPLE].needed, facts)} if facts else found


def _marks(events: Iterable[JudgedEvent]) -> Iterable[tuple[str, ...]]:
    """Marks of a contestant leave the house when all of them are in, not before."""
    for event in events:
        whole = [one for one in recorded_of(event) if one.complete]
        for one in rows_of(event, whole):
            yield one.stage, one.track, one.event, one.entry, one.judge, one.line, one.mark


def _facts(event: JudgedEvent) -> Iterable[tuple[str, str, str]]:
    """`unit`, or `recuse:kinship` where the key is not the value."""
    for one in facts_of(event):
        yield one.person, one.kind if one.key == one.value else f"{one.kind}:{one.key}", one.value
