"""发放表 of prizes and of labour: amounts, tax, the reason; the workbook is the answer."""

from __future__ import annotations

from decimal import Decimal

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from leitai.kernel.errors import DomainError
from leitai.paperwork import selectors, services
from leitai.paperwork.forms import PaymentForm
from leitai.paperwork.packs import Made
from leitai.paperwork.selectors.desk import PaymentPage
from leitai.paperwork.services import LABOUR, PRIZES, Terms
from leitai.paperwork.views.answers import actor_of, handed_over
from leitai.seasons.models import Season


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def payments(request: HttpRequest, season: str) -> HttpResponse:
    held = selectors.get_season_to_pay(actor_of(request), season)
    page = selectors.payment_page(held)
    forms = {kind: _form(page, kind, request) for kind in (PRIZES, LABOUR)}
    posted = next((form for form in forms.values() if form.is_bound), None)
    made = _made(request, held, page, posted) if posted and posted.is_valid() else None
    if made is not None:
        return handed_over(made)
    context = {"page": page, "prizes": forms[PRIZES], "labour": forms[LABOUR]}
    return render(request, "paperwork/payments.html", context, status=422 if posted else 200)


def _form(page: PaymentPage, kind: str, request: HttpRequest) -> PaymentForm:
    bound = request.method == "POST" and request.POST.get(f"{kind}-kind") == kind
    data = request.POST if bound else None
    return PaymentForm(_prize_sums(page) if kind == PRIZES else _duty_sums(page), kind, data)


def _prize_sums(page: PaymentPage) -> list[tuple[str, str, Decimal | None]]:
    words = _("%(what)s，每人（元，共%(count)s人）")
    return [
        (what, words % {"what": what, "count": count}, known) for what, count, known in page.sums
    ]


def _duty_sums(page: PaymentPage) -> list[tuple[str, str, Decimal | None]]:
    words = _("%(what)s，每人（元，共%(count)s人；不发的不填）")
    return [
        (duty, words % {"what": duty, "count": count}, None) for _role, duty, count in page.duties
    ]


def _made(
    request: HttpRequest, season: Season, page: PaymentPage, form: PaymentForm
) -> Made | None:
    told = form.cleaned_data
    paid = {role for role, duty, _count in page.duties if duty in form.amounts}
    try:
        return services.make_payments(
            actor=actor_of(request),
            season=season,
            kind=told["kind"],
            roles=paid,
            terms=Terms(form.amounts, told["tax"], told["reason"]),
            at=timezone.now(),
        )
    except DomainError as error:
        form.refuse(error, {"reveal_reason": "reason", "paperwork_tax": "tax"})
        return None
