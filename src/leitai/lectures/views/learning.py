"""The learner's pages: the shelf, the player, and what the player tells."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from leitai.base.errors import text_of
from leitai.kernel.errors import DomainError
from leitai.lectures import selectors, services, texts
from leitai.lectures.forms import read_answer, read_report
from leitai.lectures.taking import actor_of


@require_safe
@login_required
def shelf(request: HttpRequest, season: str) -> HttpResponse:
    kind, number = request.GET.get("kind", ""), request.GET.get("page")
    found = selectors.shelf_for(actor_of(request), season, kind=kind, number=number)
    return render(request, "lectures/shelf.html", {"shelf": found, "season": found.season})


@require_safe
@login_required
def one(request: HttpRequest, season: str, lecture: int) -> HttpResponse:
    held = selectors.get_lecture_for(actor_of(request), season, lecture)
    page = selectors.lecture_page(actor_of(request), held)
    return render(request, "lectures/lecture.html", {"page": page, "season": held.season})


@require_POST
@login_required
def progress(request: HttpRequest, season: str, lecture: int) -> HttpResponse:
    """Told by the player; a refusal is told to it as JSON too."""
    held = selectors.get_lecture_for(actor_of(request), season, lecture)
    try:
        report = read_report(request.POST.dict())
    except DomainError as error:
        return JsonResponse({"error": text_of(error)}, status=422)
    viewing = services.report_progress(
        actor=actor_of(request), lecture=held, report=report, at=timezone.now()
    )
    share = min(100, viewing.watched * 100 // held.seconds) if held.seconds else 0
    return JsonResponse({"share": share, "done": viewing.completed_at is not None})


@require_POST
@login_required
def answer(request: HttpRequest, season: str, lecture: int, question: int) -> HttpResponse:
    held = selectors.get_lecture_for(actor_of(request), season, lecture)
    asked = selectors.get_question(held, question)
    given = read_answer(request.POST.get("type", ""), request.POST.getlist("answer"))
    right = services.answer_question(
        actor=actor_of(request), lecture=held, question=asked, answer=given, at=timezone.now()
    )
    if right:
        messages.success(request, _("回答正确。"))
    else:
        messages.warning(request, _("回答有误，请对照文字稿再想一想。"))
    return redirect(f"{reverse('lectures:one', args=[season, lecture])}#question-{question}")


@require_safe
@login_required
def captions(request: HttpRequest, season: str, lecture: int) -> HttpResponse:
    held = selectors.get_lecture_for(actor_of(request), season, lecture)
    return HttpResponse(texts.write_vtt(held.transcript), content_type="text/vtt; charset=utf-8")
