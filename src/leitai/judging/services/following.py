"""What happens below and changes who judges or who is judged."""

from __future__ import annotations

from django.utils import timezone

from leitai.base.actor import system
from leitai.judging.enums import EventState
from leitai.judging.models import Seat, Slot
from leitai.judging.services.seating import derive_recusals
from leitai.kernel.errors import DomainError
from leitai.people.events import PeopleMerging
from leitai.seasons.enums import EntryState
from leitai.seasons.events import EntryReplaced
from leitai.seasons.models import Entry

HOUSE = system("judging")
BEFORE = (EventState.PLANNED, EventState.CALLED)


def follow_merging(event: PeopleMerging) -> None:
    """The one record's seats are the other's; refuse where both sit in one panel."""
    seats = Seat.objects.filter(person=event.from_id).select_related("event", "person")
    theirs = set(Seat.objects.filter(person=event.into_id).values_list("event_id", flat=True))
    for seat in seats:
        if seat.event_id in theirs:
            raise DomainError("judging_merge_clash", name=seat.person.name, title=seat.event.title)
    seats.update(person=event.into_id)


def follow_replacement(event: EntryReplaced) -> None:
    """Whoever replaces a contestant before the day has the same turn and number."""
    gone = Entry.objects.filter(
        stage__season__code=event.season,
        track=event.track,
        code=event.entry,
        state=EntryState.REPLACED,
        replaced_by__code=event.by,
    ).select_related("replaced_by__person", "replaced_by__delegation")
    for entry in gone:
        new = entry.replaced_by
        if new is None:  # the query asked for one
            continue
        slots = Slot.objects.filter(entry=entry, event__state__in=BEFORE, state="waiting")
        for slot in slots.select_related("event__stage__season__rulebook", "event__law"):
            slot.entry, slot.code = new, new.code
            slot.name, slot.team = new.person.name, new.delegation.name
            slot.save(update_fields=["entry", "code", "name", "team"])
            derive_recusals(actor=HOUSE, event=slot.event, at=timezone.now())
