"""What the pages of the tree show: lists within one's own subtrees, a unit, candidates."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from leitai.base.actor import Actor
from leitai.base.bigrams import containing
from leitai.kernel.errors import DomainError
from leitai.units import claims, rules
from leitai.units.enums import BodyKind, Level, UnitKind, UnitState
from leitai.units.models import Unit, UnitChange
from leitai.units.selectors.tree import subtree

CHILDREN_SHOWN = 100
HISTORY_SHOWN = 20
CANDIDATES = 30


@dataclass(frozen=True, slots=True)
class UnitQuery:
    """What a list is asked for; "" asks for nothing."""

    words: str = ""
    kind: str = ""
    level: str = ""
    body_kind: str = ""
    state: str = UnitState.OPEN

    def known(self) -> UnitQuery:
        """Without what is not understood."""
        return UnitQuery(
            " ".join(self.words.split())[:80],
            self.kind if self.kind in UnitKind.values else "",
            self.level if self.level in Level.values else "",
            self.body_kind if self.body_kind in BodyKind.values else "",
            self.state if self.state in (*UnitState.values, "all") else UnitState.OPEN,
        )


def list_units_for(viewer: Actor, query: UnitQuery) -> QuerySet[Unit]:
    """The units of the viewer's subtrees that the query asks for, parents before children."""
    rows = _within(Unit.objects.all(), rules.readable_paths(viewer))
    wanted = {
        "kind": query.kind,
        "level": query.level,
        "body_kind": query.body_kind,
        "state": "" if query.state == "all" else query.state,
    }
    rows = rows.filter(**{name: value for name, value in wanted.items() if value})
    # A join would be made for all the pages before the one that is read.
    return _named(rows, query.words).prefetch_related("parent").order_by("path")


def _within(rows: QuerySet[Unit], paths: tuple[str, ...]) -> QuerySet[Unit]:
    if not paths:
        raise DomainError("forbidden")
    inside = Q()
    for path in paths:
        inside |= Q(path__startswith=path)
    return rows.filter(inside)


def _named(rows: QuerySet[Unit], words: str) -> QuerySet[Unit]:
    """By parts of the name, or by the beginning of the code."""
    if words[:1].isdigit() and words.isascii() and " " not in words:
        return rows.filter(code__startswith=words)
    return containing(rows, "name", words)


@dataclass(frozen=True, slots=True)
class May:
    """What the viewer may do with the unit now."""

    add: bool = False
    edit: bool = False
    change: bool = False
    reopen: bool = False

    def __bool__(self) -> bool:
        return self.add or self.edit or self.change or self.reopen


@dataclass(frozen=True, slots=True)
class UnitPage:
    unit: Unit
    crumbs: tuple[Unit, ...]
    places: tuple[Unit, ...]
    bodies: tuple[Unit, ...]
    more: int
    below: int
    changes: tuple[UnitChange, ...]
    predecessors: tuple[Unit, ...]
    may: May = field(default_factory=May)


def unit_page(viewer: Actor, unit: Unit) -> UnitPage:
    """Everything about one unit that the viewer may see (`get_unit_for` has decided that)."""
    open_children = unit.children.filter(state=UnitState.OPEN).order_by("code")
    near = open_children[: CHILDREN_SHOWN + 1].union(
        unit.predecessors.order_by("code")[:CHILDREN_SHOWN], all=True
    )
    children = [one for one in near if one.successor_id is None]
    more = 0
    if len(children) > CHILDREN_SHOWN:
        more = open_children.count() - CHILDREN_SHOWN
    shown = children[:CHILDREN_SHOWN]
    return UnitPage(
        unit=unit,
        crumbs=crumbs(viewer, unit),
        places=tuple(one for one in shown if one.kind == UnitKind.PLACE),
        bodies=tuple(one for one in shown if one.kind == UnitKind.BODY),
        more=more,
        below=count_below(unit),
        changes=tuple(unit.changes.all()[:HISTORY_SHOWN]),
        predecessors=tuple(one for one in near if one.successor_id is not None),
        may=may(viewer, unit),
    )


def may(viewer: Actor, unit: Unit) -> May:
    change = rules.can_change_unit(viewer, unit.path)
    return May(
        add=unit.is_open and rules.can_add_under(viewer, unit.path),
        edit=unit.is_open and rules.can_edit_details(viewer, unit.path),
        change=unit.is_open and change,
        reopen=not unit.is_open and unit.successor_id is None and change,
    )


def crumbs(viewer: Actor, unit: Unit) -> tuple[Unit, ...]:
    """The units above, down from the viewer's own root."""
    above = [path for path in claims.above(unit.path) if rules.can_read_unit(viewer, path)]
    return tuple(Unit.objects.filter(path__in=above).order_by("path"))


def count_below(unit: Unit) -> int:
    """How many open units stand below it, at any depth."""
    return subtree(unit).filter(state=UnitState.OPEN).exclude(pk=unit.pk).count()


def parents_for(viewer: Actor, unit: Unit, words: str) -> list[Unit]:
    """Where the viewer may move the unit to, by part of name or by code."""
    rows = _managed(viewer).exclude(path__startswith=unit.path)
    if unit.parent_id is not None:
        rows = rows.exclude(pk=unit.parent_id)
    ranks = list(Level.values)
    rank = ranks.index(unit.level)
    # A place stands below its parent's level; a body may stand on the level of its place.
    fitting = ranks[:rank] if unit.kind == UnitKind.PLACE else ranks[: rank + 1]
    if unit.kind == UnitKind.PLACE:
        rows = rows.filter(kind=UnitKind.PLACE)
    return _some(rows.filter(level__in=fitting), words)


def heirs_for(viewer: Actor, unit: Unit, words: str) -> list[Unit]:
    """Which units the viewer may merge the unit into; its siblings come first."""
    rows = _managed(viewer).filter(kind=unit.kind, level=unit.level)
    return _some(rows.exclude(path__startswith=unit.path), words, beside=unit)


def find_for_delegation(viewer: Actor, season: str, words: str) -> list[Unit]:
    """Units that the season's office may put into a delegation."""
    paths = ("",) if rules.is_house(viewer) else viewer.unit_paths("office", season=season)
    return _some(_within(Unit.objects.filter(state=UnitState.OPEN), paths), words)


def _managed(viewer: Actor) -> QuerySet[Unit]:
    return _within(Unit.objects.filter(state=UnitState.OPEN), rules.managed_paths(viewer))


def _some(rows: QuerySet[Unit], words: str, *, beside: Unit | None = None) -> list[Unit]:
    rows = _named(rows, " ".join(words.split())[:80]).select_related("parent")
    if beside is None:
        return list(rows.order_by("path")[:CANDIDATES])
    near = rows.filter(parent_id=beside.parent_id)
    found = list(near.order_by("path")[:CANDIDATES])
    if len(found) < CANDIDATES:
        known = {one.pk for one in found}
        others = rows.exclude(pk__in=known).order_by("path")[: CANDIDATES - len(found)]
        found += list(others)
    return found
