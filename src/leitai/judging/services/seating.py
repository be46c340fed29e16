"""The panel: who judges, who withdraws from whom, and who steps in for whom."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from leitai.base.actor import Actor
from leitai.judging import rules, selectors
from leitai.judging.enums import EventState, RecusalSource
from leitai.judging.models import Change, JudgedEvent, Recusal, Seat, Sheet, Slot
from leitai.judging.services.common import (
    called,
    demand,
    demand_state,
    locked,
    locked_slot,
    note,
    the_reason,
)
from leitai.kernel.errors import DomainError
from leitai.people.models import Person
from leitai.people.selectors import separation
from leitai.rulebook.model.judging import Judging

BEFORE = (EventState.PLANNED, EventState.CALLED)
LIVE = (EventState.PLANNED, EventState.CALLED, EventState.RUNNING)


@transaction.atomic
def add_seat(
    *,
    actor: Actor,
    event: JudgedEvent,
    person: Person,
    at: datetime,
    kind: str = "",
    named: str = "",
    chief: bool = False,
    reserve: bool = False,
) -> Seat:
    """Appoint a judge; withdrawals that follow from where they serve are recorded at once.

    `named` is a judge whom the rules speak of (the arbiter). Raises judging_kind, judging_seated,
    judging_contestant, judging_chiefs and the separation's sentence.
    """
    event = locked(event)
    demand(rules.can_plan, actor, event)
    demand_state(event, *LIVE)
    judging = selectors.judging_of(event)
    bar = separation.bar_for(
        person=person.code, deed="judge", season=event.stage.season.code, at=at
    )
    if bar is not None:
        raise DomainError(bar.code)
    if Seat.objects.filter(event=event, person=person).exists():
        raise DomainError("judging_seated", name=person.name)
    if event.slots.filter(entry__person=person).exists():
        raise DomainError("judging_contestant", name=person.name)
    if chief and (reserve or event.seats.filter(chief=True, left_at=None).exists()):
        raise DomainError("judging_chiefs")
    judge = _judge_id(event, judging, kind, named)
    seat = Seat.objects.create(
        event=event, person=person, judge=judge, kind=kind, chief=chief, reserve=reserve
    )
    derive_recusals(actor=actor, event=event, at=at)
    note(event, actor=actor, act="judging.seated", at=at, **called(seat))
    return seat


def _judge_id(event: JudgedEvent, judging: Judging, kind: str, named: str) -> str:
    """`3`, `expert/3`, or the name by which the rules know somebody; unique over all sessions."""
    if named:
        if named not in selectors.named_judges(judging):
            raise DomainError("judging_kind", kind=named)
        if event.seats.filter(judge=named).exists():
            raise DomainError("judging_seated", name=named)
        return named
    if (kind not in judging.kinds) if judging.kinds else kind:
        raise DomainError("judging_kind", kind=kind)
    same = Seat.objects.filter(
        event__stage=event.stage,
        event__track=event.track,
        event__event=event.event,
        event__rehearsal=event.rehearsal,
    )
    if event.rehearsal:
        same = same.filter(event=event)
    numbers = [judge.rpartition("/")[2] for judge in same.values_list("judge", flat=True)]
    number = max((int(one) for one in numbers if one.isdecimal()), default=0) + 1
    return f"{kind}/{number}" if kind else str(number)


@transaction.atomic
def leave_seat(*, actor: Actor, seat: Seat, reason: str, at: datetime) -> None:
    """A judge leaves; sheets that were submitted stand, no more are asked for."""
    event = locked(seat.event)
    demand(rules.can_plan, actor, event)
    demand_state(event, *LIVE)
    why = the_reason(reason)
    if event.state == EventState.PLANNED and not Sheet.objects.filter(seat=seat).exists():
        told = called(seat)
        seat.delete()
        note(event, actor=actor, act="judging.unseated", at=at, reason=why, **told)
        return
    if seat.left_at is not None:
        raise DomainError("judging_left", name=seat.person.name)
    seat.left_at = at
    seat.save(update_fields=["left_at"])
    note(event, actor=actor, act="judging.unseated", at=at, reason=why, **called(seat))


@transaction.atomic
def make_chief(*, actor: Actor, seat: Seat, at: datetime) -> None:
    """Another chief judge, before the event begins."""
    event = locked(seat.event)
    demand(rules.can_plan, actor, event)
    demand_state(event, *BEFORE)
    if seat.reserve or seat.left_at is not None:
        raise DomainError("judging_chiefs")
    event.seats.filter(chief=True).update(chief=False)
    seat.chief = True
    seat.save(update_fields=["chief"])
    note(event, actor=actor, act="judging.seated", at=at, chief=True, **called(seat))


@transaction.atomic
def derive_recusals(*, actor: Actor, event: JudgedEvent, at: datetime) -> list[Recusal]:
    """Record the withdrawals that the rules demand of what judge and contestant share."""
    standing = set(Recusal.objects.filter(slot__event=event).values_list("seat_id", "slot_id"))
    return [
        _recuse(
            actor=actor,
            seat=one.seat,
            slot=one.slot,
            source=RecusalSource.DERIVED,
            relation=one.kind,
            words="",
            at=at,
        )
        for one in selectors.relations_of(event)
        if one.hard and (one.seat.pk, one.slot.pk) not in standing
    ]


@transaction.atomic
def declare_recusal(
    *, actor: Actor, seat: Seat, slot: Slot, relation: str, words: str, at: datetime
) -> Recusal:
    """A judge, the chief judge or the office names what keeps the judge from marking somebody.

    `relation` is one that the rules name, or any other word. Raises judging_marked where a sheet
    stands already: it is taken out first (`withdraw_sheet`).
    """
    slot = locked_slot(slot)
    event = slot.event
    if not _may_declare(actor, seat):
        demand(rules.can_plan, actor, event)
    demand_state(event, *LIVE)
    if Recusal.objects.filter(seat=seat, slot=slot).exists():
        raise DomainError("judging_recused_already", name=seat.person.name, number=slot.number)
    if Sheet.objects.filter(seat=seat, slot=slot, standing=True).exists():
        raise DomainError("judging_marked", name=seat.person.name, number=slot.number)
    if not relation.strip():
        raise DomainError("judging_relation")
    return _recuse(
        actor=actor,
        seat=seat,
        slot=slot,
        source=RecusalSource.DECLARED,
        relation=relation.strip(),
        words=words.strip(),
        at=at,
    )


def _may_declare(actor: Actor, seat: Seat) -> bool:
    own = selectors.seat_of(actor, seat.event)
    return own is not None and (own.pk == seat.pk or own.chief)


def _recuse(
    *,
    actor: Actor,
    seat: Seat,
    slot: Slot,
    source: RecusalSource,
    relation: str,
    words: str,
    at: datetime,
) -> Recusal:
    if Sheet.objects.filter(seat=seat, slot=slot, standing=True).exists():
        raise DomainError("judging_marked", name=seat.person.name, number=slot.number)
    made = Recusal.objects.create(
        seat=seat,
        slot=slot,
        source=source,
        relation=relation[:64],
        words=words[:200],
        by=actor.account,
        by_name=actor.name,
        at=at,
    )
    why = selectors.relation_word(slot.event, relation)
    note(
        slot.event,
        actor=actor,
        act="judging.recused",
        at=at,
        entry=slot.code,
        why=why,
        source=source.value,
        **called(seat),
    )
    return made


@transaction.atomic
def withdraw_sheet(*, actor: Actor, slot: Slot, seat: Seat, reason: str, at: datetime) -> None:
    """A sheet of a judge who should have withdrawn counts no more; it stays on record.

    By the chief judge, or the office where the chief judge is the one.
    """
    slot = locked_slot(slot)
    own = selectors.seat_of(actor, slot.event)
    if own is None or not own.chief or own.pk == seat.pk:
        demand(rules.can_plan, actor, slot.event)
    demand_state(slot.event, *LIVE)
    why = the_reason(reason)
    if not Sheet.objects.filter(slot=slot, seat=seat, standing=True).update(standing=False):
        raise DomainError("judging_sheet_none")
    note(
        slot.event,
        actor=actor,
        act="judging.withdrawn",
        at=at,
        entry=slot.code,
        reason=why,
        **called(seat),
    )


@transaction.atomic
def ask_change(
    *,
    actor: Actor,
    event: JudgedEvent,
    out: Seat,
    into: Seat,
    slot: Slot | None,
    reason: str,
    at: datetime,
) -> Change:
    """The chief judge asks for a reserve in a judge's place, for one contestant or from now on."""
    event = locked(event)
    own = selectors.seat_of(actor, event)
    if own is None or not own.chief:
        raise DomainError("judging_chief_only")
    demand_state(event, *LIVE)
    why = the_reason(reason)
    if not into.reserve or into.left_at is not None or out.pk == into.pk:
        raise DomainError("judging_no_reserve", name=into.person.name)
    if into.kind != out.kind:
        raise DomainError("judging_kind", kind=into.judge)
    _demand_free(out, into, slot)
    change = Change.objects.create(
        out=out,
        into=into,
        slot=slot,
        since=slot.order if slot else _next_order(event),
        reason=why,
        asked_by=actor.account,
        asked_name=actor.name,
        asked_at=at,
    )
    data = {"out": out.person.name, "into": into.person.name, "reason": why}
    note(event, actor=actor, act="judging.change_asked", at=at, **data)
    return change


