"""What everybody sees: the home page, news, bulletins."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from leitai.newsroom import selectors
from leitai.newsroom.views.bulletins import docx_of
from leitai.newsroom.views.common import actor_of
from leitai.seasons.selectors import get_season_for


@require_safe
def home(request: HttpRequest, season: str) -> HttpResponse:
    held = get_season_for(actor_of(request), season)
    front = selectors.front_of(held, at=timezone.now())
    return render(request, "newsroom/home.html", {"season": held, "front": front})


@require_safe
def news(request: HttpRequest, season: str) -> HttpResponse:
    kind, number = request.GET.get("kind", ""), request.GET.get("page")
    board = selectors.board_for(actor_of(request), season, kind=kind, number=number)
    return render(request, "newsroom/news.html", {"season": board.season, "board": board})


@require_safe
def article(request: HttpRequest, season: str, article: int) -> HttpResponse:
    found = selectors.get_public_article(actor_of(request), season, article)
    context = {"season": found.article.season, "read": found}
    return render(request, "newsroom/article.html", context)


@require_safe
def bulletins(request: HttpRequest, season: str) -> HttpResponse:
    issues = selectors.public_issues(actor_of(request), season, number=request.GET.get("page"))
    return render(request, "newsroom/bulletins.html", {"season": issues.season, "issues": issues})


@require_safe
def bulletin(request: HttpRequest, season: str, bulletin: int) -> HttpResponse:
    found = selectors.get_public_bulletin(actor_of(request), season, bulletin)
    context = {
        "season": found.season,
        "bulletin": found,
        "entries": selectors.readable_entries(found),
    }
    return render(request, "newsroom/bulletin.html", context)


@require_safe
def docx(request: HttpRequest, season: str, bulletin: int) -> HttpResponse:
    return docx_of(selectors.get_public_bulletin(actor_of(request), season, bulletin))
