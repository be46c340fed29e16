"""Signed lists of marks, lists for the level above, and its answers."""

from __future__ import annotations

from urllib.parse import quote

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leitai.kernel.errors import DomainError
from leitai.results import attachments, booking, printing, selectors, services
from leitai.results.forms import AnswerForm, MarksForm, UpwardAddForm, UpwardForm, refuse
from leitai.results.models import ScoreList, UpwardAnswer
from leitai.results.services import AnswerSource, Reported
from leitai.results.views.results import actor_of

both = require_http_methods(["GET", "HEAD", "POST"])


@both
@login_required
def marks(request: HttpRequest, season: str) -> HttpResponse:
    """The lists so far; posted, another one is read and kept."""
    page = selectors.lists_page(actor_of(request), season)
    form = MarksForm(page.choices, request.POST or None, request.FILES or None)
    made = _taken(request, page, form) if form.is_valid() else None
    if made is not None:
        messages.success(request, _("成绩单已导入，等待第二人核对。"))
        return redirect("results:marks-one", season, made.pk)
    context = {"page": page, "form": form}
    return render(request, "results/marks.html", context, status=422 if form.errors else 200)


def _taken(request: HttpRequest, page: selectors.ListsPage, form: MarksForm) -> ScoreList | None:
    at, data = timezone.now(), form.cleaned_data
    try:
        sheet = booking.read(page.season, data["of"], data["file"])
        uploads = tuple(attachments.take(request, at=at)) if not sheet.problems else ()
        return services.take_list(
            actor=actor_of(request),
            season=page.season,
            sheet=sheet,
            reported=Reported(data["by"], data["note"], uploads),
            at=at,
        )
    except DomainError as error:
        refuse(form, error)
        return None


@require_safe
@login_required
def marks_template(request: HttpRequest, season: str) -> HttpResponse:
    page = selectors.lists_page(actor_of(request), season)
    return _book(booking.template(page, request.GET.get("of", "")), _("成绩表.xlsx"))


@require_safe
@login_required
def marks_one(request: HttpRequest, season: str, marks: int) -> HttpResponse:
    page = selectors.list_page(actor_of(request), season, marks)
    return render(request, "results/marks_one.html", {"page": page})


@require_POST
@login_required
def marks_drop(request: HttpRequest, season: str, marks: int) -> HttpResponse:
    actor = actor_of(request)
    held = selectors.get_list_for(actor, season, marks)
    services.drop_list(actor=actor, score_list=held, at=timezone.now())
    messages.success(request, _("成绩单已作废。"))
    return redirect("results:marks", season)


@both
@login_required
def upwards(request: HttpRequest, season: str) -> HttpResponse:
    actor = actor_of(request)
    page = selectors.upwards_page(actor, season)
    form = UpwardForm(page.goals, request.POST or None)
    if form.is_valid():
        made = services.begin_upward_list(
            actor=actor, season=page.season, at=timezone.now(), **form.cleaned_data
        )
        return redirect("results:upward", season, made.number)
    context = {"page": page, "form": form}
    return render(request, "results/upwards.html", context, status=422 if form.errors else 200)


@both
@login_required
def upward(request: HttpRequest, season: str, number: int) -> HttpResponse:
    """The list; posted while it is a draft, it is written anew."""
    actor = actor_of(request)
    page = selectors.upward_page(actor, season, number)
    form = UpwardAddForm(request.POST or None)
    if form.is_valid():
        try:
            lines = booking.lines(page, request.POST, **form.cleaned_data)
            services.write_upward_list(
                actor=actor, upward=page.list, lines=lines, at=timezone.now()
            )
            return redirect("results:upward", season, number)
        except DomainError as error:
            refuse(form, error)
    context = {"page": page, "form": form, "answer": AnswerForm()}
    return render(request, "results/upward.html", context, status=422 if form.errors else 200)


@require_POST
@login_required
def upward_step(request: HttpRequest, season: str, number: int, step: str) -> HttpResponse:
    """Freeze it, open it again, or keep the sealed copy."""
    actor, at = actor_of(request), timezone.now()
    held = selectors.get_upward_for(actor, season, number)
    if step == "freeze":
        services.freeze_upward_list(actor=actor, upward=held, at=at)
    elif step == "reopen":
        services.reopen_upward_list(actor=actor, upward=held, at=at)
    elif step == "send":
        uploads = attachments.take(request, at=at)
        services.send_upward_list(actor=actor, upward=held, uploads=uploads, at=at)
    else:
        raise DomainError("not_found")
    return redirect("results:upward", season, number)


@require_safe
@login_required
def upward_book(request: HttpRequest, season: str, number: int) -> HttpResponse:
    page = selectors.upward_page(actor_of(request), season, number)
    return _book(booking.upward_book(page), f"{page.list.title}.xlsx")


@require_safe
@login_required
def upward_print(request: HttpRequest, season: str, number: int) -> HttpResponse:
    page = selectors.upward_page(actor_of(request), season, number)
    response = HttpResponse(printing.upward_pdf(page), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{season}-upward-{number}.pdf"'
    return response


@require_POST
@login_required
def answer_take(request: HttpRequest, season: str, number: int) -> HttpResponse:
    page = selectors.upward_page(actor_of(request), season, number)
    form = AnswerForm(request.POST, request.FILES)
    made = _answered(request, page, form) if form.is_valid() else None
    if made is not None:
        return redirect("results:answer", season, made.pk)
    context = {"page": page, "form": UpwardAddForm(), "answer": form}
    return render(request, "results/upward.html", context, status=422)


def _answered(
    request: HttpRequest, page: selectors.UpwardPage, form: AnswerForm
) -> UpwardAnswer | None:
    at, data = timezone.now(), form.cleaned_data
    try:
        uploads = tuple(attachments.take(request, at=at))
        told = AnswerSource(data["source"], data["contest"], data["day"], uploads)
        file = {"file": data["file"].file, "name": data["file"].name}
        return services.take_answer(
            actor=actor_of(request), upward=page.list, told=told, at=at, **file
        )
    except DomainError as error:
        refuse(form, error)
        return None


@require_safe
@login_required
def answer(request: HttpRequest, season: str, answer: int) -> HttpResponse:
    page = selectors.answer_page(actor_of(request), season, answer)
    return render(request, "results/answer.html", {"page": page})


@require_POST
@login_required
def answer_settle(request: HttpRequest, season: str, answer: int, row: int) -> HttpResponse:
    actor = actor_of(request)
    held = selectors.answer_row(actor, season, answer, row)
    person = selectors.person_meant(held, request.POST.get("person", ""))
    services.settle_row(actor=actor, row=held, person=person, at=timezone.now())
    return redirect("results:answer", season, answer)


@require_POST
@login_required
def answer_record(request: HttpRequest, season: str, answer: int) -> HttpResponse:
    actor = actor_of(request)
    held = selectors.get_answer_for(actor, season, answer)
    count = services.record_answer(actor=actor, answer=held, at=timezone.now())
    messages.success(request, _("已登记，新增%(count)s条。") % {"count": count})
    return redirect("results:answer", season, answer)


def _book(data: bytes, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=booking.TYPE)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response
