"""What the 模拟来访者 reads: the script of who is on stage, and those that follow."""

from __future__ import annotations

from dataclasses import dataclass

from leitai.base.actor import Actor
from leitai.judging import rules
from leitai.judging.enums import OVER, EventState, SlotState
from leitai.judging.models import JudgedEvent, Slot
from leitai.judging.selectors.events import find_event, list_running_with_scripts
from leitai.kernel.errors import DomainError
from leitai.seasons import selectors as seasons


@dataclass(frozen=True, slots=True)
class RolePage:
    """`seen` changes with anything that is on the page: the phone asks whether it has."""

    event: JudgedEvent
    now: Slot | None
    following: tuple[Slot, ...]
    seen: str

    @property
    def called(self) -> bool:
        return self.event.state != EventState.PLANNED


def get_event_of_role(actor: Actor, event: int) -> JudgedEvent:
    """An event whose scripts the actor may read; to anybody else it is not found.

    Nobody reads them who judges in it or competes in it, whatever else he or she is appointed to.
    """
    found = find_event(event)
    if found is None or not _may(actor, found) or _takes_part(actor, found):
        raise DomainError("not_found")
    return found


def list_events_of_role(actor: Actor) -> list[JudgedEvent]:
    """Where the actor plays the visitor: events with scripts that are not over."""
    if not rules.plays_visitor(actor):
        return []
    found = list_running_with_scripts()
    return [one for one in found if _may(actor, one) and not _takes_part(actor, one)]


def role_page(event: JudgedEvent) -> RolePage:
    slots = list(event.slots.select_related("scenario").order_by("deferred", "order"))
    now = next((one for one in slots if one.state == SlotState.ON_STAGE), None)
    following = tuple(one for one in slots if one != now and one.state not in OVER)
    shown = [event.state, "on" if now else "", *((now, *following) if now else following)]
    return RolePage(event, now, following, "-".join(map(_mark, shown)))


def _mark(one: Slot | str) -> str:
    """A slot by its number and the version of its script."""
    if isinstance(one, str):
        return one
    card = one.scenario
    return f"{one.pk}.{one.number}" + (f".{card.pk}.{card.version}" if card else "")


def _may(actor: Actor, event: JudgedEvent) -> bool:
    season = event.stage.season
    return rules.can_read_scripts(actor, season.code, seasons.host_path(season))


def _takes_part(actor: Actor, event: JudgedEvent) -> bool:
    if not actor.person:
        return False
    judges = event.seats.filter(person__code=actor.person).exists()
    return judges or event.slots.filter(entry__in=seasons.entries_with(actor.person)).exists()
