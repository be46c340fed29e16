"""To whom a draft goes: the season's delegations, a level below the issuer, single units."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.orders.models import Order, Recipient
from leitai.orders.services.common import demand_draft, demand_issuer, lock_order
from leitai.units import selectors as units
from leitai.units.enums import UnitKind, UnitState
from leitai.units.models import Unit

MOST = 5000


@transaction.atomic
def add_delegations(*, actor: Actor, order: Order) -> int:
    """All delegations of the season under the issuer, in their order; how many were new."""
    held = _begin(actor, order)
    teams = units.list_delegations(held.season.code)
    found = [(team.unit, team.name) for team in teams if _is_below(held, team.unit)]
    return _add(held, found)


@transaction.atomic
def add_level(*, actor: Actor, order: Order, level: str, kind: str) -> int:
    """Every open unit of that level under the issuer: places ("place"), or bodies of a kind."""
    held = _begin(actor, order)
    below = Unit.objects.filter(
        path__startswith=held.issuer.path, level=level, state=UnitState.OPEN
    ).exclude(pk=held.issuer_id)
    below = (
        below.filter(kind=UnitKind.PLACE)
        if kind == UnitKind.PLACE
        else below.filter(kind=UnitKind.BODY, body_kind=kind)
    )
    return _add(held, [(unit, unit.name) for unit in below.order_by("path")[: MOST + 1]])


@transaction.atomic
def add_unit(*, actor: Actor, order: Order, code: str) -> int:
    """One unit below the issuer."""
    held, unit = _begin(actor, order), units.get_unit(code)
    if not _is_below(held, unit):
        raise DomainError("orders_unit_outside", name=unit.name, issuer=held.issuer.name)
    if not unit.is_open:
        raise DomainError("unit_closed", name=unit.name)
    return _add(held, [(unit, unit.name)])


@transaction.atomic
def remove_recipients(*, actor: Actor, order: Order, recipient: int | None = None) -> None:
    """One of them, or all."""
    held = _begin(actor, order)
    rows = held.recipients.all()
    (rows.filter(pk=recipient) if recipient is not None else rows).delete()


def _begin(actor: Actor, order: Order) -> Order:
    held = lock_order(order)
    demand_issuer(actor, held)
    demand_draft(held)
    return held


def _is_below(order: Order, unit: Unit) -> bool:
    return unit.path.startswith(order.issuer.path) and unit.path != order.issuer.path


def _add(order: Order, found: Iterable[tuple[Unit, str]]) -> int:
    known = set(order.recipients.values_list("unit_id", flat=True))
    found = list(found)
    if not found:
        raise DomainError("orders_nothing_found")
    fresh = [(unit, name) for unit, name in found if unit.pk not in known]
    if len(known) + len(fresh) > MOST:
        raise DomainError("orders_too_many", limit=MOST)
    Recipient.objects.bulk_create(
        [
            Recipient(order=order, unit=unit, name=name, position=len(known) + place)
            for place, (unit, name) in enumerate(fresh, start=1)
        ]
    )
    return len(fresh)
