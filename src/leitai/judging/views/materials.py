"""What contestants show: handed in, checked, and over the whole screen."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_safe

from leitai.files import services as files
from leitai.judging import attaching, rules, selectors, services
from leitai.judging.models import JudgedEvent, Material, Slot
from leitai.judging.views.common import (
    REFUSED,
    actor_of,
    did,
    event_for,
    number,
    slot_in,
    words,
)
from leitai.kernel.errors import DomainError

READ_POST = ["GET", "HEAD", "POST"]


@require_http_methods(READ_POST)
@login_required
@never_cache
def materials(request: HttpRequest, season: str, event: int) -> HttpResponse:
    """What contestants show: handed in for them, opened and checked."""
    found = event_for(request, season, event, rules.can_stage)
    done = True
    if request.method == "POST":
        done = _prepared(request, found)
        if done:
            return redirect("judging:materials", season, event)
    rows = selectors.materials_of(found)
    frozen = selectors.is_frozen(found)
    context = _of(found) | {"rows": rows, "kind": attaching.MATERIAL, "frozen": frozen}
    return render(request, "judging/materials.html", context, status=200 if done else REFUSED)


def _prepared(request: HttpRequest, event: JudgedEvent) -> bool:
    if words(request, "act") == "freeze":
        return did(request, services.freeze_materials, event=event)
    if words(request, "act") != "check":
        return _hand(request, slot_in(event, request))
    sound = words(request, "sound") == "yes"
    given = {"material": _named(event, request), "reason": words(request, "reason")}
    return did(request, services.check_material, sound=sound, **given)


@require_http_methods(READ_POST)
@login_required
@never_cache
def own(request: HttpRequest, slot: int) -> HttpResponse:
    """A contestant's own turn: hand files in, see what became of them, take them back."""
    turn = selectors.get_own_turn(actor_of(request), slot, timezone.now())
    done = True
    if request.method == "POST":
        done = _changed(request, turn.slot)
        if done:
            return redirect("judging:own", slot)
    context = {"turn": turn, "kind": attaching.MATERIAL, "now": timezone.now()}
    return render(request, "judging/own.html", context, status=200 if done else REFUSED)


def _changed(request: HttpRequest, slot: Slot) -> bool:
    if words(request, "act") != "take-back":
        return _hand(request, slot)
    material = _named(slot.event, request)
    if material.slot_id != slot.pk:
        raise DomainError("not_found")
    return did(request, services.take_back_material, material=material)


def _named(event: JudgedEvent, request: HttpRequest) -> Material:
    """The file that a form names; raises not_found."""
    return _material(event, number(request, "material"))


def _material(event: JudgedEvent, material: int) -> Material:
    found = selectors.get_material(event, material)
    if found is None:
        raise DomainError("not_found")
    return found


def _hand(request: HttpRequest, slot: Slot) -> bool:
    def hand(**given: Any) -> None:
        uploads = files.take_posted(
            actor=given["actor"],
            holder=given["actor"].account,
            kind=attaching.MATERIAL,
            owner=slot.owner,
            tokens=request.POST.getlist(slot.field),
            plain=request.FILES.getlist(f"{slot.field}_file"),  # type: ignore[arg-type]  # as it asks
            at=given["at"],
        )
        services.hand_material(slot=slot, uploads=uploads, note_text="", **given)

    return did(request, hand)


@require_safe
@login_required
@never_cache
def show(request: HttpRequest, season: str, event: int, material: int) -> HttpResponse:
    """One file over the whole screen, for the console of the stage; a PDF page by page."""
    found = event_for(request, season, event, rules.can_stage)
    held = _material(found, material)
    page = request.GET.get("page", "")
    asked = int(page) if page.isascii() and page.isdecimal() and len(page) < 5 else 1
    context = _of(found) | {"show": selectors.show_of(held, asked)}
    return render(request, "judging/show.html", context)


@require_safe
@login_required
@cache_control(private=True, max_age=3600)
def picture(
    request: HttpRequest, season: str, event: int, material: int, page: int
) -> HttpResponse:
    """A page of a PDF as a picture."""
    found = event_for(request, season, event, rules.can_stage)
    data = selectors.get_picture(_material(found, material), page)
    return HttpResponse(data, content_type="image/webp")


def _of(event: JudgedEvent) -> dict[str, Any]:
    return {"event": event, "season": event.stage.season, "now": timezone.now()}
