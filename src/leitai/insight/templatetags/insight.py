"""How figures are written in tables."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django import template

from leitai.insight.counting import Held

register = template.Library()


@register.filter
def signed(number: int) -> str:
    """+12, −3, 0: a change says its direction without a colour."""
    return f"+{number:,}" if number > 0 else f"−{-number:,}" if number else "0"


@register.filter
def of(points: Mapping[str, Decimal], name: str) -> Decimal:
    return points.get(name, Decimal())


@register.filter
def way(ways: Mapping[str, str], module: str) -> str:
    """The address's question that picks a module; empty where there is nothing to pick."""
    return ways.get(module, "")


@register.filter
def plain(value: Decimal) -> str:
    """1,240 or 0.5, never 1.24E+3."""
    return f"{value.normalize():,f}"


@register.filter
def persons_of(titles: Mapping[str, Held], name: str) -> str:
    return f"{titles.get(name, Held()).persons:,}"
