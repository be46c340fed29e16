"""The standing on a hall's screen. A hall's computer opens it, and nobody signs in at it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from leitai.results import selectors


@require_safe
@never_cache
def hall(request: HttpRequest, season: str, stage: str) -> HttpResponse:
    """Before publication it says so, and shows the standing by itself as soon as it may."""
    asked = {name: request.GET.get(name, "") for name in ("track", "board", "part")}
    standing = selectors.hall_standing(season, stage, **asked)
    context = {"standing": standing, "query": request.GET.urlencode()}
    return render(request, "web/standing.html", context)
