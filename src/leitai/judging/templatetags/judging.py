"""Marks by their lines, as forms look them up."""

from __future__ import annotations

from collections.abc import Mapping

from django import template

from leitai.judging import selectors

register = template.Library()


@register.filter
def held(values: Mapping[str, str], line: str) -> str:
    """`{{ values|held:box.name }}`: what stands there, or nothing."""
    return values.get(line, "")


@register.filter
def near(text: str) -> str:
    """`{{ score|near }}`: of a ratio the decimal that people read, else nothing."""
    return selectors.near(text)
