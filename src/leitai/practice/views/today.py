"""«今天», the page of an exercise, and a set once it was handed in."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from leitai.bank.enums import ItemType
from leitai.practice.selectors import studying, wrong
from leitai.practice.selectors.grounds import Ground
from leitai.practice.selectors.today import today_page
from leitai.practice.selectors.wrong import Wanted
from leitai.practice.services import giving
from leitai.practice.services.learning import join as join_season
from leitai.practice.views.common import actor_of, ground_of, own_of, page

_ANY_SET = "0" * 32
_PARTS = ("module", "topic", "type", "cause")


@require_safe
def today(request: HttpRequest, season: str) -> HttpResponse:
    """Open to everybody; who has no account sees the day's set, and nothing is recorded."""
    ground = ground_of(request, season)
    context = {"today": today_page(ground), "lane": settings.LEITAI_LANE_URL}
    return page(request, "today", ground, context)


@require_POST
@login_required
def join(request: HttpRequest, season: str) -> HttpResponse:
    """The first set makes a learner; nobody registers anywhere else for it."""
    ground = ground_of(request, season)
    join_season(actor=actor_of(request), season=season, at=timezone.now())
    main = studying.main_of(studying.exercises_of(ground, studying.NOTHING_DONE))
    return (
        redirect("practice:study", season, main.name)
        if main
        else redirect("practice:today", season)
    )


@require_safe
def study(request: HttpRequest, season: str, act: str) -> HttpResponse:
    """The player with the next sets: of the day, of what was picked, or of the own book."""
    ground = ground_of(request, season)
    if ground.learner is None and actor_of(request).known:
        return redirect("practice:today", season)
    exercise = studying.exercise_of(ground, act, studying.done_today(ground))
    wanted = Wanted(request.GET.get("from", ""), *(request.GET.get(part, "") for part in _PARTS))
    given = giving.sets_wanted(ground, exercise, wanted)
    data = giving.player_data(
        ground, exercise, given, _urls(ground, request, act), settings.LEITAI_LANE_URL
    )
    context = {"exercise": exercise, "data": data, "wanted": wanted, "given": given}
    return page(request, "study", ground, context)


@require_safe
@login_required
def marked(request: HttpRequest, season: str, given: str) -> HttpResponse:
    """The own set with its marks; as JSON for the player."""
    ground, learner = own_of(request, season)
    try:
        day = date.fromisoformat(request.GET["day"]) if "day" in request.GET else None
    except ValueError:
        day = None
    found = studying.marked_set(ground, learner, given, day=day)
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse(studying.marked_data(found))
    return page(request, "marked", ground, {"marked": found})


@require_safe
def modules(request: HttpRequest, season: str) -> HttpResponse:
    """Which module or type to practise."""
    ground = ground_of(request, season)
    exercises = studying.exercises_of(ground, studying.done_today(ground))
    groups = wrong.stock_groups(ground)
    context = {"exercises": exercises, "groups": groups, "types": ItemType.choices}
    return page(request, "modules", ground, context)


def _urls(ground: Ground, request: HttpRequest, act: str) -> dict[str, str]:
    """Addresses for the player; {set} and {item} are for it to fill in."""
    code = ground.season.code
    item = reverse("practice:item", args=[code, 0]).replace("/0/", "/{item}/")
    again = reverse("practice:study", args=[code, act])
    query = urlencode([(key, str(value)) for key, value in request.GET.items() if value])
    return {
        "today": reverse("practice:today", args=[code]),
        "set": reverse("practice:set", args=[code, _ANY_SET]).replace(_ANY_SET, "{set}"),
        "again": f"{again}?{query}" if query else again,
        "item": item,
        "mark": f"{item}mark/",
        "report": f"{item}report/",
    }
