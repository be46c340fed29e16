"""The day: call the event, and follow each contestant from the door to the stage and away."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from leitai.base.actor import Actor
from leitai.judging import rules, selectors
from leitai.judging.enums import OUT, OVER, EventState, SlotState
from leitai.judging.models import JudgedEvent, Move, Sheet, Slot
from leitai.judging.services.common import (
    demand,
    demand_state,
    locked,
    locked_slot,
    note,
    the_reason,
)
from leitai.kernel.errors import DomainError
from leitai.rulebook import numbers

S = SlotState
WAYS: Final[dict[str, tuple[SlotState, ...]]] = {
    S.WAITING: (S.ISOLATED, S.ON_STAGE, S.LATE, *OUT),
    S.ISOLATED: (S.ON_STAGE, S.FORFEIT, S.WAITING),
    S.LATE: (S.ISOLATED, S.ON_STAGE, *OUT),
    S.ON_STAGE: (S.RELEASED, S.ISOLATED, S.FORFEIT),
    S.RELEASED: (S.ON_STAGE,),
    S.ABSENT: (S.WAITING,),
    S.FORFEIT: (S.WAITING,),
}
# What is taken back is said why: everything that leads to an earlier state or to no marks.
BACK: Final = {
    (S.ISOLATED, S.WAITING),
    (S.ON_STAGE, S.ISOLATED),
    (S.RELEASED, S.ON_STAGE),
    (S.ABSENT, S.WAITING),
    (S.FORFEIT, S.WAITING),
}
MINUTES_LONGEST: Final = 12


@transaction.atomic
def call_event(*, actor: Actor, event: JudgedEvent, at: datetime) -> JudgedEvent:
    """Freeze rules, order and panel; then contestants are called.

    Raises judging_panel_small, judging_no_chief, and judging_materials where some are unchecked.
    """
    event = locked(event)
    demand(rules.can_stage, actor, event)
    demand_state(event, EventState.PLANNED)
    _demand_panel(event)
    event.law = event.stage.season.rulebook
    event.state, event.called_at = EventState.CALLED, at
    event.save(update_fields=["law", "state", "called_at"])
    note(event, actor=actor, act="judging.called", at=at, rules=event.law.hash[:12])
    return event


def _demand_panel(event: JudgedEvent) -> None:
    """A chief judge, and of each kind as many as there is a figure with."""
    if not event.seats.filter(chief=True, left_at=None).exists():
        raise DomainError("judging_no_chief")
    judging = selectors.judging_of(event)
    panels = selectors.panels_of(event)
    for slot in selectors.turns_of(event):
        for kind, panel in selectors.rule_panels(judging).items():
            count = sum(seat.kind == kind for seat in panels[slot.pk].seats)
            if count < panel.least:
                raise DomainError(
                    "judging_panel_small", number=slot.number, count=count, least=panel.least
                )


@transaction.atomic
def move_slot(
    *,
    actor: Actor,
    slot: Slot,
    state: str,
    at: datetime,
    late: str = "",
    phone: bool = False,
    reason: str = "",
) -> Slot:
    """One step of a contestant's day. `late` are the minutes, where somebody came late.

    Raises judging_way, judging_stage_taken, judging_before, judging_late_minutes, judging_reason,
    judging_marked_out.
    """
    slot = locked_slot(slot)
    event = slot.event
    demand(rules.can_stage, actor, event)
    demand_state(event, EventState.CALLED, EventState.RUNNING)
    wanted, now = _demand_way(slot, state), SlotState(slot.state)
    words = reason.strip()[:200]
    if (now, wanted) in BACK or wanted == S.FORFEIT:
        words = the_reason(reason)
    if wanted == S.ON_STAGE:
        _demand_stage(slot)
    if wanted in OUT and Sheet.objects.filter(slot=slot, standing=True).exists():
        raise DomainError("judging_marked_out", number=slot.number)
    minutes = _minutes(late) if wanted == S.LATE else ""
    slot.state = wanted
    slot.late = minutes or (slot.late if wanted != S.WAITING else "")
    slot.save(update_fields=["state", "late"])
    Move.objects.create(
        slot=slot,
        state=wanted,
        late=minutes,
        phone=phone,
        reason=words,
        by=actor.account,
        by_name=actor.name,
        at=at,
    )
    if wanted == S.ON_STAGE and event.state == EventState.CALLED:
        event.state = EventState.RUNNING
        event.save(update_fields=["state"])
    _note(slot, now, wanted, words, minutes, actor=actor, at=at)
    return slot


@transaction.atomic
def put_last(*, actor: Actor, slot: Slot, reason: str, at: datetime) -> Slot:
    """To the end without a penalty: the equipment failed, or somebody is unwell. Whoever stands
    on stage waits apart again; the lot and the number stay.

    Raises judging_way, judging_reason, judging_marked_last.
    """
    slot = locked_slot(slot)
    event = slot.event
    demand(rules.can_stage, actor, event)
    demand_state(event, EventState.CALLED, EventState.RUNNING)
    words, wanted = the_reason(reason), _("移到最后")
    if slot.state not in (S.WAITING, S.ISOLATED, S.ON_STAGE):
        now = str(SlotState(slot.state).label)
        raise DomainError("judging_way", number=slot.number, now=now, wanted=wanted)
    if Sheet.objects.filter(slot=slot, standing=True).exists():
        raise DomainError("judging_marked_last", number=slot.number)
    if slot.state == S.ON_STAGE:
        slot.state = S.ISOLATED
    most = event.slots.aggregate(most=Max("deferred"))["most"] or 0
    slot.deferred = most + 1
    slot.save(update_fields=["state", "deferred"])
    Move.objects.create(
        slot=slot,
        state=slot.state,
        reason=_("移到最后：%(reason)s") % {"reason": words},
        by=actor.account,
        by_name=actor.name,
        at=at,
    )
    said = {"entry": slot.code, "state": wanted, "late": "", "reason": f"（{words}）"}
    note(event, actor=actor, act="judging.moved", at=at, **said)
    return slot


def _demand_way(slot: Slot, state: str) -> SlotState:
    if state not in SlotState.values or state not in WAYS[slot.state]:
        label = str(SlotState(state).label) if state in SlotState.values else state
        raise DomainError(
            "judging_way", number=slot.number, now=str(SlotState(slot.state).label), wanted=label
        )
    return SlotState(state)


def _demand_stage(slot: Slot) -> None:
    """One at a time, in the order of the draw; who is out or late is passed over."""
    others = selectors.turns_of(slot.event).exclude(pk=slot.pk)
    taken = others.filter(state=S.ON_STAGE).first()
    if taken is not None:
        raise DomainError("judging_stage_taken", number=taken.number)
    sooner = Q(deferred__lt=slot.deferred) | Q(deferred=slot.deferred, order__lt=slot.order)
    before = others.filter(sooner).exclude(state__in=(*OVER, S.LATE)).first()
    if before is not None and slot.state != S.RELEASED:
        raise DomainError("judging_before", number=before.number)


def _minutes(text: str) -> str:
    plain = text.strip()
    if not numbers.is_decimal(plain) or len(plain) > MINUTES_LONGEST or numbers.parse(plain) < 0:
        raise DomainError("judging_late_minutes")
    return plain


def _note(
    slot: Slot,
    now: SlotState,
    wanted: SlotState,
    reason: str,
    late: str,
    *,
    actor: Actor,
    at: datetime,
) -> None:
    """The ledger has what decides something: late or not there, and whatever is taken back."""
    if wanted not in (*OUT, S.LATE) and (now, wanted) not in BACK:
        return
    note(
        slot.event,
        actor=actor,
        act="judging.moved",
        at=at,
        entry=slot.code,
        state=str(wanted.label),
        late=late,
        reason=f"（{reason}）" if reason else "",
    )
