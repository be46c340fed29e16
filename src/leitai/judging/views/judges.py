"""A judge's pages, plain HTML that works without script; and what the hall sees."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leitai.base.errors import text_of
from leitai.judging import rules, selectors, services
from leitai.judging.models import JudgedEvent, Seat, Slot
from leitai.judging.services import Given
from leitai.judging.views.common import (
    NOT_OF_THE_PAGE,
    REFUSED,
    actor_of,
    did,
    number,
    seat_in,
    slot_in,
    words,
)
from leitai.kernel.errors import DomainError, Problems

NO_NEWS = 204
READ_POST = ["GET", "HEAD", "POST"]


@require_safe
@login_required
@never_cache
def mine(request: HttpRequest) -> HttpResponse:
    """Where this person judges or plays the visitor; with one event alone, straight to it."""
    found = selectors.list_events_of_judge(actor_of(request))
    roles = selectors.list_events_of_role(actor_of(request))
    if len(found) == 1 and not roles:
        return redirect("judging:queue", found[0][0].pk)
    if len(roles) == 1 and not found:
        return redirect("judging:role", roles[0].pk)
    context = {"rows": found, "roles": roles, "visits": rules.plays_visitor(actor_of(request))}
    return render(request, "judging/mine.html", context)


@require_safe
@login_required
@never_cache
def queue(request: HttpRequest, event: int) -> HttpResponse:
    found, seat = selectors.get_event_of_judge(actor_of(request), event)
    page = selectors.queue_of(found, seat)
    return render(request, "judging/queue.html", {"queue": page, "event": found, "seat": seat})


@require_safe
@login_required
@never_cache
def role(request: HttpRequest, event: int) -> HttpResponse:
    """The visitor's script. The phone asks again with what it has `seen`: 204 while that stands."""
    page = selectors.role_page(selectors.get_event_of_role(actor_of(request), event))
    if request.GET.get("seen") == page.seen:
        return HttpResponse(status=NO_NEWS)
    return render(request, "judging/role.html", {"event": page.event, "page": page})


@require_http_methods(READ_POST)
@login_required
@never_cache
def sheet(request: HttpRequest, event: int, slot: int) -> HttpResponse:
    """The sheet: saved as a draft, or submitted once."""
    found, seat = selectors.get_event_of_judge(actor_of(request), event)
    turn = selectors.get_slot(found, slot)
    if request.method != "POST":
        return _sheet(request, found, seat, turn)
    given = _given(request, found, seat)
    if words(request, "act") == "draft":
        keep = {"marks": given.marks, "remark": given.remark, "rev": number(request, "rev") + 1}
        did(request, services.save_draft, slot=turn, **keep)
        return redirect("judging:sheet", event, slot)
    try:
        services.submit_sheet(actor=actor_of(request), slot=turn, given=given, at=timezone.now())
    except DomainError as error:
        return _refused(request, found, seat, turn, given, error)
    messages.success(request, _("已提交%(number)s号选手的评分表。") % {"number": turn.number})
    return redirect("judging:queue", event)


@require_POST
@login_required
def draft(request: HttpRequest, event: int, slot: int) -> JsonResponse:
    """What the island sends when it is online again; the answer says what the server holds.

    In: {"rev": 4, "marks": {"policy": "50"}, "remark": ""}; out: {"rev": 4, "saved": ms,
    "same": true}; not `same` where another device wrote as late or later.
    """
    found, _seat = selectors.get_event_of_judge(actor_of(request), event)
    turn = selectors.get_slot(found, slot)
    brought = _json(request)
    kept = services.save_draft(actor=actor_of(request), slot=turn, at=timezone.now(), **brought)
    saved = int(kept.draft.saved_at.timestamp() * 1000)
    return JsonResponse({"rev": kept.draft.rev, "saved": saved, "same": kept.same})


