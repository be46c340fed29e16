"""Which events there are, and one of them for whoever may come to it."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from leitai.base.actor import Actor
from leitai.judging import rules
from leitai.judging.enums import EventState
from leitai.judging.models import Change, JudgedEvent, Move, Seat, Sheet, Slot
from leitai.judging.selectors.laws import judging_of
from leitai.kernel.errors import DomainError
from leitai.seasons import selectors as seasons
from leitai.seasons.models import Season

May = Callable[[Actor, str, str], bool]
BEFORE_MARKED = (EventState.PLANNED, EventState.CALLED, EventState.RUNNING)


def _events() -> QuerySet[JudgedEvent]:
    return JudgedEvent.objects.select_related(
        "stage__season__rulebook", "stage__season__host", "law", "draw"
    )


def list_events_of_season(season: Season) -> list[JudgedEvent]:
    found = _events().filter(stage__season=season)
    return list(found.order_by("stage__position", "starts_at", "pk"))


def get_event_for(actor: Actor, season: str, event: int, may: May) -> JudgedEvent:
    """The event of that number in the season; raises not_found, or forbidden to whom `may` bars."""
    found = _events().filter(pk=event, stage__season__code=season).first()
    if found is None:
        raise DomainError("not_found")
    if not may(actor, season, seasons.host_path(found.stage.season)):
        raise DomainError("forbidden")
    return found


def find_event(event: int) -> JudgedEvent | None:
    return _events().filter(pk=event).first()


def list_running_with_scripts() -> list[JudgedEvent]:
    """Events with scenario cards, until all marks are in."""
    found = _events().filter(state__in=BEFORE_MARKED, scenarios__isnull=False)
    return list(found.distinct().order_by("starts_at", "pk"))


def get_event_of_judge(actor: Actor, event: int) -> tuple[JudgedEvent, Seat]:
    """An event that the actor judges, and the own seat; to anybody else it is not found."""
    found = find_event(event)
    seat = None if found is None else seat_of(actor, found)
    if found is None or seat is None:
        raise DomainError("not_found")
    return found, seat


def list_events_of_judge(actor: Actor) -> list[tuple[JudgedEvent, Seat]]:
    """Where the actor has a seat and may sit in it today."""
    if not actor.person:
        return []
    seats = Seat.objects.filter(person__code=actor.person, left_at=None).select_related(
        "person",
        "event__stage__season__rulebook",
        "event__stage__season__host",
        "event__law",
    )
    held = seats.order_by("event__starts_at")  # closed ones too: a sheet may be corrected
    return [(seat.event, seat) for seat in held if _may(actor, seat)]


def seat_of(actor: Actor, event: JudgedEvent) -> Seat | None:
    """The actor's own seat, while it is held and the actor comes as a judge."""
    if not actor.person:
        return None
    seats = Seat.objects.filter(event=event, person__code=actor.person)
    seat = seats.select_related("person", "event__stage__season__host").first()
    return seat if seat is not None and _may(actor, seat) else None


def _may(actor: Actor, seat: Seat) -> bool:
    season = seat.event.stage.season
    return rules.can_judge(actor, seat, season.code, seasons.host_path(season))


def get_slot(event: JudgedEvent, slot: int) -> Slot:
    """A turn of the event; raises not_found. It shares the event that was read."""
    found = event.slots.select_related("scenario").filter(pk=slot).first()
    if found is None:
        raise DomainError("not_found")
    found.event = event
    return found


def get_seat(event: JudgedEvent, seat: int) -> Seat:
    found = event.seats.select_related("person").filter(pk=seat).first()
    if found is None:
        raise DomainError("not_found")
    found.event = event
    return found


def get_change(event: JudgedEvent, change: int) -> Change:
    rows = Change.objects.filter(out__event=event, pk=change)
    found = rows.select_related("out__person", "into__person", "slot").first()
    if found is None:
        raise DomainError("not_found")
    return found


def begun(event: JudgedEvent) -> bool:
    """Whether anything of the day itself is on record."""
    return (
        Move.objects.filter(slot__event=event).exists()
        or Sheet.objects.filter(slot__event=event).exists()
    )


def relation_word(event: JudgedEvent, relation: str) -> str:
    """What people call it: 同一单位; the rules' own words for a relation of theirs."""
    words = {
        "unit": _("同一单位"),
        "former-unit": _("曾在同一单位"),
        "delegation": _("同一代表队"),
        "kinship": _("亲属"),
        "coach": _("指导过选手"),
        "interest": _("有利害关系"),
    }
    rule = judging_of(event).recuse
    if relation not in words and rule and relation in rule.relations and rule.words:
        return rule.words
    return words.get(relation, relation)
