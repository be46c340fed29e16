"""`{% load files %}`: what the two includes need to know of kinds and files."""

from __future__ import annotations

from django import template

from leitai.files import selectors
from leitai.files.models import StoredFile
from leitai.files.names import show_size

register = template.Library()


@register.simple_tag
def welcome(kind: str) -> selectors.Welcome:
    """`{% welcome "complaint" as taken %}`: types and size, for the hint under the field."""
    return selectors.welcome_of(kind)


@register.filter
def shown_size(size: int) -> str:
    """`{{ file.size|shown_size }}`: 3.5 MB."""
    return show_size(size)


@register.filter
def shows_in_place(file: StoredFile) -> bool:
    return selectors.is_image(file)
