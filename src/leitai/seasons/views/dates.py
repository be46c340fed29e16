"""The calendar in public, as a page and as a file; and when people are reminded."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from leitai.base.actor import Actor
from leitai.seasons import forms, selectors, services
from leitai.seasons.selectors import feeds
from leitai.seasons.selectors.dates import dates_page


@require_safe
def dates(request: HttpRequest, season: str) -> HttpResponse:
    """Every window, what it was before, and why it moved."""
    held = selectors.get_season_for(_actor(request), season)
    return render(request, "seasons/dates.html", {"page": dates_page(held)})


@require_safe
def feed(request: HttpRequest, season: str) -> HttpResponse:
    """The same for a calendar that subscribes."""
    held = selectors.get_season_for(_actor(request), season)
    answer = HttpResponse(feeds.season_feed(held), content_type=feeds.TYPE)
    answer["Content-Disposition"] = f'inline; filename="{held.code}.ics"'
    return answer


@require_POST
@login_required
def reminders(request: HttpRequest, season: str) -> HttpResponse:
    held = selectors.get_season_of_office(_actor(request), season)
    form = forms.RemindForm(request.POST)
    if form.is_valid():
        services.set_reminders(
            actor=_actor(request), season=held, at=timezone.now(), **form.cleaned_data
        )
        messages.success(request, _("到期提醒已保存。"))
    else:
        messages.error(request, _("提前的天数应在0到30之间；填0就不提醒。"))
    return redirect("seasons:calendar", season)


def _actor(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined, no-any-return]  # our door's
