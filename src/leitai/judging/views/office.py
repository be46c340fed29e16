"""The office's pages: events, one event's desk, its panel, its order, what ends it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leitai.base.actor import Actor
from leitai.judging import rules, selectors, services
from leitai.judging.forms import CardForm, EventForm, SeatForm
from leitai.judging.models import JudgedEvent, Seat
from leitai.judging.views.common import (
    REFUSED,
    actor_of,
    attempt,
    did,
    event_for,
    number,
    seat_in,
    slot_in,
    words,
)
from leitai.kernel.errors import DomainError
from leitai.people.selectors import committees
from leitai.seasons import selectors as seasons
from leitai.seasons.models import Season

READ_POST = ["GET", "HEAD", "POST"]


@require_safe
@login_required
@never_cache
def events(request: HttpRequest, season: str) -> HttpResponse:
    found = _season(request, season, rules.can_watch)
    context = {
        "season": found,
        "events": selectors.list_events_of_season(found),
        "may_plan": rules.can_plan(actor_of(request), season, seasons.host_path(found)),
    }
    return render(request, "judging/events.html", context)


@require_http_methods(READ_POST)
@login_required
def new(request: HttpRequest, season: str) -> HttpResponse:
    found = _season(request, season, rules.can_plan)
    posted = request.POST if request.method == "POST" else None
    form = EventForm(found, seasons.rulebook_of(found), posted)
    if form.is_valid():
        made = attempt(form, services.plan_event, actor=actor_of(request), **form.given())
        if made is not None:
            return redirect("judging:desk", season, made.pk)
    context = {"season": found, "form": form}
    return render(request, "judging/new.html", context, status=REFUSED if form.errors else 200)


@require_safe
@login_required
@never_cache
def desk(request: HttpRequest, season: str, event: int) -> HttpResponse:
    return _desk(request, event_for(request, season, event, rules.can_watch))


ACTS = {
    "call": services.call_event,
    "tally": services.sign_tally,
    "check": services.check_tally,
    "announce": services.announce_event,
    "close": services.close_event,
    "derive": services.derive_recusals,
}


@require_POST
@login_required
def act(request: HttpRequest, season: str, event: int) -> HttpResponse:
    """One step of the event's way; the service says who may and whether it is time."""
    found = event_for(request, season, event, rules.can_watch)
    wanted = words(request, "act")
    if wanted == "drop":
        if did(request, services.drop_event, event=found):
            return redirect("judging:events", season)
    elif wanted == "correct":
        if did(request, services.correct_closed, event=found, reason=words(request, "reason")):
            return redirect("judging:desk", season, event)
    elif wanted == "announce-slot":
        if did(request, services.announce_slot, slot=slot_in(found, request)):
            return redirect("judging:desk", season, event)
    elif wanted in ACTS and did(request, ACTS[wanted], event=found):
        return redirect("judging:desk", season, event)
    return _desk(request, event_for(request, season, event, rules.can_watch), status=REFUSED)


@require_POST
@login_required
def order(request: HttpRequest, season: str, event: int) -> HttpResponse:
    """From a draw of the contestants' codes, or the codes as they were written down."""
    found = event_for(request, season, event, rules.can_plan)
    drawn = number(request, "draw")
    if drawn:
        draw = seasons.get_draw(found.stage.season, drawn)
        done = did(request, services.order_by_draw, event=found, draw=draw)
    else:
        codes = words(request, "codes").split()
        done = did(request, services.order_by_hand, event=found, codes=codes)
    return redirect("judging:desk", season, event) if done else _desk(request, found, REFUSED)


@require_http_methods(READ_POST)
@login_required
@never_cache
def panel(request: HttpRequest, season: str, event: int) -> HttpResponse:
    """Who judges and who withdraws from whom; posted, a judge is appointed."""
    posted = request.POST if request.method == "POST" else None
    found = event_for(request, season, event, rules.can_plan if posted else rules.can_watch)
    page = selectors.panel_page(found)
    form = SeatForm(page.kinds, page.named, posted)
    if form.is_valid():
        given = {"actor": actor_of(request), "event": found, **form.cleaned_data}
        if attempt(form, _seated, **given) is not None:
            return redirect("judging:panel", season, event)
    return _panel(request, found, form)


