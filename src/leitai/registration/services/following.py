"""Registrations in step with their entries: what the seasons decided of an entry holds here too."""

from __future__ import annotations

from django.utils import timezone

from leitai.base.actor import system
from leitai.base.words import listed
from leitai.kernel.errors import DomainError
from leitai.people.events import PeopleMerging
from leitai.registration.enums import LIVE, Kind, State, Step
from leitai.registration.models import Change, HistoryLine, Registration
from leitai.registration.services.common import keep_step
from leitai.seasons import services as seasons
from leitai.seasons.events import EntriesConfirmed, EntryReplaced, EntryWithdrawn
from leitai.seasons.models import Entry


def demand_reviewed(event: EntriesConfirmed) -> None:
    """A list is confirmed only when each registration in it passed."""
    open_ = list(
        Registration.objects.filter(
            season__code=event.season,
            entry__stage__code=event.stage,
            entry__code__in=event.entries,
        )
        .exclude(state=State.PASSED)
        .values_list("person__name", flat=True)
    )
    if open_:
        raise DomainError(
            "registration_unreviewed", count=len(open_), names=listed(sorted(open_)[:10])
        )


def follow_withdrawal(event: EntryWithdrawn) -> None:
    """One that did not pass stays so."""
    for held in _registrations(event.season, event.track, event.entry):
        if held.state != State.REFUSED:
            _move(held, State.WITHDRAWN, Step.WITHDRAWN)


def follow_replacement(event: EntryReplaced) -> None:
    """A substitute who steps in becomes a contestant with the new entry."""
    gone = _registrations(event.season, event.track, event.entry)
    for held in gone:
        _move(held, State.REPLACED, Step.REPLACED)
    made = Entry.objects.filter(
        stage__season__code=event.season,
        stage__code=event.stage,
        track=event.track,
        code=event.by,
    ).first()
    if made is None:
        return
    seated = next((one for one in gone if one.slot is not None), None)
    taken = {"slot": seated.slot, "seat": seated.seat} if seated else {}
    if seated is not None and seated.slot is not None:
        seasons.take_seat(
            actor=system("registration"),
            season=seated.season,
            person=made.person,
            slot=seated.slot,
            at=timezone.now(),
        )
    Registration.objects.filter(
        stage=made.stage_id,
        track=made.track,
        person=made.person_id,
        kind=Kind.SUBSTITUTE,
        state=State.PASSED,
    ).update(kind=Kind.CONTESTANT, entry=made, **taken)


def follow_merging(event: PeopleMerging) -> None:
    """Two records of one person: what hangs on the second goes to the first."""
    mine = Registration.objects.filter(person=event.from_id)
    twice = Registration.objects.filter(
        person=event.into_id,
        state__in=LIVE,
        stage__in=mine.filter(state__in=LIVE).values("stage"),
    ).select_related("person", "stage")
    clash = twice.first()
    if clash is not None:
        raise DomainError(
            "registration_merge_clash", name=clash.person.name, stage=clash.stage.title
        )
    mine.update(person=event.into_id)
    Change.objects.filter(person=event.from_id).update(person=event.into_id)
    HistoryLine.objects.filter(person=event.from_id).update(person=event.into_id)
    HistoryLine.objects.filter(near=event.from_id).update(near=event.into_id)


def _registrations(season: str, track: str, entry: str) -> list[Registration]:
    return list(
        Registration.objects.filter(
            season__code=season, entry__track=track, entry__code=entry
        ).exclude(state__in=(State.WITHDRAWN, State.REPLACED))
    )


def _move(held: Registration, state: State, step: Step) -> None:
    at = timezone.now()
    held.state, held.since = state, at
    held.save(update_fields=["state", "since"])
    keep_step(held, step, actor=system("registration"), at=at)
