"""Exams of practice: the office's page, and what a learner begins and reads afterwards."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leitai.base.actor import Actor
from leitai.base.errors import text_of
from leitai.kernel.errors import DomainError, Problems
from leitai.practice.models import PracticeExam
from leitai.practice.selectors import exams
from leitai.practice.selectors.grounds import Ground, get_ground
from leitai.web.practice_exams import steps
from leitai.web.practice_exams.forms import ClosingForm, ExamForm
from leitai.web.practice_exams.reading import Desk, console_of, desk_of, page_of

PAGE_SIZE = 20


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def desk(request: HttpRequest, season: str) -> HttpResponse:
    """What was set, and the form that sets another."""
    ground = _ground(request, season)
    held = desk_of(ground.actor, ground)
    form = ExamForm(request.POST or None, desk=held)
    if request.method == "POST" and form.is_valid() and _opened(ground, held, form):
        messages.success(request, _("考试已设置，到开放时间学员即可参加。"))
        return redirect("web:practice-desk", season)
    page = Paginator(_shown(ground, held), PAGE_SIZE).get_page(request.GET.get("page"))
    may_set = held.office or bool(held.groups)
    context = {"page": page, "form": form, "season": ground.season, "may_set": may_set}
    status = 422 if form.is_bound else 200
    return render(request, "web/practice_exams/desk.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def tries(request: HttpRequest, season: str, drill: str) -> HttpResponse:
    """Who began the exam, and each one's mark; until when it may be begun."""
    ground = _ground(request, season)
    held = desk_of(ground.actor, ground)
    exam = _exam(ground, held, drill)
    form = ClosingForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _moved(ground, held, exam, form):
        messages.success(request, _("截止时间已更改。"))
        return redirect("web:practice-exam-tries", season, drill)
    page = Paginator(exams.list_tries(exam), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"exam": exam, "page": page, "season": ground.season, "form": form}
    context["console"] = console_of(ground.actor, exam)
    context["moves"] = ground.at < exam.closes_at and (held.office or bool(held.groups))
    status = 422 if form.is_bound else 200
    return render(request, "web/practice_exams/tries.html", context, status=status)


@require_POST
@login_required
def drop(request: HttpRequest, season: str, drill: str) -> HttpResponse:
    ground = _ground(request, season)
    held = desk_of(ground.actor, ground)
    exam = _exam(ground, held, drill)
    steps.drop(actor=ground.actor, desk=held, exam=exam, at=ground.at)
    messages.success(request, _("考试已撤销。"))
    return redirect("web:practice-desk", season)


@require_safe
@login_required
def listed(request: HttpRequest, season: str) -> HttpResponse:
    ground = _ground(request, season)
    page = Paginator(exams.own_exams(ground), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"ground": ground, "season": ground.season, "page": page}
    context["nameless"] = exams.are_nameless(ground)
    return render(request, "web/practice_exams/list.html", context)


@require_safe
@login_required
def exam(request: HttpRequest, season: str, drill: str) -> HttpResponse:
    ground = _ground(request, season)
    context = {"ground": ground, "season": ground.season, "page": page_of(ground, drill)}
    return render(request, "web/practice_exams/exam.html", context)


@require_POST
@login_required
def join(request: HttpRequest, season: str, drill: str) -> HttpResponse:
    """Begin, or go on: straight into the exam room, with one's own code behind the hash."""
    ground = _ground(request, season)
    own = exams.own_exam(ground, drill)
    steps.begin(actor=ground.actor, exam=own.exam, at=ground.at)
    page = page_of(_ground(request, season), drill)
    if not page.code:
        return redirect("web:practice-exam", season, drill)
    back = urlencode({"back": reverse("practice:today", args=(season,))}, safe="/")
    return redirect(f"{reverse('sittings:room')}?{back}#{page.code}")


def _opened(ground: Ground, held: Desk, form: ExamForm) -> bool:
    """Whether it was set; otherwise the form says why not."""
    try:
        steps.open_exam(
            actor=ground.actor, ground=ground, desk=held, wanted=form.wanted(), at=ground.at
        )
    except Problems as error:
        for one in error.problems:
            form.add_error(None, text_of(one))
    except DomainError as error:
        if error.code == "forbidden":
            raise
        form.add_error(None, text_of(error))
    return not form.errors


def _moved(ground: Ground, held: Desk, exam: PracticeExam, form: ClosingForm) -> bool:
    """Whether it closes at another time now; otherwise the form says why not."""
    told = form.cleaned_data
    try:
        steps.move_closing(
            actor=ground.actor,
            desk=held,
            exam=exam,
            closes_at=told["closes_at"] or ground.at,
            reason=told["reason"],
            at=ground.at,
        )
    except DomainError as error:
        if error.code == "forbidden":
            raise
        form.add_error(None, text_of(error))
    return not form.errors


def _shown(ground: Ground, held: Desk) -> QuerySet[PracticeExam]:
    """All for who sees all practice; a leader's own."""
    rows = exams.list_exams(ground.season.code)
    return rows if held.reads else rows.filter(made_by=ground.actor.account)


def _exam(ground: Ground, held: Desk, code: str) -> PracticeExam:
    found = _shown(ground, held).filter(code=code).first()
    if found is None:
        raise DomainError("not_found")
    return found


def _ground(request: HttpRequest, season: str) -> Ground:
    actor: Actor = request.actor  # type: ignore[attr-defined]  # put there by the door
    return get_ground(actor, season, at=timezone.now())
