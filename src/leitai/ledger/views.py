"""The record of deciding acts, read-only."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from leitai.kernel.errors import DomainError
from leitai.ledger import rules, selectors, services


@require_safe
@login_required
def chain(request: HttpRequest, season: str) -> HttpResponse:
    if not rules.can_read_chain(request.actor, season):  # type: ignore[attr-defined]  # our door's
        raise DomainError("forbidden")
    page = selectors.page_of(season, request.GET.get("page"))
    context = {
        "chain": season,
        "page": page,
        "lines": selectors.lines(page.object_list),
        "verdict": services.verify_chain(season),
    }
    return render(request, "ledger/chain.html", context)
