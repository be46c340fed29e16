"""What changed of a unit, as one line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.translation import gettext as _

from leitai.base.errors import text_of
from leitai.base.words import clauses
from leitai.kernel.errors import DomainError, Problem
from leitai.units.enums import BodyKind, Change, Level, UnitKind
from leitai.units.models import UnitChange, UnitImport

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
def differences(line: Mapping[str, Any]) -> str:
    """What a line of a file would change of one unit."""
    return _between(line["before"], line["after"])


@register.filter
def faults(line: Mapping[str, Any]) -> list[str]:
    """What is wrong with a line of a file."""
    return [text_of(Problem("", code, data)) for code, data in line["problems"]]


@register.filter
def refusals(draft: UnitImport) -> list[str]:
    """Why a file could not be read."""
    return [text_of(Problem("", code, data)) for _row, code, data in draft.problems]


@register.filter
def sentence(code: str) -> str:
    return text_of(DomainError(code))


@register.filter
def label(values: Mapping[str, Any], name: str) -> str:
    """A level or kind in words."""
    return _shown(name, values)


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
