"""What a body decided: ties, lists, awards; and places that were given up."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leitai.kernel.errors import DomainError
from leitai.ledger.enums import ProposalState
from leitai.results import attachments, selectors, services
from leitai.results.forms import AwardForm, DecisionForm, MovingForm, refuse
from leitai.results.views.results import actor_of
from leitai.seasons.selectors import get_season

both = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@login_required
def desk(request: HttpRequest, season: str) -> HttpResponse:
    page = selectors.desk_page(actor_of(request), season)
    return render(request, "results/desk.html", {"page": page})


@both
@login_required
def decide(request: HttpRequest, season: str, stage: str, version: int, index: int) -> HttpResponse:
    """A tie's order, or a list's confirmation, as the body decided it."""
    page = selectors.tie_page(actor_of(request), season, stage, version, index)
    form = DecisionForm(page, request.POST or None)
    if form.is_valid() and _decided(request, page, form):
        messages.success(request, _("决定已登记，成绩已重新计算。"))
        return redirect("results:office", season, stage)
    context = {"page": page, "form": form}
    return render(request, "results/decide.html", context, status=422 if form.errors else 200)


def _decided(request: HttpRequest, page: selectors.TiePage, form: DecisionForm) -> bool:
    at = timezone.now()
    try:
        services.resolve_by_decision(
            actor=actor_of(request),
            result=page.result,
            index=page.tie.index,
            uploads=attachments.take(request, at=at),
            at=at,
            **form.wanted(),
        )
    except DomainError as error:
        refuse(form, error)
    return not form.errors


@require_safe
@login_required
def awards(request: HttpRequest, season: str) -> HttpResponse:
    page = selectors.awards_page(actor_of(request), season)
    return render(request, "results/awards.html", {"page": page})


@both
@login_required
def award(request: HttpRequest, season: str, award: str) -> HttpResponse:
    page = selectors.award_page(actor_of(request), season, award)
    form = AwardForm(page, request.POST or None)
    if form.is_valid() and _awarded(request, page, form):
        messages.success(request, _("评定结果已登记。成绩另出新版，确认后生效。"))
        return redirect("results:awards", season)
    context = {"page": page, "form": form}
    return render(request, "results/award.html", context, status=422 if form.errors else 200)


def _awarded(request: HttpRequest, page: selectors.AwardPage, form: AwardForm) -> bool:
    at = timezone.now()
    try:
        services.decide_award(
            actor=actor_of(request),
            season=page.season,
            award=page.decided.award.id,
            uploads=attachments.take(request, at=at),
            at=at,
            **form.wanted(),
        )
    except DomainError as error:
        refuse(form, error)
    return not form.errors


@require_safe
@login_required
def moving(request: HttpRequest, season: str) -> HttpResponse:
    page = selectors.moving_page(actor_of(request), season)
    return render(request, "results/moving.html", {"page": page, "form": MovingForm()})


@require_POST
@login_required
def move_up(request: HttpRequest, season: str) -> HttpResponse:
    actor, form = actor_of(request), MovingForm(request.POST)
    page = selectors.moving_page(actor, season)
    if not form.is_valid():
        return render(request, "results/moving.html", {"page": page, "form": form}, status=422)
    asked = services.propose_moving_up(
        actor=actor, season=get_season(season), at=timezone.now(), **form.cleaned_data
    )
    if asked.state == ProposalState.OPEN:
        messages.success(request, _("已提出递补，等待另一名人员批准。"))
        return redirect("ledger:act", asked.pk)
    messages.success(request, _("递补已办理。"))
    return redirect("results:moving", season)
