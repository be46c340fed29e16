"""One hand-in: read, accepted, returned."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from leitai.base.forms import refuse
from leitai.kernel.errors import DomainError
from leitai.orders import selectors, services
from leitai.orders.forms import ReturnForm
from leitai.orders.views.common import actor_of


@require_safe
@login_required
@never_cache
def one(request: HttpRequest, season: str, hand_in: int) -> HttpResponse:
    return _page(request, season, hand_in, ReturnForm())


@require_POST
@login_required
def accept(request: HttpRequest, season: str, hand_in: int) -> HttpResponse:
    held = selectors.get_hand_in_for(actor_of(request), season, hand_in)
    services.accept_hand_in(actor=actor_of(request), hand_in=held, at=timezone.now())
    messages.success(request, _("已通过。"))
    return redirect("orders:order", season, held.thing.order_id)


@require_POST
@login_required
def give_back(request: HttpRequest, season: str, hand_in: int) -> HttpResponse:
    held = selectors.get_hand_in_for(actor_of(request), season, hand_in)
    form = ReturnForm(request.POST)
    if form.is_valid():
        try:
            services.return_hand_in(
                actor=actor_of(request), hand_in=held, at=timezone.now(), **form.cleaned_data
            )
        except DomainError as error:
            if error.code == "forbidden":
                raise
            refuse(form, error)
        else:
            messages.success(request, _("已退回，报送单位已收到消息。"))
            return redirect("orders:order", season, held.thing.order_id)
    return _page(request, season, hand_in, form)


@require_POST
@login_required
def accept_all(request: HttpRequest, season: str, order: int, thing: int) -> HttpResponse:
    held = selectors.get_own_order(actor_of(request), season, order)
    asked = selectors.get_thing(held, thing)
    count = services.accept_all(actor=actor_of(request), thing=asked, at=timezone.now())
    told = ngettext("通过了%(count)s份。", "通过了%(count)s份。", count) % {"count": count}
    messages.success(request, told)
    return redirect("orders:order", season, order)


def _page(request: HttpRequest, season: str, hand_in: int, form: ReturnForm) -> HttpResponse:
    held = selectors.get_hand_in_for(actor_of(request), season, hand_in)
    context = {"opened": selectors.open_hand_in(actor_of(request), held), "form": form}
    status = 422 if form.errors else 200
    return render(request, "orders/hand_in.html", context, status=status)
