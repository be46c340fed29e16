"""The office mends a season's delegations: one more, another part, a carve-out, and back.

Whatever it does, no unit is ever claimed by two.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Max, ProtectedError

from leitai.base import events
from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.units import claims, rules, selectors
from leitai.units.enums import UnitState
from leitai.units.events import DelegationChanging
from leitai.units.models import Delegation, DelegationPart, Unit
from leitai.units.naming import clean_name


@transaction.atomic
def add_delegation(
    *,
    actor: Actor,
    season_code: str,
    unit: Unit,
    name: str = "",
    guest: bool = False,
    carve: bool = False,
    at: datetime,
) -> Delegation:
    """One more delegation of that unit's subtree.

    `carve` carves the subtree out of the delegation around it, and out of this one what others
    already hold inside it; without it a double claim is refused with "delegation_overlap".
    """
    _begin(actor, season_code, unit, None, at)
    if unit.state != UnitState.OPEN:
        raise DomainError("unit_closed", name=unit.name)
    if Delegation.objects.filter(season=season_code, unit=unit).exists():
        raise DomainError("delegation_twice", name=unit.name)
    last = Delegation.objects.filter(season=season_code).aggregate(last=Max("position"))["last"]
    made = Delegation.objects.create(
        season=season_code,
        unit=unit,
        name=clean_name(name or unit.name, unit.code),
        guest=guest,
        position=(last or 0) + 1,
    )
    _claim(actor, made, unit, carve=carve)
    _append(actor, made, "delegations.added", unit, at)
    return made


@transaction.atomic
def add_part(
    *,
    actor: Actor,
    delegation: Delegation,
    unit: Unit,
    carved_out: bool = False,
    carve: bool = False,
    at: datetime,
) -> None:
    """One more subtree into the delegation, or one carved out of it."""
    _begin(actor, delegation.season, unit, delegation, at)
    if DelegationPart.objects.filter(delegation=delegation, unit=unit).exists():
        raise DomainError("delegation_part_twice", name=unit.name, delegation=delegation.name)
    if carved_out:
        parts = selectors.as_claims(selectors.list_parts(delegation.season))
        if delegation.pk not in claims.claimants(unit.path, parts):
            data = {"name": unit.name, "delegation": delegation.name}
            raise DomainError("delegation_carve_outside", **data)
        DelegationPart.objects.create(delegation=delegation, unit=unit, carved_out=True)
    else:
        _claim(actor, delegation, unit, carve=carve)
    act = "delegations.part_carved" if carved_out else "delegations.part_added"
    _append(actor, delegation, act, unit, at)


@transaction.atomic
def remove_part(*, actor: Actor, part: DelegationPart, at: datetime) -> None:
    """Take a part or a carve-out back; never the unit that the delegation is named for."""
    delegation, unit = part.delegation, part.unit
    _begin(actor, delegation.season, unit, delegation, at)
    if not part.carved_out and unit.pk == delegation.unit_id:
        raise DomainError("delegation_part_base", name=unit.name)
    part.delete()
    _demand_single(delegation.season)
    _append(actor, delegation, "delegations.part_removed", unit, at)


@transaction.atomic
def remove_delegation(*, actor: Actor, delegation: Delegation, at: datetime) -> None:
    """The delegation with all its parts; what was carved out for it stays carved out."""
    _begin(actor, delegation.season, delegation.unit, delegation, at)
    try:
        delegation.delete()
    except ProtectedError:
        raise DomainError("delegation_in_use", name=delegation.name) from None
    _append(actor, delegation, "delegations.removed", delegation.unit, at)


def _begin(
    actor: Actor, season: str, unit: Unit, delegation: Delegation | None, at: datetime
) -> None:
    """Who may, one change of a season at a time, and whoever above objects."""
    paths = {unit.path, delegation.unit.path if delegation else unit.path}
    if not rules.can_change_delegations(actor, season, *paths):
        raise DomainError("forbidden")
    with connection.cursor() as cursor:
        key = f"delegations:{season}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
    events.publish(DelegationChanging(season, delegation.pk if delegation else None, at))


def _claim(actor: Actor, delegation: Delegation, unit: Unit, *, carve: bool) -> None:
    if carve:
        _carve(actor, delegation, unit, selectors.list_parts(delegation.season))
    DelegationPart.objects.create(delegation=delegation, unit=unit)
    _demand_single(delegation.season)


def _carve(
    actor: Actor, delegation: Delegation, unit: Unit, rows: Sequence[DelegationPart]
) -> None:
    """Out of those around it, and out of itself what others hold inside."""
    parts = selectors.as_claims(rows)
    around = [one for one in claims.claimants(unit.path, parts) if one != delegation.pk]
    losing = Delegation.objects.filter(pk__in=around).values_list("unit__path", flat=True)
    if not rules.can_change_delegations(actor, delegation.season, *losing):
        raise DomainError("forbidden")
    inside = [
        row.unit
        for row in rows
        if not row.carved_out
        and row.delegation_id != delegation.pk
        and row.unit.path.startswith(unit.path)
        and row.unit_id != unit.pk
    ]
    DelegationPart.objects.bulk_create(
        [
            *(DelegationPart(delegation_id=one, unit=unit, carved_out=True) for one in around),
            *(DelegationPart(delegation=delegation, unit=one, carved_out=True) for one in inside),
        ]
    )


def _demand_single(season: str) -> None:
    rows = selectors.list_parts(season)
    double = next(iter(claims.overlaps(selectors.as_claims(rows))), None)
    if double is None:
        return
    names = dict(Delegation.objects.filter(season=season).values_list("id", "name"))
    unit = next(row.unit for row in rows if row.unit.path == double.path)
    first, second = (names[one] for one in double.delegations[:2])
    raise DomainError("delegation_overlap", unit=unit.name, first=first, second=second)


def _append(actor: Actor, delegation: Delegation, act: str, unit: Unit, at: datetime) -> None:
    ledger.append(
        chain=delegation.season,
        actor=actor,
        act=act,
        subject=f"delegation:{delegation.unit.code}",
        data={"name": delegation.name, "unit": unit.name, "code": unit.code},
        at=at,
    )
