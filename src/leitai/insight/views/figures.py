"""Pages of figures: the table, the weeks, the topics, the people, the spreadsheet, papers."""

from __future__ import annotations

from urllib.parse import quote

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from leitai.base.actor import Actor
from leitai.insight import asking, exporting, printing, selectors


def actor_of(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]  # put there by the door
    return actor


def keep(data: bytes, kind: str, name: str) -> HttpResponse:
    """A file to keep; its name may be Chinese."""
    answer = HttpResponse(data, content_type=kind)
    saved = quote(name, safe="")
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{saved}"
    return answer


@require_safe
@login_required
def home(request: HttpRequest, season: str) -> HttpResponse:
    return redirect("insight:figures", season, selectors.first_unit(actor_of(request), season).code)


@require_safe
@login_required
def figures(request: HttpRequest, season: str, unit: str) -> HttpResponse:
    table = selectors.table_of(_ground(request, season, unit))
    return render(request, "insight/figures.html", {"ground": table.ground, "table": table})


@require_safe
@login_required
def sheet(request: HttpRequest, season: str, unit: str) -> HttpResponse:
    table = selectors.table_of(_ground(request, season, unit))
    data = exporting.figures_sheet(table, selectors.topics_under(table.ground))
    return keep(data, exporting.TYPE, exporting.file_name(table.ground))


@require_safe
@login_required
def weeks(request: HttpRequest, season: str, unit: str) -> HttpResponse:
    titles = (_("参学率"), _("参学人数"), _("答题正确率"))
    page = selectors.weeks_page(_ground(request, season, unit), titles=titles)
    return render(request, "insight/weeks.html", {"ground": page.ground, "weeks": page})


@require_safe
@login_required
def topics(request: HttpRequest, season: str, unit: str) -> HttpResponse:
    page = selectors.topics_page(_ground(request, season, unit))
    return render(request, "insight/topics.html", {"ground": page.ground, "topics": page})


@require_safe
@login_required
def people(request: HttpRequest, season: str, unit: str) -> HttpResponse:
    page = selectors.people_page(_ground(request, season, unit))
    return render(request, "insight/people.html", {"ground": page.ground, "people": page})


@require_safe
@login_required
def reports(request: HttpRequest, season: str, unit: str) -> HttpResponse:
    ground = _ground(request, season, unit)
    context = {"ground": ground, "page": selectors.copies_of(ground)}
    return render(request, "insight/unit_reports.html", context)


@require_safe
@login_required
def paper(request: HttpRequest, season: str, unit: str, issued: int, ending: str) -> HttpResponse:
    copy = selectors.get_issued(_ground(request, season, unit), issued)
    return keep(*printing.paper(copy, ending))


def _ground(request: HttpRequest, season: str, unit: str) -> selectors.Ground:
    asked = asking.read(request.GET.dict())
    return selectors.get_ground(actor_of(request), season, unit, asked, at=timezone.now())
