"""Delegations that live inside a subtree stay themselves when the subtree goes elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from leitai.base.actor import Actor
from leitai.ledger import services as ledger
from leitai.units import claims, selectors
from leitai.units.models import Delegation, DelegationPart


def keep_apart(*, actor: Actor, before: str, after: str, at: datetime) -> None:
    """Carve what was claimed by others out of the delegations around its new place.

    The subtree's paths began with `before` and now begin with `after`: without this its people
    would be counted twice, in every season whose delegations reach into it.
    """
    inside = DelegationPart.objects.filter(unit__path__startswith=after, carved_out=False)
    for season in sorted(set(inside.values_list("delegation__season", flat=True))):
        rows = selectors.list_parts(season)
        units = {row.unit.path: row.unit for row in rows}
        parts = selectors.as_claims(rows)
        for double in claims.overlaps(parts):
            if not double.path.startswith(after):
                continue
            around = set(double.delegations) - {_nearest(double, parts)}
            for delegation in Delegation.objects.filter(pk__in=around).select_related("unit"):
                unit = units[double.path]
                DelegationPart.objects.update_or_create(
                    delegation=delegation, unit=unit, defaults={"carved_out": True}
                )
                ledger.append(
                    chain=season,
                    actor=actor,
                    act="delegations.part_carved",
                    subject=f"delegation:{delegation.unit.code}",
                    data={
                        "name": delegation.name,
                        "unit": unit.name,
                        "code": unit.code,
                        "moved_from": before,
                    },
                    at=at,
                )


def _nearest(double: claims.Overlap, parts: Sequence[claims.Part]) -> int:
    """Of those that claim it, the one whose part is the deepest around it."""
    claiming = [
        part
        for part in parts
        if part.delegation in double.delegations
        and not part.out
        and double.path.startswith(part.path)
    ]
    return max(claiming, key=lambda part: len(part.path)).delegation