@require_http_methods(READ_POST)
@login_required
@never_cache
def chief(request: HttpRequest, event: int) -> HttpResponse:
    """What the chief judge decides: a sheet marked anew or taken out, a reserve, a withdrawal."""
    found, seat = selectors.get_event_of_judge(actor_of(request), event)
    if not seat.chief:
        raise DomainError("forbidden")
    done = True
    if request.method == "POST":
        done = _decided(request, found)
        if done:
            return redirect("judging:chief", event)
    context = {"event": found, "seat": seat, "page": selectors.chief_page(found, seat)}
    return render(request, "judging/chief.html", context, status=200 if done else REFUSED)


@require_POST
@login_required
def recuse(request: HttpRequest, event: int, slot: int) -> HttpResponse:
    """A judge says what keeps him or her from marking this contestant."""
    found, seat = selectors.get_event_of_judge(actor_of(request), event)
    given = {"relation": words(request, "relation"), "words": words(request, "words")}
    turn = selectors.get_slot(found, slot)
    done = did(request, services.declare_recusal, seat=seat, slot=turn, **given)
    return redirect("judging:queue", event) if done else _sheet(request, found, seat, turn, REFUSED)


@require_safe
@never_cache
def hall(request: HttpRequest, season: str, event: int) -> HttpResponse:
    """What was announced, for the display and for everybody."""
    return render(request, "judging/hall.html", {"hall": selectors.hall_of(season, event)})


def _decided(request: HttpRequest, event: JudgedEvent) -> bool:
    wanted, reason = words(request, "act"), words(request, "reason")
    if wanted == "change":
        turn = slot_in(event, request) if number(request, "slot") else None
        pair = {"out": seat_in(event, request), "into": seat_in(event, request, "into")}
        return did(request, services.ask_change, event=event, slot=turn, reason=reason, **pair)
    given: dict[str, Any] = {"slot": slot_in(event, request), "seat": seat_in(event, request)}
    if wanted == "recuse":
        told = {"relation": words(request, "relation"), "words": words(request, "words")}
        return did(request, services.declare_recusal, **given, **told)
    act = services.withdraw_sheet if wanted == "out" else services.reopen_sheet
    return did(request, act, reason=reason, **given)


def _given(request: HttpRequest, event: JudgedEvent, seat: Seat) -> Given:
    marks = {box.name: words(request, box.name) for box in selectors.boxes_of(event, seat)}
    if words(request, "veto") == "1":
        marks["veto"] = "1"
    return Given(
        marks=marks,
        remark=words(request, "remark"),
        token=words(request, "token"),
        total=words(request, "total"),
    )


def _json(request: HttpRequest) -> dict[str, Any]:
    """Raises judging_draft_form for anything but the draft's own form."""
    if request.content_type != "application/json":
        raise DomainError("judging_draft_form")
    try:
        plain = json.loads(request.body.decode())
        marks = {str(line): str(value) for line, value in plain["marks"].items()}
        return {"marks": marks, "remark": str(plain.get("remark", "")), "rev": int(plain["rev"])}
    except (ValueError, KeyError, TypeError, AttributeError):
        raise DomainError("judging_draft_form") from None


def _refused(
    request: HttpRequest,
    event: JudgedEvent,
    seat: Seat,
    slot: Slot,
    given: Given,
    error: DomainError,
) -> HttpResponse:
    """The same page with what was typed, each box with what is wrong in it."""
    if error.code in NOT_OF_THE_PAGE:
        raise error
    lines: dict[str, str] = {}
    if isinstance(error, Problems):
        for one in error.problems:
            lines.setdefault(one.place, text_of(DomainError(one.code, **one.data)))
    else:
        messages.error(request, text_of(error))
    far = error.code == "judging_far"
    return _sheet(request, event, seat, slot, REFUSED, given=given, wrong=lines, far=far)


def _sheet(
    request: HttpRequest,
    event: JudgedEvent,
    seat: Seat,
    slot: Slot,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    page = selectors.sheet_page(event, seat, slot)
    context = {
        "event": event,
        "seat": seat,
        "page": page,
        "values": more["given"].marks if "given" in more else page.values,
        "remark": more["given"].remark if "given" in more else page.remark,
        "token": get_random_string(32),
        "wrong": more.get("wrong", {}),
        "far": more.get("far", False),
        "relations": selectors.relations(event),
    }
    return render(request, "judging/sheet.html", context, status=status)
