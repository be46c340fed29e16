"""What the pages of this room have in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar
from urllib.parse import quote

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from leitai.base.actor import Actor
from leitai.base.errors import text_of
from leitai.judging import selectors
from leitai.judging.models import JudgedEvent, Seat, Slot
from leitai.judging.selectors.events import May
from leitai.kernel.errors import DomainError

T = TypeVar("T")
NOT_OF_THE_PAGE = frozenset({"forbidden", "not_found"})
REFUSED = 422


def actor_of(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]  # put there by the door
    return actor


def event_for(request: HttpRequest, season: str, event: int, may: May) -> JudgedEvent:
    return selectors.get_event_for(actor_of(request), season, event, may)


def slot_in(event: JudgedEvent, request: HttpRequest) -> Slot:
    """The turn that a form names; raises not_found."""
    return selectors.get_slot(event, number(request, "slot"))


def seat_in(event: JudgedEvent, request: HttpRequest, name: str = "seat") -> Seat:
    return selectors.get_seat(event, number(request, name))


def number(request: HttpRequest, name: str) -> int:
    """A number of the form, 0 where there is none: nothing has that number."""
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0


def words(request: HttpRequest, name: str) -> str:
    return request.POST.get(name, "").strip()


def attempt(form: forms.Form, service: Callable[..., T], **given: object) -> T | None:
    """What the service gives; None where it refuses, and the form then says why."""
    try:
        return service(at=timezone.now(), **given)
    except DomainError as error:
        if error.code in NOT_OF_THE_PAGE:
            raise
        form.add_error(None, text_of(error))
        return None


def did(request: HttpRequest, service: Callable[..., object], **given: object) -> bool:
    """Do it and say so; where it is refused the page says why, and what was typed stays."""
    try:
        service(actor=actor_of(request), at=timezone.now(), **given)
    except DomainError as error:
        if error.code in NOT_OF_THE_PAGE:
            raise
        messages.error(request, text_of(error))
        return False
    messages.success(request, _("已办理。"))
    return True


def keep(data: bytes, kind: str, name: str, *, show: bool = False) -> HttpResponse:
    """A file to keep or, for a PDF, to look at; its name may be Chinese."""
    answer = HttpResponse(data, content_type=kind)
    saved = quote(name, safe="")
    how = "inline" if show else "attachment"
    answer.headers["Content-Disposition"] = f"{how}; filename*=UTF-8''{saved}"
    return answer
