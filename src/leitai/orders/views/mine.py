"""The unit's pages: what others sent it, one order, one thing to fill in and hand in."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leitai.base.errors import text_of
from leitai.kernel.errors import DomainError
from leitai.orders import selectors, services, taking, workbook
from leitai.orders.views.common import actor_of, spreadsheet


@require_safe
@login_required
def inbox(request: HttpRequest, season: str) -> HttpResponse:
    page = selectors.inbox_for(
        actor_of(request),
        season,
        view=request.GET.get("view", ""),
        number=request.GET.get("page"),
        now=timezone.now(),
    )
    return render(request, "orders/inbox.html", {"inbox": page})


@require_safe
@login_required
def mine_of(request: HttpRequest, season: str, order: int) -> HttpResponse:
    found = selectors.own_recipient(actor_of(request), season, order)
    return redirect("orders:mine", season, found.pk)


@require_safe
@login_required
def mine(request: HttpRequest, season: str, recipient: int) -> HttpResponse:
    held = selectors.get_recipient_for(actor_of(request), season, recipient)
    page = selectors.order_page(actor_of(request), held, now=timezone.now())
    files = selectors.notice_files((held.order, *page.above))
    context = {
        "page": page,
        "recipient": held,
        "order": held.order,
        "files": files[held.order_id],
        "above": [(one, files[one.pk]) for one in page.above],
    }
    return render(request, "orders/mine.html", context)


@require_POST
@login_required
def sign(request: HttpRequest, season: str, recipient: int) -> HttpResponse:
    held = selectors.get_recipient_for(actor_of(request), season, recipient)
    services.sign_order(actor=actor_of(request), recipient=held, at=timezone.now())
    messages.success(request, _("已签收。"))
    return redirect("orders:mine", season, recipient)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def fill(request: HttpRequest, season: str, recipient: int, thing: int) -> HttpResponse:
    """Filled in and kept; handed in too, if that was asked and nothing is wrong."""
    actor, now = actor_of(request), timezone.now()
    held = selectors.get_recipient_for(actor, season, recipient)
    asked = selectors.get_thing(held.order, thing)
    refusal = ""
    if request.method == "POST":
        try:
            taking.take(request, actor, held, asked, now)
            return _kept(request, season, recipient, thing)
        except DomainError as error:
            refusal = text_of(error)
    checked = bool(refusal) or "checked" in request.GET
    page = taking.fill_page(actor, held, asked, checked=checked, now=now)
    context = {"page": page, "recipient": held, "order": held.order, "refusal": refusal}
    return render(request, "orders/fill.html", context, status=422 if refusal else 200)


def _kept(request: HttpRequest, season: str, recipient: int, thing: int) -> HttpResponse:
    if request.POST.get("act") != "hand-in":
        messages.success(request, _("已保存，尚未报送。核对无误后请点“报送”。"))
        here = reverse("orders:fill", args=[season, recipient, thing])
        return redirect(f"{here}?checked=1" if "sheet" in request.FILES else here)
    actor, now = actor_of(request), timezone.now()
    held = selectors.get_recipient_for(actor, season, recipient)
    asked = selectors.get_thing(held.order, thing)
    services.hand_in(actor=actor, recipient=held, thing=asked, at=now)
    messages.success(request, _("已报送，等待审核。"))
    return redirect("orders:mine", season, recipient)


@require_POST
@login_required
def gather(request: HttpRequest, season: str, recipient: int, thing: int) -> HttpResponse:
    held = selectors.get_recipient_for(actor_of(request), season, recipient)
    asked = selectors.get_thing(held.order, thing)
    services.gather(actor=actor_of(request), recipient=held, thing=asked, at=timezone.now())
    messages.success(request, _("已汇总下级报送的内容。请核对后报送。"))
    return redirect("orders:fill", season, recipient, thing)


@require_POST
@login_required
def pass_on(request: HttpRequest, season: str, recipient: int) -> HttpResponse:
    held = selectors.get_recipient_for(actor_of(request), season, recipient)
    made = services.pass_on(actor=actor_of(request), recipient=held, at=timezone.now())
    messages.success(request, _("已生成转发的草稿。核对文字、期限和接收单位后下发。"))
    return redirect("orders:edit", season, made.pk)


@require_safe
@login_required
def blank_list(request: HttpRequest, season: str, recipient: int, thing: int) -> HttpResponse:
    """The empty spreadsheet of a list."""
    held = selectors.get_recipient_for(actor_of(request), season, recipient)
    asked = selectors.get_thing(held.order, thing)
    columns = taking.list_columns(asked)
    return spreadsheet(workbook.empty_list(columns), asked.title)