def _seated(*, actor: Actor, event: JudgedEvent, person: str, **given: Any) -> Seat:
    named = committees.the_person(actor, event.stage.season.code, person)
    return services.add_seat(actor=actor, event=event, person=named, **given)


@require_POST
@login_required
def seat(request: HttpRequest, season: str, event: int) -> HttpResponse:
    """A judge leaves, or becomes the chief; a relation is declared; a sheet is taken out."""
    found = event_for(request, season, event, rules.can_plan)
    given: dict[str, Any] = {"seat": seat_in(found, request)}
    wanted = words(request, "act")
    if wanted == "chief":
        done = did(request, services.make_chief, **given)
    elif wanted == "recuse":
        given |= {"relation": words(request, "relation"), "words": words(request, "words")}
        done = did(request, services.declare_recusal, slot=slot_in(found, request), **given)
    else:
        done = did(request, services.leave_seat, reason=words(request, "reason"), **given)
    return redirect("judging:panel", season, event) if done else _panel(request, found)


@require_POST
@login_required
def change(request: HttpRequest, season: str, event: int) -> HttpResponse:
    """A supervisor's word on a reserve in a judge's place."""
    found = event_for(request, season, event, rules.can_supervise)
    asked = selectors.get_change(found, number(request, "change"))
    agree = words(request, "agree") == "yes"
    done = did(request, services.decide_change, change=asked, agree=agree)
    return redirect("judging:panel", season, event) if done else _panel(request, found)


@require_http_methods(READ_POST)
@login_required
@never_cache
def cards(request: HttpRequest, season: str, event: int) -> HttpResponse:
    """Scenario cards: written, and given to contestants."""
    found = event_for(request, season, event, rules.can_stage)
    posted = request.POST if request.method == "POST" else None
    form = CardForm(posted if posted is not None and words(request, "act") != "give" else None)
    if posted is not None and words(request, "act") == "give":
        chosen = {slot.pk: words(request, f"slot-{slot.pk}") for slot in found.slots.all()}
        if did(request, services.give_scenarios, event=found, chosen=chosen):
            return redirect("judging:cards", season, event)
        return _cards(request, found, form, REFUSED)
    if form.is_valid():
        given = {"actor": actor_of(request), "event": found, "card": form.card()}
        if attempt(form, services.keep_scenario, **given) is not None:
            return redirect("judging:cards", season, event)
    return _cards(request, found, form, REFUSED if form.errors else 200)


@require_safe
@login_required
@never_cache
def diagnostics(request: HttpRequest, season: str, event: int) -> HttpResponse:
    """What judges' marks have in common, for supervisors; it changes no score."""
    found = event_for(request, season, event, rules.can_supervise)
    lines, agreement = selectors.diagnostics_of(found), selectors.agreement_of(found)
    context = _of(found) | {"lines": lines, "agreement": agreement}
    return render(request, "judging/diagnostics.html", context)


def _season(request: HttpRequest, code: str, may: Any) -> Season:
    found = seasons.get_season(code)
    if not may(actor_of(request), code, seasons.host_path(found)):
        raise DomainError("forbidden")
    return found


def _of(event: JudgedEvent) -> dict[str, Any]:
    return {"event": event, "season": event.stage.season, "now": timezone.now()}


def _desk(request: HttpRequest, event: JudgedEvent, status: int = 200) -> HttpResponse:
    context = _of(event) | {"desk": selectors.desk_of(actor_of(request), event)}
    return render(request, "judging/desk.html", context, status=status)


def _panel(request: HttpRequest, event: JudgedEvent, form: SeatForm | None = None) -> HttpResponse:
    page = selectors.panel_page(event)
    context = _of(event) | {
        "page": page,
        "form": form or SeatForm(page.kinds, page.named),
        "may": selectors.may_of(actor_of(request), event),
        "slots": event.slots.all(),
    }
    refused = form is None or bool(form.errors)
    status = REFUSED if request.method == "POST" and refused else 200
    return render(request, "judging/panel.html", context, status=status)


def _cards(request: HttpRequest, event: JudgedEvent, form: CardForm, status: int) -> HttpResponse:
    context = _of(event) | {
        "form": form,
        "cards": event.scenarios.all(),
        "slots": event.slots.select_related("scenario"),
        "may": selectors.may_of(actor_of(request), event),
    }
    return render(request, "judging/cards.html", context, status=status)
