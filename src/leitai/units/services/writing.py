"""What every change of the tree does: one at a time, its history, its entry in the record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import connection
from django.db.models.functions import Length

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.units.enums import Change, UnitState
from leitai.units.models import Unit, UnitChange
from leitai.units.naming import PATH_LIMIT

HOUSE_CHAIN = "house"  # the tree belongs to no season
LOCK = "units.import"
REASON_LIMIT = 200


def lock_tree() -> None:
    """Two changes at once would each decide on a tree that the other is changing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [LOCK])


def fresh(unit: Unit) -> Unit:
    """The unit as it is now that the tree is locked."""
    return Unit.objects.select_related("parent", "successor").get(pk=unit.pk)


def demand_open(unit: Unit) -> None:
    if not unit.is_open:
        raise DomainError("unit_closed", name=unit.name)


def clean_reason(reason: str) -> str:
    """A reason in one line; raises DomainError("unit_reason_empty")."""
    said = " ".join(reason.split())[:REASON_LIMIT]
    if not said:
        raise DomainError("unit_reason_empty")
    return said


def demand_name_free(parent: Unit | None, name: str, *, apart_from: int | None = None) -> None:
    """No open sibling has the name; raises DomainError("unit_name_twice")."""
    same = Unit.objects.filter(parent=parent, name=name, state=UnitState.OPEN)
    twin = same.exclude(pk=apart_from or 0).first()
    if twin is not None:
        above = parent.name if parent else ""
        raise DomainError("unit_name_twice", parent=above, name=name, code=twin.code)


def rewrite_paths(before: str, after: str, *, below_only: bool = False) -> int:
    """Move a whole subtree to another path in one statement; how many units that were.

    Raises DomainError("unit_too_deep") where a path would not fit.
    """
    inside = Unit.objects.filter(path__startswith=before)
    if below_only:
        inside = inside.exclude(path=before)
    room = PATH_LIMIT - (len(after) - len(before))
    deep = inside.alias(long=Length("path")).filter(long__gt=room).first()
    if deep is not None and after != before:
        raise DomainError("unit_too_deep", code=deep.code)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE units_unit SET path = %s || substr(path, %s) WHERE path LIKE %s AND path <> %s",
            [after, len(before) + 1, before + "%", before if below_only else ""],
        )
        return int(cursor.rowcount)


def record(
    *,
    actor: Actor,
    unit: Unit,
    kind: Change,
    before: Mapping[str, object],
    after: Mapping[str, object],
    reason: str,
    at: datetime,
) -> None:
    """The unit's own history."""
    UnitChange.objects.create(
        unit=unit,
        kind=kind,
        before=dict(before),
        after=dict(after),
        reason=reason,
        by=actor.account,
        by_name=actor.name,
        at=at,
    )


def append(*, actor: Actor, act: str, unit: Unit, data: Mapping[str, object], at: datetime) -> None:
    """The entry in the house's chain: the last write of the transaction."""
    ledger.append(
        chain=HOUSE_CHAIN,
        actor=actor,
        act=act,
        subject=f"unit:{unit.code}",
        data={"code": unit.code, "name": unit.name, **data},
        at=at,
    )
