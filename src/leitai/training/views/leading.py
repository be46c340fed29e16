"""The leaders' pages: the roll, leaves, the sheet, weak topics."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leitai.training import exporting, selectors, services
from leitai.training.views.common import actor_of, keep, today

_PAGES = require_http_methods(["GET", "HEAD", "POST"])


@_PAGES
@login_required
def roll(request: HttpRequest, season: str, group: int, session: int) -> HttpResponse:
    """One tap a person; without a script each tap loads the page again."""
    sight = selectors.sight_of_leader(actor_of(request), season, group, marks=True)
    held = selectors.get_session(sight.group, session)
    if request.method != "POST":
        told = {"season": sight.group.season, "roll": selectors.roll_of(held)}
        return render(request, "training/roll.html", told)
    member, presence = request.POST.get("member", ""), request.POST.get("presence", "")
    services.mark_attendance(
        actor=actor_of(request),
        session=held,
        member=int(member) if member.isdigit() else 0,
        presence=presence,
        at=timezone.now(),
    )
    return redirect("training:roll", season, group, session)


@require_POST
@login_required
def rest(request: HttpRequest, season: str, group: int, session: int) -> HttpResponse:
    sight = selectors.sight_of_leader(actor_of(request), season, group, marks=True)
    held = selectors.get_session(sight.group, session)
    count = services.mark_rest(actor=actor_of(request), session=held, at=timezone.now())
    told = ngettext("已登记%(count)s人。", "已登记%(count)s人。", count) % {"count": count}
    messages.success(request, told)
    return redirect("training:roll", season, group, session)


@require_safe
@login_required
def leaves(request: HttpRequest, season: str, group: int) -> HttpResponse:
    sight = selectors.sight_of_leader(actor_of(request), season, group, marks=True)
    page = selectors.page_of_leaves(sight.group, request.GET.get("page"))
    told = {"season": sight.group.season, "group": sight.group, "page": page}
    return render(request, "training/leaves.html", told)


@require_POST
@login_required
def decide(request: HttpRequest, season: str, group: int, leave: int) -> HttpResponse:
    sight = selectors.sight_of_leader(actor_of(request), season, group, marks=True)
    services.decide_leave(
        actor=actor_of(request),
        group=sight.group,
        leave=leave,
        grant=request.POST.get("decision") == "grant",
        answer=request.POST.get("answer", ""),
        at=timezone.now(),
    )
    messages.success(request, _("已办理，申请人收到了通知。"))
    return redirect("training:leaves", season, group)


@require_safe
@login_required
def attendance(request: HttpRequest, season: str, group: int) -> HttpResponse:
    sight = selectors.sight_of_leader(actor_of(request), season, group)
    sheet = selectors.sheet_of(sight.group)
    told = {"season": sight.group.season, "sight": sight, "sheet": sheet}
    return render(request, "training/attendance.html", told)


@require_safe
@login_required
def attendance_file(request: HttpRequest, season: str, group: int) -> HttpResponse:
    sight = selectors.sight_of_leader(actor_of(request), season, group)
    data = exporting.export_attendance(
        actor=actor_of(request), group=sight.group, at=timezone.now()
    )
    name = _("%(title)s考勤表.xlsx") % {"title": sight.group.title}
    return keep(data, exporting.TYPE, name)


@require_safe
@login_required
def weak(request: HttpRequest, season: str, group: int) -> HttpResponse:
    sight = selectors.sight_of_leader(actor_of(request), season, group)
    page = selectors.weak_page(sight.group, today=today())
    told = {"season": sight.group.season, "sight": sight, "page": page}
    return render(request, "training/weak.html", told)
