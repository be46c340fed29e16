"""The steps of draws, for the office and for the parties: each form posts to a step of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leitai.base.actor import Actor
from leitai.base.errors import text_of
from leitai.kernel.errors import DomainError
from leitai.seasons import draw_forms, selectors, services
from leitai.seasons.models import Draw, Season

_GET_OR_POST = ["GET", "HEAD", "POST"]


@require_safe
@login_required
def listing(request: HttpRequest, season: str) -> HttpResponse:
    held = selectors.get_season_of_draws(_actor(request), season)
    page = selectors.page_of_draws(held, request.GET.get("page", ""), public=False)
    may_run = selectors.may_run(_actor(request), held)
    ruled = selectors.ruled_draws(held) if may_run else []
    context = {"season": held, "page": page, "may_run": may_run, "ruled": ruled}
    return render(request, "seasons/draws_office.html", context)


@require_http_methods(_GET_OR_POST)
@login_required
def plan(request: HttpRequest, season: str) -> HttpResponse:
    held = selectors.get_season_of_desk(_actor(request), season)
    aborted = selectors.list_aborted(held)
    form = draw_forms.PlanForm(aborted, request.POST or None, initial=_given(request, held))

    def act(at: Any) -> Draw:
        words = {"plan": form.plan(), "replaces": form.cleaned_data["replaces"]}
        return services.plan_draw(actor=_actor(request), season=held, at=at, **words)

    return _new(request, form, season, act, "seasons/draw_new.html")


@require_http_methods(_GET_OR_POST)
@login_required
def hand(request: HttpRequest, season: str) -> HttpResponse:
    held = selectors.get_season_of_desk(_actor(request), season)
    aborted = selectors.list_aborted(held)
    form = draw_forms.HandForm(aborted, request.POST or None, initial=_given(request, held))

    def act(at: Any) -> Draw:
        return services.open_hand_draw(
            actor=_actor(request), season=held, at=at, **form.cleaned_data
        )

    return _new(request, form, season, act, "seasons/draw_hand_new.html")


@require_safe
@login_required
def desk(request: HttpRequest, season: str, draw: int) -> HttpResponse:
    return _desk(request, selectors.get_draw_for_desk(_actor(request), season, draw))


@require_POST
@login_required
def commit(request: HttpRequest, season: str, draw: int) -> HttpResponse:
    form = draw_forms.CommitForm(request.POST, auto_id=_ids("commit"))
    return _step(request, season, draw, "commit", form, services.commit_secret)


@require_POST
@login_required
def publish(request: HttpRequest, season: str, draw: int) -> HttpResponse:
    form = forms.Form(request.POST)
    return _step(request, season, draw, "publish", form, services.publish_draw)


@require_POST
@login_required
def freeze(request: HttpRequest, season: str, draw: int) -> HttpResponse:
    form = draw_forms.RosterForm(request.POST, auto_id=_ids("freeze"))
    return _step(request, season, draw, "freeze", form, services.freeze_draw)


@require_POST
@login_required
def reveal(request: HttpRequest, season: str, draw: int) -> HttpResponse:
    form = draw_forms.RevealForm(request.POST, auto_id=_ids("reveal"))
    return _step(request, season, draw, "reveal", form, services.reveal_secret)


@require_POST
@login_required
def source(request: HttpRequest, season: str, draw: int) -> HttpResponse:
    form = draw_forms.SourceForm(request.POST, auto_id=_ids("source"))

    def act(*, actor: Actor, draw: Draw, at: Any, **data: Any) -> Draw:
        public = form.public((draw.manifest or {}).get("source", {}).get("kind", ""))
        told = {name: data[name] for name in ("fallback", "note")}
        return services.enter_public(
            actor=actor, draw=draw, public=public, witnesses=form.witnesses(), at=at, **told
        )

    return _step(request, season, draw, "source", form, act)


@require_POST
@login_required
def compute(request: HttpRequest, season: str, draw: int) -> HttpResponse:
    form = forms.Form(request.POST)
    return _step(request, season, draw, "compute", form, services.compute_draw)


@require_POST
@login_required
def abort(request: HttpRequest, season: str, draw: int) -> HttpResponse:
    form = draw_forms.AbortForm(request.POST, auto_id=_ids("abort"))
    return _step(request, season, draw, "abort", form, services.ask_abort)


@require_POST
@login_required
def answer(request: HttpRequest, season: str, draw: int) -> HttpResponse:
    """The supervisor's yes or no to an abort."""
    form = forms.Form(request.POST)

    def act(*, actor: Actor, draw: Draw, at: Any) -> Draw:
        agree = request.POST.get("agree") == "yes"
        return services.answer_abort(actor=actor, draw=draw, agree=agree, at=at)

    return _step(request, season, draw, "answer", form, act)


