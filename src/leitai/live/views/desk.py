"""The office's desk: matches, their seats and questions, what is done with them, cards, record."""

from __future__ import annotations

import secrets

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leitai.base.errors import text_of
from leitai.kernel.errors import DomainError
from leitai.live import doing, printing, services
from leitai.live.forms import DrawForm, PlanForm, QuestionsForm, ReasonForm, SeatsForm
from leitai.live.models import Match
from leitai.live.selectors import matches, pages, protocol
from leitai.live.views.common import (
    NOT_OF_THE_FORM,
    actor_of,
    attempt,
    match_to_plan,
    match_to_see,
    of,
    posted,
)


@require_safe
@login_required
def listing(request: HttpRequest, season: str) -> HttpResponse:
    held = matches.get_season_for(actor_of(request), season)
    context = {
        "season": held,
        "rows": matches.list_matches(held),
        "slots": matches.slots_of(held),
        "plans": pages.may_plan(actor_of(request), held),
    }
    return render(request, "live/matches.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new(request: HttpRequest, season: str) -> HttpResponse:
    held = pages.season_to_plan(actor_of(request), season)
    form = PlanForm(matches.slots_of(held), posted(request))
    if form.is_valid():
        wanted = {"actor": actor_of(request), "season": held, **pages.planned(form.chosen())}
        told = {key: form.cleaned_data[key] for key in ("title", "starts_at")}
        if made := attempt(form, services.plan_match, **wanted, **told):
            return redirect("live:match", season, made.code)
    status = 422 if form.errors else 200
    return render(request, "live/new.html", {"season": held, "form": form}, status=status)


@require_safe
@login_required
@never_cache
def match(request: HttpRequest, season: str, match: str) -> HttpResponse:
    found = match_to_see(request, season, match)
    context = of(request, found) | {"page": pages.page_of(found), "form": ReasonForm()}
    return render(request, "live/match.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def seats(request: HttpRequest, season: str, match: str) -> HttpResponse:
    """Keyed, or filled from a draw (`?draw=3`), looked at, and saved."""
    found = match_to_plan(request, season, match)
    number, plans = pages.drawn(found, request.GET.get("draw", ""))
    form = SeatsForm(found, pages.live_of(found), pages.entries(found), posted(request), plans)
    if form.is_valid():
        wanted = {"actor": actor_of(request), "match": found, "draw": number}
        if attempt(form, services.seat_match, seats=form.plans(), **wanted):
            messages.success(request, _("席位已保存。"))
            return redirect("live:match", season, match)
    context = of(request, found) | {"form": form, "draws": DrawForm(pages.draws(found))}
    return render(request, "live/seats.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def questions(request: HttpRequest, season: str, match: str) -> HttpResponse:
    found = match_to_plan(request, season, match)
    form = QuestionsForm(pages.banks(found), list(matches.segments_of(found)), posted(request))
    if form.is_valid():
        wanted = {"actor": actor_of(request), "match": found, "seed": secrets.token_hex(16)}
        told = {"bank_codes": form.cleaned_data["banks"], "types": form.cleaned_data["types"]}
        counts = {"counts": form.counts(), "spares": form.cleaned_data["spares"]}
        if attempt(form, services.choose_questions, **wanted, **told, **counts):
            messages.success(request, _("试题已抽取并封存。"))
            return redirect("live:match", season, match)
    context = of(request, found) | {"form": form}
    return render(request, "live/questions.html", context, status=422 if form.errors else 200)


@require_POST
@login_required
def do(request: HttpRequest, season: str, match: str, act: str) -> HttpResponse:
    """One of the steps that need no page of their own; what is refused is said on the match's."""
    found = match_to_plan(request, season, match)
    form = ReasonForm(request.POST)
    form.is_valid()
    try:
        done = doing.do(act, actor_of(request), found, form.cleaned_data, at=timezone.now())
    except DomainError as error:
        if error.code in NOT_OF_THE_FORM:
            raise
        messages.error(request, text_of(error))
        return _page(found)
    messages.success(request, done.said)
    return redirect("live:matches", season) if done.match is None else _page(done.match)


@require_safe
@login_required
@never_cache
def cards(request: HttpRequest, season: str, match: str) -> HttpResponse:
    found = match_to_plan(request, season, match)
    address = pages.seat_address()
    context = of(request, found) | {
        "cards": printing.sheet(found, address),
        "address": address.partition("://")[2],
    }
    return render(request, "live/cards.html", context)


@require_safe
@login_required
def record(request: HttpRequest, season: str, match: str) -> HttpResponse:
    """The protocol with every press, for signing."""
    found = _to_take(request, season, match)
    made = printing.protocol_pdf(protocol.protocol_of(found), at=timezone.now())
    return _file(made, "application/pdf", f"{season}-{found.code}-protocol.pdf")


@require_safe
@login_required
def export(request: HttpRequest, season: str, match: str) -> HttpResponse:
    """Rules, entries, scores and logs, for `leitai rulebook decide`."""
    found = _to_take(request, season, match)
    return _file(printing.tables_zip(found), "application/zip", f"{season}-{found.code}-tables.zip")


def _to_take(request: HttpRequest, season: str, code: str) -> Match:
    match = match_to_see(request, season, code)
    if not matches.may(actor_of(request), match).protocol:
        raise DomainError("forbidden")
    return match


def _page(match: Match) -> HttpResponse:
    return redirect("live:match", match.season, match.code)


def _file(data: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
