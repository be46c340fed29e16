"""Before the day: which contestants, in which order, on site or remote; rehearsals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from leitai.base.actor import Actor
from leitai.judging import rules, selectors
from leitai.judging.enums import EventState, Mode
from leitai.judging.models import JudgedEvent, Slot
from leitai.judging.services.common import demand, demand_state, locked, note
from leitai.kernel.errors import DomainError
from leitai.seasons import selectors as seasons
from leitai.seasons.enums import DrawState, EntryState
from leitai.seasons.models import Draw, Entry, Stage

COMPETING = (EntryState.CONFIRMED, EntryState.DONE)
REHEARSED = 3  # false contestants, unless told otherwise
MOST_REHEARSED = 30


@dataclass(frozen=True, slots=True)
class Plan:
    """What the office says of an event; `entries` are codes, left out: all that stand."""

    track: str
    event: str
    starts_at: datetime
    title: str = ""
    session: str = ""
    place: str = ""
    mode: str = Mode.ON_SITE
    link: str = ""
    videos_by: datetime | None = None
    anonymous: bool = False
    hidden: bool = True
    entries: tuple[str, ...] = ()
    rehearsal: bool = False
    count: int = REHEARSED


@transaction.atomic
def plan_event(*, actor: Actor, stage: Stage, plan: Plan, at: datetime) -> JudgedEvent:
    """Set up an event of the stage with its contestants in the order of their codes.

    Raises judging_event_unknown, judging_link, judging_once, judging_nobody, judging_taken.
    """
    Stage.objects.select_for_update().get(pk=stage.pk)
    law = seasons.rulebook_of(stage.season)
    rule = law.events.get(plan.event)
    here = rule is not None and plan.event in law.stages[stage.code].events
    if not here or rule is None or rule.kind != "judged" or rule.judging is None:
        raise DomainError("judging_event_unknown", stage=stage.title, event=plan.event)
    if plan.track not in law.tracks:
        raise DomainError("track_unknown", track=plan.track)
    if plan.mode == Mode.REMOTE and not plan.link.strip() and plan.videos_by is None:
        raise DomainError("judging_link")
    event = JudgedEvent(
        stage=stage,
        track=plan.track,
        event=plan.event,
        session=plan.session.strip(),
        title=plan.title.strip() or rule.title,
        place=plan.place.strip(),
        starts_at=plan.starts_at,
        mode=Mode(plan.mode),
        link=plan.link.strip(),
        videos_by=plan.videos_by,
        anonymous=plan.anonymous,
        hidden=plan.hidden,
        rehearsal=plan.rehearsal,
    )
    demand(rules.can_plan, actor, event)
    slots = _false(plan.count) if plan.rehearsal else _real(event, plan.entries)
    _demand_once(event)
    event.save()
    for slot in slots:
        slot.event = event
    Slot.objects.bulk_create(slots)
    note(event, actor=actor, act="judging.planned", at=at, count=len(slots))
    return event


def _demand_once(event: JudgedEvent) -> None:
    same = JudgedEvent.objects.filter(
        stage=event.stage, track=event.track, event=event.event, rehearsal=False
    )
    if not event.rehearsal and same.filter(session=event.session).exists():
        raise DomainError("judging_once", title=event.title)


def _real(event: JudgedEvent, codes: Sequence[str]) -> list[Slot]:
    """Those of the stage and track who compete and stand in no other session."""
    known = seasons.list_entries(event.stage).filter(track=event.track, state__in=COMPETING)
    entries = list(known.order_by("code"))
    placed = Slot.objects.filter(
        event__stage=event.stage,
        event__track=event.track,
        event__event=event.event,
        event__rehearsal=False,
    )
    taken = set(placed.values_list("code", flat=True))
    if codes:
        entries = [seasons_entry for seasons_entry in entries if seasons_entry.code in set(codes)]
        missing = sorted(set(codes) - {one.code for one in entries})
        if missing:
            raise DomainError("entry_unknown", entry=missing[0])
        again = sorted(taken & set(codes))
        if again:
            raise DomainError("judging_taken", entry=again[0])
    entries = [one for one in entries if one.code not in taken]
    if not entries:
        raise DomainError("judging_nobody", stage=event.stage.title)
    return [_slot(entry, place) for place, entry in enumerate(entries, start=1)]


def _slot(entry: Entry, place: int) -> Slot:
    return Slot(
        entry=entry,
        code=entry.code,
        name=entry.name,
        team=entry.delegation.name,
        order=place,
        number=f"{place:02}",
    )


def _false(count: int) -> list[Slot]:
    if not 1 <= count <= MOST_REHEARSED:
        raise DomainError("judging_rehearsed", most=MOST_REHEARSED)
    return [
        Slot(
            code=f"R{place:02}",
            name=_("彩排选手%(number)s") % {"number": place},
            team=_("彩排"),
            order=place,
            number=f"{place:02}",
        )
        for place in range(1, count + 1)
    ]


@transaction.atomic
def order_by_draw(*, actor: Actor, event: JudgedEvent, draw: Draw, at: datetime) -> None:
    """Put the contestants into the order of a draw of their codes, computed or by hand.

    Raises judging_draw_unfinished, judging_draw_others with who is not in it.
    """
    event = locked(event)
    demand(rules.can_plan, actor, event)
    demand_state(event, EventState.PLANNED)
    if draw.season_id != event.stage.season_id or draw.state != DrawState.DRAWN:
        raise DomainError("judging_draw_unfinished", number=draw.number)
    slots = {slot.code: slot for slot in event.slots.all()}
    missing = sorted(slots.keys() - set(draw.outcome))
    if missing:
        raise DomainError("judging_draw_others", number=draw.number, entry=missing[0])
    _put(slots[code] for code in draw.outcome if code in slots)
    event.draw = draw
    event.save(update_fields=["draw"])
    how = _("第%(number)s号抽签") % {"number": draw.number}
    note(event, actor=actor, act="judging.ordered", at=at, how=how, draw=draw.number)


@transaction.atomic
def order_by_hand(*, actor: Actor, event: JudgedEvent, codes: Sequence[str], at: datetime) -> None:
    """An order that was fixed outside; it names no draw and says so in the record."""
    event = locked(event)
    demand(rules.can_plan, actor, event)
    demand_state(event, EventState.PLANNED)
    slots = {slot.code: slot for slot in event.slots.all()}
    if sorted(codes) != sorted(slots):
        raise DomainError("judging_order_incomplete", count=len(slots))
    _put(slots[code] for code in codes)
    event.draw = None
    event.save(update_fields=["draw"])
    note(event, actor=actor, act="judging.ordered", at=at, how=_("人工排定"), codes=list(codes))


def _put(slots: Iterable[Slot]) -> None:
    found = list(slots)
    for place, slot in enumerate(found, start=1):
        slot.order, slot.number = place, f"{place:02}"
    Slot.objects.bulk_update(found, ["order", "number"])


@transaction.atomic
def drop_event(*, actor: Actor, event: JudgedEvent, at: datetime) -> None:
    """Delete a rehearsal with everything in it; a real one only while nothing was done in it."""
    event = locked(event)
    demand(rules.can_plan, actor, event)
    if not event.rehearsal and (event.state != EventState.PLANNED or selectors.begun(event)):
        raise DomainError("judging_begun")
    note(event, actor=actor, act="judging.dropped", at=at)
    event.delete()
