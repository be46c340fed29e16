"""The two ends of a season's office: its first account, and the closing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django import forms as django_forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leitai.base.actor import Actor
from leitai.base.errors import text_of
from leitai.kernel.errors import DomainError
from leitai.seasons import rules, selectors, services
from leitai.seasons.forms import ClosingForm, FirstOfficeForm, ReopeningForm
from leitai.seasons.models import Season
from leitai.seasons.selectors.closing import closing_page

T = TypeVar("T")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def closing(request: HttpRequest, season: str) -> HttpResponse:
    """What is still open, and the act that ends the season."""
    held = selectors.get_season_of_office(_actor(request), season)
    form = ClosingForm(_posted(request))
    if form.is_valid():
        closed = _attempt(request, form, services.close_season, season=held)
        if closed is not None:
            messages.success(request, _("赛季已结束。公开页面、成绩和证书查验照常。"))
            return redirect("seasons:office", season)
    return _page(request, held, form)


@require_POST
@login_required
def reopening(request: HttpRequest, season: str) -> HttpResponse:
    """Ask for it: a deed of two officers, which goes on at its own page."""
    held = selectors.get_season_of_office(_actor(request), season)
    form = ReopeningForm(request.POST)
    if form.is_valid():
        proposal = _attempt(request, form, services.propose_reopening, season=held)
        if proposal is not None:
            return redirect("ledger:act", proposal.pk)
    return _page(request, held, form)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def first_office(request: HttpRequest, season: str) -> HttpResponse:
    """Who runs the season: asked for by an administrator while nobody does."""
    if not rules.can_give_first_office(_actor(request)):
        raise DomainError("forbidden")
    held = selectors.get_season(season)
    form = FirstOfficeForm(_posted(request))
    if form.is_valid():
        proposal = _attempt(request, form, services.propose_first_office, season=held)
        if proposal is not None:
            return redirect("ledger:act", proposal.pk)
    offices = services.offices_of(held, at=timezone.now())
    context = {"season": held, "law": selectors.rulebook_of(held), "form": form, "offices": offices}
    status = 422 if form.errors else 200
    return render(request, "seasons/first_office.html", context, status=status)


def _page(request: HttpRequest, season: Season, form: django_forms.Form) -> HttpResponse:
    page = closing_page(_actor(request), season, at=timezone.now())
    shown = ReopeningForm() if page.closed and not isinstance(form, ReopeningForm) else form
    shown.fields["reason"].required = page.closed or page.left
    status = 422 if form.errors else 200
    return render(request, "seasons/closing.html", {"page": page, "form": shown}, status=status)


def _attempt(
    request: HttpRequest, form: django_forms.Form, service: Callable[..., T], *, season: Season
) -> T | None:
    """What the service gives; None where it refuses, and the form then says why."""
    given = {"actor": _actor(request), "season": season, "at": timezone.now()}
    try:
        return service(**given, **form.cleaned_data)
    except DomainError as error:
        if error.code == "forbidden":
            raise
        form.add_error(None, text_of(error))
        return None


def _posted(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _actor(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined, no-any-return]  # our door's
