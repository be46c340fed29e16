"""The day's pages: call list, clock, tally, paper sheets, what is printed and kept."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leitai.judging import exporting, printing, rules, selectors, services
from leitai.judging.models import JudgedEvent, Seat, Slot
from leitai.judging.services.staging import WAYS
from leitai.judging.views.common import (
    REFUSED,
    actor_of,
    did,
    event_for,
    keep,
    number,
    seat_in,
    slot_in,
    words,
)

READ_POST = ["GET", "HEAD", "POST"]
PDF, ZIP = "application/pdf", "application/zip"


@require_http_methods(READ_POST)
@login_required
@never_cache
def stage(request: HttpRequest, season: str, event: int) -> HttpResponse:
    """The call list: who is where; posted, somebody goes a step further."""
    found = event_for(request, season, event, rules.can_stage)
    done = True
    if request.method == "POST":
        done = _moved(request, slot_in(found, request))
        if done:
            return redirect("judging:stage", season, event)
    context = _of(found) | {"rows": selectors.stage_rows(found, WAYS)}
    if not done:  # what was typed in the row stays
        context |= {"typed": request.POST, "typed_slot": number(request, "slot")}
    return render(request, "judging/stage.html", context, status=200 if done else REFUSED)


def _moved(request: HttpRequest, slot: Slot) -> bool:
    given = {name: words(request, name) for name in ("state", "late", "reason")}
    if given["state"] == selectors.LAST:
        return did(request, services.put_last, slot=slot, reason=given["reason"])
    phone = words(request, "phone") == "yes"
    return did(request, services.move_slot, slot=slot, phone=phone, **given)


@require_http_methods(READ_POST)
@login_required
@never_cache
def clock(request: HttpRequest, season: str, event: int) -> HttpResponse:
    """The timekeeper's page: start and stop by the server's clock, or seconds from a stopwatch."""
    found = event_for(request, season, event, rules.can_time)
    done = True
    if request.method == "POST":
        done = _timed(request, slot_in(found, request))
        if done:
            return redirect("judging:clock", season, event)
    context = _of(found) | {"clock": selectors.clock_page(found, timezone.now())}
    return render(request, "judging/clock.html", context, status=200 if done else REFUSED)


def _timed(request: HttpRequest, slot: Slot) -> bool:
    wanted = words(request, "act")
    if wanted == "start":
        return did(request, services.start_clock, slot=slot)
    if wanted == "stop":
        return did(request, services.stop_clock, slot=slot)
    given = {name: words(request, name) for name in ("seconds", "reason")}
    return did(request, services.enter_seconds, slot=slot, **given)


@require_http_methods(READ_POST)
@login_required
@never_cache
def tally(request: HttpRequest, season: str, event: int) -> HttpResponse:
    """统分表 as it stands; posted, a penalty or bonus is counted."""
    found = event_for(request, season, event, rules.can_see_marks)
    done = True
    if request.method == "POST":
        given = {name: words(request, name) for name in ("line", "value", "reason")}
        done = did(request, services.set_count, slot=slot_in(found, request), **given)
        if done:
            return redirect("judging:tally", season, event)
    may = selectors.may_of(actor_of(request), found)
    context = _of(found) | {"page": selectors.tally_page(found), "may": may}
    context["corrections"] = selectors.corrections_of(found)
    return render(request, "judging/tally.html", context, status=200 if done else REFUSED)


@require_POST
@login_required
def reopen(request: HttpRequest, season: str, event: int) -> HttpResponse:
    """The office lets the chief judge's own sheet be marked anew, or takes one out."""
    found = event_for(request, season, event, rules.can_plan)
    act = services.withdraw_sheet if words(request, "act") == "out" else services.reopen_sheet
    given: dict[str, Any] = {"slot": slot_in(found, request), "seat": seat_in(found, request)}
    did(request, act, reason=words(request, "reason"), **given)
    return redirect("judging:tally", season, event)


@require_http_methods(READ_POST)
@login_required
@never_cache
def paper(request: HttpRequest, season: str, event: int) -> HttpResponse:
    """Key a paper sheet: the first two see nobody's marks, a third sees both."""
    found = event_for(request, season, event, rules.can_tally)
    chosen = _chosen(request, found)
    done = True
    if request.method == "POST" and chosen is not None:
        slot, seat = chosen
        marks = {box.name: words(request, box.name) for box in selectors.boxes_of(found, seat)}
        keyed = {"marks": marks, "total": words(request, "total")}
        done = did(request, services.key_paper, slot=slot, seat=seat, **keyed)
        if done:
            return redirect("judging:paper", season, event)
    page = selectors.paper_page(actor_of(request), found, chosen)
    context = _of(found) | {"page": page, "typed": request.POST}
    return render(request, "judging/paper.html", context, status=200 if done else REFUSED)


def _chosen(request: HttpRequest, event: JudgedEvent) -> tuple[Slot, Seat] | None:
    """Whose sheet of whom, as the list's link or the form names them."""
    asked = request.POST if request.method == "POST" else request.GET
    slot, seat = asked.get("slot", ""), asked.get("seat", "")
    if not (slot.isdecimal() and seat.isdecimal()):
        return None
    return selectors.get_slot(event, int(slot)), selectors.get_seat(event, int(seat))


@require_safe
@login_required
@never_cache
def sheets_pdf(request: HttpRequest, season: str, event: int) -> HttpResponse:
    """评分表: to be marked on paper, one a judge and contestant; or what was marked."""
    found = event_for(request, season, event, rules.can_tally)
    filled = request.GET.get("filled") == "yes"
    data, name = printing.score_sheets(found, filled=filled)
    return keep(data, PDF, name, show=True)


@require_safe
@login_required
@never_cache
def tally_pdf(request: HttpRequest, season: str, event: int) -> HttpResponse:
    found = event_for(request, season, event, rules.can_see_marks)
    data, name = printing.tally_sheet(found)
    return keep(data, PDF, name, show=True)


@require_safe
@login_required
@never_cache
def tables(request: HttpRequest, season: str, event: int) -> HttpResponse:
    """The tables that `leitai rulebook decide` reads, in one file."""
    found = event_for(request, season, event, rules.can_see_marks)
    data, name = exporting.bundle(found)
    return keep(data, ZIP, name)


def _of(event: JudgedEvent) -> dict[str, Any]:
    return {"event": event, "season": event.stage.season, "now": timezone.now()}
