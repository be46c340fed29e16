"""Under another parent, into another unit, closed and reopened."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from leitai.base import events
from leitai.base.actor import Actor
from leitai.design.moments import SHANGHAI
from leitai.kernel.errors import DomainError
from leitai.units import rules
from leitai.units.enums import Change, Level, UnitKind, UnitState
from leitai.units.events import UnitClosing, UnitMerged, UnitMoved
from leitai.units.models import Unit
from leitai.units.services import writing
from leitai.units.services.keeping import keep_apart

_RANK = {level: rank for rank, level in enumerate(Level.values)}


@transaction.atomic
def move_unit(*, actor: Actor, unit: Unit, to: Unit, reason: str, at: datetime) -> int:
    """Under another parent, with everything below it; how many units got another path.

    Codes stay. Raises DomainError: forbidden, unit_move_inside, unit_level_order, unit_too_deep …
    """
    writing.lock_tree()
    unit, to = writing.fresh(unit), writing.fresh(to)
    if not rules.can_change_unit(actor, unit.path) or not rules.can_add_under(actor, to.path):
        raise DomainError("forbidden")
    said = writing.clean_reason(reason)
    demand_movable(unit, to)
    writing.demand_name_free(to, unit.name, apart_from=unit.pk)
    before, above = unit.path, unit.parent
    unit.parent, unit.path = to, f"{to.path}{unit.code}/"
    count = writing.rewrite_paths(before, unit.path)
    unit.save(update_fields=["parent"])
    writing.record(
        actor=actor,
        unit=unit,
        kind=Change.MOVED,
        before={"parent": above.code if above else "", "parent_name": above.name if above else ""},
        after={"parent": to.code, "parent_name": to.name},
        reason=said,
        at=at,
    )
    keep_apart(actor=actor, before=before, after=unit.path, at=at)
    events.publish(UnitMoved(unit.pk, before, unit.path, at))
    data = {
        "before": above.name if above else "",
        "parent": to.name,
        "below": count - 1,
        "reason": said,
    }
    writing.append(actor=actor, act="units.moved", unit=unit, data=data, at=at)
    return count


def demand_movable(unit: Unit, to: Unit) -> None:
    """Whether the tree allows it, apart from who asks."""
    writing.demand_open(unit)
    writing.demand_open(to)
    if to.path.startswith(unit.path):
        raise DomainError("unit_move_inside", name=unit.name, to=to.name)
    if unit.parent_id == to.pk:
        raise DomainError("unit_move_same", name=unit.name, to=to.name)
    if unit.kind == UnitKind.PLACE and to.kind == UnitKind.BODY:
        raise DomainError("unit_parent_body", parent=to.name)
    step = _RANK[unit.level] - _RANK[to.level]
    if step < 0 or (step == 0 and unit.kind == UnitKind.PLACE):
        raise DomainError("unit_level_order", code=unit.name, parent=to.name)


@transaction.atomic
def merge_unit(*, actor: Actor, unit: Unit, into: Unit, reason: str, at: datetime) -> int:
    """Close `unit` in favour of `into`, which takes its children; how many units moved with them.

    Whoever serves in `unit` is moved by `people` in this transaction (`UnitMerged`).
    """
    writing.lock_tree()
    unit, into = writing.fresh(unit), writing.fresh(into)
    if not all(rules.can_change_unit(actor, one.path) for one in (unit, into)):
        raise DomainError("forbidden")
    said = writing.clean_reason(reason)
    demand_mergeable(unit, into)
    before = unit.path
    moved = writing.rewrite_paths(before, into.path, below_only=True)
    Unit.objects.filter(parent=unit).update(parent=into)
    unit.state, unit.closed_on, unit.successor = UnitState.CLOSED, _day(at), into
    unit.save(update_fields=["state", "closed_on", "successor"])
    writing.record(
        actor=actor,
        unit=unit,
        kind=Change.MERGED,
        before={"state": str(UnitState.OPEN)},
        after={"into": into.code, "into_name": into.name, "below": moved},
        reason=said,
        at=at,
    )
    keep_apart(actor=actor, before=before, after=into.path, at=at)
    events.publish(UnitMoved(unit.pk, before, into.path, at))
    events.publish(UnitMerged(unit.pk, into.pk, at))
    data = {"into": into.name, "into_code": into.code, "below": moved, "reason": said}
    writing.append(actor=actor, act="units.merged", unit=unit, data=data, at=at)
    return moved


def demand_mergeable(unit: Unit, into: Unit) -> None:
    """Whether the tree allows it: of one kind and level, and no name twice afterwards."""
    writing.demand_open(unit)
    writing.demand_open(into)
    if into.path.startswith(unit.path):
        raise DomainError("unit_merge_itself", name=unit.name)
    if (unit.kind, unit.level) != (into.kind, into.level):
        raise DomainError("unit_merge_kind", name=unit.name, into=into.name)
    coming = Unit.objects.filter(parent=unit, state=UnitState.OPEN).values("name")
    twin = Unit.objects.filter(parent=into, state=UnitState.OPEN, name__in=coming).first()
    if twin is not None:
        raise DomainError("unit_name_twice", parent=into.name, name=twin.name, code=twin.code)


@transaction.atomic
def close_unit(*, actor: Actor, unit: Unit, reason: str, at: datetime) -> Unit:
    """Without a successor: only when nothing open stands below it and nobody above objects."""
    writing.lock_tree()
    unit = writing.fresh(unit)
    if not rules.can_change_unit(actor, unit.path):
        raise DomainError("forbidden")
    writing.demand_open(unit)
    said = writing.clean_reason(reason)
    below = Unit.objects.filter(parent=unit, state=UnitState.OPEN).count()
    if below:
        raise DomainError("unit_has_children", name=unit.name, count=below)
    events.publish(UnitClosing(unit.pk, at))
    unit.state, unit.closed_on = UnitState.CLOSED, _day(at)
    unit.save(update_fields=["state", "closed_on"])
    _restate(actor, unit, Change.CLOSED, said, at)
    return unit


@transaction.atomic
def reopen_unit(*, actor: Actor, unit: Unit, reason: str, at: datetime) -> Unit:
    """A unit that was closed without a successor, where its parent still stands."""
    writing.lock_tree()
    unit = writing.fresh(unit)
    if not rules.can_change_unit(actor, unit.path):
        raise DomainError("forbidden")
    if unit.is_open:
        raise DomainError("unit_not_closed", name=unit.name)
    if unit.successor is not None:
        raise DomainError("unit_merged_away", name=unit.name, into=unit.successor.name)
    if unit.parent is not None and not unit.parent.is_open:
        raise DomainError("unit_parent_closed", parent=unit.parent.name)
    said = writing.clean_reason(reason)
    writing.demand_name_free(unit.parent, unit.name, apart_from=unit.pk)
    unit.state, unit.closed_on = UnitState.OPEN, None
    unit.save(update_fields=["state", "closed_on"])
    _restate(actor, unit, Change.REOPENED, said, at)
    return unit


def _restate(actor: Actor, unit: Unit, kind: Change, reason: str, at: datetime) -> None:
    before = UnitState.OPEN if kind == Change.CLOSED else UnitState.CLOSED
    writing.record(
        actor=actor,
        unit=unit,
        kind=kind,
        before={"state": str(before)},
        after={"state": str(unit.state)},
        reason=reason,
        at=at,
    )
    act = "units.closed" if kind == Change.CLOSED else "units.reopened"
    writing.append(actor=actor, act=act, unit=unit, data={"reason": reason}, at=at)


def _day(at: datetime) -> date:
    return at.astimezone(SHANGHAI).date()
