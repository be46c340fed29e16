"""Draws as the public sees them: from publication on, with everything to recompute them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from leitai.base.actor import Actor
from leitai.seasons import selectors


@require_safe
def listing(request: HttpRequest, season: str) -> HttpResponse:
    held = selectors.get_season_for(_actor(request), season)
    page = selectors.page_of_draws(held, request.GET.get("page", ""), public=True)
    return render(request, "seasons/draws.html", {"season": held, "page": page})


@require_safe
def one(request: HttpRequest, season: str, draw: int) -> HttpResponse:
    """What happened, step by step; the island recomputes it in the browser."""
    held = selectors.get_public_draw(selectors.get_season_for(_actor(request), season), draw)
    page = selectors.draw_page(_actor(request), held, at=timezone.now())
    return render(request, "seasons/draw.html", {"season": held.season, "page": page})


@require_safe
def record(request: HttpRequest, season: str, draw: int) -> HttpResponse:
    """The record for `leitai draw verify`."""
    held = selectors.get_public_draw(selectors.get_season_for(_actor(request), season), draw)
    answer = JsonResponse(
        selectors.draw_record(held), json_dumps_params={"ensure_ascii": False, "indent": 1}
    )
    answer["Content-Disposition"] = f'attachment; filename="draw-{held.season.code}-{draw}.json"'
    return answer


@require_safe
def display(request: HttpRequest, season: str, draw: int) -> HttpResponse:
    """The hall's screen: it asks again every two seconds."""
    held = selectors.get_public_draw(selectors.get_season_for(_actor(request), season), draw)
    page = selectors.draw_page(_actor(request), held, at=timezone.now())
    return render(request, "seasons/draw_display.html", {"season": held.season, "page": page})


def _actor(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined, no-any-return]  # our door's
