"""What the supervisors do with a complaint. Each step is a record of its own and a ledger entry."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from leitai.base import events
from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.messages.enums import ComplaintState, StepKind
from leitai.messages.events import ComplaintAnswered
from leitai.messages.models import Complaint
from leitai.messages.rules import can_handle
from leitai.messages.services.complaining import TEXT_LIMIT, add_step, record
from leitai.people.selectors import separation

_WAITING = frozenset({ComplaintState.RECEIVED})
_OPEN = frozenset({ComplaintState.RECEIVED, ComplaintState.ACCEPTED})
_DECIDED = frozenset({ComplaintState.ANSWERED, ComplaintState.TRANSFERRED})


@transaction.atomic
def accept(*, actor: Actor, complaint: int, at: datetime) -> Complaint:
    found = _demand(actor, complaint, _WAITING, at)
    found.state, found.accepted_at = ComplaintState.ACCEPTED, at
    found.save(update_fields=["state", "accepted_at"])
    add_step(found, StepKind.ACCEPTED, text="", actor=actor, at=at)
    record(found, "complaint.accepted", text="", actor=actor, at=at)
    return found


@transaction.atomic
def answer(*, actor: Actor, complaint: int, text: str, at: datetime) -> Complaint:
    """Answer; what was not accepted before is with it."""
    found, text = _demand(actor, complaint, _OPEN, at), _tidy(text)
    found.state, found.answered_at = ComplaintState.ANSWERED, at
    found.accepted_at = found.accepted_at or at
    found.save(update_fields=["state", "answered_at", "accepted_at"])
    add_step(found, StepKind.ANSWERED, text=text, actor=actor, at=at)
    events.publish(ComplaintAnswered(complaint=found.pk, season=found.season))
    record(found, "complaint.answered", text=text, actor=actor, at=at)
    return found


@transaction.atomic
def transfer(*, actor: Actor, complaint: int, text: str, at: datetime) -> Complaint:
    """Hand over to another body; `text` says to whom and why, and the complainant reads it."""
    found, text = _demand(actor, complaint, _OPEN, at), _tidy(text)
    found.state, found.accepted_at = ComplaintState.TRANSFERRED, found.accepted_at or at
    found.save(update_fields=["state", "accepted_at"])
    add_step(found, StepKind.TRANSFERRED, text=text, actor=actor, at=at)
    events.publish(ComplaintAnswered(complaint=found.pk, season=found.season))
    record(found, "complaint.transferred", text=text, actor=actor, at=at)
    return found


@transaction.atomic
def close(*, actor: Actor, complaint: int, at: datetime) -> Complaint:
    """Nothing more is to be done, and nothing more can be added."""
    found = _demand(actor, complaint, _DECIDED, at)
    found.state, found.closed_at = ComplaintState.CLOSED, at
    found.save(update_fields=["state", "closed_at"])
    add_step(found, StepKind.CLOSED, text="", actor=actor, at=at)
    record(found, "complaint.closed", text="", actor=actor, at=at)
    return found


def _demand(
    actor: Actor, complaint: int, states: Collection[ComplaintState], at: datetime
) -> Complaint:
    """Lock it, and demand that this officer may act on it in this state."""
    found = Complaint.objects.select_for_update().filter(pk=complaint).first()
    if found is None or not can_handle(actor, found.season, found.host):
        raise DomainError("not_found")
    # Who decided cannot handle: the people's room says so of the person and the case.
    bar = separation.bar_for(
        account=actor.account,
        deed="handle_objection",
        season=found.season,
        subject=f"complaint:{found.pk}",
        at=at,
    )
    if bar is not None:
        raise DomainError(bar.code)
    if found.state not in states:
        raise DomainError("complaint_state", state=found.get_state_display())
    return found


def _tidy(text: str) -> str:
    text = text.replace("\r\n", "\n").strip()
    if not text:
        raise DomainError("complaint_reply_empty")
    if len(text) > TEXT_LIMIT:
        raise DomainError("complaint_text_long", limit=TEXT_LIMIT, length=len(text))
    return text
