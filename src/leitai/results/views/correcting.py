"""Correct a mark: whose it is, what the correction would do, and the proposal."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from leitai.kernel.errors import DomainError
from leitai.ledger.enums import ProposalState
from leitai.results import attachments, selectors, services
from leitai.results.forms import CorrectionForm, refuse
from leitai.results.services.correcting import foresee
from leitai.results.views.results import actor_of


@require_safe
@login_required
def find(request: HttpRequest, season: str, stage: str) -> HttpResponse:
    words, number = request.GET.get("q", ""), request.GET.get("page", "1")
    page = selectors.find_page(actor_of(request), season, stage, words, number)
    return render(request, "results/correct_find.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def correct(
    request: HttpRequest, season: str, stage: str, track: str, entry: str, event: str
) -> HttpResponse:
    """First what it would do; with `propose` it is proposed."""
    actor = actor_of(request)
    page = selectors.mark_page(actor, season, stage, track=track, entry=entry, event=event)
    form = CorrectionForm(page, request.POST or None)
    lines: list[str] = []
    if form.is_valid():
        try:
            lines = foresee(season=page.season, correction=form.wanted())
            if "propose" in request.POST:
                return _propose(request, page, form)
        except DomainError as error:
            refuse(form, error)
    context = {"page": page, "form": form, "lines": lines}
    return render(request, "results/correct.html", context, status=422 if form.errors else 200)


def _propose(request: HttpRequest, page: selectors.MarkPage, form: CorrectionForm) -> HttpResponse:
    at = timezone.now()
    asked = services.propose_correction(
        actor=actor_of(request),
        season=page.season,
        correction=form.wanted(),
        reason=form.cleaned_data["reason"],
        uploads=attachments.take(request, at=at),
        at=at,
    )
    if asked.state == ProposalState.OPEN:
        messages.success(request, _("已提出更正，等待另一名人员批准。"))
        return redirect("ledger:act", asked.pk)
    messages.success(request, _("成绩已更正，名次已重新计算。"))
    return redirect("results:office", page.season.code, page.stage.code)
