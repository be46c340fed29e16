"""Entries of a stage, what a unit asks to change, and the office's answers."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leitai.base.errors import text_of
from leitai.kernel.errors import DomainError
from leitai.registration import forms, selectors, services
from leitai.registration.views.common import actor_of, may_review, season_of_desk, who
from leitai.seasons import selectors as seasons
from leitai.seasons.models import Entry, Season


@require_safe
@login_required
def entries(request: HttpRequest, season: str, stage: str) -> HttpResponse:
    held = seasons.get_season(season)
    found = seasons.get_stage(held, stage)
    senders = selectors.senders_for(actor_of(request), held)
    context: dict[str, object] = {
        "stages": held.stages.all(),
        "tracks": seasons.rulebook_of(held).tracks,
        "freeze": selectors.freeze_of(held, found),
        "page": selectors.page_of_entries(found, senders, request.GET.get("page")),
        "left": seasons.LEFT,
        "own": {one.pk for one in selectors.delegations_for(actor_of(request), held)},
    }
    context |= {"season": held, "stage": found}
    return render(request, "registration/entries.html", context)


@require_POST
@login_required
def leave(request: HttpRequest, season: str, number: int) -> HttpResponse:
    """Of a leader, a substitute or a coach, who stands in no list of entries."""
    held = selectors.get_registration_for(actor_of(request), seasons.get_season(season), number)
    reason = request.POST.get("reason", "")[:500]
    services.ask_withdrawal(registration=held, reason=reason, **who(request))
    messages.success(request, _("申请已提出，等待组委会办公室审批。"))
    return redirect("registration:one", season, number)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def ask(request: HttpRequest, season: str, entry: int) -> HttpResponse:
    held = seasons.get_season(season)
    found = selectors.get_entry_for(actor_of(request), held, entry)
    form = _change_form(request)
    if not form.is_bound:
        return _ask(request, held, found, form)
    if not form.is_valid():
        return _ask(request, held, found, form, refusal=_("请选择申请事项，填写原因。"))
    try:
        services.ask_change(entry=found, **form.cleaned_data, **who(request))
    except DomainError as error:
        return _ask(request, held, found, form, refusal=text_of(error))
    messages.success(request, _("申请已提出，等待组委会办公室审批。"))
    return redirect("registration:entries", season, found.stage.code)


@require_safe
@login_required
def office(request: HttpRequest, season: str) -> HttpResponse:
    return _office(request, season_of_desk(request, season))


@require_POST
@login_required
def decide(request: HttpRequest, season: str, change: int) -> HttpResponse:
    held = season_of_desk(request, season)
    asked = selectors.get_change(held, change)
    act = services.approve_change if "approve" in request.POST else services.decline_change
    try:
        act(change=asked, note=request.POST.get("note", "")[:500], **who(request))
    except DomainError as error:
        if error.code == "forbidden":
            raise
        return _office(request, held, refusal=text_of(error), refused=change)
    messages.success(request, _("已办理。"))
    return redirect("registration:changes", season)


def _change_form(request: HttpRequest) -> forms.ChangeForm:
    """A search for a successor keeps what was typed, and judges nothing yet."""
    if request.method == "POST" and "find" not in request.POST:
        return forms.ChangeForm(request.POST)
    return forms.ChangeForm(initial={**request.GET.dict(), **request.POST.dict()})


def _ask(
    request: HttpRequest,
    held: Season,
    found: Entry,
    form: forms.ChangeForm,
    refusal: str = "",
) -> HttpResponse:
    words = (request.POST.get("q") or request.GET.get("q", ""))[:50]
    context = {
        "season": held,
        "entry": found,
        "form": form,
        "refusal": refusal,
        "words": words,
        "found": selectors.find_people(found.delegation, held, words),
        "chosen": form["person"].value() or "",
        "freeze": selectors.frozen(held, found.stage, timezone.now()),
    }
    status = 422 if refusal else 200
    return render(request, "registration/ask.html", context, status=status)


def _office(
    request: HttpRequest, held: Season, refusal: str = "", refused: int = 0
) -> HttpResponse:
    context = {
        "season": held,
        "page": selectors.page_of_changes(held, request.GET.get("page")),
        "refusal": refusal,
        "refused": refused,
        "may_review": may_review(request, held),
    }
    status = 422 if refusal else 200
    return render(request, "registration/changes.html", context, status=status)
