"""One person's calendar: the windows of every season of theirs, and their own exams."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from leitai.base.actor import Actor
from leitai.seasons.selectors import feeds
from leitai.seasons.selectors.feeds import FeedEvent
from leitai.sittings.selectors import sittings_of


def personal_feed(token: str, *, at: datetime) -> bytes:
    """The file behind a secret address; raises DomainError("not_found")."""
    actor = feeds.reader_of_feed(token, at=at)
    events = [*feeds.personal_events(actor), *_exams(actor)]
    title = _("%(name)s的日程") % {"name": actor.name}
    return feeds.write_calendar(title, events)


def _exams(actor: Actor) -> Iterator[FeedEvent]:
    """Without admission codes: a calendar travels through other people's servers."""
    for sitting in sittings_of(actor.person) if actor.person else ():
        exam = sitting.exam
        yield FeedEvent(
            name=f"exam.{exam.code}",
            title=exam.title,
            starts=exam.opens_at,
            ends=exam.closes_at,
            changes=0,
            changed_at=exam.opens_at,
            place=sitting.site.name,
            path=reverse("web:mine"),
        )
