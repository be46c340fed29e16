"""The public page of boards of units."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from leitai.insight import selectors
from leitai.insight.views.figures import actor_of


@require_safe
def boards(request: HttpRequest, season: str) -> HttpResponse:
    page = selectors.boards_page(actor_of(request), season, at=timezone.now())
    return render(request, "insight/boards.html", {"page": page})
