"""The office's shelf of practice banks."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leitai.practice.forms import ShelfForm
from leitai.practice.selectors.shelves import shelf_page
from leitai.practice.services.shelving import put_on_shelf, take_off_shelf
from leitai.practice.views.common import actor_of


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def shelf(request: HttpRequest, season: str) -> HttpResponse:
    shown = shelf_page(actor_of(request), season)
    data = request.POST if request.method == "POST" else None
    if data is not None:
        asked, actor = data.get("bank", ""), actor_of(request)
        put_on_shelf(actor=actor, season=season, bank=asked, at=timezone.now())
        messages.success(request, _("已加入，学员马上可以练习。"))
        return redirect("practice:shelf", season)
    context = {"shelf": shown, "season": shown.season, "form": ShelfForm(banks=shown.choices)}
    return render(request, "practice/shelf.html", context)


@require_POST
@login_required
def remove(request: HttpRequest, season: str, bank: str) -> HttpResponse:
    take_off_shelf(actor=actor_of(request), season=season, bank=bank, at=timezone.now())
    messages.success(request, _("已撤下，学员的记录和积分保留。"))
    return redirect("practice:shelf", season)
