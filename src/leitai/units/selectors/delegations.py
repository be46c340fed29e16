"""A season's delegations: who competes for which, and what is counted twice or not at all."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.db import connection
from django.db.models import Q, QuerySet

from leitai.base.actor import Actor
from leitai.base.words import listed
from leitai.kernel.errors import DomainError
from leitai.units import claims, rules
from leitai.units.enums import UnitKind, UnitState
from leitai.units.models import Delegation, DelegationPart, Unit

_NUMBER = re.compile(r"[0-9]{1,18}")
SHOWN = 50  # of the units that nobody claims


def list_delegations(season: str) -> QuerySet[Delegation]:
    """The season's delegations in their order, each with its unit."""
    return Delegation.objects.filter(season=season).select_related("unit").order_by("position")


def list_delegations_for(viewer: Actor, season: str) -> list[Delegation]:
    """As `list_delegations`, for the season's office, leaders and supervisors."""
    if not rules.can_see_delegations(viewer, season):
        raise DomainError("forbidden")
    return list(list_delegations(season))


def get_delegation(season: str, code: str) -> Delegation:
    """The delegation of that unit; raises DomainError("team_unknown")."""
    delegation = list_delegations(season).filter(unit__code=code).first()
    if delegation is None:
        raise DomainError("team_unknown", season=season, code=code)
    return delegation


def get_part(season: str, number: str) -> DelegationPart:
    """One part or carve-out; raises DomainError("delegation_part_unknown")."""
    rows = DelegationPart.objects.select_related("unit", "delegation__unit")
    rows = rows.filter(delegation__season=season)
    found = rows.filter(pk=int(number)).first() if _NUMBER.fullmatch(number) else None
    if found is None:
        raise DomainError("delegation_part_unknown")
    return found


def list_parts(season: str) -> list[DelegationPart]:
    """All parts and carve-outs of the season, each with its unit."""
    parts = DelegationPart.objects.filter(delegation__season=season).select_related("unit")
    return list(parts.order_by("carved_out", "unit__path"))


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


@dataclass(frozen=True, slots=True)
class Switch:
    """A season in which units would compete for another delegation, or for none ("")."""

    season: str
    before: str
    after: str


def switches(before: str, after: str, *, along: bool = True) -> list[Switch]:
    """What it does to the seasons' delegations when a unit's path changes.

    What hangs on the unit itself goes `along` with it, or stays where only its children move.
    """
    ways = {before, after, *claims.above(before), *claims.above(after)}
    rows = DelegationPart.objects.filter(unit__path__in=ways).select_related("delegation", "unit")
    names = {row.delegation_id: row.delegation.name for row in rows}
    found = []
    for season in sorted({row.delegation.season for row in rows}):
        parts = as_claims(row for row in rows if row.delegation.season == season)
        moved = [
            replace(part, path=after) if along and part.path == before else part for part in parts
        ]
        here, there = claims.claimants(before, parts), claims.claimants(after, moved)
        own = {part.delegation for part in moved if part.path == after and not part.out}
        if along and own & set(here):
            continue  # a delegation of its own stays one: `services` carves it out over there
        if here != there:
            words = (listed(names[one] for one in whose) for whose in (here, there))
            found.append(Switch(season, *words))
    return found


@dataclass(frozen=True, slots=True)
class Claim:
    """One delegation: its parts, and how many open units compete for it."""

    delegation: Delegation
    taken: tuple[DelegationPart, ...]
    carved: tuple[DelegationPart, ...]
    places: int
    bodies: int


