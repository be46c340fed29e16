"""Lobby, invitation, and the table at which one plays. All of it works without script."""

from __future__ import annotations

import secrets

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from leitai.base.actor import Actor
from leitai.base.errors import text_of
from leitai.duels import selectors, services
from leitai.duels.forms import read_answer
from leitai.kernel.errors import DomainError

_CODE_BYTES = 9


@require_safe
@login_required
def lobby(request: HttpRequest, season: str) -> HttpResponse:
    now, number = timezone.now(), request.GET.get("page")
    found = selectors.lobby_for(_actor(request), season, number=number, at=now)
    return render(request, "duels/lobby.html", {"lobby": found, "season": found.season})


@require_POST
@login_required
def meet(request: HttpRequest, season: str) -> HttpResponse:
    seed = secrets.token_hex(8)
    side = services.meet(actor=_actor(request), season=season, seed=seed, at=timezone.now())
    return redirect("duels:table", season, side.pk)


@require_POST
@login_required
def invite(request: HttpRequest, season: str) -> HttpResponse:
    code, seed = secrets.token_urlsafe(_CODE_BYTES), secrets.token_hex(8)
    services.invite(actor=_actor(request), season=season, seed=seed, code=code, at=timezone.now())
    return redirect("duels:invited", season, code)


@require_safe
@login_required
def invited(request: HttpRequest, season: str, code: str) -> HttpResponse:
    held = selectors.invitation_for(_actor(request), season, code, at=timezone.now())
    address = request.build_absolute_uri()
    context = {"invitation": held, "season": held.season, "address": address}
    return render(request, "duels/invited.html", context)


@require_POST
@login_required
def take_up(request: HttpRequest, season: str, code: str) -> HttpResponse:
    side = services.join_invited(actor=_actor(request), season=season, code=code, at=timezone.now())
    return redirect("duels:table", season, side.pk)


@require_safe
@login_required
def table(request: HttpRequest, season: str, side: int) -> HttpResponse:
    """Asked again every two seconds while somebody waits: then a stand-in may sit down."""
    now = timezone.now()
    found = selectors.table_for(_actor(request), season, side, at=now)
    return render(request, "duels/table.html", {"table": found, "season": found.season, "now": now})


@require_POST
@login_required
def wait(request: HttpRequest, season: str, side: int) -> HttpResponse:
    held = selectors.get_side_for(_actor(request), side)
    services.stand_in(actor=_actor(request), side=held, at=timezone.now())
    return redirect("duels:table", season, side)


@require_POST
@login_required
def ask(request: HttpRequest, season: str, side: int) -> HttpResponse:
    services.ask_next(actor=_actor(request), side=side, at=timezone.now())
    return redirect("duels:table", season, side)


@require_POST
@login_required
def answer(request: HttpRequest, season: str, side: int) -> HttpResponse:
    n, given = read_answer(request.POST)
    try:
        services.answer_question(
            actor=_actor(request), side=side, n=n, answer=given, at=timezone.now()
        )
    except DomainError as error:
        if error.code not in {"duel_question_other", "duel_over"}:
            raise
        messages.info(request, text_of(error))
    return redirect("duels:table", season, side)


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]  # put there by the door
    return actor
