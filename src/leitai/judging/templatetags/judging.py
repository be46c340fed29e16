"""Marks by their lines, as forms look them up."""

from __future__ import annotations

from collections.abc import Mapping

from django import template

register = template.Library()


@register.filter
def held(values: Mapping[str, str], line: str) -> str:
    """`{{ values|held:box.name }}`: what stands there, or nothing."""
    return values.get(line, "")
