"""公示公告 for everybody: never indexed while there is a list, and gone after the period."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from leitai.base.actor import Actor
from leitai.notices import selectors
from leitai.seasons.selectors import get_season_for

GONE = 410  # so that whoever kept a copy of the list (a search engine, a cache) drops it
NO_INDEX = "noindex, nofollow, noarchive"


@require_safe
@never_cache
def listed(request: HttpRequest, season: str) -> HttpResponse:
    held = get_season_for(actor_of(request), season)
    page, rows = selectors.public_page(held, request.GET.get("page"), at=timezone.now())
    return render(request, "notices/public.html", {"season": held, "page": page, "rows": rows})


@require_safe
@never_cache
def one(request: HttpRequest, season: str, notice: int) -> HttpResponse:
    held = get_season_for(actor_of(request), season)
    shown = selectors.get_public_notice(held, notice, at=timezone.now())
    context = {"season": held, "shown": shown}
    status = 200 if shown.list_open else GONE
    response = render(request, "notices/public_one.html", context, status=status)
    response.headers["X-Robots-Tag"] = NO_INDEX
    return response


def actor_of(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]  # put there by the door
    return actor
