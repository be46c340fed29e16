"""Deeds of two officers: the list, one proposal, and what can be done with it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from leitai.base.actor import Actor
from leitai.base.errors import text_of
from leitai.kernel.errors import DomainError
from leitai.ledger import selectors, services
from leitai.ledger.forms import RejectForm
from leitai.ledger.models import Proposal


@require_safe
@login_required
def acts(request: HttpRequest) -> HttpResponse:
    asked = request.GET.get("show", "")
    show = asked if asked in selectors.SHOWS else selectors.SHOWS[0]
    page = selectors.list_proposals_for(
        _actor(request), show, request.GET.get("page"), at=timezone.now()
    )
    return render(request, "ledger/acts.html", {"page": page, "show": show})


@require_safe
@login_required
def act(request: HttpRequest, proposal: int) -> HttpResponse:
    return _shown(request, _held(request, proposal))


@require_POST
@login_required
def approve(request: HttpRequest, proposal: int) -> HttpResponse:
    held = _held(request, proposal)
    try:
        services.approve(
            actor=_actor(request),
            proposal=held,
            at=timezone.now(),
            seen=request.POST.get("seen", ""),
        )
    except DomainError as error:
        if error.code != "proposal_changed":
            raise
        return _shown(request, held, problem=text_of(error))
    return _said(request, held, _("已批准并办理。"))


@require_POST
@login_required
def reject(request: HttpRequest, proposal: int) -> HttpResponse:
    held, form = _held(request, proposal), RejectForm(request.POST)
    if not form.is_valid():
        return _shown(request, held, form=form)
    services.reject(
        actor=_actor(request),
        proposal=held,
        reason=form.cleaned_data["reason"],
        at=timezone.now(),
    )
    return _said(request, held, _("已决定不批准，事项不予办理。"))


@require_POST
@login_required
def withdraw(request: HttpRequest, proposal: int) -> HttpResponse:
    held = _held(request, proposal)
    services.withdraw(actor=_actor(request), proposal=held, at=timezone.now())
    return _said(request, held, _("已撤回，事项不再办理。"))


@require_POST
@login_required
def renew(request: HttpRequest, proposal: int) -> HttpResponse:
    held = _held(request, proposal)
    renewed = services.renew(actor=_actor(request), proposal=held, at=timezone.now())
    return _said(request, renewed, _("已重新提出，等待另一名人员批准。"))


def _held(request: HttpRequest, number: int) -> Proposal:
    """The proposal for its viewer; one whose time is over is closed on sight."""
    held = selectors.get_proposal_for(_actor(request), number)
    return services.settle(proposal=held, at=timezone.now())


def _shown(
    request: HttpRequest, held: Proposal, *, form: RejectForm | None = None, problem: str = ""
) -> HttpResponse:
    page = selectors.proposal_page(_actor(request), held, at=timezone.now())
    context = {"page": page, "form": form or RejectForm(), "problem": problem}
    status = 422 if form or problem else 200
    return render(request, "ledger/act.html", context, status=status)


def _said(request: HttpRequest, held: Proposal, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect("ledger:act", held.pk)


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]  # put there by the door
    return actor
