"""The office brings in what outside platforms say, and decides whose a doubtful line is."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leitai.base.errors import text_of
from leitai.kernel.errors import DomainError
from leitai.practice.forms import OutsideForm
from leitai.practice.selectors.laws import law_of
from leitai.practice.selectors.outside import outside_home, preview_of, queue_of
from leitai.practice.services import outside
from leitai.practice.views.common import actor_of
from leitai.practice.workbook import TYPE, blank_book


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def home(request: HttpRequest, season: str) -> HttpResponse:
    shown = outside_home(actor_of(request), season, number=request.GET.get("page"))
    posted = request.method == "POST"
    if posted and not shown.may_run:
        raise DomainError("forbidden")
    form = OutsideForm(request.POST if posted else None, request.FILES if posted else None)
    made = form.start(actor_of(request), season) if form.is_valid() else None
    if made is not None:
        return redirect("practice:outside-draft", season, made)
    context = {"outside": shown, "season": shown.season, "form": form}
    status = 422 if form.errors else 200
    return render(request, "practice/outside.html", context, status=status)


@require_safe
@login_required
def template(request: HttpRequest, season: str) -> HttpResponse:
    outside_home(actor_of(request), season, number=None)
    name = {"Content-Disposition": 'attachment; filename="outside.xlsx"'}
    return HttpResponse(blank_book(law_of(season)), content_type=TYPE, headers=name)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def draft(request: HttpRequest, season: str, code: str) -> HttpResponse:
    actor = actor_of(request)
    if request.method == "POST":
        done = outside.confirm_outside(actor=actor, season=season, code=code, at=timezone.now())
        if done is None:
            return redirect("practice:outside-draft", season, code)
        said = _("已导入%(new)s行，%(doubt)s行转入待确认。") % done
        messages.success(request, said)
        return redirect("practice:outside-queue" if done["doubt"] else "practice:outside", season)
    shown = preview_of(actor, season, code)
    context = {"preview": shown, "season": shown.season}
    return render(request, "practice/outside_draft.html", context)


@require_safe
@login_required
def queue(request: HttpRequest, season: str) -> HttpResponse:
    return _queue(request, season)


@require_POST
@login_required
def decide(request: HttpRequest, season: str, doubt: int) -> HttpResponse:
    said, actor = request.POST.get("person", "")[:32], actor_of(request)
    person = "" if said == "-" else said or "?"
    try:
        outside.decide_outside(
            actor=actor, season=season, doubt=doubt, person=person, at=timezone.now()
        )
    except DomainError as error:
        if error.code in {"forbidden", "not_found"}:
            raise
        return _queue(request, season, refused=doubt, refusal=text_of(error))
    messages.success(request, _("已确认。"))
    return redirect("practice:outside-queue", season)


def _queue(
    request: HttpRequest, season: str, *, refused: int = 0, refusal: str = ""
) -> HttpResponse:
    done = request.GET.get("done") == "1"
    shown = queue_of(actor_of(request), season, number=request.GET.get("page"), done=done)
    context = {"queue": shown, "season": shown.season, "done": done}
    context |= {"refused": refused, "refusal": refusal}
    status = 422 if refused else 200
    return render(request, "practice/outside_queue.html", context, status=status)