def _demand_free(out: Seat, into: Seat, slot: Slot | None) -> None:
    """The reserve has not withdrawn from whom the judge would mark, and marks nobody twice."""
    if slot is None:
        return
    if Recusal.objects.filter(seat=into, slot=slot).exists():
        raise DomainError("judging_recused", name=into.person.name, number=slot.number)
    if Sheet.objects.filter(seat=out, slot=slot, standing=True).exists():
        raise DomainError("judging_marked", name=out.person.name, number=slot.number)
    if selectors.panel_of(slot).has(into):
        raise DomainError("judging_seated", name=into.person.name)


def _next_order(event: JudgedEvent) -> int:
    """The first contestant of whom no sheet stands yet."""
    begun = Sheet.objects.filter(slot__event=event, standing=True).order_by("-slot__order")
    last = begun.values_list("slot__order", flat=True).first()
    return 1 if last is None else last + 1


@transaction.atomic
def decide_change(*, actor: Actor, change: Change, agree: bool, at: datetime) -> None:
    """A supervisor agrees or does not; never who asked."""
    event = locked(change.out.event)
    demand(rules.can_supervise, actor, event)
    change = Change.objects.select_for_update(of=("self",)).get(pk=change.pk)
    if change.decided_at is not None:
        raise DomainError("judging_change_decided")
    if change.asked_by == actor.account:
        raise DomainError("judging_two_officers")
    if agree:
        demand_state(event, *LIVE)
        _demand_free(change.out, change.into, change.slot)
    change.decided_by, change.decided_name, change.decided_at = actor.account, actor.name, at
    change.agreed = agree
    change.save(update_fields=["decided_by", "decided_name", "decided_at", "agreed"])
    note(
        event,
        actor=actor,
        act="judging.changed",
        at=at,
        out=change.out.person.name,
        into=change.into.person.name,
        decision=_("同意") if agree else _("不同意"),
    )
