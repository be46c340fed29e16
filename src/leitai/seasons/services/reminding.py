"""Reminders before something is due, each said once; quiet unless the office asks for more."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from leitai.design import moments
from leitai.messages import services as messages
from leitai.messages.enums import Kind
from leitai.people.enums import Role
from leitai.people.models import Appointment
from leitai.seasons.enums import SeasonState
from leitai.seasons.models import CalendarWindow, Season
from leitai.seasons.selectors.duties import Duty, list_duties
from leitai.units import selectors as units

SENDERS = (Role.UNIT_MANAGER, Role.LOCAL_OFFICE)


def remind_due(*, at: datetime) -> int:
    """Tell whoever's duty falls due within the season's days; returns how many were told of."""
    told = 0
    for season in Season.objects.filter(state=SeasonState.OPEN, remind_days__gt=0):
        until = at + timedelta(days=season.remind_days)
        for duty in list_duties(season, at=at):
            if at < duty.due <= until:
                told += _remind(season, duty, at)
    return told


def _remind(season: Season, duty: Duty, at: datetime) -> int:
    accounts = holders_of(season.code, duty.roles, duty.unit_path, at=at)
    if not accounts:
        return 0
    moment = moments.moment_text(duty.due, "full")
    messages.tell(
        to=accounts,
        kind=Kind.TASK,
        title=_("%(what)s：请在%(moment)s前办理") % {"what": duty.what, "moment": moment},
        body=_("%(who)s还没有办理“%(what)s”。已经办好的，请忽略本提醒。")
        % {"who": duty.who, "what": duty.what},
        link=duty.url,
        deadline=duty.due,
        season=season.code,
        key=f"duty:{season.code}:{duty.key}:{duty.due:%Y%m%d%H%M}",
        inbox_only=not season.remind_loud,
        at=at,
    )
    return 1


def holders_of(season: str, roles: tuple[str, ...], path: str, *, at: datetime) -> list[int]:
    """The accounts that hold one of the roles over just this unit, in the season or in all."""
    held = Appointment.objects.filter(
        Q(until=None) | Q(until__gt=at),
        role__in=roles,
        scope__in=["", season],
        unit__path=path,
        since__lte=at,
        account__is_active=True,
    )
    return sorted(set(held.values_list("account_id", flat=True)))


def tell_moved(window: CalendarWindow, title: str, *, at: datetime) -> None:
    """Tell those who send contestants that a window was moved: all, or the one delegation."""
    season, own = window.season, window.delegation
    senders = [own] if own else list(units.list_delegations(season.code))
    to = [
        account
        for sender in senders
        for account in holders_of(season.code, SENDERS, sender.unit.path, at=at)
    ]
    if not to:
        return
    opens, closes = (
        moments.moment_text(one, "full") for one in (window.opens_at, window.closes_at)
    )
    told = {"title": title, "opens": opens, "closes": closes, "reason": window.reason}
    messages.tell(
        to=to,
        kind=Kind.NOTICE,
        title=_("“%(title)s”的时间已调整") % told,
        body=_("现在是%(opens)s至%(closes)s。原因：%(reason)s") % told,
        link=reverse("seasons:dates", args=[season.code]),
        season=season.code,
        key=f"window:{window.pk}",
        inbox_only=not season.remind_loud,
        at=at,
    )
