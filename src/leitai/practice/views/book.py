"""The book of wrong answers, favourites, notes, search, and one question."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leitai.bank import services as bank
from leitai.practice.forms import MarkForm, ReportForm
from leitai.practice.selectors import studying, wrong
from leitai.practice.selectors.wrong import LONGEST, VIEWS, Wanted
from leitai.practice.services import marking_up
from leitai.practice.views.common import back, ground_of, own_of, page

_PARTS = ("module", "topic", "type", "cause")


@require_safe
@login_required
def book(request: HttpRequest, season: str) -> HttpResponse:
    ground, learner = own_of(request, season)
    asked = request.GET.get("view", "")
    wanted = Wanted(
        asked if asked in VIEWS else VIEWS[0], *(request.GET.get(part, "") for part in _PARTS)
    )
    shown = wrong.book_page(ground, learner, wanted, number=request.GET.get("page"))
    main = studying.main_of(studying.exercises_of(ground, studying.NOTHING_DONE))
    return page(request, "book", ground, {"book": shown, "main": main})


@require_safe
def search(request: HttpRequest, season: str) -> HttpResponse:
    ground = ground_of(request, season)
    words = request.GET.get("q", "").strip()[:LONGEST]
    found, rows = wrong.search_page(ground, words, number=request.GET.get("page"))
    return page(request, "search", ground, {"words": words, "found": found, "rows": rows})


@require_safe
def item(request: HttpRequest, season: str, item: int) -> HttpResponse:
    """A question with its answer; opening it has read the answers to what one said of it."""
    ground = ground_of(request, season)
    shown = wrong.item_page(ground, item)
    if any(one.read_at is None for one in shown.reports):
        bank.read_answers(actor=ground.actor, season=season, item=item, at=ground.at)
    context = {"item": shown, "form": MarkForm(initial=MarkForm.told(shown.mark))}
    return page(request, "item", ground, context)


@require_POST
@login_required
def mark(request: HttpRequest, season: str, item: int) -> HttpResponse:
    """Favourite, cause or note: whichever the form names."""
    ground, learner = own_of(request, season)
    form = MarkForm(request.POST)
    if not form.is_valid():
        shown = wrong.item_page(ground, item)
        return page(request, "item", ground, {"item": shown, "form": form}, status=422)
    form.write(learner=learner, item=item, at=ground.at)
    return back(request, "practice:item", season, item)


@require_POST
@login_required
def out(request: HttpRequest, season: str, item: int) -> HttpResponse:
    ground, learner = own_of(request, season)
    marking_up.take_out(learner=learner, item=item, at=ground.at)
    messages.success(request, _("已移出错题本；再答错会重新收入。"))
    return back(request, "practice:book", season)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def report(request: HttpRequest, season: str, item: int) -> HttpResponse:
    """试题纠错."""
    ground = ground_of(request, season)
    shown = wrong.item_page(ground, item)
    form = ReportForm(request.POST if request.method == "POST" else None)
    home = reverse("practice:item", args=[season, item])
    if form.is_valid() and form.file(ground.actor, shown.version, season, home):
        messages.success(request, _("已收到。办公室答复后会发到您的收件箱。"))
        return redirect(home)
    context = {"item": shown, "form": form}
    return page(request, "report", ground, context, status=422 if form.errors else 200)
