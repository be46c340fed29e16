"""The desk's pages for bulletins, and the docx."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leitai.base.errors import text_of
from leitai.base.forms import refuse
from leitai.kernel.errors import DomainError
from leitai.newsroom import printing, selectors, services, taking
from leitai.newsroom.forms import EntryForm, IssueForm, entry_forms, fit
from leitai.newsroom.models import Bulletin
from leitai.newsroom.views.common import actor_of, keep

_PAGES = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@login_required
def issues(request: HttpRequest, season: str) -> HttpResponse:
    page = selectors.issues_for(actor_of(request), season, number=request.GET.get("page"))
    return render(request, "newsroom/issues.html", {"issues": page})


@_PAGES
@login_required
def new(request: HttpRequest, season: str) -> HttpResponse:
    held, now = selectors.get_season_of_desk(actor_of(request), season), timezone.now()
    choices = selectors.choices_of(held)
    data = request.POST if request.method == "POST" else None
    form = IssueForm(data, initial=IssueForm.told(selectors.next_issue(held, at=now)))
    if form.is_valid():
        try:
            made = taking.take_new_bulletin(request, held, form, choices, now)
        except DomainError as error:
            refuse(form, error)
        else:
            return redirect("newsroom:bulletin-edit", season, made.pk)
    context = {"season": held, "form": form, "choices": choices}
    return render(request, "newsroom/issue_new.html", context, status=422 if form.errors else 200)


@_PAGES
@login_required
def edit(request: HttpRequest, season: str, composed: int) -> HttpResponse:
    held = selectors.get_bulletin_of_desk(actor_of(request), season, composed)
    data = request.POST if request.method == "POST" else None
    form = IssueForm(data, initial=IssueForm.told(held))
    entries = entry_forms(selectors.entries_of(held), data)
    if form.is_valid() and fit(entries):
        try:
            taking.take_bulletin(request, held, form, entries, timezone.now())
        except DomainError as error:
            refuse(form, error)
        else:
            messages.success(request, _("已保存，尚未发布。"))
            return redirect("newsroom:bulletin-edit", season, composed)
    return _page(request, held, form, entries, status=422 if data is not None else 200)


@require_POST
@login_required
def publish(request: HttpRequest, season: str, composed: int) -> HttpResponse:
    held = selectors.get_bulletin_of_desk(actor_of(request), season, composed)
    try:
        services.publish_bulletin(actor=actor_of(request), bulletin=held, at=timezone.now())
    except DomainError as error:
        form = IssueForm(initial=IssueForm.told(held))
        entries = entry_forms(selectors.entries_of(held))
        return _page(request, held, form, entries, status=422, refusal=text_of(error))
    messages.success(request, _("已发布，人人可见。"))
    return redirect("newsroom:bulletin-edit", season, composed)


@require_POST
@login_required
def drop(request: HttpRequest, season: str, composed: int) -> HttpResponse:
    held = selectors.get_bulletin_of_desk(actor_of(request), season, composed)
    services.drop_bulletin(actor=actor_of(request), bulletin=held)
    messages.success(request, _("草稿已删去。"))
    return redirect("newsroom:bulletins", season)


@require_safe
@login_required
def docx(request: HttpRequest, season: str, composed: int) -> HttpResponse:
    held = selectors.get_bulletin_for_reading(actor_of(request), season, composed)
    return docx_of(held)


def docx_of(bulletin: Bulletin) -> HttpResponse:
    data = printing.write_bulletin(bulletin, selectors.readable_entries(bulletin))
    named = {"heading": bulletin.heading, "number": bulletin.number}
    return keep(data, printing.TYPE, _("%(heading)s第%(number)s期.docx") % named)


def _page(
    request: HttpRequest,
    bulletin: Bulletin,
    form: IssueForm,
    entries: list[EntryForm],
    *,
    status: int,
    refusal: str = "",
) -> HttpResponse:
    context = {
        "season": bulletin.season,
        "bulletin": bulletin,
        "form": form,
        "entries": entries,
        "choices": selectors.choices_of(bulletin.season, bulletin),
        "refusal": refusal,
    }
    return render(request, "newsroom/issue_edit.html", context, status=status)
