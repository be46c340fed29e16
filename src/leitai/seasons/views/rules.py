"""The rules as everybody reads them: the version in force, older ones, and how two differ."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from leitai.base.actor import Actor
from leitai.seasons import selectors


@require_safe
def law(request: HttpRequest, season: str) -> HttpResponse:
    """The rules in force, the notice's own words beside each; the office confirms what is open."""
    return _page(request, season, None)


@require_safe
def version(request: HttpRequest, season: str, number: int) -> HttpResponse:
    """A version as it read when it was in force."""
    return _page(request, season, number)


@require_safe
def diff(request: HttpRequest, season: str, old: int, new: int) -> HttpResponse:
    """What changed between two versions, in words; a form may ask for two others."""
    held = selectors.get_season_for(_actor(request), season)
    asked = [request.GET.get(name, "") for name in ("old", "new")]
    if all(one.isdecimal() and len(one) < 6 for one in asked):
        return redirect("seasons:rules-diff", season, *map(int, asked))
    page = selectors.diff_page(held, old, new)
    return render(request, "seasons/rules_diff.html", {"page": page})


def _page(request: HttpRequest, season: str, number: int | None) -> HttpResponse:
    actor = _actor(request)
    held = selectors.get_season_for(actor, season)
    page = selectors.rules_page(held, number)
    context = {"page": page, "may_run": selectors.may_run(actor, held) and not page.old}
    return render(request, "seasons/rules.html", context)


def _actor(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined, no-any-return]  # our door's
