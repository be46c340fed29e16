"""What the writes of a judged event share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from leitai.base.actor import Actor
from leitai.judging.enums import EventState
from leitai.judging.models import JudgedEvent, Seat, Slot
from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.seasons import selectors as seasons

REASON_LONGEST = 200


def locked(event: JudgedEvent) -> JudgedEvent:
    """The event as it stands now, and nobody else changes it meanwhile."""
    rows = JudgedEvent.objects.select_for_update(of=("self",))
    return rows.select_related("stage__season__rulebook", "stage__season__host", "law").get(
        pk=event.pk
    )


def locked_slot(slot: Slot) -> Slot:
    """The turn as it stands now; its event's state cannot change either before this is over."""
    JudgedEvent.objects.select_for_update(of=("self",), no_key=True).get(pk=slot.event_id)
    rows = Slot.objects.select_for_update(of=("self",))
    return rows.select_related("event__stage__season__rulebook", "event__law").get(pk=slot.pk)


def demand(may: Callable[[Actor, str, str], bool], actor: Actor, event: JudgedEvent) -> None:
    season = event.stage.season
    if not may(actor, season.code, seasons.host_path(season)):
        raise DomainError("forbidden")


def demand_state(event: JudgedEvent, *states: EventState) -> None:
    if event.state not in states:
        raise DomainError("judging_state", state=str(EventState(event.state).label))


def the_reason(text: str) -> str:
    """Raises DomainError where there is none: what is set right is said why."""
    reason = text.strip()
    if not reason:
        raise DomainError("judging_reason")
    return reason[:REASON_LONGEST]


def note(event: JudgedEvent, *, actor: Actor, act: str, at: datetime, **data: Any) -> None:
    """The last write of an act. A rehearsal leaves no trace."""
    if event.rehearsal:
        return
    ledger.append(
        chain=event.stage.season.code,
        actor=actor,
        act=act,
        subject=f"judging:{event.pk}",
        data={"title": event.title, **data},
        at=at,
    )


def unsign(event: JudgedEvent) -> None:
    """What was signed of the tally holds no more: it is worked out anew."""
    state = EventState.RUNNING if event.state == EventState.MARKED else event.state
    JudgedEvent.objects.filter(pk=event.pk).update(
        state=state,
        tallied_by="",
        tallied_name="",
        tallied_at=None,
        checked_by="",
        checked_name="",
        checked_at=None,
    )
    event.state = state


def called(seat: Seat) -> dict[str, str]:
    """How the ledger names a judge."""
    return {"judge": seat.judge, "name": seat.person.name}
