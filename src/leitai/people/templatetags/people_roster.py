"""What roster pages say of a person."""

from __future__ import annotations

from collections.abc import Iterable

from django import template

from leitai.base.words import listed as joined
from leitai.people import selectors
from leitai.people.enums import Staffing, Window
from leitai.people.models import Person

register = template.Library()


@register.filter
def masked_phone(person: Person) -> str:
    return selectors.masked_phone(person)


@register.filter
def window_word(value: str) -> str:
    return str(Window(value).label) if value else ""


@register.filter
def staffing_word(value: str) -> str:
    return str(Staffing(value).label) if value else ""


@register.filter
def listed(parts: Iterable[object]) -> str:
    return joined(parts)
