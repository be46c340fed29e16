"""Reads of the organisation tree and of a season's delegations."""

from __future__ import annotations

from django.db.models import QuerySet

from leitai.kernel.errors import DomainError
from leitai.units.models import Delegation, DelegationPart, Unit


def get_unit(code: str) -> Unit:
    """The unit of that code; raises DomainError("unit_unknown")."""
    try:
        return Unit.objects.get(code=code)
    except Unit.DoesNotExist:
        raise DomainError("unit_unknown", code=code) from None


def find_unit(code: str) -> Unit | None:
    """The unit of that code, or None while the tree does not know it."""
    return Unit.objects.filter(code=code).first()


def units_by_code(codes: set[str]) -> dict[str, Unit]:
    """The units of these codes; raises DomainError("unit_unknown") for one that is missing."""
    found = {unit.code: unit for unit in Unit.objects.filter(code__in=codes)}
    for code in sorted(codes):
        if code not in found:
            raise DomainError("unit_unknown", code=code)
    return found


def subtree(unit: Unit) -> QuerySet[Unit]:
    """The unit and everything below it, parents before children."""
    return Unit.objects.filter(path__startswith=unit.path).order_by("path")


def list_delegations(season: str) -> QuerySet[Delegation]:
    """The season's delegations in their order, each with its unit."""
    return Delegation.objects.filter(season=season).select_related("unit").order_by("position")


def get_delegation(season: str, code: str) -> Delegation:
    """The delegation of that unit; raises DomainError("team_unknown")."""
    delegation = list_delegations(season).filter(unit__code=code).first()
    if delegation is None:
        raise DomainError("team_unknown", season=season, code=code)
    return delegation


class DelegationMap:
    """Which delegation a unit competes for: the deepest subtree around it decides."""

    def __init__(self, season: str) -> None:
        parts = DelegationPart.objects.filter(delegation__season=season)
        self._by_path: dict[str, int | None] = {}
        for path, delegation, out in parts.values_list("unit__path", "delegation_id", "carved_out"):
            # What one delegation carves out, another may take; else it competes for nobody.
            if not out or path not in self._by_path:
                self._by_path[path] = None if out else delegation

    def of(self, path: str) -> int | None:
        """The id of the delegation for a unit's path."""
        steps = path.rstrip("/").split("/")
        for depth in range(len(steps), 0, -1):
            above = "/".join(steps[:depth]) + "/"
            if above in self._by_path:
                return self._by_path[above]
        return None
