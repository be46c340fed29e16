"""Who sits where: keyed by the office, or taken from a draw whose lots are entry codes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType

from django.db import transaction

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.live.enums import MatchState
from leitai.live.models import Match
from leitai.live.selectors.entries import entries_of, name_of
from leitai.live.services.common import demand_planner, demand_state, locked, record
from leitai.rulebook import numbers
from leitai.rulebook.model.live import Live
from leitai.seasons import selectors as seasons
from leitai.seasons.enums import DrawState
from leitai.seasons.models import Entry


@dataclass(frozen=True, slots=True)
class SeatPlan:
    """A seat as it is keyed: `figure` is brought along, `members` in the order of their numbers."""

    seat: str
    entry: str
    figure: str = ""
    name: str = ""
    members: tuple[str, ...] = ()
    present: tuple[str, ...] = ()


@transaction.atomic
def seat_match(
    *, actor: Actor, match: Match, seats: Sequence[SeatPlan], at: datetime, draw: int | None = None
) -> Match:
    """Put entries of the stage on seats, all or none.

    Raises match_state, match_seat_entry, _twice, _taken, _count, _figure, _member, _person.
    """
    demand_planner(actor, match)
    held = locked(match)
    demand_state(held, MatchState.PLANNED)
    law = seasons.rulebook_of(seasons.get_season(held.season))
    live = law.events[held.event].live
    if live is None:
        raise DomainError("match_event", stage=held.stage, event=held.event)
    _demand_count(live, len(seats))
    _demand_entries(held, seats)
    known = entries_of(held)
    seats = [_peopled(live, one, known[one.entry]) for one in seats]
    _demand_members(held, live, seats)
    held.seats = {one.seat: _value(live, one) for one in seats}
    held.names = {one.seat: (one.name or name_of(known[one.entry]))[:40] for one in seats}
    held.members = {
        one.seat: {str(at): person for at, person in enumerate(one.members, start=1)}
        for one in seats
        if one.members
    }
    held.present = {one.seat: list(one.present) for one in seats if one.present}
    held.draw, held.version = _drawn(held, seats, draw), held.version + 1
    held.save(update_fields=["seats", "names", "members", "present", "draw", "version"])
    told = {"seats": len(seats), "order": dict(held.seats), "draw": held.draw}
    record(actor, held, "match.seated", at, told)
    return held


def seats_from_draw(
    match: Match, number: int, figures: Mapping[str, str] = MappingProxyType({})
) -> list[SeatPlan]:
    """Seat 1 for the first lot, and so on; raises match_draw for one without these entries."""
    draw = seasons.get_draw(seasons.get_season(match.season), number)
    known = entries_of(match)
    drawn = [str(one) for one in draw.outcome]
    if draw.state != DrawState.DRAWN or not drawn or set(drawn) - set(known):
        raise DomainError("match_draw", number=number)
    return [
        SeatPlan(str(at), entry, figures.get(entry, "")) for at, entry in enumerate(drawn, start=1)
    ]


def _peopled(live: Live, plan: SeatPlan, entry: Entry) -> SeatPlan:
    """A team sits with its own people, unless the office names others."""
    if plan.members or not entry.team or live.members == 1 or live.individual is not None:
        return plan
    people = entry.members.values_list("person__name", flat=True)[: live.members]
    return replace(plan, members=tuple(people))


def _drawn(match: Match, seats: Sequence[SeatPlan], number: int | None) -> int | None:
    """The draw that the seats are from; none where the office has put somebody elsewhere."""
    if number is None:
        return None
    lots = [(one.seat, one.entry) for one in seats_from_draw(match, number)]
    return number if lots == [(one.seat, one.entry) for one in seats] else None


def _value(live: Live, plan: SeatPlan) -> str:
    if not live.carried:
        return plan.entry
    if not numbers.is_decimal(plan.figure):
        raise DomainError("match_seat_figure", seat=plan.seat, value=plan.figure)
    return f"{plan.entry}={plan.figure}"


def _demand_count(live: Live, count: int) -> None:
    least, most = live.seats or (1, 100)
    if not least <= count <= most:
        raise DomainError("match_seat_count", least=least, most=most, count=count)


def _demand_entries(match: Match, seats: Sequence[SeatPlan]) -> None:
    known, seen = entries_of(match), set()
    for one in seats:
        if one.entry not in known:
            raise DomainError("match_seat_entry", seat=one.seat, entry=one.entry)
        if one.entry in seen or one.seat in seen:
            raise DomainError("match_seat_twice", entry=one.entry)
        seen |= {one.entry, one.seat}
    others = Match.objects.filter(
        season=match.season, stage=match.stage, track=match.track, event=match.event
    )
    others = others.exclude(pk=match.pk).exclude(rehearsal=True)
    for other in others.exclude(state=MatchState.CANCELLED):
        taken = {value.partition("=")[0] for value in other.seats.values()} & {
            one.entry for one in seats
        }
        if taken:
            raise DomainError("match_seat_taken", entry=min(taken), match=other.title)


def _demand_members(match: Match, live: Live, seats: Sequence[SeatPlan]) -> None:
    rule = live.individual
    persons = None
    if rule is not None:
        persons = entries_of(match, stage=rule.stage, track=rule.track)
    for one in seats:
        for member in one.members:
            if len(one.members) > live.members or not member or len(member) > 80:
                raise DomainError(
                    "match_seat_member", seat=one.seat, member=member, most=live.members
                )
            if rule is not None and persons is not None and member not in persons:
                raise DomainError(
                    "match_seat_person", seat=one.seat, member=member, event=rule.event
                )
