"""Before T0: set an exam, seat its people, print who sits where, move it, cancel it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from leitai.kernel.errors import DomainError
from leitai.seasons import selectors as seasons
from leitai.sittings import rules, selectors, services
from leitai.sittings.forms import CancelForm, ExamForm, MoveForm, SeatingForm
from leitai.sittings.models import Exam
from leitai.sittings.selectors import Slot
from leitai.sittings.views.common import actor_of, attempt


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new(request: HttpRequest, season: str) -> HttpResponse:
    """Paper and time of an event's exam; looked at before it is set. Then its people are seated."""
    slot = _slot(request, season)
    form = ExamForm(slot, _posted(request))
    look = request.POST.get("act") != "do"
    exam = _arranged(request, slot, form, look=look) if form.is_valid() else None
    if exam is None or look:
        return _new_page(request, slot, form, exam)
    messages.success(request, _("已安排“%(exam)s”。请接着编排座位。") % {"exam": exam.title})
    return redirect("sittings:seating", season, exam.code)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def seating(request: HttpRequest, season: str, exam: str) -> HttpResponse:
    """Who would get a seat where and who none; posted, they are seated."""
    found = _to_run(request, season, exam)
    planned = selectors.seating_of(found)
    form = SeatingForm(planned, _posted(request))
    if form.is_valid():
        wanted = {"actor": actor_of(request), "exam": found, "sites": form.sites()}
        given = attempt(form, services.seat_entries, **wanted)
        if given is not None:
            _say_seated(request, len(given), len(planned.released))
            return redirect("sittings:seating", season, exam)
    context = _of(found) | {"seating": planned, "form": form, "rows": form.rows(planned)}
    context["ahead"] = timezone.now() < found.opens_at and found.cancelled_at is None
    return render(request, "sittings/seating.html", context, status=422 if form.errors else 200)


@require_safe
@login_required
@never_cache
def seats(request: HttpRequest, season: str, exam: str) -> HttpResponse:
    """The list on the door of a site: seat, name, delegation, room for a signature."""
    found = selectors.get_exam(actor_of(request), exam, season=season)
    site = request.GET.get("site", "")
    context = _of(found) | {
        "sites": selectors.list_sites(found),
        "site": site,
        "rows": selectors.seats_of(found, site) if site else [],
    }
    return render(request, "sittings/seats.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def move(request: HttpRequest, season: str, exam: str) -> HttpResponse:
    """Another time before T0, with a reason that everybody who has a seat is told."""
    found = _to_run(request, season, exam)
    form = MoveForm(services.minutes_of(found), _posted(request), initial=_now(found))
    if form.is_valid():
        wanted = {"actor": actor_of(request), "exam": found, "reason": form.cleaned_data["reason"]}
        if attempt(form, services.move_exam, **wanted, **form.times()):
            messages.success(request, _("已改期，并通知已编排座位的选手。"))
            return redirect("sittings:console", season, exam)
    return _change(request, "move", found, form)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def cancel(request: HttpRequest, season: str, exam: str) -> HttpResponse:
    """Take it off before T0, which cannot be undone."""
    found = _to_run(request, season, exam)
    form = CancelForm(_posted(request))
    if form.is_valid():
        wanted = {"actor": actor_of(request), "exam": found, "reason": form.cleaned_data["reason"]}
        if attempt(form, services.cancel_exam, **wanted):
            messages.success(request, _("考试已取消，并通知已编排座位的选手。试卷仍然封存。"))
            return redirect("sittings:exams", season)
    return _change(request, "cancel", found, form)


def _posted(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _slot(request: HttpRequest, season: str) -> Slot:
    found = seasons.get_season(season)
    if not rules.can_run_exams(actor_of(request), season, seasons.host_path(found)):
        raise DomainError("forbidden")
    asked = request.POST.get("of") or request.GET.get("of", "")
    return selectors.get_slot(found, asked, at=timezone.now())


def _to_run(request: HttpRequest, season: str, code: str) -> Exam:
    exam = selectors.get_exam(actor_of(request), code, season=season)
    if not rules.can_run_exams(actor_of(request), season, exam.host):  # type: ignore[attr-defined]  # by get_exam
        raise DomainError("forbidden")
    return exam


def _arranged(request: HttpRequest, slot: Slot, form: ExamForm, *, look: bool) -> Exam | None:
    """The exam: set, or (`look`) only checked as if it were; None where that was refused."""
    return attempt(
        form,
        services.check_exam if look else services.arrange_exam,
        actor=actor_of(request),
        stage=slot.stage,
        event=slot.code,
        paper=form.cleaned_data["paper"],
        **form.times(),
    )


def _new_page(
    request: HttpRequest, slot: Slot, form: ExamForm, exam: Exam | None = None
) -> HttpResponse:
    context = {"season": slot.stage.season, "slot": slot, "form": form, "exam": exam}
    if exam is not None:
        context["seating"] = selectors.seating_of(exam)
    status = 422 if form.errors else 200
    return render(request, "sittings/exam_new.html", context, status=status)


def _change(
    request: HttpRequest, act: str, exam: Exam, form: MoveForm | CancelForm
) -> HttpResponse:
    context = _of(exam) | {"act": act, "form": form, "live": selectors.count_live(exam)}
    status = 422 if form.errors else 200
    return render(request, "sittings/change.html", context, status=status)


def _say_seated(request: HttpRequest, seats: int, released: int) -> None:
    said = ngettext("已编排%(count)s个座位。", "已编排%(count)s个座位。", seats) % {"count": seats}
    if released:
        said += _("收回%(count)s个座位。") % {"count": released}
    messages.success(request, said)


def _now(exam: Exam) -> dict[str, Any]:
    opens = timezone.localtime(exam.opens_at)
    return {"opens_at": opens, "minutes": (exam.closes_at - exam.opens_at).seconds // 60}


def _of(exam: Exam) -> dict[str, Any]:
    return {"exam": exam, "season": exam.stage.season}
