"""A draft's pages: begin one, write it, choose whom it is for, send it or drop it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from leitai.kernel.errors import DomainError
from leitai.orders import selectors, services, writing
from leitai.orders.blanks import list_blanks
from leitai.orders.views.common import actor_of
from leitai.seasons.selectors import get_season


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new(request: HttpRequest, season: str) -> HttpResponse:
    held, actor = get_season(season), actor_of(request)
    issuer = selectors.get_issuer(actor, held, request.POST.get("issuer", ""))
    if request.method == "POST":
        asked = request.POST.get("template", "")
        made = services.create_order(
            actor=actor, season=held, issuer=issuer, template=asked, at=timezone.now()
        )
        return redirect("orders:edit", season, made.pk)
    context = {
        "season": held,
        "issuers": selectors.issuers_for(actor, held),
        "blanks": list_blanks(),
    }
    return render(request, "orders/new.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def edit(request: HttpRequest, season: str, draft: int) -> HttpResponse:
    held = selectors.get_draft(actor_of(request), season, draft)
    if request.method != "POST":
        return render(request, "orders/edit.html", writing.page_of(request, held))
    told = writing.take(request, actor_of(request), held, at=timezone.now())
    if told is not None:
        return render(request, "orders/edit.html", told, status=422)
    messages.success(request, _("草稿已保存。"))
    return redirect("orders:edit", season, draft)


@require_POST
@login_required
def to(request: HttpRequest, season: str, draft: int) -> HttpResponse:
    """Add to the recipients, or take away."""
    held = selectors.get_draft(actor_of(request), season, draft)
    added = writing.choose(request, actor_of(request), held)
    if added is not None:
        told = ngettext("增加了%(count)s个单位。", "增加了%(count)s个单位。", added)
        messages.success(request, told % {"count": added})
    return redirect("orders:edit", season, draft)


@require_POST
@login_required
def send(request: HttpRequest, season: str, draft: int) -> HttpResponse:
    held = selectors.get_draft(actor_of(request), season, draft)
    try:
        services.send_order(actor=actor_of(request), order=held, at=timezone.now())
    except DomainError as error:
        if error.code != "problems":
            raise
        told = writing.page_of(request, held, refused=error)
        return render(request, "orders/edit.html", told, status=422)
    messages.success(request, _("已下发。接收单位的管理员已收到待办消息。"))
    return redirect("orders:order", season, draft)


@require_POST
@login_required
def drop(request: HttpRequest, season: str, draft: int) -> HttpResponse:
    held = selectors.get_draft(actor_of(request), season, draft)
    services.drop_order(actor=actor_of(request), order=held)
    messages.success(request, _("草稿已删去。"))
    return redirect("orders:desk", season)
