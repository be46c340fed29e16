"""Single units and subtrees."""

from __future__ import annotations

from django.db.models import QuerySet

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.units import rules
from leitai.units.enums import Level
from leitai.units.models import Unit


def get_unit(code: str) -> Unit:
    """The unit of that code; raises DomainError("unit_unknown")."""
    try:
        return Unit.objects.get(code=code)
    except Unit.DoesNotExist:
        raise DomainError("unit_unknown", code=code) from None


def get_unit_for(viewer: Actor, code: str) -> Unit:
    """The unit, for whoever holds an appointment over it; raises DomainError("forbidden")."""
    if not viewer.appointments and not rules.is_house(viewer):
        raise DomainError("forbidden")
    unit = Unit.objects.select_related("parent", "successor").filter(code=code).first()
    if unit is None:
        raise DomainError("unit_unknown", code=code)
    if not rules.can_read_unit(viewer, unit.path):
        raise DomainError("forbidden")
    return unit


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


def level_below(level: str) -> str:
    """The next level down; a village has only itself."""
    levels = list(Level.values)
    return str(levels[min(levels.index(level) + 1, len(levels) - 1)])


_ACTS = {
    "add": rules.can_add_under,
    "edit": rules.can_edit_details,
    "change": rules.can_change_unit,
    "reopen": rules.can_change_unit,
}


def get_unit_to(act: str, viewer: Actor, code: str) -> Unit:
    """The unit for one who may "add" below it, "edit", "change" or "reopen" it now.

    Raises DomainError: forbidden, unit_closed, unit_not_closed.
    """
    unit = get_unit_for(viewer, code)
    if not _ACTS[act](viewer, unit.path):
        raise DomainError("forbidden")
    if act == "reopen" and unit.is_open:
        raise DomainError("unit_not_closed", name=unit.name)
    if act != "reopen" and not unit.is_open:
        raise DomainError("unit_closed", name=unit.name)
    return unit
