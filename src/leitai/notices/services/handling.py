"""What handlers do with a case before it is ruled on. Each step is a record and a ledger entry."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.notices.enums import OPEN_STATES, ObjectionState, StepKind
from leitai.notices.models import Objection
from leitai.notices.selectors.handlers import demand_handler
from leitai.notices.services.filing import (
    TEXT_LIMIT,
    add_step,
    identity_of,
    record,
)

REASON_LIMIT = 200
_SHORTEST = 2  # a single character is no name to look for in a text


@transaction.atomic
def accept_objection(*, actor: Actor, objection: Objection, at: datetime) -> Objection:
    found = locked(actor, objection, (ObjectionState.FILED,), at=at)
    found.state, found.accepted_at = ObjectionState.ACCEPTED, at
    found.save(update_fields=["state", "accepted_at"])
    add_step(found, StepKind.ACCEPTED, actor=actor, at=at)
    record(found, "objection.accepted", actor=actor, at=at)
    return found


@transaction.atomic
def refuse_objection(*, actor: Actor, objection: Objection, reason: str, at: datetime) -> Objection:
    """Not taken up, with a reason that whoever filed it reads."""
    found = locked(actor, objection, (ObjectionState.FILED,), at=at)
    text = tidy(reason, empty="objection_reply_empty")
    found.state, found.ended_at = ObjectionState.REFUSED, at
    found.save(update_fields=["state", "ended_at"])
    add_step(found, StepKind.REFUSED, text=text, actor=actor, at=at)
    record(found, "objection.refused", actor=actor, at=at)
    return found


@transaction.atomic
def note_handling(*, actor: Actor, objection: Objection, text: str, at: datetime) -> Objection:
    """What was looked into and found; the handlers alone read it."""
    found = locked(actor, objection, (ObjectionState.ACCEPTED,), at=at)
    text = tidy(text, empty="objection_note_empty")
    add_step(found, StepKind.HANDLED, text=text, actor=actor, at=at)
    record(found, "objection.handled", actor=actor, at=at)
    return found


@transaction.atomic
def merge_objection(*, actor: Actor, objection: Objection, into: int, at: datetime) -> Objection:
    """Settle it together with another of the same issue: that one's ruling is its ruling too."""
    found = locked(actor, objection, OPEN_STATES, at=at)
    if into == found.number:
        raise DomainError("objection_merge_same")
    other = found.season.objections.filter(number=into, state__in=OPEN_STATES).first()
    same = other is not None and (other.remedy, other.notice_id, other.stage, other.level) == (
        found.remedy,
        found.notice_id,
        found.stage,
        found.level,
    )
    if other is None or not same:
        raise DomainError("objection_merge_other", number=into)
    found.merged.update(merged_into=other)  # what had been merged into it follows
    found.state, found.merged_into = ObjectionState.MERGED, other
    found.accepted_at = found.accepted_at or at
    found.save(update_fields=["state", "merged_into", "accepted_at"])
    add_step(found, StepKind.MERGED, actor=actor, at=at)
    record(found, "objection.merged", actor=actor, at=at, into=into)
    return found


@transaction.atomic
def reveal_objector(
    *, actor: Actor, objection: Objection, reason: str, at: datetime
) -> dict[str, str]:
    """Who filed it, to a handler with a reason; every look is on the record, and its own step."""
    found = locked(actor, objection, tuple(ObjectionState), at=at)
    why = reason.strip()
    if not why or len(why) > REASON_LIMIT:
        raise DomainError("objection_reveal_reason", limit=REASON_LIMIT)
    demand_unnamed(found, why)
    identity = identity_of(found)
    add_step(found, StepKind.REVEALED, text=why, actor=actor, at=at)
    record(found, "objection.revealed", actor=actor, at=at, reason=why)
    return identity


def locked(
    actor: Actor, objection: Objection, states: Collection[str], *, at: datetime
) -> Objection:
    """Lock it, and demand that this officer may act on it in this state."""
    found = (
        Objection.objects.select_for_update(of=("self",))
        .select_related("season__rulebook", "season__host", "notice", "previous")
        .get(pk=objection.pk)
    )
    demand_handler(actor, found, at=at)
    if found.state not in states:
        raise DomainError("objection_state", state=found.get_state_display())
    return found


def demand_unnamed(objection: Objection, *texts: str) -> None:
    """What others will read names nobody who objected. Raises "objection_names_objector"."""
    telling = [value for value in identity_of(objection).values() if len(value) >= _SHORTEST]
    if any(value in text for value in telling for text in texts):
        raise DomainError("objection_names_objector")


def tidy(text: str, *, empty: str) -> str:
    text = text.replace("\r\n", "\n").strip()
    if not text:
        raise DomainError(empty)
    if len(text) > TEXT_LIMIT:
        raise DomainError("objection_text_long", length=len(text), limit=TEXT_LIMIT)
    return text
