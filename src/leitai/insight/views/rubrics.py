"""Pages of a rubric: all units, why one of them has its points, points by hand, the spreadsheet."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from leitai.insight import exporting, rubric_sheets, selectors, taking
from leitai.insight.forms import PointsForm
from leitai.insight.views.figures import actor_of, keep


def _now(request: HttpRequest) -> bool:
    """Asked for as it is, and not as it was when the body decided."""
    return request.GET.get("now") == "1"


_PAGES = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@login_required
def rubric(request: HttpRequest, season: str, award: str) -> HttpResponse:
    page = selectors.rubric_page(
        actor_of(request), season, award, at=timezone.now(), now=_now(request)
    )
    return render(request, "insight/rubric.html", {"page": page, "season": page.season})


@require_safe
@login_required
def sheet(request: HttpRequest, season: str, award: str) -> HttpResponse:
    page = selectors.rubric_page(
        actor_of(request), season, award, at=timezone.now(), now=_now(request)
    )
    return keep(rubric_sheets.sheet(page), exporting.TYPE, rubric_sheets.file_name(page))


@_PAGES
@login_required
def why(request: HttpRequest, season: str, award: str, unit: str) -> HttpResponse:
    actor, now = actor_of(request), timezone.now()
    found = selectors.why_page(actor, season, award, unit, at=now, now=_now(request))
    data = request.POST if request.method == "POST" else None
    form = PointsForm(data, lines=found.hands)
    if taking.take_points(actor, found, form, now):
        messages.success(request, _("评分已保存。"))
        return redirect(request.get_full_path())
    context = {"why": found, "season": found.page.season, "form": form}
    return render(request, "insight/rubric_why.html", context, status=422 if form.errors else 200)
