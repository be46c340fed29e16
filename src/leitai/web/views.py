"""The portal: the front page, and the way to what is mine to do now."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.web import portal
from leitai.web.state import state_of_house


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """The seasons that are open to the public; where there is but one, its own page."""
    found = portal.public_seasons()
    if len(found) == 1:
        return redirect("seasons:public", found[0].code)
    cards = [portal.card_of(season, now=timezone.now()) for season in found]
    return render(request, "web/front.html", {"cards": cards})


@require_safe
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """To each role's first screen."""
    address = portal.first_screen(_actor(request))
    if address:
        return redirect(address)
    return render(request, "web/home.html", {"duties": portal.duties_of(_actor(request))})


@require_safe
@login_required
@never_cache
def mine(request: HttpRequest) -> HttpResponse:
    """The contestant's first screen. It shows admission codes: no cache keeps it."""
    now = timezone.now()
    page = portal.mine_of(_actor(request), now=now)
    return render(request, "web/mine.html", {"mine": page, "now": now})


@require_safe
@login_required
def unit(request: HttpRequest, season: str) -> HttpResponse:
    """The unit manager's first screen: the own people and how far they are."""
    found, stages = portal.unit_page(_actor(request), season)
    return render(request, "web/unit.html", {"season": found, "stages": stages})


@require_safe
@login_required
@never_cache
def state(request: HttpRequest) -> HttpResponse:
    if not portal.can_operate(_actor(request)):
        raise DomainError("forbidden")
    now = timezone.now()
    found = state_of_house(now_ms=int(now.timestamp() * 1000))
    return render(request, "web/state.html", {"state": found, "now": now})


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """For supervisors and load balancers: the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]  # put there by the door
    return actor
