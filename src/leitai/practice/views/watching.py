"""Fair play: the office looks, checks and decides; a learner reads the own case and appeals."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from leitai.base.errors import text_of
from leitai.kernel.errors import DomainError
from leitai.practice.forms import check_words
from leitai.practice.selectors.watching import own_case, watch_case, watch_desk
from leitai.practice.services import appealing, clearing, upholding
from leitai.practice.views.common import actor_of, own_of, page


@require_safe
@login_required
def desk(request: HttpRequest, season: str) -> HttpResponse:
    state, number = request.GET.get("state", ""), request.GET.get("page")
    shown = watch_desk(actor_of(request), season, state=state, number=number)
    return render(request, "practice/watch.html", {"desk": shown, "season": shown.season})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def case(request: HttpRequest, season: str, case: int) -> HttpResponse:
    shown, refusal = watch_case(actor_of(request), season, case), ""
    if request.method == "POST":
        if not shown.may_run:
            raise DomainError("forbidden")
        refusal = _refusal_of(request, case)
        if not refusal:
            messages.success(request, _("已办理，记录在案。"))
            return redirect("practice:watch-case", season, case)
    context = {"case": shown, "season": shown.season, "refusal": refusal, "typed": request.POST}
    return render(request, "practice/watch_case.html", context, status=422 if refusal else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def own(request: HttpRequest, season: str, case: int) -> HttpResponse:
    ground, _learner = own_of(request, season)
    shown, refusal = own_case(ground, case), ""
    if request.method == "POST":
        words = request.POST.get("words", "")[:500]
        try:
            appealing.appeal(actor=ground.actor, suspicion=case, words=words, at=ground.at)
        except DomainError as error:
            refusal = text_of(error)
        else:
            messages.success(request, _("申诉已提交，由作出结论以外的人办理。"))
            return redirect("practice:watch-own", season, case)
    context = {"case": shown, "refusal": refusal, "typed": request.POST}
    return page(request, "watch_own", ground, context, status=422 if refusal else 200)


def _refusal_of(request: HttpRequest, case: int) -> str:
    """Do what the form asks; the refusal as a sentence where it cannot be done."""
    try:
        _do(request.POST, actor=actor_of(request), suspicion=case, at=timezone.now())
    except DomainError as error:
        if error.code in {"forbidden", "not_found"}:
            raise
        return text_of(error)
    return ""


def _do(told: QueryDict, **case: Any) -> None:
    words = told.get("words", "")[:500]
    do = told.get("do", "")
    if do == "check":
        clearing.order_check(**case, words=check_words(told))
    elif do == "clear":
        clearing.clear_suspicion(**case, words=words)
    elif do == "uphold":
        upholding.uphold_suspicion(**case, words=words)
    elif do in {"grant", "refuse"}:
        appealing.decide_appeal(**case, granted=do == "grant", words=words)
    else:
        raise DomainError("not_found")
