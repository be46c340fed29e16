"""`{% calendar_shares page organiser as rows %}`: each date of the calendar with its share."""

from __future__ import annotations

from django import template
from django.urls import reverse
from django.utils import timezone

from leitai.base.words import placed
from leitai.messages import selectors
from leitai.messages.selectors import Share
from leitai.messages.services import Face
from leitai.seasons.enums import SeasonState
from leitai.seasons.selectors.pages import CalendarPage, CalendarRow

register = template.Library()


@register.simple_tag
def calendar_shares(page: CalendarPage, organiser: str) -> list[tuple[CalendarRow, Share | None]]:
    """None where there is nothing to tell yet; all in one query where the faces are known."""
    law, path = page.law, reverse("seasons:public", args=(page.season.code,))
    faces = {
        row.name: Face(
            path,
            placed(law.short_title or law.title, row.planned.title)[:200],
            row.planned.words,
            row.window.closes_at,
            organiser[:120],
        )
        for row in page.rows
        if row.window is not None and page.season.state == SeasonState.OPEN
    }
    shares = selectors.shares_of(list(faces.values()), at=timezone.now()) if faces else []
    told = dict(zip(faces, shares, strict=True))
    return [(row, told.get(row.name)) for row in page.rows]
