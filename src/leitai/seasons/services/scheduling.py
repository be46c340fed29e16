"""The calendar: windows, what moved them and why, and when people are reminded."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from leitai.base import events
from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.rulebook.model import Window
from leitai.seasons import rules, selectors
from leitai.seasons.enums import SeasonState
from leitai.seasons.events import WindowSet
from leitai.seasons.models import CalendarWindow, Season
from leitai.seasons.services.common import demand_unclosed
from leitai.seasons.services.reminding import tell_moved
from leitai.units import selectors as units
from leitai.units.models import Delegation

NOTICE_LIMIT = 120
MOST_DAYS = 30


@transaction.atomic
def set_window(
    *,
    actor: Actor,
    season: Season,
    name: str,
    opens_at: datetime,
    closes_at: datetime,
    reason: str = "",
    notice: str = "",
    delegation: str = "",
    at: datetime,
) -> CalendarWindow:
    """Set a window of the calendar, or (`delegation`, by its unit's code) one delegation's own.

    Leaving the rulebook's dates, moving what was set while the season runs, and a date of one's own
    need a reason. Earlier windows of the name stay as the record; the same again changes nothing.
    """
    planned = _planned(actor, season, name)
    if closes_at <= opens_at:
        raise DomainError("window_backwards", title=planned.title)
    sender = units.get_delegation(season.code, delegation) if delegation else None
    before = selectors.window_for(season, name, sender)
    if before is not None and (before.opens_at, before.closes_at) == (opens_at, closes_at):
        return before
    reason = reason.strip()
    deviates = deviates_from(planned, opens_at, closes_at)
    moved = before is not None and season.state != SeasonState.DRAFT
    _demand_reason(planned, sender, reason, deviates=deviates, moved=moved)
    window = CalendarWindow.objects.create(
        season=season,
        name=name,
        delegation=sender,
        opens_at=opens_at,
        closes_at=closes_at,
        deviation=reason if deviates else "",
        reason=reason,
        notice=notice.strip()[:NOTICE_LIMIT],
        recorded_by=actor.account,
        recorded_at=at,
    )
    code = sender.unit.code if sender else ""
    events.publish(WindowSet(season.code, name, opens_at, closes_at, code))
    if moved or sender is not None:
        tell_moved(window, planned.title, at=at)
    _record(actor, window, planned, deviates=deviates or moved, at=at)
    return window


@transaction.atomic
def set_reminders(*, actor: Actor, season: Season, days: int, loud: bool, at: datetime) -> Season:
    """How many days before a window closes whose duty it is is reminded, once; 0 is never.

    Only in the inbox, unless `loud`: then by whatever channels each person has chosen.
    """
    if not rules.can_run_office(actor, season.code, selectors.host_path(season)):
        raise DomainError("forbidden")
    demand_unclosed(season)
    if not 0 <= days <= MOST_DAYS:
        raise DomainError("remind_days", most=MOST_DAYS)
    if (season.remind_days, season.remind_loud) == (days, loud):
        return season
    season.remind_days, season.remind_loud = days, loud
    season.save(update_fields=["remind_days", "remind_loud"])
    ledger.append(
        chain=season.code,
        actor=actor,
        act="calendar.reminders",
        subject=f"season:{season.code}",
        data={"days": days, "loud": loud},
        at=at,
    )
    return season


def deviates_from(planned: Window, opens_at: datetime, closes_at: datetime) -> bool:
    """Whether a window leaves the days that the notice names; days are the committee's own."""
    opens, closes = _day(opens_at), _day(closes_at - timedelta(microseconds=1))
    too_early = planned.earliest is not None and opens < planned.earliest
    return too_early or (planned.latest is not None and closes > planned.latest)


def _planned(actor: Actor, season: Season, name: str) -> Window:
    if not rules.can_run_office(actor, season.code, selectors.host_path(season)):
        raise DomainError("forbidden")
    Season.objects.select_for_update().get(pk=season.pk)
    demand_unclosed(season)
    planned = selectors.rulebook_of(season).calendar.get(name)
    if planned is None:
        raise DomainError("window_unknown", name=name)
    return planned


def _demand_reason(
    planned: Window, sender: Delegation | None, reason: str, *, deviates: bool, moved: bool
) -> None:
    if reason:
        return
    if deviates:
        raise DomainError("window_deviates", title=planned.title, words=planned.words)
    if sender is not None:
        raise DomainError("window_own_reason", title=planned.title, name=sender.name)
    if moved:
        raise DomainError("window_moved_reason", title=planned.title)


def _day(moment: datetime) -> date:
    return timezone.localtime(moment, timezone.get_default_timezone()).date()


def _record(
    actor: Actor, window: CalendarWindow, planned: Window, *, deviates: bool, at: datetime
) -> None:
    told: dict[str, object] = {
        "name": window.name,
        "title": planned.title,
        "opens_at": ledger.instant(window.opens_at),
        "closes_at": ledger.instant(window.closes_at),
        "reason": window.reason,
    }
    act = "calendar.deviated" if deviates else "calendar.set"
    if window.notice:
        told["notice"] = window.notice
    if window.delegation is not None:
        told |= {"unit": window.delegation.unit.code, "delegation": window.delegation.name}
        act = "calendar.own"
    ledger.append(
        chain=window.season.code,
        actor=actor,
        act=act,
        subject=f"season:{window.season.code}",
        data=told,
        at=at,
    )
