"""Lists of the past: bring in, look at, confirm; and the queue of doubtful lines."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leitai.base.errors import text_of
from leitai.kernel.errors import DomainError
from leitai.registration import forms, selectors, services
from leitai.registration.models import HistoryList
from leitai.registration.services.history import content_of
from leitai.registration.views.common import may_review, season_of_desk, who
from leitai.registration.workbook import TYPE, sample_book
from leitai.seasons.models import Season


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def lists(request: HttpRequest, season: str) -> HttpResponse:
    held = season_of_desk(request, season)
    if request.method == "POST" and not may_review(request, held):
        raise DomainError("forbidden")
    form = forms.HistoryForm(request.POST or None, request.FILES or None)
    made = _brought(request, held, form) if request.method == "POST" and form.is_valid() else None
    if made is None:
        return _lists(request, held, form)
    return redirect("registration:history-list", season, made.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def preview(request: HttpRequest, season: str, listing: int) -> HttpResponse:
    held = season_of_desk(request, season)
    found = selectors.get_history(held, listing)
    if request.method == "POST":
        done = services.confirm_history(history=found, **who(request))
        messages.success(request, _("名单已导入，共%(count)s条。") % {"count": done.total})
        return redirect("registration:history", season)
    if found.done_at is not None:
        return redirect("registration:history", season)
    context = {
        "season": held,
        "list": found,
        "preview": selectors.preview_of(found, content_of(found)),
        "may_review": may_review(request, held),
    }
    return render(request, "registration/history_preview.html", context)


@require_POST
@login_required
def drop(request: HttpRequest, season: str, listing: int) -> HttpResponse:
    held = season_of_desk(request, season)
    services.drop_history(actor=who(request)["actor"], history=selectors.get_history(held, listing))
    messages.success(request, _("文件已删去，没有导入任何内容。"))
    return redirect("registration:history", season)


@require_safe
@login_required
def sample(request: HttpRequest, season: str) -> HttpResponse:
    held = season_of_desk(request, season)
    name = {"Content-Disposition": 'attachment; filename="history.xlsx"'}
    return HttpResponse(sample_book(held), content_type=TYPE, headers=name)


@require_safe
@login_required
def doubts(request: HttpRequest, season: str) -> HttpResponse:
    return _doubts(request, season_of_desk(request, season))


@require_POST
@login_required
def decide(request: HttpRequest, season: str, line: int) -> HttpResponse:
    held = season_of_desk(request, season)
    found = selectors.get_doubt(held, line)
    person, note = request.POST.get("person", "")[:32], request.POST.get("note", "")[:300]
    try:
        services.decide_doubt(line=found, person=person, note=note, **who(request))
    except DomainError as error:
        if error.code == "forbidden":
            raise
        return _doubts(request, held, refusal=text_of(error), refused=line)
    messages.success(request, _("已核定。"))
    return redirect("registration:doubts", season)


def _brought(request: HttpRequest, held: Season, form: forms.HistoryForm) -> HistoryList | None:
    """None with the refusal in the form."""
    file, source = form.cleaned_data["file"], form.cleaned_data["source"]
    try:
        return services.bring_history(
            season=held, data=file.read(), name=file.name, source=source, **who(request)
        )
    except DomainError as error:
        form.add_error(None, text_of(error))
        return None


def _lists(request: HttpRequest, held: Season, form: forms.HistoryForm) -> HttpResponse:
    context = {
        "season": held,
        "lists": selectors.list_history(held)[:50],
        "form": form,
        "doubts": selectors.count_doubts(held),
        "may_review": may_review(request, held),
    }
    return render(request, "registration/history.html", context, status=422 if form.errors else 200)


def _doubts(
    request: HttpRequest, held: Season, refusal: str = "", refused: int = 0
) -> HttpResponse:
    page, waiting = selectors.page_of_doubts(held, request.GET.get("page"))
    context = {
        "season": held,
        "page": page,
        "doubts": waiting,
        "refusal": refusal,
        "refused": refused,
        "may_review": may_review(request, held),
    }
    return render(request, "registration/doubts.html", context, status=422 if refusal else 200)
