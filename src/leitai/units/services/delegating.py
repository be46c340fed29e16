"""A season's delegations, made from its rulebook: each unit of a level, then the others named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.rulebook.model import Rulebook, Under
from leitai.units import rules, selectors
from leitai.units.enums import UnitKind
from leitai.units.models import Delegation, DelegationPart, Unit


@dataclass(frozen=True, slots=True)
class _Wanted:
    unit: Unit
    name: str
    guest: bool


@transaction.atomic
def make_delegations(
    *, actor: Actor, season_code: str, rulebook: Rulebook, at: datetime
) -> list[Delegation]:
    """Make them once, in their order; the same rulebook again gives back the same delegations.

    A delegation inside another's subtree is carved out of it, so that nobody is counted twice.
    Raises DomainError when units are missing or other delegations already stand.
    """
    if not rules.can_make_delegations(actor, season_code):
        raise DomainError("forbidden")
    wanted = list(_wanted(rulebook))
    standing = list(selectors.list_delegations(season_code))
    if standing:
        if [(made.unit_id, made.name, made.guest) for made in standing] != [
            (new.unit.pk, new.name, new.guest) for new in wanted
        ]:
            raise DomainError("delegations_differ", season=season_code)
        return standing
    made = Delegation.objects.bulk_create(
        Delegation(
            season=season_code, unit=new.unit, name=new.name, guest=new.guest, position=position
        )
        for position, new in enumerate(wanted, start=1)
    )
    DelegationPart.objects.bulk_create(_parts(made))
    ledger.append(
        chain=season_code,
        actor=actor,
        act="delegations.made",
        subject=f"season:{season_code}"[:128],
        data={"delegations": [new.unit.code for new in wanted], "count": len(wanted)},
        at=at,
    )
    return made


def _wanted(rulebook: Rulebook) -> Iterator[_Wanted]:
    if rulebook.delegations.each is not None:
        yield from _each(rulebook.delegations.each)
    extra = rulebook.delegations.also
    units = selectors.units_by_code({also.unit for also in extra})
    for also in extra:
        yield _Wanted(units[also.unit], also.name, also.guest)


def _each(rule: Under) -> Iterator[_Wanted]:
    above = selectors.get_unit(rule.under)
    places = selectors.subtree(above).filter(level=rule.level, kind=UnitKind.PLACE).order_by("code")
    found = False
    for unit in places:
        found = True
        yield _Wanted(unit, unit.name, guest=False)
    if not found:
        raise DomainError("delegation_units_missing", under=above.name, level=rule.level)


def _parts(made: list[Delegation]) -> Iterator[DelegationPart]:
    for delegation in made:
        yield DelegationPart(delegation=delegation, unit=delegation.unit)
        around = [
            other
            for other in made
            if other is not delegation and delegation.unit.path.startswith(other.unit.path)
        ]
        if around:
            nearest = max(around, key=lambda other: len(other.unit.path))
            yield DelegationPart(delegation=nearest, unit=delegation.unit, carved_out=True)
