"""The portal: the front page, and the way to what is mine to do now."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.seasons import services as seasons
from leitai.seasons.selectors import feeds
from leitai.web import calendars, portal, recomputing, supervision
from leitai.web.state import state_of_house


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """The house's home page: the season that is on, the others, and the news of all."""
    page = portal.front_page(now=timezone.now())
    if page.front is not None:
        request.shown_season = page.front.season.code  # type: ignore[attr-defined]  # for the frame
    return render(request, "web/front.html", {"page": page})


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
    waiting = portal.open_orders(_actor(request), season, now=timezone.now())
    context = {"season": found, "stages": stages, "waiting": waiting}
    context["registers"] = portal.registers(found)
    context["contests"] = portal.own_contests(_actor(request), now=timezone.now())
    return render(request, "web/unit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def my_calendar(request: HttpRequest) -> HttpResponse:
    """The secret address of one's own calendar: shown once, when it is made."""
    actor, address = _actor(request), ""
    if request.POST.get("act") == "drop":
        seasons.drop_feed(actor=actor)
        messages.success(request, _("订阅地址已停用。"))
        return redirect("web:my-calendar")
    if request.method == "POST":
        token = seasons.make_feed(actor=actor, at=timezone.now())
        address = request.build_absolute_uri(reverse("web:personal-feed", args=[token]))
    context = {"feed": feeds.feed_of(actor), "address": address}
    return render(request, "web/my_calendar.html", context)


@require_safe
@login_required
def recompute(request: HttpRequest, season: str, stage: str) -> HttpResponse:
    """Marks, logs, scores and rules of a stage, for `leitai rulebook decide`."""
    answer = HttpResponse(
        recomputing.archive_of(_actor(request), season, stage), content_type="application/zip"
    )
    answer["Content-Disposition"] = f'attachment; filename="{season}-{stage}-tables.zip"'
    return answer


@require_safe
@never_cache
def personal_feed(request: HttpRequest, token: str) -> HttpResponse:
    """For a calendar that subscribes: the token alone says whose it is."""
    feed = calendars.personal_feed(token, at=timezone.now())
    return HttpResponse(feed, content_type=feeds.TYPE)


@require_safe
@login_required
def supervise(request: HttpRequest, season: str) -> HttpResponse:
    """What was opened, complained of and interfered with, out of the record."""
    page = supervision.page_for(_actor(request), season, at=timezone.now())
    return render(request, "web/supervision.html", {"page": page, "season": page.season})


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
