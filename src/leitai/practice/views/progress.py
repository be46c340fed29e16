"""What a learner has come to: syllabus, time, points, titles, boards; and the settings."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from leitai.practice.forms import SettingsForm
from leitai.practice.selectors import history as times
from leitai.practice.selectors import studying, syllabus, titling
from leitai.practice.selectors.boards import boards_page, shown_boards
from leitai.practice.selectors.outside import outside_of
from leitai.practice.selectors.standing import standing_of
from leitai.practice.selectors.watching import own_cases
from leitai.practice.services import learning
from leitai.practice.views.common import own_of, page


@require_safe
@login_required
def map_(request: HttpRequest, season: str) -> HttpResponse:
    ground, _learner = own_of(request, season)
    whole, modules = syllabus.syllabus_of(ground)
    main = studying.main_of(studying.exercises_of(ground, studying.NOTHING_DONE))
    return page(request, "map", ground, {"whole": whole, "modules": modules, "main": main})


@require_safe
@login_required
def history(request: HttpRequest, season: str) -> HttpResponse:
    ground, learner = own_of(request, season)
    return page(request, "history", ground, {"history": times.history_page(ground, learner)})


@require_safe
@login_required
def points(request: HttpRequest, season: str) -> HttpResponse:
    ground, learner = own_of(request, season)
    asked = request.GET.get("ledger", "")
    rows, lines = times.points_page(ground, learner, ledger=asked, number=request.GET.get("page"))
    standing = standing_of(learner, at=ground.at)
    context = {"rows": rows, "lines": lines, "asked": asked, "standing": standing}
    context |= {"outside": outside_of(learner), "cases": own_cases(ground)}
    return page(request, "points", ground, context)


@require_safe
@login_required
def titles(request: HttpRequest, season: str) -> HttpResponse:
    ground, learner = own_of(request, season)
    held = titling.held_titles(ground, learner)
    context = {"standing": standing_of(learner, at=ground.at), "held": held}
    context["outside"] = outside_of(learner)
    return page(request, "titles", ground, context)


@require_safe
@login_required
def boards(request: HttpRequest, season: str) -> HttpResponse:
    """Only where the rules have any."""
    ground, learner = own_of(request, season)
    return page(request, "boards", ground, {"boards": boards_page(ground, learner)})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def settings(request: HttpRequest, season: str) -> HttpResponse:
    """Minutes a day; to leave the boards of persons, where there are any."""
    ground, learner = own_of(request, season)
    form = SettingsForm(
        request.POST if request.method == "POST" else None, initial=SettingsForm.told(learner)
    )
    if form.is_valid():
        told, actor, now = form.cleaned_data, ground.actor, ground.at
        learning.set_minutes(actor=actor, season=season, minutes=told["minutes"], at=now)
        if shown_boards(ground):
            learning.set_hidden(actor=actor, season=season, hidden=told["hidden"], at=now)
        messages.success(request, _("已保存。"))
        return redirect("practice:settings", season)
    return page(request, "settings", ground, {"form": form}, status=422 if form.errors else 200)
