"""What is the signed-in person's: appointments, and what is to be done by when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from leitai.api.schemas import AppointmentOut, DutyOut, MeOut, Named, Paged
from leitai.api.selectors.paging import page_of_list, place_of
from leitai.base.actor import Actor
from leitai.orders import selectors as orders
from leitai.orders.selectors import Received
from leitai.people.enums import Role
from leitai.seasons import selectors as seasons
from leitai.seasons.models import Season
from leitai.seasons.selectors import Duty
from leitai.units import selectors as units

MOST_ORDERS: Final = 100


def me(viewer: Actor) -> MeOut:
    """By which appointments the viewer acts now."""
    codes = {_last(held.unit_path) for held in viewer.appointments} - {""}
    places = units.units_by_code(codes)
    return MeOut(
        name=viewer.name,
        appointments=[
            AppointmentOut(
                role=held.role,
                title=str(Role(held.role).label),
                unit=Named(
                    code=_last(held.unit_path),
                    name=places[_last(held.unit_path)].name if held.unit_path else "",
                ),
                season=held.season,
            )
            for held in viewer.appointments
        ],
    )


def page_of_duties(viewer: Actor, code: str, number: int, *, at: datetime) -> Paged[DutyOut]:
    """What is open for the viewer in a season, the earliest first; without a moment last."""
    season = seasons.get_season_for(viewer, code)
    found = [*_of_roles(viewer, season, at), *_of_orders(viewer, season, at)]
    found.sort(key=lambda one: (one.due is None, one.due or at, one.key))
    page = page_of_list(found, number)
    return Paged[DutyOut](items=list(page), **place_of(page))


def _of_roles(viewer: Actor, season: Season, at: datetime) -> Iterator[DutyOut]:
    if not viewer.appointments:
        return
    for duty in seasons.list_duties(season, at=at):
        if _is_mine(viewer, season, duty):
            yield DutyOut(
                key=duty.key,
                what=duty.what,
                who=duty.who,
                due=duty.due,
                overdue=duty.due <= at,
                url=duty.url,
            )


def _is_mine(viewer: Actor, season: Season, duty: Duty) -> bool:
    """Whoever holds one of the roles over just this unit, as reminders find them."""
    return any(
        held.role in duty.roles
        and held.season in ("", season.code)
        and held.unit_path == duty.unit_path
        for held in viewer.appointments
    )


def _of_orders(viewer: Actor, season: Season, at: datetime) -> Iterator[DutyOut]:
    """Orders that wait for the viewer's units: to sign for, or to hand something in."""
    received = orders.list_waiting(viewer, season.code, limit=MOST_ORDERS, now=at)
    return (_order(season, one, at) for one in received)


def _order(season: Season, received: Received, at: datetime) -> DutyOut:
    recipient = received.row.recipient
    return DutyOut(
        key=f"order:{received.order.pk}:{recipient.unit.code}",
        what=_("办理通知“%(title)s”") % {"title": received.order.title},
        who=recipient.unit.name,
        due=received.due,
        overdue=received.due is not None and received.due <= at,
        url=reverse("orders:mine", args=[season.code, recipient.pk]),
    )


def _last(path: str) -> str:
    return path.rstrip("/").rpartition("/")[2]
