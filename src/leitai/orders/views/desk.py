"""The issuer's pages: the list, one order with everybody's states, what is sent after it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leitai.orders import exporting, selectors, services, writing
from leitai.orders.owners import ORDER_KIND, owner_of
from leitai.orders.views.common import actor_of, spreadsheet


@require_safe
@login_required
def desk(request: HttpRequest, season: str) -> HttpResponse:
    page = selectors.desk_for(
        actor_of(request),
        season,
        view=request.GET.get("view", ""),
        number=request.GET.get("page"),
        now=timezone.now(),
    )
    return render(request, "orders/desk.html", {"desk": page})


@require_safe
@login_required
def order(request: HttpRequest, season: str, order: int) -> HttpResponse:
    page = selectors.order_desk(
        actor_of(request),
        season,
        order,
        view=request.GET.get("view", ""),
        page=request.GET.get("page"),
        now=timezone.now(),
    )
    context = {
        "desk": page,
        "order": page.order,
        "files": selectors.notice_files([page.order])[page.order.pk],
        "link": services.link_of(page.order),
    }
    return render(request, "orders/order.html", context)


@require_safe
@login_required
def roll(request: HttpRequest, season: str, order: int) -> HttpResponse:
    held = selectors.get_order_for(actor_of(request), season, order)
    context = {
        "order": held,
        "page": selectors.roll_page(held, request.GET.get("page"), now=timezone.now()),
    }
    return render(request, "orders/roll.html", context)


@require_safe
@login_required
def sheet(request: HttpRequest, season: str, order: int) -> HttpResponse:
    """The list to print: everybody's states, with room for remarks."""
    held = selectors.get_order_for(actor_of(request), season, order)
    now = timezone.now()
    board = selectors.board_of(held, now=now)
    return render(request, "orders/print.html", {"order": held, "board": board, "now": now})


@require_safe
@login_required
def states(request: HttpRequest, season: str, order: int) -> HttpResponse:
    held = selectors.get_order_for(actor_of(request), season, order)
    return spreadsheet(exporting.states_of(held, now=timezone.now()), held.title)


@require_POST
@login_required
def collected(request: HttpRequest, season: str, order: int, thing: int) -> HttpResponse:
    held = selectors.get_own_order(actor_of(request), season, order)
    asked = selectors.get_thing(held, thing)
    data = exporting.export_thing(actor=actor_of(request), thing=asked, at=timezone.now())
    return spreadsheet(data, asked.title)


@require_POST
@login_required
def remind(request: HttpRequest, season: str, order: int) -> HttpResponse:
    held = selectors.get_own_order(actor_of(request), season, order)
    told = services.remind_order(actor=actor_of(request), order=held, at=timezone.now())
    done = ngettext("已催办%(count)s个单位。", "已催办%(count)s个单位。", told) % {"count": told}
    messages.success(request, done)
    return redirect("orders:order", season, order)


@require_POST
@login_required
def close(request: HttpRequest, season: str, order: int) -> HttpResponse:
    held = selectors.get_own_order(actor_of(request), season, order)
    services.close_order(actor=actor_of(request), order=held, at=timezone.now())
    messages.success(request, _("已办结，不再接收签收和报送。"))
    return redirect("orders:order", season, order)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def supplement(request: HttpRequest, season: str, order: int) -> HttpResponse:
    held = selectors.get_own_order(actor_of(request), season, order)
    form = writing.supplement(request, actor_of(request), held, at=timezone.now())
    if form is None:
        messages.success(request, _("补充通知已下发。"))
        return redirect("orders:order", season, order)
    status = 422 if form.errors else 200
    context = {"order": held, "form": form, "kind": ORDER_KIND, "owner": owner_of(held)}
    return render(request, "orders/supplement.html", context, status=status)
