"""Papers of a season: which there are, and asking for new ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from leitai.bank import selectors as bank
from leitai.kernel.errors import DomainError
from leitai.seasons import selectors as seasons
from leitai.sittings import rules, selectors, services
from leitai.sittings.forms import ComposeForm
from leitai.sittings.selectors import Slot
from leitai.sittings.views.common import actor_of, attempt


@require_safe
@login_required
def listing(request: HttpRequest, season: str) -> HttpResponse:
    """What is sealed, what each is for, and the events that still lack a paper."""
    found = seasons.get_season(season)
    host = seasons.host_path(found)
    if not rules.can_watch_exams(actor_of(request), season, host):
        raise DomainError("forbidden")
    context = {
        "season": found,
        "papers": selectors.papers_of(season),
        "slots": selectors.slots_of(found, at=timezone.now()),
        "may_run": rules.can_run_exams(actor_of(request), season, host),
    }
    return render(request, "sittings/papers.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new(request: HttpRequest, season: str) -> HttpResponse:
    """The form; looked at, what will be made; confirmed, a deed that goes on at its own page."""
    slot = _slot(request, season)
    form = _form(request, slot)
    if not form.is_valid():
        return _page(request, slot, form)
    if request.POST.get("act") != "do":
        return _page(request, slot, form, attempt(form, _effect, slot=slot, data=form.cleaned_data))
    wanted = {"actor": actor_of(request), "stage": slot.stage, "event": slot.code}
    proposal = attempt(form, services.propose_papers, **wanted, **form.cleaned_data)
    if proposal is None:
        return _page(request, slot, form)
    return redirect("ledger:act", proposal.pk)


def _form(request: HttpRequest, slot: Slot) -> ComposeForm:
    first = {"count": slot.event.sitting.forms if slot.event.sitting else 1}
    banks = bank.banks_for_papers(slot.stage.season.code)
    return ComposeForm(banks, request.POST if request.method == "POST" else None, initial=first)


def _slot(request: HttpRequest, season: str) -> Slot:
    found = seasons.get_season(season)
    if not rules.can_run_exams(actor_of(request), season, seasons.host_path(found)):
        raise DomainError("forbidden")
    asked = request.POST.get("of") or request.GET.get("of", "")
    return selectors.get_slot(found, asked, at=timezone.now())


def _effect(*, slot: Slot, data: Mapping[str, Any], at: datetime) -> list[str]:
    return services.preview_papers(
        stage=slot.stage, event=slot.code, banks=data["banks"], count=data["count"]
    )


def _page(
    request: HttpRequest, slot: Slot, form: ComposeForm, effect: Sequence[str] | None = None
) -> HttpResponse:
    context = {"season": slot.stage.season, "slot": slot, "form": form, "effect": effect}
    status = 422 if form.errors else 200
    return render(request, "sittings/papers_new.html", context, status=status)
