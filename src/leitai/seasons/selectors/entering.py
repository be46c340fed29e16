"""Reads of entries."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import QuerySet

from leitai.kernel.errors import DomainError
from leitai.people.models import Person
from leitai.seasons.enums import REPLAYED, EntryState, ScoreState, ScoreStatus
from leitai.seasons.models import Entry, Score, Season, Stage
from leitai.units.models import Delegation

STANDING = (EntryState.NOMINATED, EntryState.CONFIRMED, EntryState.DONE, EntryState.VOID)


def list_entries(stage: Stage) -> QuerySet[Entry]:
    """Who stands in a stage (not the withdrawn), by delegation and code."""
    return (
        Entry.objects.filter(stage=stage, state__in=STANDING)
        .select_related("person", "delegation__unit")
        .order_by("delegation__position", "code")
    )


def is_list_confirmed(stage: Stage, track: str, sender: Delegation) -> bool:
    """Whether the delegation's list was confirmed: from then on nobody is added, only replaced."""
    mine = Entry.objects.filter(stage=stage, track=track, delegation=sender)
    return mine.filter(state=EntryState.CONFIRMED).exists()


def get_entry(stage: Stage, code: str) -> Entry:
    """The entry of that code; raises DomainError("entry_unknown")."""
    entry = list_entries(stage).filter(code=code).first()
    if entry is None:
        raise DomainError("entry_unknown", entry=code)
    return entry


def entries_of(stage: Stage, track: str, codes: Collection[str]) -> dict[str, Entry]:
    """The entries of these codes; raises DomainError("entry_unknown") for one that is missing."""
    found = {
        entry.code: entry for entry in list_entries(stage).filter(track=track, code__in=set(codes))
    }
    for code in codes:
        if code not in found:
            raise DomainError("entry_unknown", entry=code)
    return found


def list_entries_of_person(season: Season, person: Person) -> QuerySet[Entry]:
    """A person's own entries, stage by stage."""
    return (
        Entry.objects.filter(stage__season=season, person=person, state__in=STANDING)
        .select_related("stage", "delegation__unit")
        .order_by("stage__position", "track")
    )


def replays_awaited(stage: Stage, event: str) -> QuerySet[Score]:
    """The marks of an event that a ruling voided for another contest, still to come."""
    void = Score.objects.filter(entry__stage=stage, event=event, status=ScoreStatus.VOID)
    return void.filter(source__startswith=REPLAYED).exclude(state=ScoreState.SUPERSEDED)


def score_of(entry: Entry, event: str) -> Score | None:
    """The mark that stands in an event, if there is one."""
    standing = Score.objects.filter(entry=entry, event=event)
    return standing.exclude(state=ScoreState.SUPERSEDED).first()
