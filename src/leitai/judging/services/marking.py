"""A judge's sheet: drafted, submitted once, marked anew only where the chief judge allows it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction

from leitai.base.actor import Actor
from leitai.base.words import listed
from leitai.judging import rules, selectors
from leitai.judging.enums import OUT, OVER, EventState, SheetSource, SlotState
from leitai.judging.models import Draft, Mark, Recusal, Reopening, Seat, Sheet, Slot
from leitai.judging.services.common import (
    called,
    demand,
    demand_state,
    locked_slot,
    note,
    the_reason,
    unsign,
)
from leitai.kernel import canonical
from leitai.kernel.errors import DomainError, Problems
from leitai.rulebook import numbers

DRAFT_LINES: Final = 200
REMARK_LONGEST: Final = 1000
MARKING = (EventState.RUNNING, EventState.MARKED, EventState.ANNOUNCED, EventState.CLOSED)


@dataclass(frozen=True, slots=True)
class Given:
    """What a sheet brings: marks by line, a remark, the form's token.

    `total` is the sheet's sum as the judge typed it, where marks lie far from the others'.
    """

    marks: Mapping[str, str]
    remark: str = ""
    token: str = ""
    total: str = ""


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """The draft that is kept; `same` where it is what was brought, not another device's."""

    draft: Draft
    same: bool


@transaction.atomic
def save_draft(
    *, actor: Actor, slot: Slot, marks: Mapping[str, str], remark: str, rev: int, at: datetime
) -> KeptDraft:
    """Keep what a judge has put down; a `rev` that is not above the kept one changes nothing.

    Whatever the state of the event: what was written offline is never lost.
    """
    seat = _own_seat(actor, slot)
    held, _made = Draft.objects.select_for_update().get_or_create(
        slot=slot, seat=seat, defaults={"saved_at": at}
    )
    known = {box.name for box in selectors.boxes_of(slot.event, seat)}
    if selectors.may_veto(selectors.judging_of(slot.event), seat):
        known.add(selectors.VETO)
    kept = {line: value for line, value in selectors.cleaned(marks).items() if line in known}
    said = remark.strip()[:REMARK_LONGEST]
    if rev <= held.rev and held.rev:
        return KeptDraft(held, same=(held.marks, held.remark) == (kept, said))
    held.marks, held.remark = kept, said
    held.rev, held.saved_at = max(rev, held.rev + 1), at
    held.save(update_fields=["marks", "remark", "rev", "saved_at"])
    return KeptDraft(held, same=True)


def _own_seat(actor: Actor, slot: Slot) -> Seat:
    seat = selectors.seat_of(actor, slot.event)
    if seat is None:
        raise DomainError("forbidden")
    return seat


@transaction.atomic
def submit_sheet(*, actor: Actor, slot: Slot, given: Given, at: datetime) -> Sheet:
    """Submit a judge's own sheet; the same form again gives the sheet that it made.

    Raises Problems with every line that is wrong or missing, judging_recused, judging_not_yours,
    judging_not_now, judging_anchor, judging_submitted, and judging_far until the sum is typed.
    """
    slot = locked_slot(slot)
    seat = _own_seat(actor, slot)
    same = Sheet.objects.filter(slot=slot, seat=seat).exclude(token="")
    kept = same.filter(token=given.token).first() if given.token else None
    if kept is not None:
        return kept
    reopening = demand_markable(slot, seat)
    marks = selectors.cleaned(given.marks)
    _demand_sound(slot, seat, marks)
    _demand_meant(slot, seat, marks, given.total)
    return keep_sheet(
        actor=actor,
        slot=slot,
        seat=seat,
        marks=marks,
        source=SheetSource.SCREEN,
        reopening=reopening,
        remark=given.remark,
        token=given.token,
        at=at,
    )


def demand_markable(slot: Slot, seat: Seat) -> Reopening | None:
    """Raises where this judge does not mark this contestant, or not now; gives what allows anew."""
    event = slot.event
    if Recusal.objects.filter(seat=seat, slot=slot).exists():
        raise DomainError("judging_recused", name=seat.person.name, number=slot.number)
    panel = selectors.panel_of(slot)
    if not panel.has(seat):
        raise DomainError("judging_not_yours", number=slot.number)
    demand_state(event, *MARKING)
    if slot.state in OUT:
        raise DomainError("judging_out", number=slot.number, state=slot.get_state_display())
    if slot.state not in (SlotState.ON_STAGE, SlotState.RELEASED):
        raise DomainError("judging_not_now", number=slot.number)
    _demand_anchor(slot)
    if selectors.is_arbiter(selectors.judging_of(event), seat.judge):
        _demand_others(slot)
    standing = Sheet.objects.filter(slot=slot, seat=seat, standing=True).exists()
    reopening = Reopening.objects.filter(slot=slot, seat=seat, used_at=None).first()
    if reopening is None and (standing or event.state != EventState.RUNNING):
        raise DomainError("judging_submitted", number=slot.number)
    return reopening


