"""One person's calendar: the windows of their seasons, what their units owe, their own exams."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from leitai.base.actor import Actor
from leitai.orders import selectors as orders
from leitai.seasons.selectors import feeds
from leitai.seasons.selectors.feeds import FeedEvent
from leitai.sittings.selectors import sittings_of

MOST_ORDERS = 50
SHOWN = timedelta(minutes=30)  # how long a deadline stands in the day of a calendar


def personal_feed(token: str, *, at: datetime) -> bytes:
    """The file behind a secret address; raises DomainError("not_found")."""
    actor = feeds.reader_of_feed(token, at=at)
    events = [*feeds.personal_events(actor), *_orders(actor, at), *_exams(actor)]
    title = _("%(name)s的日程") % {"name": actor.name}
    return feeds.write_calendar(title, events)


def _orders(actor: Actor, at: datetime) -> Iterator[FeedEvent]:
    """By when the own units sign and hand in; what is done leaves the calendar."""
    for season in feeds.seasons_of(actor):
        for one in orders.list_waiting(actor, season.code, limit=MOST_ORDERS, now=at):
            if one.due is None:
                continue
            recipient = one.row.recipient
            yield FeedEvent(
                name=f"order.{recipient.pk}",
                title=_("%(unit)s：%(title)s") % {"unit": recipient.name, "title": one.order.title},
                starts=one.due - SHOWN,
                ends=one.due,
                changes=one.order.supplements.count(),
                changed_at=one.order.sent_at or at,
                note=_("签收、报送期限"),
                path=reverse("orders:mine", args=[season.code, recipient.pk]),
            )


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
