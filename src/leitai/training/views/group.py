"""A group's pages for its members and leaders."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leitai.base.forms import refuse
from leitai.kernel.errors import Problems
from leitai.training import selectors, services
from leitai.training.forms import LeaveForm
from leitai.training.views.common import actor_of, today

_PAGES = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@login_required
def mine(request: HttpRequest, season: str) -> HttpResponse:
    found = selectors.mine(actor_of(request), season, request.GET.get("page"))
    return render(request, "training/mine.html", {"mine": found, "season": found.season})


@_PAGES
@login_required
def group(request: HttpRequest, season: str, group: int) -> HttpResponse:
    """The plan, one's attendance and leaves; a member asks for leave here."""
    sight = selectors.sight_of(actor_of(request), season, group)
    form = LeaveForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            services.ask_leave(
                actor=actor_of(request), group=sight.group, **form.cleaned_data, at=timezone.now()
            )
        except Problems as error:
            refuse(form, error)
        else:
            messages.success(request, _("请假已提交，等待审批。"))
            return redirect("training:group", season, group)
    own = selectors.own_page(sight, today=today())
    told = {"season": sight.group.season, "own": own, "form": form}
    return render(request, "training/group.html", told, status=422 if form.is_bound else 200)


@require_POST
@login_required
def withdraw(request: HttpRequest, season: str, group: int, leave: int) -> HttpResponse:
    sight = selectors.sight_of(actor_of(request), season, group)
    services.withdraw_leave(actor=actor_of(request), group=sight.group, leave=leave)
    messages.success(request, _("已撤回。"))
    return redirect("training:group", season, group)


@require_safe
@login_required
def printed(request: HttpRequest, season: str, group: int) -> HttpResponse:
    sight = selectors.sight_of(actor_of(request), season, group)
    days = selectors.plan_of(sight.group)
    told = {"season": sight.group.season, "group": sight.group, "days": days}
    return render(request, "training/plan.html", told)


@require_safe
@login_required
def marks(request: HttpRequest, season: str, group: int) -> HttpResponse:
    """Everybody's for those who lead; one's own for a member, and the board where it is on."""
    sight = selectors.sight_of(actor_of(request), season, group)
    held = sight.group
    everybody = sight.overlooks or held.board
    page = selectors.marks_page(held, only=None if everybody else sight.member)
    board = selectors.board_of(page) if everybody else ()
    told = {"season": held.season, "sight": sight, "page": page, "board": board}
    return render(request, "training/marks.html", told)