@dataclass(frozen=True, slots=True)
class Double:
    """From `unit` downwards, these delegations all count the same units."""

    unit: Unit
    delegations: tuple[Delegation, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """`unclaimed` are the tops of subtrees under `host` that compete for nobody."""

    host: Unit | None
    claims: tuple[Claim, ...]
    doubles: tuple[Double, ...]
    unclaimed: tuple[Unit, ...]
    unclaimed_more: int


def as_claims(parts: Iterable[DelegationPart]) -> list[claims.Part]:
    return [claims.Part(part.delegation_id, part.unit.path, part.carved_out) for part in parts]


def coverage(season: str) -> Coverage:
    """Who claims what; the host is the deepest unit around all delegations."""
    delegations = list(list_delegations(season))
    rows = list_parts(season)
    parts = as_claims(rows)
    units = {row.unit.path: row.unit for row in rows}
    root = claims.shared_root(part.path for part in parts)
    by_id = {one.pk: one for one in delegations}
    own: dict[int, list[DelegationPart]] = defaultdict(list)
    for row in rows:
        own[row.delegation_id].append(row)
    counts = _counts(parts)
    loose, more = _unclaimed(root, parts)
    return Coverage(
        host=units.get(root) or Unit.objects.filter(path=root).first(),
        claims=tuple(_claim(one, own[one.pk], counts[one.pk]) for one in delegations),
        doubles=tuple(
            Double(units[it.path], tuple(by_id[one] for one in it.delegations))
            for it in claims.overlaps(parts)
        ),
        unclaimed=loose,
        unclaimed_more=more,
    )


def _claim(
    delegation: Delegation, parts: Sequence[DelegationPart], counts: dict[str, int]
) -> Claim:
    return Claim(
        delegation,
        tuple(part for part in parts if not part.carved_out),
        tuple(part for part in parts if part.carved_out),
        counts[UnitKind.PLACE],
        counts[UnitKind.BODY],
    )


# By range and not by LIKE: a pattern out of a column uses no index. "0" follows "/" in ASCII.
_BELOW = """
SELECT part.path, unit.kind, count(*)
FROM unnest(%s::text[]) AS part(path)
JOIN units_unit AS unit ON unit.path ~>=~ part.path
    AND unit.path ~<~ (left(part.path, -1) || '0') AND unit.state = 'open'
GROUP BY part.path, unit.kind
"""


def _counts(parts: Sequence[claims.Part]) -> dict[int, dict[str, int]]:
    """Open places and bodies of each delegation: each breakpoint without those inside it."""
    paths = sorted({part.path for part in parts})
    alone: dict[str, dict[str, int]] = {path: defaultdict(int) for path in paths}
    with connection.cursor() as cursor:
        cursor.execute(_BELOW, [paths])
        for path, kind, count in cursor.fetchall():
            alone[path][kind] += count
            around = next((up for up in claims.above(path) if up in alone), None)
            if around is not None:
                alone[around][kind] -= count
    counted: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for path in paths:
        for delegation in claims.claimants(path, parts):
            for kind, count in alone[path].items():
                counted[delegation][kind] += count
    return counted


def _unclaimed(root: str, parts: Sequence[claims.Part]) -> tuple[tuple[Unit, ...], int]:
    """Neither claimed nor around what is claimed: those would be in nobody's delegation."""
    if not root:
        return (), 0
    around = {up for part in parts for up in (part.path, *claims.above(part.path))}
    around = {path for path in around if path.startswith(root)}
    open_ways = {path for path in around if not claims.claimants(path, parts)}
    taken = {path for path in around if path not in open_ways}
    carved = {part.path for part in parts if part.out} & open_ways
    between = {path for path in open_ways - carved if _leads_on(path, around)}
    found = (
        Unit.objects.filter(Q(parent__path__in=between) | Q(path__in=carved))
        .filter(state=UnitState.OPEN)
        .exclude(path__in=taken | between)
        .order_by("path")
    )
    loose = list(found[: SHOWN + 1])
    more = found.count() - SHOWN if len(loose) > SHOWN else 0
    return tuple(loose[:SHOWN]), more


def _leads_on(path: str, around: set[str]) -> bool:
    return any(other != path and other.startswith(path) for other in around)
