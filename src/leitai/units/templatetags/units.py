"""What changed of a unit, as one line."""

from __future__ import annotations

from collections.abc import Mapping

from django import template
from django.utils.translation import gettext as _

from leitai.base.words import clauses
from leitai.units.enums import BodyKind, Change, Level, UnitKind
from leitai.units.models import UnitChange
from leitai.units.services.drafting import Changed

register = template.Library()
_CHOICES = {"level": Level, "kind": UnitKind, "body_kind": BodyKind}


@register.filter
def told(change: UnitChange) -> str:
    """改前 → 改后, by field; where it went, for what was moved or merged."""
    before, after = change.before, change.after
    if change.kind == Change.CREATED:
        parent = after.get("parent", "")
        return _("上级%(parent)s") % {"parent": parent} if parent else "—"
    if change.kind == Change.MERGED:
        return _("并入%(into)s") % {"into": after.get("into_name", after.get("into", ""))}
    if change.kind in {Change.CLOSED, Change.REOPENED}:
        return "—"
    return _between(before, after)


@register.filter
def differences(changed: Changed) -> str:
    """What the file would change of one unit."""
    fields = ("name", "parent", "level", "kind", "body_kind", "window")
    before = {name: getattr(changed.before, name) for name in fields}
    after = {name: getattr(changed.after, name) for name in fields}
    return _between(before, after)


def _between(before: Mapping[str, object], after: Mapping[str, object]) -> str:
    titles = {
        "name": _("名称"),
        "parent": _("上级"),
        "level": _("层级"),
        "kind": _("类别"),
        "body_kind": _("机构类型"),
        "window": _("窗口单位"),
        "opened_on": _("设立日期"),
    }
    lines = [
        _("%(field)s由%(before)s改为%(after)s")
        % {"field": title, "before": _shown(name, before), "after": _shown(name, after)}
        for name, title in titles.items()
        if before.get(name) != after.get(name)
    ]
    return clauses(lines)


def _shown(name: str, values: Mapping[str, object]) -> str:
    value = values.get(f"{name}_name", values.get(name, ""))
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if name in _CHOICES and value in _CHOICES[name].values:
        return str(_CHOICES[name](value).label)
    return str(value) if value not in ("", None) else _("空")
