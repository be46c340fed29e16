"""Notices on the office's desk: draft, publish, print, take down."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leitai.kernel.errors import DomainError
from leitai.notices import printing, selectors, services
from leitai.notices.forms import DownForm, NoticeForm, PublishForm
from leitai.notices.models import Notice
from leitai.notices.views.public import actor_of
from leitai.seasons.models import Season
from leitai.seasons.selectors import get_season


@require_safe
@login_required
def listed(request: HttpRequest, season: str) -> HttpResponse:
    held, actor = get_season(season), actor_of(request)
    page, rows = selectors.page_for_office(actor, held, request.GET.get("page"), at=timezone.now())
    context = {"season": held, "page": page, "rows": rows, "may": selectors.may_draft(actor, held)}
    return render(request, "notices/office.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new(request: HttpRequest, season: str) -> HttpResponse:
    held = selectors.demand_drafting(actor_of(request), get_season(season))
    if request.method != "POST":
        return _drafted(request, held, _form(held), None)
    form = _form(held, request.POST)
    if form.is_valid():
        try:
            made = services.draft_notice(
                actor=actor_of(request), season=held, draft=form.draft(), at=timezone.now()
            )
            return redirect("notices:notice", season, made.number)
        except DomainError as error:
            form.refuse(error)
    return _drafted(request, held, form, None, status=422)


@require_safe
@login_required
def one(request: HttpRequest, season: str, notice: int) -> HttpResponse:
    return _page(request, season, notice)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def edit(request: HttpRequest, season: str, notice: int) -> HttpResponse:
    held = get_season(season)
    found = selectors.get_draft_to_edit(actor_of(request), held, notice)
    if request.method != "POST":
        return _drafted(request, held, _form(held, initial=NoticeForm.told_of(found)), found)
    form = _form(held, request.POST)
    if form.is_valid():
        try:
            services.revise_notice(actor=actor_of(request), notice=found, draft=form.draft())
            return redirect("notices:notice", season, notice)
        except DomainError as error:
            form.refuse(error)
    return _drafted(request, held, form, found, status=422)


@require_POST
@login_required
def publish(request: HttpRequest, season: str, notice: int) -> HttpResponse:
    found = selectors.get_notice_for_office(actor_of(request), get_season(season), notice)
    form = PublishForm(request.POST)
    if not form.is_valid():
        return _page(request, season, notice, publish=form)
    try:
        services.publish_notice(
            actor=actor_of(request), notice=found, opens_at=form.start, at=timezone.now()
        )
    except DomainError as error:
        form.refuse(error)
        return _page(request, season, notice, publish=form)
    messages.success(request, _("已发布，操作已留痕。"))
    return redirect("notices:notice", season, notice)


@require_POST
@login_required
def down(request: HttpRequest, season: str, notice: int) -> HttpResponse:
    found = selectors.get_notice_for_office(actor_of(request), get_season(season), notice)
    form = DownForm(request.POST)
    if not form.is_valid():
        return _page(request, season, notice, down=form)
    services.take_down(
        actor=actor_of(request),
        notice=found,
        reason=form.cleaned_data["reason"],
        at=timezone.now(),
    )
    messages.success(request, _("已撤下，公开页面只显示曾经发布和撤下的原因。"))
    return redirect("notices:notice", season, notice)


@require_POST
@login_required
def drop(request: HttpRequest, season: str, notice: int) -> HttpResponse:
    found = selectors.get_notice_for_office(actor_of(request), get_season(season), notice)
    services.drop_notice(actor=actor_of(request), notice=found)
    messages.success(request, _("拟稿已删除。"))
    return redirect("notices:office", season)


@require_safe
@login_required
def printed(request: HttpRequest, season: str, notice: int) -> HttpResponse:
    found = selectors.get_notice_for_office(actor_of(request), get_season(season), notice)
    response = HttpResponse(printing.pdf(found), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{season}-notice-{notice}.pdf"'
    return response


def _form(season: Season, *given: object, **named: object) -> NoticeForm:
    return NoticeForm(
        *given,
        basis=selectors.basis_choices(season),
        subjects=selectors.subject_choices(season),
        **named,
    )


def _drafted(
    request: HttpRequest,
    season: Season,
    form: NoticeForm,
    notice: Notice | None,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {"season": season, "form": form, "notice": notice}
    return render(request, "notices/edit.html", context, status=status)


def _page(
    request: HttpRequest,
    season: str,
    notice: int,
    *,
    publish: PublishForm | None = None,
    down: DownForm | None = None,
) -> HttpResponse:
    held = get_season(season)
    found = selectors.get_notice_for_office(actor_of(request), held, notice)
    page = selectors.office_notice(actor_of(request), found, at=timezone.now())
    context = {
        "season": held,
        "page": page,
        "publish": publish or PublishForm(),
        "down": down or DownForm(),
    }
    status = 422 if publish or down else 200
    return render(request, "notices/notice.html", context, status=status)