def _demand_anchor(slot: Slot) -> None:
    """The first contestant is marked when the rules' so-manieth has finished, or is out."""
    anchor = selectors.judging_of(slot.event).anchor
    if anchor is None:
        return
    turns = list(selectors.turns_of(slot.event))
    if turns[0].pk != slot.pk:
        return
    until = next(iter(turns[anchor - 1 : anchor]), None)
    if until is not None and until.pk != slot.pk and until.state not in OVER:
        raise DomainError("judging_anchor", number=slot.number, until=until.number)


def _demand_others(slot: Slot) -> None:
    recorded = selectors.recorded_of(slot.event, [slot])[0]
    if recorded.awaited:
        raise DomainError("judging_arbiter_waits", number=slot.number)


def _demand_sound(slot: Slot, seat: Seat, marks: Mapping[str, str]) -> None:
    problems = selectors.problems_of(slot, seat, marks)
    if problems:
        raise Problems(problems)


def _demand_meant(slot: Slot, seat: Seat, marks: Mapping[str, str], typed: str) -> None:
    """Marks far from the others' are meant if the judge types the sheet's sum once more."""
    recorded = selectors.recorded_of(slot.event, [slot])[0]
    others = [
        given
        for judge, given in recorded.marks.items()
        if judge != seat.judge and recorded.sheets[judge].seat.kind == seat.kind
    ]
    far = selectors.far_lines(slot.event, seat, marks, others)
    if not far:
        return
    total = selectors.total_of(slot.event, seat, marks)
    plain = selectors.cleaned({"total": typed}).get("total", "")
    if not numbers.is_decimal(plain) or numbers.parse(plain) != total:
        raise DomainError("judging_far", lines=listed(far))


def keep_sheet(
    *,
    actor: Actor,
    slot: Slot,
    seat: Seat,
    marks: Mapping[str, str],
    source: SheetSource,
    reopening: Reopening | None,
    at: datetime,
    remark: str = "",
    token: str = "",
    keyers: tuple[str, ...] = (),
) -> Sheet:
    """Write the sheet in the caller's transaction; the one before stands no more."""
    older = Sheet.objects.filter(slot=slot, seat=seat)
    version = older.count() + 1
    older.filter(standing=True).update(standing=False)
    sheet = Sheet.objects.create(
        slot=slot,
        seat=seat,
        version=version,
        source=source,
        remark=remark.strip()[:REMARK_LONGEST],
        reopening=reopening,
        token=token[:36],
        by=actor.account,
        submitted_at=at,
    )
    Mark.objects.bulk_create(
        Mark(sheet=sheet, line=line, value=value) for line, value in sorted(marks.items())
    )
    if reopening is not None:
        reopening.used_at = at
        reopening.save(update_fields=["used_at"])
    Draft.objects.filter(slot=slot, seat=seat).delete()
    unsign(slot.event)
    plain = sorted([line, value] for line, value in marks.items())
    note(
        slot.event,
        actor=actor,
        act="judging.keyed" if keyers else "judging.submitted",
        at=at,
        entry=slot.code,
        version=version,
        digest=hashlib.sha256(canonical.encode(plain)).hexdigest(),
        **({"keyers": list(keyers)} if keyers else {}),
        **called(seat),
    )
    return sheet


@transaction.atomic
def reopen_sheet(*, actor: Actor, slot: Slot, seat: Seat, reason: str, at: datetime) -> Reopening:
    """The chief judge allows one new version, with a reason; the chief's own by the office.

    Raises judging_chief_only, judging_sheet_none, judging_reopened.
    """
    slot = locked_slot(slot)
    own = selectors.seat_of(actor, slot.event)
    if seat.chief:
        demand(rules.can_plan, actor, slot.event)
    elif own is None or not own.chief:
        raise DomainError("judging_chief_only")
    demand_state(slot.event, *MARKING)
    why = the_reason(reason)
    if not Sheet.objects.filter(slot=slot, seat=seat, standing=True).exists():
        raise DomainError("judging_sheet_none")
    if Reopening.objects.filter(slot=slot, seat=seat, used_at=None).exists():
        raise DomainError("judging_reopened")
    made = Reopening.objects.create(
        slot=slot, seat=seat, reason=why, by=actor.account, by_name=actor.name, at=at
    )
    note(
        slot.event,
        actor=actor,
        act="judging.reopened",
        at=at,
        entry=slot.code,
        reason=why,
        **called(seat),
    )
    return made
