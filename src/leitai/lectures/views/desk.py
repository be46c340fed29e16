"""The office's pages: the list, one lecture, its check questions."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leitai.base.errors import text_of
from leitai.base.forms import refuse
from leitai.kernel.errors import DomainError
from leitai.lectures import counting, selectors, services, taking
from leitai.lectures.forms import LectureForm, ReasonForm
from leitai.lectures.models import Lecture
from leitai.lectures.taking import actor_of
from leitai.lectures.texts import clock
from leitai.seasons.models import Season
from leitai.seasons.selectors import rulebook_of

_PAGES = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@login_required
def listed(request: HttpRequest, season: str) -> HttpResponse:
    view, number = request.GET.get("view", ""), request.GET.get("page")
    desk = selectors.desk_of(actor_of(request), season, view=view, number=number)
    return render(request, "lectures/desk.html", {"desk": desk, "season": desk.season})


@_PAGES
@login_required
def new(request: HttpRequest, season: str) -> HttpResponse:
    held = selectors.get_season_of_desk(actor_of(request), season)
    form = _form(request, held, None)
    if form.is_valid():
        try:
            made = taking.take_new(request, held, form, timezone.now())
        except DomainError as error:
            refuse(form, error)
        else:
            messages.success(request, _("已保存，尚未发布。"))
            return redirect("lectures:edit", season, made.pk)
    told = {"season": held, "form": form, "kinds": selectors.kinds_of(held)}
    return render(request, "lectures/edit.html", told, status=422 if form.is_bound else 200)


@_PAGES
@login_required
def edit(request: HttpRequest, season: str, written: int) -> HttpResponse:
    held = selectors.get_lecture_of_desk(actor_of(request), season, written)
    form = _form(request, held.season, held)
    if form.is_valid():
        try:
            taking.take_edit(request, held, form, timezone.now())
        except DomainError as error:
            refuse(form, error)
        else:
            messages.success(request, _("已保存，尚未发布。"))
            return redirect("lectures:edit", season, written)
    return _page(request, held, form, status=422 if form.is_bound else 200)


@require_POST
@login_required
def publish(request: HttpRequest, season: str, written: int) -> HttpResponse:
    held = selectors.get_lecture_of_desk(actor_of(request), season, written)
    try:
        services.publish_lecture(actor=actor_of(request), lecture=held, at=timezone.now())
    except DomainError as error:
        return _page(request, held, None, status=422, refusal=text_of(error))
    messages.success(request, _("已发布，学员可以观看。"))
    return redirect("lectures:edit", season, written)


@require_POST
@login_required
def withdraw(request: HttpRequest, season: str, lecture: int) -> HttpResponse:
    held = selectors.get_lecture_of_desk(actor_of(request), season, lecture)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, held, None, status=422, reason=form)
    reason = form.cleaned_data["reason"]
    services.withdraw_lecture(
        actor=actor_of(request), lecture=held, reason=reason, at=timezone.now()
    )
    messages.success(request, _("已撤下，学员不再看到；已学完的记录保留。"))
    return redirect("lectures:edit", season, lecture)


@require_POST
@login_required
def drop(request: HttpRequest, season: str, written: int) -> HttpResponse:
    held = selectors.get_lecture_of_desk(actor_of(request), season, written)
    services.drop_lecture(actor=actor_of(request), lecture=held)
    messages.success(request, _("讲座已删去。"))
    return redirect("lectures:desk", season)


@require_POST
@login_required
def move(request: HttpRequest, season: str, lecture: int) -> HttpResponse:
    held = selectors.get_lecture_of_desk(actor_of(request), season, lecture)
    services.move_lecture(actor=actor_of(request), lecture=held, up="up" in request.POST)
    return redirect("lectures:desk", season)


@_PAGES
@login_required
def questions(request: HttpRequest, season: str, written: int) -> HttpResponse:
    page = selectors.asking_page(actor_of(request), season, written, request.GET.dict())
    if request.method != "POST":
        told = {"season": page.lecture.season, "page": page}
        return render(request, "lectures/questions.html", told)
    item, gone = request.POST.get("add", ""), request.POST.get("remove", "")
    if item.isdigit():
        services.add_question(actor=actor_of(request), lecture=page.lecture, item=int(item))
    elif gone.isdigit():
        services.remove_question(actor=actor_of(request), lecture=page.lecture, question=int(gone))
    return redirect(request.get_full_path())


def _form(request: HttpRequest, season: Season, lecture: Lecture | None) -> LectureForm:
    acts = counting.acts_for(rulebook_of(season))
    told = LectureForm.told(lecture) if lecture else {}
    if request.method == "POST":
        return LectureForm(acts, request.POST, request.FILES, initial=told)
    return LectureForm(acts, initial=told)


def _page(
    request: HttpRequest,
    lecture: Lecture,
    form: LectureForm | None,
    *,
    status: int,
    refusal: str = "",
    reason: ReasonForm | None = None,
) -> HttpResponse:
    acts = counting.acts_for(rulebook_of(lecture.season))
    told = {
        "season": lecture.season,
        "lecture": lecture,
        "form": form or LectureForm(acts, initial=LectureForm.told(lecture)),
        "kinds": selectors.kinds_of(lecture.season),
        "asked": selectors.asked_of(lecture),
        "length": clock(lecture.seconds),
        "act": acts.get(lecture.act, ""),
        "reason": reason or ReasonForm(),
        "refusal": refusal,
    }
    return render(request, "lectures/edit.html", told, status=status)
