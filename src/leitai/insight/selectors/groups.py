"""Into which groups a unit's figures fall, and how a statement is asked for all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection

from leitai.insight.reading import ROWS, SUMS
from leitai.units.enums import Level, UnitKind
from leitai.units.models import Unit

OWN: Final = ""  # whoever serves in the unit itself, not in one below it
_SUMMED: Final = frozenset({Level.PROVINCE, Level.PREFECTURE, Level.COUNTY})


def is_summed(unit: Unit) -> bool:
    """Whether sums are kept for the unit; what is smaller is read from its rows."""
    return unit.kind == UnitKind.PLACE and unit.level in _SUMMED


@dataclass(frozen=True, slots=True)
class Groups:
    """The units of a table. `parent` is whose children they are, None for a list of places.

    The parent's own people are a group of their own, so that the groups add up to the parent.
    """

    parent: Unit | None
    units: tuple[Unit, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        codes = tuple(unit.code for unit in self.units)
        return codes if self.parent is None else (*codes, OWN)


def children_of(unit: Unit) -> Groups:
    return Groups(unit, tuple(Unit.objects.filter(parent=unit).order_by("path")))


def counties_of(unit: Unit) -> Groups:
    """All counties below, in one list."""
    found = Unit.objects.filter(
        path__startswith=unit.path, kind=UnitKind.PLACE, level=Level.COUNTY
    ).order_by("path")
    return Groups(None, tuple(found))


def single(unit: Unit) -> Groups:
    """A unit as one group; one without sums is the sum of what stands below it."""
    return Groups(None, (unit,)) if is_summed(unit) else children_of(unit)


def ask(name: str, groups: Groups, asked: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    """The rows of a statement, each headed by its group's key."""
    summed = {str(unit.pk): unit.code for unit in groups.units if is_summed(unit)}
    if summed:
        for row in _run(SUMS[name], {**asked, "units": [int(pk) for pk in summed]}):
            yield (summed[row[0]], *row[1:])
    if groups.parent is None:
        return
    below = [unit.code for unit in groups.units if not is_summed(unit)]
    path = groups.parent.path
    span = {"path": f"{path}%", "depth": path.count("/") + 1, "groups": [*below, OWN]}
    yield from _run(ROWS[name], {**asked, **span})


def lines_of(unit: Unit, season: str) -> list[str]:
    """The 条线 that are found below a unit."""
    groups = single(unit)
    asked: dict[str, Any] = {"season": season}
    if groups.parent is None:
        found = _run(SUMS["lines"], {**asked, "units": [unit.pk]})
    else:
        codes = [one.code for one in groups.units]
        depth = unit.path.count("/") + 1
        span = {"path": f"{unit.path}%", "depth": depth, "groups": [*codes, OWN]}
        found = _run(ROWS["lines"], {**asked, **span})
    return [row[0] for row in found]


def _run(statement: str, asked: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        return list(cursor.fetchall())
