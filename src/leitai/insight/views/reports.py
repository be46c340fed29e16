"""Pages of 情况通报: the list, the draft with its preview, issuing, the papers."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leitai.base.errors import text_of
from leitai.insight import printing, selectors, services, taking
from leitai.insight.forms import ReportForm
from leitai.insight.views.figures import actor_of, keep
from leitai.kernel.errors import DomainError

_PAGES = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@login_required
def reports(request: HttpRequest, season: str) -> HttpResponse:
    page = selectors.reports_page(actor_of(request), season, request.GET.get("page", "1"))
    return render(request, "insight/reports.html", {"reports": page, "season": page.season})


@_PAGES
@login_required
def new(request: HttpRequest, season: str) -> HttpResponse:
    held, now = selectors.get_season_of_desk(actor_of(request), season), timezone.now()
    data = request.POST if request.method == "POST" else None
    form = ReportForm(data, initial=selectors.first_draft(held, now))
    made = taking.take_new(actor_of(request), held, form, now)
    if made is not None:
        return redirect("insight:report", season, made.pk)
    context = {"season": held, "form": form}
    return render(request, "insight/report_new.html", context, status=422 if form.errors else 200)


@require_safe
@login_required
@never_cache
def report(request: HttpRequest, season: str, report: int) -> HttpResponse:
    held = selectors.get_season_of_reports(actor_of(request), season)
    page = selectors.report_page(actor_of(request), selectors.get_report(held, report))
    return render(request, "insight/report.html", {"season": held, "page": page})


@_PAGES
@login_required
def edit(request: HttpRequest, season: str, draft: int) -> HttpResponse:
    held = selectors.get_season_of_desk(actor_of(request), season)
    found = selectors.get_report(held, draft)
    data = request.POST if request.method == "POST" else None
    form = ReportForm(data, initial=ReportForm.told(found))
    if taking.take_change(actor_of(request), found, form, timezone.now()):
        messages.success(request, _("已保存，尚未印发。"))
        return redirect("insight:report", season, draft)
    context = {"season": held, "form": form, "report": found}
    return render(request, "insight/report_new.html", context, status=422 if form.errors else 200)


@require_POST
@login_required
def issue(request: HttpRequest, season: str, draft: int) -> HttpResponse:
    held = selectors.get_season_of_desk(actor_of(request), season)
    found = selectors.get_report(held, draft)
    try:
        services.issue_report(actor=actor_of(request), report=found, at=timezone.now())
    except DomainError as error:
        page = selectors.report_page(actor_of(request), selectors.get_report(held, draft))
        context = {"season": held, "page": page, "refusal": text_of(error)}
        return render(request, "insight/report.html", context, status=422)
    return redirect("insight:report", season, draft)


@require_POST
@login_required
def drop(request: HttpRequest, season: str, draft: int) -> HttpResponse:
    held = selectors.get_season_of_desk(actor_of(request), season)
    services.drop_report(actor=actor_of(request), report=selectors.get_report(held, draft))
    messages.success(request, _("草稿已删去。"))
    return redirect("insight:reports", season)


@require_safe
@login_required
def paper(
    request: HttpRequest, season: str, report: int, position: int, ending: str
) -> HttpResponse:
    held = selectors.get_season_of_reports(actor_of(request), season)
    copy = selectors.get_copy(selectors.get_report(held, report), position)
    return keep(*printing.paper(copy, ending))


@require_safe
@login_required
def archive(request: HttpRequest, season: str, report: int) -> FileResponse:
    held = selectors.get_season_of_reports(actor_of(request), season)
    found = selectors.get_report(held, report)
    named = _("情况通报%(number)s.zip") % {"number": found.number}
    path = selectors.file_of(found)
    return FileResponse(path.open("rb"), as_attachment=True, filename=named)
