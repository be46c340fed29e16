"""The office writes the plan."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leitai.base.forms import refuse
from leitai.kernel.errors import DomainError
from leitai.training import selectors, services
from leitai.training.forms import SessionForm
from leitai.training.views.common import actor_of

_PAGES = require_http_methods(["GET", "HEAD", "POST"])


@_PAGES
@login_required
def new(request: HttpRequest, season: str, group: int) -> HttpResponse:
    held = selectors.get_group_of_desk(actor_of(request), season, group)
    data = request.POST if request.method == "POST" else None
    form = SessionForm(data, initial={"day": request.GET.get("day") or held.starts})
    if form.is_valid():
        try:
            services.create_session(actor=actor_of(request), group=held, part=form.part())
        except DomainError as error:
            refuse(form, error)
        else:
            messages.success(request, _("已列入日程。"))
            return redirect("training:manage", season, group)
    told = {"season": held.season, "form": form, "group": held}
    return render(request, "training/session.html", told, status=422 if form.is_bound else 200)


@_PAGES
@login_required
def edit(request: HttpRequest, season: str, group: int, session: int) -> HttpResponse:
    held = selectors.get_session_of_desk(actor_of(request), season, group, session)
    data = request.POST if request.method == "POST" else None
    form = SessionForm(data, initial=SessionForm.told(held))
    if form.is_valid():
        try:
            services.edit_session(
                actor=actor_of(request), session=held, part=form.part(), at=timezone.now()
            )
        except DomainError as error:
            refuse(form, error)
        else:
            messages.success(request, _("已保存。"))
            return redirect("training:manage", season, group)
    told = {"season": held.group.season, "form": form, "group": held.group, "session": held}
    return render(request, "training/session.html", told, status=422 if form.is_bound else 200)


@require_POST
@login_required
def drop(request: HttpRequest, season: str, group: int, session: int) -> HttpResponse:
    held = selectors.get_session_of_desk(actor_of(request), season, group, session)
    services.drop_session(actor=actor_of(request), session=held)
    messages.success(request, _("已从日程中删去。"))
    return redirect("training:manage", season, group)
