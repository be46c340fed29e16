"""The officer's console and admission tickets; the shell of the exam room."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from leitai.kernel.errors import DomainError
from leitai.seasons import selectors as seasons
from leitai.sittings import rules, selectors, services
from leitai.sittings.forms import CloseForm, ConsoleQuery, ExtendForm, OpenEarlyForm
from leitai.sittings.models import Exam
from leitai.sittings.tickets import sheet
from leitai.sittings.views.common import actor_of

MINUTE = 60


@require_safe
@login_required
def exams(request: HttpRequest, season: str) -> HttpResponse:
    found = seasons.get_season(season)
    if not rules.can_watch_exams(actor_of(request), season, seasons.host_path(found)):
        raise DomainError("forbidden")
    context = {
        "season": found,
        "exams": selectors.list_exams(season),
        "slots": selectors.slots_of(found, at=timezone.now()),
        "may_run": rules.can_run_exams(actor_of(request), season, seasons.host_path(found)),
        "now": timezone.now(),
    }
    return render(request, "sittings/exams.html", context)


@require_safe
@login_required
@never_cache
@vary_on_headers("HX-Request")
def console(request: HttpRequest, season: str, exam: str) -> HttpResponse:
    """The whole page, or for htmx the part below its head that a choice has changed."""
    context = _console(request, season, exam)
    swap = request.headers.get("HX-Request") == "true"
    return render(request, "sittings/_console.html" if swap else "sittings/console.html", context)


@require_safe
@login_required
@never_cache
def console_live(request: HttpRequest, season: str, exam: str) -> HttpResponse:
    """The console's part again, or 204 while nothing differs from what the page has seen."""
    context = _console(request, season, exam)
    if request.GET.get("seen") == context["console"].fingerprint:
        return HttpResponse(status=204)
    return render(request, "sittings/_console.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def extend(request: HttpRequest, season: str, exam: str) -> HttpResponse:
    """More time for one (`seat`) or for everybody who is still writing or still to come."""
    found, query = _to_run(request, season, exam)
    form = ExtendForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _ask(request, "extend", found, query, form)
    changed = services.extend(
        seconds=form.cleaned_data["minutes"] * MINUTE, **_order(request, found, query, form)
    )
    told = {"count": changed, "minutes": form.cleaned_data["minutes"]}
    messages.success(request, _("已为%(count)s份答卷延时%(minutes)s分钟。") % told)
    return _back(found, query)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def close(request: HttpRequest, season: str, exam: str) -> HttpResponse:
    """End the sitting of one (`seat`) or of everybody now, which cannot be undone."""
    found, query = _to_run(request, season, exam)
    form = CloseForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _ask(request, "close", found, query, form)
    changed = services.close_sittings(**_order(request, found, query, form))
    messages.success(request, _("已收卷%(count)s份。") % {"count": changed})
    return _back(found, query)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def open_early(request: HttpRequest, season: str, exam: str) -> HttpResponse:
    """Ask for the paper before T0: a deed of two officers, which goes on at its own page."""
    found = selectors.get_exam(actor_of(request), exam, season=season)
    if not _may_open_early(request, found):
        raise DomainError("forbidden")
    form = OpenEarlyForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        context = {"exam": found, "season": found.stage.season, "form": form}
        status = 422 if form.is_bound else 200
        return render(request, "sittings/open_early.html", context, status=status)
    proposal = services.propose_early_opening(
        actor=actor_of(request), exam=found, at=timezone.now(), **form.cleaned_data
    )
    return redirect("ledger:act", proposal.pk)


@require_safe
@login_required
@never_cache
def tickets(request: HttpRequest, season: str, exam: str) -> HttpResponse:
    """Admission tickets of one site, to be printed and cut; of several first the list of sites."""
    found, query = _to_run(request, season, exam)
    sites = selectors.list_sites(found)
    site = query.site or (sites[0].code if len(sites) == 1 else "")
    address = request.build_absolute_uri(reverse("sittings:room"))
    context = {
        "exam": found,
        "sites": sites,
        "site": site,
        "tickets": sheet(found, site, address) if site else [],
        "address": address.partition("://")[2],
    }
    return render(request, "sittings/tickets.html", context)


@require_safe
@cache_control(no_cache=True)
def room(request: HttpRequest) -> HttpResponse:
    """The shell that the service worker keeps: the same for everybody, it knows nobody."""
    return render(request, "sittings/room.html", {"lane_url": settings.LEITAI_LANE_URL})


def _console(request: HttpRequest, season: str, code: str) -> dict[str, Any]:
    exam = selectors.get_exam(actor_of(request), code, season=season)
    query = ConsoleQuery.read(request.GET)
    shown = selectors.console_of(exam, now=timezone.now(), **asdict(query))
    return {
        "exam": exam,
        "season": exam.stage.season,
        "console": shown,
        "query": query,
        "may_run": _may_run(request, exam),
        "may_open_early": _may_open_early(request, exam),
    }


def _to_run(request: HttpRequest, season: str, code: str) -> tuple[Exam, ConsoleQuery]:
    """The exam that this actor may run, and what the page was looking at."""
    exam = selectors.get_exam(actor_of(request), code, season=season)
    if not _may_run(request, exam):
        raise DomainError("forbidden")
    return exam, ConsoleQuery.read(request.POST or request.GET)


def _order(
    request: HttpRequest, exam: Exam, query: ConsoleQuery, form: ExtendForm | CloseForm
) -> dict[str, Any]:
    return {
        "actor": actor_of(request),
        "exam": exam,
        "reason": form.cleaned_data["reason"],
        "sittings": [query.seat] if query.seat else None,
        "at": timezone.now(),
    }


def _ask(
    request: HttpRequest, act: str, exam: Exam, query: ConsoleQuery, form: ExtendForm | CloseForm
) -> HttpResponse:
    """The form with what it will do: a page of its own, or for htmx the part beside the seats."""
    context = {
        "act": act,
        "exam": exam,
        "season": exam.stage.season,
        "query": query,
        "form": form,
        "sitting": selectors.get_live_sitting(exam, query.seat) if query.seat else None,
        "live": selectors.count_live(exam),
    }
    swap = request.method == "GET" and request.headers.get("HX-Request") == "true"
    template = "sittings/_act.html" if swap else "sittings/act.html"
    return render(request, template, context, status=422 if form.is_bound else 200)


def _may_run(request: HttpRequest, exam: Exam) -> bool:
    return rules.can_run_exams(actor_of(request), exam.stage.season.code, exam.host)  # type: ignore[attr-defined]  # by get_exam


def _may_open_early(request: HttpRequest, exam: Exam) -> bool:
    return rules.can_open_early(actor_of(request), exam.stage.season.code, exam.host)  # type: ignore[attr-defined]  # by get_exam


def _back(exam: Exam, query: ConsoleQuery) -> HttpResponse:
    address = reverse("sittings:console", args=(exam.stage.season.code, exam.code))
    return redirect(f"{address}?{query.full}" if query.full else address)