@require_POST
@login_required
def call(request: HttpRequest, season: str, draw: int) -> HttpResponse:
    held = selectors.get_draw_for_desk(_actor(request), season, draw)
    waiting = [(code, code) for code in held.pool]  # the service says who is keyed already
    form = draw_forms.CallForm(waiting, request.POST, auto_id=_ids("call"))
    return _step(request, season, draw, "call", form, services.key_call)


@require_POST
@login_required
def correct(request: HttpRequest, season: str, draw: int) -> HttpResponse:
    form = draw_forms.CorrectForm(request.POST, auto_id=_ids("correct"))
    return _step(request, season, draw, "correct", form, services.correct_call)


@require_POST
@login_required
def close(request: HttpRequest, season: str, draw: int) -> HttpResponse:
    form = draw_forms.WitnessForm(request.POST, auto_id=_ids("close"))

    def act(*, actor: Actor, draw: Draw, at: Any, **_data: Any) -> Draw:
        return services.close_hand_draw(actor=actor, draw=draw, witnesses=form.witnesses(), at=at)

    return _step(request, season, draw, "close", form, act)


def _step(
    request: HttpRequest,
    season: str,
    number: int,
    name: str,
    form: forms.Form,
    act: Callable[..., object],
) -> HttpResponse:
    """Do it and go back to the desk; a refusal stands beside what was typed."""
    held = selectors.get_draw_for_desk(_actor(request), season, number)
    if form.is_valid() and _done(
        form,
        lambda: act(actor=_actor(request), draw=held, at=timezone.now(), **form.cleaned_data),
    ):
        return redirect("seasons:draw-desk", season, number)
    return _desk(request, held, {name: form}, status=422)


def _new(
    request: HttpRequest, form: forms.Form, season: str, act: Callable[..., Draw], template: str
) -> HttpResponse:
    made: list[Draw] = []
    if form.is_valid() and _done(form, lambda: made.append(act(timezone.now()))):
        return redirect("seasons:draw-desk", season, made[0].number)
    status = 422 if form.is_bound else 200
    held = selectors.get_season(season)
    return render(request, template, {"season": held, "form": form}, status=status)


def _done(form: forms.Form, act: Callable[[], object]) -> bool:
    """False where the rules refuse it: the form then says why."""
    try:
        act()
    except DomainError as error:
        if error.code == "forbidden":
            raise
        form.add_error(None, text_of(error))
        return False
    return True


def _desk(
    request: HttpRequest,
    draw: Draw,
    bound: dict[str, forms.Form] | None = None,
    status: int = 200,
) -> HttpResponse:
    page = selectors.draw_page(_actor(request), draw, at=timezone.now())
    context = {"season": draw.season, "page": page, **_filled(page, bound or {})}
    return render(request, "seasons/draw_desk.html", context, status=status)


def _filled(page: selectors.DrawPage, bound: dict[str, forms.Form]) -> dict[str, object]:
    return {
        "forms": _blank(page) | bound,
        "parties": _parties(page, bound),
        "errors": [error for form in bound.values() for error in form.non_field_errors()],
    }


def _blank(page: selectors.DrawPage) -> dict[str, forms.Form]:
    """The forms of every step, none of them filled in."""
    roster = {"roster": draw_forms.roster_text(page.draw.roster)}
    return {
        "freeze": draw_forms.RosterForm(initial=roster, auto_id=_ids("freeze")),
        "source": draw_forms.SourceForm(auto_id=_ids("source")),
        "abort": draw_forms.AbortForm(auto_id=_ids("abort")),
        "call": draw_forms.CallForm(page.waiting, auto_id=_ids("call")),
        "correct": draw_forms.CorrectForm(auto_id=_ids("correct")),
        "close": draw_forms.WitnessForm(auto_id=_ids("close")),
    }


def _parties(
    page: selectors.DrawPage, filled: dict[str, forms.Form]
) -> list[tuple[Any, forms.Form, forms.Form]]:
    """Each party with its two forms; the filled one where it is that party's."""
    found = []
    for line in page.parties:
        role = line.party.role
        pair = []
        for name, kind in (("commit", draw_forms.CommitForm), ("reveal", draw_forms.RevealForm)):
            one = filled.get(name)
            same = one is not None and one.data.get("role") == role
            ids = _ids(f"{name}-{role}")
            pair.append(one if same else kind(initial={"role": role}, auto_id=ids))
        found.append((line, pair[0], pair[1]))
    return found  # type: ignore[return-value]  # `same` says that it is there


def _given(request: HttpRequest, season: Season) -> dict[str, str]:
    """What a link fills in: a draw of the rules, or the ids of a tie, one a line."""
    if key := request.GET.get("rule", ""):
        return selectors.begun_with(season, key)
    pool = request.GET.get("pool", "")[:4000].split(",")
    return {"roster": "\n".join(pool), "purpose": request.GET.get("purpose", "")[:200]}


def _ids(name: str) -> str:
    """Several forms stand on one page: their fields need ids of their own."""
    return f"{name}-%s"


def _actor(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined, no-any-return]  # our door's
