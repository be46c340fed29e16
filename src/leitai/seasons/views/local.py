"""Stages that each delegation holds for itself: the board, one's own plan, and its report."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leitai.base.actor import Actor
from leitai.base.errors import text_of
from leitai.kernel.errors import DomainError, Problems
from leitai.seasons import forms, selectors, services, signed
from leitai.seasons.selectors.local import LocalBoard, LocalRow, local_board, local_row

SHOWN_PROBLEMS = 20


@require_safe
@login_required
def board(request: HttpRequest, season: str, stage: str) -> HttpResponse:
    """All delegations for the committee; a delegation's own people see theirs."""
    page = local_board(_actor(request), season, stage, at=timezone.now())
    return render(request, "seasons/local.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def own(request: HttpRequest, season: str, stage: str, team: str) -> HttpResponse:
    """How this delegation chooses, and when."""
    page, row = local_row(_actor(request), season, stage, team, at=timezone.now())
    form = forms.LocalForm(
        request.POST or None, initial=forms.local_initial(row.held), free=page.free
    )
    if request.method == "POST" and form.is_valid() and _planned(request, page, row, form):
        messages.success(request, _("安排已保存。"))
        return redirect("seasons:local-own", season, stage, team)
    return _own(request, page, row, form, forms.ResultsForm())


@require_POST
@login_required
def results(request: HttpRequest, season: str, stage: str, team: str) -> HttpResponse:
    """The list of results as a file; what is wrong with it is said row by row."""
    page, row = local_row(_actor(request), season, stage, team, at=timezone.now())
    upload = forms.ResultsForm(request.POST, request.FILES)
    if upload.is_valid() and _reported(request, page, row, upload):
        messages.success(request, _("成绩已报送。"))
        return redirect("seasons:local-own", season, stage, team)
    form = forms.LocalForm(initial=forms.local_initial(row.held), free=page.free)
    return _own(request, page, row, form, upload)


def _planned(request: HttpRequest, page: LocalBoard, row: LocalRow, form: forms.LocalForm) -> bool:
    try:
        services.plan_local(
            actor=_actor(request),
            season=selectors.get_season(page.season.code),
            stage=page.code,
            delegation=row.delegation.unit.code,
            at=timezone.now(),
            **form.cleaned_data,
        )
    except DomainError as error:
        if error.code == "forbidden":
            raise
        form.add_error("note" if error.code == "local_reason" else None, text_of(error))
        return False
    return True


def _reported(
    request: HttpRequest, page: LocalBoard, row: LocalRow, form: forms.ResultsForm
) -> bool:
    try:
        _report(request, page, row, form)
    except Problems as error:
        for one in error.problems[:SHOWN_PROBLEMS]:
            form.add_error("file", text_of(one))
    except DomainError as error:
        if error.code == "forbidden":
            raise
        form.add_error("file", text_of(error))
    return not form.errors


def _report(request: HttpRequest, page: LocalBoard, row: LocalRow, form: forms.ResultsForm) -> None:
    file = form.cleaned_data["file"]
    services.report_local(
        actor=_actor(request),
        season=selectors.get_season(page.season.code),
        stage=page.code,
        delegation=row.delegation.unit.code,
        rows=services.read_results(file, file.name),
        signed_list=signed.take(request, at=timezone.now()),
        at=timezone.now(),
    )


def _own(
    request: HttpRequest,
    page: LocalBoard,
    row: LocalRow,
    form: forms.LocalForm,
    upload: forms.ResultsForm,
) -> HttpResponse:
    context = {"page": page, "row": row, "form": form, "upload": upload}
    context["signed"] = signed.list_signed(row.held)
    bad = bool(form.errors or upload.errors)
    return render(request, "seasons/local_own.html", context, status=422 if bad else 200)


def _actor(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined, no-any-return]  # our door's
