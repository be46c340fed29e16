"""Calendars as files (RFC 5545): a season's own, and one person's, out of dated events.

An event keeps its UID for ever; every change of its window raises SEQUENCE, so that the calendar
that subscribed moves it and does not show it twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from leitai.base import sealing
from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.people import selectors as people
from leitai.people.models import Account
from leitai.rulebook.model import Window
from leitai.seasons.models import CalendarFeed, CalendarWindow, Season
from leitai.seasons.selectors.seasons import host_path, list_seasons, rulebook_of
from leitai.seasons.selectors.teams import entries_with
from leitai.units import selectors as units
from leitai.units.models import Delegation

TYPE = "text/calendar; charset=utf-8"
REFRESH = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class FeedEvent:
    """`name` is the same for ever and unique in the house; `changes` counts how often it moved."""

    name: str
    title: str
    starts: datetime
    ends: datetime
    changes: int
    changed_at: datetime
    note: str = ""
    place: str = ""
    path: str = ""  # a page of ours


def write_calendar(title: str, events: Iterable[FeedEvent]) -> bytes:
    """The file: UTC times, folded lines, one VEVENT an event."""
    base = settings.LEITAI_PUBLIC_URL.rstrip("/")
    calendar = Calendar()
    calendar.add("prodid", "-//Leitai//Leitai//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", title)
    calendar.add("refresh-interval", REFRESH, {"VALUE": "DURATION"})
    for one in events:
        calendar.add_component(_event(one, base))
    return bytes(calendar.to_ical())


def _event(one: FeedEvent, base: str) -> Event:
    event = Event()
    event.add("uid", f"{one.name}@{urlsplit(base).hostname or 'leitai'}")
    event.add("dtstamp", one.changed_at.astimezone(UTC))
    event.add("last-modified", one.changed_at.astimezone(UTC))
    event.add("sequence", one.changes)
    event.add("dtstart", one.starts.astimezone(UTC))
    event.add("dtend", one.ends.astimezone(UTC))
    event.add("summary", one.title)
    if one.note:
        event.add("description", one.note)
    if one.place:
        event.add("location", one.place)
    if one.path:
        event.add("url", base + one.path)
    event.add("transp", "TRANSPARENT")  # a period to keep in mind fills nobody's day
    return event


def season_feed(season: Season) -> bytes:
    """What the season's public calendar says, with the dates of single delegations."""
    law = rulebook_of(season)
    return write_calendar(law.short_title or law.title, season_events(season))


def season_events(season: Season, own: Collection[int] | None = None) -> Iterator[FeedEvent]:
    """The windows of a season. With `own`, delegations' ids: as they hold for these alone."""
    law = rulebook_of(season)
    rows = list(
        CalendarWindow.objects.filter(season=season)
        .select_related("delegation__unit")
        .order_by("recorded_at", "pk")
    )
    kept = Counter((row.name, row.delegation_id) for row in rows)
    newest = {(row.name, row.delegation_id): row for row in rows}
    for (name, delegation), window in newest.items():
        planned = law.calendar.get(name)
        if planned is None:
            continue
        changes = kept[name, delegation] - 1
        if delegation is None:
            theirs = [newest[name, one] for one in own or () if (name, one) in newest]
            if len(theirs) == 1:  # one's own date moves the event, it does not double it
                changes = sum(kept[name, one] for one in (None, theirs[0].delegation_id)) - 1
                window = theirs[0]  # noqa: PLW2901  # what is shown instead
            yield _of_window(season, name, planned, window, changes, whose=None)
        elif own is None and window.delegation is not None:
            code = f"{name}.{window.delegation.unit.code}"
            yield _of_window(season, code, planned, window, changes, whose=window.delegation)


def _of_window(
    season: Season,
    name: str,
    planned: Window,
    window: CalendarWindow,
    changes: int,
    *,
    whose: Delegation | None,
) -> FeedEvent:
    title = planned.title
    if whose is not None:
        title = _("%(title)s（%(name)s）") % {"title": title, "name": whose.name}
    moved = _("时间已调整：%(reason)s") % {"reason": window.reason} if window.reason else ""
    return FeedEvent(
        name=f"{season.code}.{name}",
        title=title,
        starts=window.opens_at,
        ends=window.closes_at,
        changes=changes,
        changed_at=window.recorded_at,
        note="\n".join(part for part in (planned.words, window.notice, moved) if part),
        place=planned.place,
        path=reverse("seasons:dates", args=[season.code]),
    )


def feed_of(actor: Actor) -> CalendarFeed | None:
    return CalendarFeed.objects.filter(account=actor.account).first() if actor.known else None


def reader_of_feed(token: str, *, at: datetime) -> Actor:
    """Whose calendar it is, with the duties of today; raises DomainError("not_found")."""
    digest = sealing.code_digest(token)
    feed = CalendarFeed.objects.filter(digest=digest).first()
    found = Account.objects.filter(pk=int(feed.account), is_active=True) if feed else None
    account = found.first() if found is not None else None
    if account is None:
        raise DomainError("not_found")
    return people.actor_of(account, at=at)


def seasons_of(actor: Actor) -> list[Season]:
    """The seasons that somebody serves or takes part in; they know of those being prepared too."""
    served = {one.season for one in actor.appointments}
    everywhere = [one.unit_path for one in actor.appointments if not one.season]
    entered = set(entries_with(actor.person).values_list("stage__season", flat=True))
    return [
        one
        for one in list_seasons()
        if one.code in served or one.pk in entered or _concerns(one, everywhere)
    ]


def _concerns(season: Season, paths: Sequence[str]) -> bool:
    """Whoever serves all seasons has those of the own unit, of those above it, and below it."""
    host = host_path(season) if paths else ""
    return any(path.startswith(host) or host.startswith(path) for path in paths)


def delegations_of(actor: Actor, season: Season) -> list[int]:
    """The delegations whose dates are this person's: of the own unit, or where one competes."""
    paths = {one.unit_path for one in actor.appointments if one.season in ("", season.code)}
    mine = {one.pk for one in units.list_delegations(season.code) if one.unit.path in paths}
    if actor.person:
        entries = entries_with(actor.person).filter(stage__season=season)
        mine |= set(entries.values_list("delegation_id", flat=True))
    return sorted(mine)


def personal_events(actor: Actor) -> Iterator[FeedEvent]:
    """The windows of every season of one's own, each as it holds for one's own delegation."""
    for season in seasons_of(actor):
        law = rulebook_of(season)
        for event in season_events(season, delegations_of(actor, season)):
            title = f"{law.short_title or law.title} {event.title}"
            yield replace(event, title=title)
