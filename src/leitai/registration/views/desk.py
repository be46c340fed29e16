"""The office's desk: what was handed in, and the three answers to it."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from leitai.base.errors import text_of
from leitai.kernel.errors import DomainError
from leitai.registration import selectors, services
from leitai.registration.models import Registration
from leitai.registration.views.common import actor_of, may_review, season_of_desk, who
from leitai.seasons import selectors as seasons
from leitai.seasons.models import Season
from leitai.seasons.services import confirm_entries
from leitai.units import selectors as units


@require_safe
@login_required
def desk(request: HttpRequest, season: str) -> HttpResponse:
    """`state`, `delegation`, `track` and `q` narrow it down."""
    return _desk(request, season_of_desk(request, season))


@require_POST
@login_required
def confirm(request: HttpRequest, season: str, stage: str) -> HttpResponse:
    """The list of a stage, as far as the review has passed all of it."""
    held = season_of_desk(request, season)
    try:
        codes = confirm_entries(season=held, stage=stage, **who(request))
    except DomainError as error:
        if error.code in {"forbidden", "not_found"}:
            raise
        return _desk(request, held, refusal=text_of(error))
    if codes:
        messages.success(request, _("名单已确认，共%(count)s人。") % {"count": len(codes)})
    else:
        messages.info(request, _("没有待确认的人员。"))
    return redirect("registration:desk", season)


def _desk(request: HttpRequest, held: Season, refusal: str = "") -> HttpResponse:
    query = selectors.DeskQuery.of(request.GET.dict())
    context = {
        "refusal": refusal,
        "may_review": may_review(request, held),
        "season": held,
        "query": query,
        "page": selectors.page_of_desk(held, query, request.GET.get("page")),
        "delegations": units.list_delegations(held.code),
        "tracks": seasons.rulebook_of(held).tracks,
        "desk": selectors.desk_of(held),
    }
    return render(request, "registration/desk.html", context, status=422 if refusal else 200)


@require_POST
@login_required
def accept(request: HttpRequest, season: str, number: int) -> HttpResponse:
    held = _held(request, season, number)
    ticked = {int(text) for text in request.POST.getlist("check") if text.isdecimal()}
    note = request.POST.get("note", "")[:500]

    def act() -> None:
        services.pass_registration(registration=held, ticked=ticked, note=note, **who(request))

    return _decide(request, held, act, _("已通过审核。"))


@require_POST
@login_required
def give_back(request: HttpRequest, season: str, number: int) -> HttpResponse:
    held = _held(request, season, number)

    def act() -> None:
        services.return_registration(
            registration=held, reason=request.POST.get("reason", "")[:500], **who(request)
        )

    return _decide(request, held, act, _("已退回单位修改。"))


@require_POST
@login_required
def refuse(request: HttpRequest, season: str, number: int) -> HttpResponse:
    held = _held(request, season, number)

    def act() -> None:
        services.refuse_registration(
            registration=held, reason=request.POST.get("reason", "")[:500], **who(request)
        )

    return _decide(request, held, act, _("已登记为审核不通过，名额已退回。"))


def _held(request: HttpRequest, season: str, number: int) -> Registration:
    held = season_of_desk(request, season)
    return selectors.get_registration_for(actor_of(request), held, number)


def _decide(
    request: HttpRequest, held: Registration, act: Callable[[], None], words: str
) -> HttpResponse:
    """Then on to the next that waits; a refusal is shown on the registration's own page."""
    try:
        act()
    except DomainError as error:
        if error.code == "forbidden":
            raise
        return _refused(request, held, text_of(error))
    messages.success(request, words)
    return redirect("registration:one", held.season.code, held.pk)


def _refused(request: HttpRequest, held: Registration, refusal: str) -> HttpResponse:
    """Ticks and the typed reason stay."""
    context = {
        "page": selectors.one_page(actor_of(request), held, at=timezone.now()),
        "one": held,
        "season": held.season,
        "refusal": refusal,
        "ticked": request.POST.getlist("check"),
        "typed": request.POST.get("reason", ""),
    }
    return render(request, "registration/one.html", context, status=422)
