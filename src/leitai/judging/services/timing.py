"""The time on stage, by the server's clock or keyed from a stopwatch, and what else is counted."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction
from typing import Final

from django.db import transaction

from leitai.base.actor import Actor
from leitai.judging import rules, selectors
from leitai.judging.enums import OUT, EventState, SlotState, TimingHow
from leitai.judging.models import Count, JudgedEvent, Slot, Timing
from leitai.judging.services.common import (
    demand,
    demand_state,
    locked_slot,
    note,
    the_reason,
    unsign,
)
from leitai.kernel.errors import DomainError
from leitai.rulebook import numbers
from leitai.rulebook.judging.combining import rounded
from leitai.rulebook.model import Round

TIMED: Final = (EventState.RUNNING, EventState.MARKED)
LONGEST: Final = 24 * 60 * 60
MICROSECONDS: Final = 1_000_000


@transaction.atomic
def start_clock(*, actor: Actor, slot: Slot, at: datetime) -> Timing:
    """The server's clock begins. Raises judging_clock_runs, judging_timed."""
    slot = _to_time(actor, slot)
    if slot.state != SlotState.ON_STAGE:
        raise DomainError("judging_not_on_stage", number=slot.number)
    standing = _standing(slot)
    if standing is not None:
        raise DomainError("judging_timed" if standing.seconds else "judging_clock_runs")
    return Timing.objects.create(
        slot=slot,
        started_at=at,
        how=TimingHow.CLOCK,
        by=actor.account,
        by_name=actor.name,
        at=at,
    )


@transaction.atomic
def stop_clock(*, actor: Actor, slot: Slot, at: datetime) -> Timing:
    """The clock stops; the seconds have as many places as the rules count, cut, never rounded up.

    Raises judging_clock_none.
    """
    slot = _to_time(actor, slot)
    timing = _standing(slot)
    if timing is None or timing.started_at is None or timing.stopped_at is not None:
        raise DomainError("judging_clock_none")
    spent = at - timing.started_at
    exact = Fraction(
        spent.days * 86_400 * MICROSECONDS + spent.seconds * MICROSECONDS + spent.microseconds,
        MICROSECONDS,
    )
    timing.stopped_at, timing.seconds = at, _written(slot.event, exact)
    timing.save(update_fields=["stopped_at", "seconds"])
    _note(slot, timing, actor=actor, at=at)
    return timing


def _written(event: JudgedEvent, exact: Fraction) -> str:
    rule = selectors.judging_of(event).time
    places = rule.decimals if rule else 0
    return numbers.show(rounded(exact, Round(places, "down")), places)


@transaction.atomic
def enter_seconds(
    *, actor: Actor, slot: Slot, seconds: str, at: datetime, reason: str = ""
) -> Timing:
    """Key a stopwatch's time; in the place of another time only with a reason."""
    slot = _to_time(actor, slot)
    if slot.state in OUT or slot.state not in (SlotState.ON_STAGE, SlotState.RELEASED):
        raise DomainError("judging_not_on_stage", number=slot.number)
    rule = selectors.judging_of(slot.event).time
    plain = selectors.cleaned({"seconds": seconds}).get("seconds", "")
    places = rule.decimals if rule else 0
    sound = numbers.is_decimal(plain) and numbers.fits(numbers.parse(plain), places)
    if not sound or not 0 <= numbers.parse(plain) <= LONGEST:
        raise DomainError("judging_seconds", decimals=places)
    older = _standing(slot)
    why = the_reason(reason) if older is not None else reason.strip()[:200]
    Timing.objects.filter(slot=slot, standing=True).update(standing=False)
    timing = Timing.objects.create(
        slot=slot,
        started_at=older.started_at if older else None,
        stopped_at=older.stopped_at if older else None,
        seconds=plain,
        how=TimingHow.HAND,
        reason=why,
        by=actor.account,
        by_name=actor.name,
        at=at,
    )
    _note(slot, timing, actor=actor, at=at)
    return timing


def _to_time(actor: Actor, slot: Slot) -> Slot:
    slot = locked_slot(slot)
    demand(rules.can_time, actor, slot.event)
    demand_state(slot.event, *TIMED)
    return slot


def _standing(slot: Slot) -> Timing | None:
    return Timing.objects.select_for_update().filter(slot=slot, standing=True).first()


def _note(slot: Slot, timing: Timing, *, actor: Actor, at: datetime) -> None:
    unsign(slot.event)
    note(
        slot.event,
        actor=actor,
        act="judging.timed",
        at=at,
        entry=slot.code,
        seconds=timing.seconds,
        how=timing.how,
        reason=f"（{timing.reason}）" if timing.reason else "",
    )


@transaction.atomic
def set_count(
    *, actor: Actor, slot: Slot, line: str, value: str, reason: str, at: datetime
) -> Count | None:
    """Penalties, bonuses and further figures that the rules name, each with a reason.

    Nought takes it back. Raises judging_count_unknown, judging_count.
    """
    slot = locked_slot(slot)
    event = slot.event
    if not _may_count(actor, event):
        demand(rules.can_tally, actor, event)
    demand_state(event, *TIMED)
    title, places = _countable(event, line)
    why = the_reason(reason)
    plain = selectors.cleaned({line: value}).get(line, "")
    sound = numbers.is_decimal(plain) and numbers.fits(numbers.parse(plain), places)
    if not sound or (numbers.parse(plain) < 0 and not line.startswith("key:")):
        raise DomainError("judging_count", what=title, decimals=places)
    Count.objects.filter(slot=slot, line=line, standing=True).update(standing=False)
    unsign(event)
    count = Count.objects.create(
        slot=slot,
        line=line,
        value=plain,
        reason=why,
        standing=numbers.parse(plain) != 0 or line.startswith("key:"),
        by=actor.account,
        by_name=actor.name,
        at=at,
    )
    note(
        event,
        actor=actor,
        act="judging.counted",
        at=at,
        entry=slot.code,
        what=f"{title}{plain}",
        reason=why,
    )
    return count if count.standing else None


def _may_count(actor: Actor, event: JudgedEvent) -> bool:
    own = selectors.seat_of(actor, event)
    return own is not None and own.chief


def _countable(event: JudgedEvent, line: str) -> tuple[str, int]:
    """The rules' title of what is counted, and with how many places."""
    found = dict(selectors.countables(event)).get(line)
    if found is None:
        raise DomainError("judging_count_unknown", line=line[:60])
    return found
