"""The season's pages: the public's, and the committee office's."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leitai.base.actor import Actor
from leitai.base.errors import text_of
from leitai.kernel.errors import DomainError
from leitai.seasons import forms, selectors, services

WANTS_REASON = {"window_deviates", "window_own_reason", "window_moved_reason"}


@require_safe
def public(request: HttpRequest, season: str) -> HttpResponse:
    """What, when, who: the season's own page."""
    held = selectors.get_season_for(_actor(request), season)
    page = selectors.public_page(held, at=timezone.now())
    return render(request, "seasons/season.html", {"page": page})


@require_safe
@login_required
def office(request: HttpRequest, season: str) -> HttpResponse:
    actor = _actor(request)
    held = selectors.get_season_of_office(actor, season)
    page = selectors.office_page(held, at=timezone.now())
    may_run = selectors.may_run(actor, held)
    return render(request, "seasons/office.html", {"page": page, "may_run": may_run})


@require_POST
@login_required
def assumption(request: HttpRequest, season: str, key: str) -> HttpResponse:
    """Confirm one answer; back to where it was confirmed (htmx takes the overview over)."""
    held = selectors.get_season(season)
    services.confirm_assumption(
        actor=_actor(request), season=held, key=key, at=timezone.now(), note=_note(request)
    )
    if request.POST.get("from") == "rules":
        return redirect(f"{reverse('seasons:rules', args=(season,))}#assumption-{key}")
    return redirect("seasons:office", season)


@require_POST
@login_required
def opening(request: HttpRequest, season: str) -> HttpResponse:
    held = selectors.get_season(season)
    services.open_season(actor=_actor(request), season=held, at=timezone.now())
    messages.success(request, _("赛季已启动，公开页面现在人人可见。"))
    return redirect("seasons:office", season)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def calendar(request: HttpRequest, season: str) -> HttpResponse:
    """Windows beside the notice's days; the form sets one of them."""
    actor = _actor(request)
    held = selectors.get_season_of_office(actor, season)
    page = selectors.calendar_page(held)
    chosen = forms.initial(page.windows, request.GET.get("name", ""))
    form = forms.WindowForm(page.law, page.delegations, request.POST or None, initial=chosen)
    if request.method == "POST" and form.is_valid() and _set_window(request, form, season):
        return redirect("seasons:calendar", season)
    reminding = forms.RemindForm(initial={"days": held.remind_days, "loud": held.remind_loud})
    context = {"page": page, "form": form, "reminding": reminding}
    context["may_run"] = selectors.may_run(actor, held)
    return render(request, "seasons/calendar.html", context, status=422 if form.errors else 200)


def _set_window(request: HttpRequest, form: forms.WindowForm, season: str) -> bool:
    """False where the rules refuse it: the form then says why, and keeps what was typed."""
    held = selectors.get_season(season)
    try:
        services.set_window(
            actor=_actor(request), season=held, at=timezone.now(), **form.cleaned_data
        )
    except DomainError as error:
        if error.code == "forbidden":
            raise
        form.add_error("reason" if error.code in WANTS_REASON else None, text_of(error))
        return False
    messages.success(request, _("日程已保存。"))
    return True


def _note(request: HttpRequest) -> str:
    return request.POST.get("note", "")[:500].strip()


def _actor(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined, no-any-return]  # our door's
