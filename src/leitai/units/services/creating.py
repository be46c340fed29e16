"""New places and bodies, and what is known of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from leitai.base.actor import Actor
from leitai.base.words import listed
from leitai.kernel.errors import DomainError
from leitai.units import rules
from leitai.units.enums import BodyKind, Change, Level, UnitKind
from leitai.units.models import Unit
from leitai.units.naming import CODE_LIMIT, PATH_LIMIT, clean_code, clean_name
from leitai.units.services import writing

_DIVISION = re.compile(r"[0-9]{2,12}")
_TITLES = {"body_kind": _("机构类型"), "window": _("窗口单位"), "opened_on": _("设立日期")}
_RANK = {level: rank for rank, level in enumerate(Level.values)}


@dataclass(frozen=True, slots=True)
class NewUnit:
    """`code` "" is made for a body; `level` "" is the parent's for a body, the next for a place."""

    name: str
    kind: str = UnitKind.BODY
    code: str = ""
    level: str = ""
    body_kind: str = ""
    window: bool = False
    opened_on: date | None = None


@transaction.atomic
def create_unit(
    *, actor: Actor, parent: Unit | None, new: NewUnit, reason: str = "", at: datetime
) -> Unit:
    """A place or a body below `parent`; without a parent a new root.

    Raises DomainError: forbidden, unit_closed, unit_name_twice, unit_code_taken, unit_level_order …
    """
    if parent is None and not rules.can_import_units(actor):
        raise DomainError("forbidden")
    writing.lock_tree()
    if parent is not None:
        parent = writing.fresh(parent)
        if not rules.can_add_under(actor, parent.path):
            raise DomainError("forbidden")
        writing.demand_open(parent)
    unit = _built(parent, new)
    writing.demand_name_free(parent, unit.name)
    unit.save(force_insert=True)
    writing.record(
        actor=actor,
        unit=unit,
        kind=Change.CREATED,
        before={},
        after={"name": unit.name, "parent": parent.code if parent else "", **_details(unit)},
        reason=" ".join(reason.split())[: writing.REASON_LIMIT],
        at=at,
    )
    above = parent.name if parent else ""
    writing.append(actor=actor, act="units.created", unit=unit, data={"parent": above}, at=at)
    return unit


def _built(parent: Unit | None, new: NewUnit) -> Unit:
    kind, level = _known(new.kind), new.level or _usual_level(parent, new.kind)
    code = clean_code(_given_code(kind, new.code) or _next_code(parent))
    name = clean_name(new.name, code)
    if level not in _RANK:
        raise DomainError("unit_level_unknown", level=level, known=listed(Level.values))
    if parent is not None:
        if parent.kind == UnitKind.BODY and kind == UnitKind.PLACE:
            raise DomainError("unit_parent_body", parent=parent.name)
        step = _RANK[level] - _RANK[parent.level]
        if step < 0 or (step == 0 and kind == UnitKind.PLACE):
            raise DomainError("unit_level_order", code=code, parent=parent.name)
    taken = Unit.objects.filter(code=code).first()
    if taken is not None:
        raise DomainError("unit_code_taken", code=code, name=taken.name)
    path = f"{parent.path if parent else ''}{code}/"
    if len(path) > PATH_LIMIT:
        raise DomainError("unit_too_deep", code=code)
    return Unit(
        code=code,
        parent=parent,
        name=name,
        kind=kind,
        level=level,
        path=path,
        body_kind=_body_kind(kind, new.body_kind, code),
        window=new.window,
        opened_on=new.opened_on,
    )


def _given_code(kind: UnitKind, code: str) -> str:
    """A place is known by its number in the register of divisions (GB/T 2260 and below)."""
    given = code.strip()
    if kind == UnitKind.PLACE and not _DIVISION.fullmatch(given):
        raise DomainError("unit_place_code", code=given)
    return given


def _known(kind: str) -> UnitKind:
    if kind not in UnitKind.values:
        raise DomainError("unit_kind_unknown", kind=kind, known=listed(UnitKind.values))
    return UnitKind(kind)


