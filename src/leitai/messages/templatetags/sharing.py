"""`{% share title what deadline path organiser as shared %}`: what a page offers for passing on."""

from __future__ import annotations

import html
from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.safestring import SafeString

from leitai.messages import selectors, sharing
from leitai.messages.selectors import Share
from leitai.messages.services import Face

register = template.Library()


@register.simple_tag
def share(title: str, what: str, deadline: datetime | None, path: str, organiser: str) -> Share:
    """One query where the face is known. A text longer than its field is cut before it is kept."""
    face = Face(path, _raw(title)[:200], _raw(what), deadline or None, _raw(organiser)[:120])
    return selectors.shares_of([face], at=timezone.now())[0]


def _raw(text: str) -> str:
    """What a template put together is escaped already; a text for groups is no page."""
    return html.unescape(str(text)) if isinstance(text, SafeString) else str(text)


@register.filter
def deadline(at: datetime | None) -> str:
    """11月25日（周三）17:00前."""
    return sharing.deadline_words(at) if at else ""
