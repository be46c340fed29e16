"""What a contestant sees of the own turns: when, where, and the files to be shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from leitai.base.actor import Actor
from leitai.judging.enums import EventState, Mode
from leitai.judging.models import JudgedEvent, Material, Slot
from leitai.judging.selectors.showing import is_frozen
from leitai.kernel.errors import DomainError
from leitai.seasons import selectors as seasons

_BEFORE = (EventState.PLANNED, EventState.CALLED)


@dataclass(frozen=True, slots=True)
class OwnTurn:
    """`open`: files may be handed in; else they are `frozen`, it is `late`, or it has begun."""

    slot: Slot
    materials: tuple[Material, ...]
    frozen: bool
    late: bool

    @property
    def event(self) -> JudgedEvent:
        return self.slot.event

    @property
    def open(self) -> bool:
        return self.event.state in _BEFORE and not self.frozen and not self.late

    @property
    def ordered(self) -> bool:
        """The number is the contestant's for the day: drawn, or called."""
        return self.event.draw_id is not None or self.event.state != EventState.PLANNED

    @property
    def link(self) -> str:
        """The meeting of a remote event; an address, or how to come in."""
        return self.event.link if self.event.mode == Mode.REMOTE else ""

    @property
    def has_address(self) -> bool:
        return self.link.startswith("https://")


def _turns(actor: Actor) -> QuerySet[Slot]:
    mine = seasons.entries_with(actor.person)
    rows = Slot.objects.filter(entry__in=mine, event__rehearsal=False)
    return rows.select_related("event__stage__season", "entry__person")


def list_turns_of(actor: Actor) -> list[Slot]:
    """The next first; what is over last."""
    if not actor.person:
        return []
    over = (EventState.ANNOUNCED, EventState.CLOSED)
    return sorted(
        _turns(actor), key=lambda one: (one.event.state in over, one.event.starts_at, one.pk)
    )


def get_own_turn(actor: Actor, slot: int, now: datetime) -> OwnTurn:
    """Raises not_found for anybody else's."""
    found = _turns(actor).filter(pk=slot).first() if actor.person else None
    if found is None:
        raise DomainError("not_found")
    materials = tuple(found.materials.select_related("file"))
    until = found.event.videos_by
    return OwnTurn(
        found,
        materials,
        is_frozen(found.event),
        until is not None and now > until,
    )