def _body_kind(kind: str, body_kind: str, code: str) -> str:
    if body_kind and body_kind not in BodyKind.values:
        raise DomainError("unit_body_kind_unknown", kind=body_kind, known=listed(BodyKind.values))
    if body_kind and kind == UnitKind.PLACE:
        raise DomainError("unit_body_kind_place", code=code)
    return body_kind


def _usual_level(parent: Unit | None, kind: str) -> str:
    levels = list(Level.values)
    if parent is None:
        return str(levels[0])
    step = 0 if kind == UnitKind.BODY else 1
    return str(levels[min(_RANK[parent.level] + step, len(levels) - 1)])


def _next_code(parent: Unit | None) -> str:
    """`5101-07`: the place's code and the next free number, also past those that are closed."""
    if parent is None:
        return ""
    begun = f"{parent.code}-"
    numbered = re.compile(re.escape(begun) + r"([0-9]{2,3})")
    codes = Unit.objects.filter(code__startswith=begun).values_list("code", flat=True)
    taken = [int(found[1]) for code in codes if (found := numbered.fullmatch(code))]
    number = max(taken, default=0) + 1
    code = f"{begun}{number:02d}"
    if number > 999 or len(code) > CODE_LIMIT:
        raise DomainError("unit_codes_full", parent=parent.name)
    return code


@transaction.atomic
def edit_unit(
    *,
    actor: Actor,
    unit: Unit,
    body_kind: str,
    window: bool,
    opened_on: date | None,
    reason: str = "",
    at: datetime,
) -> Unit:
    """What is known of a unit beside its name and place; nothing changed leaves no trace."""
    writing.lock_tree()
    unit = writing.fresh(unit)
    if not rules.can_edit_details(actor, unit.path):
        raise DomainError("forbidden")
    writing.demand_open(unit)
    before = _details(unit)
    unit.body_kind = _body_kind(unit.kind, body_kind, unit.code)
    unit.window, unit.opened_on = window, opened_on
    after = _details(unit)
    changed = [name for name in before if before[name] != after[name]]
    if not changed:
        return unit
    unit.save(update_fields=["body_kind", "window", "opened_on"])
    writing.record(
        actor=actor,
        unit=unit,
        kind=Change.EDITED,
        before={name: before[name] for name in changed},
        after={name: after[name] for name in changed},
        reason=" ".join(reason.split())[: writing.REASON_LIMIT],
        at=at,
    )
    fields = [str(_TITLES[name]) for name in changed]
    writing.append(actor=actor, act="units.edited", unit=unit, data={"fields": fields}, at=at)
    return unit


@transaction.atomic
def rename_unit(*, actor: Actor, unit: Unit, name: str, reason: str, at: datetime) -> Unit:
    """Another name; never of the unit that is the actor's own root."""
    writing.lock_tree()
    unit = writing.fresh(unit)
    if not rules.can_change_unit(actor, unit.path):
        raise DomainError("forbidden")
    writing.demand_open(unit)
    said, before = writing.clean_reason(reason), unit.name
    unit.name = clean_name(name, unit.code)
    if unit.name == before:
        raise DomainError("unit_name_same")
    writing.demand_name_free(unit.parent, unit.name, apart_from=unit.pk)
    unit.save(update_fields=["name"])
    writing.record(
        actor=actor,
        unit=unit,
        kind=Change.RENAMED,
        before={"name": before},
        after={"name": unit.name},
        reason=said,
        at=at,
    )
    data = {"before": before, "reason": said}
    writing.append(actor=actor, act="units.renamed", unit=unit, data=data, at=at)
    return unit


def _details(unit: Unit) -> dict[str, object]:
    """As the history keeps it: plain JSON."""
    return {
        "body_kind": str(unit.body_kind),
        "window": unit.window,
        "opened_on": unit.opened_on.isoformat() if unit.opened_on else "",
    }
