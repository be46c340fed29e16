"""What the handlers share."""

from __future__ import annotations

from datetime import date
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from leitai.base.actor import Actor
from leitai.design.moments import SHANGHAI


def actor_of(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]  # put there by the door
    return actor


def today() -> date:
    return timezone.now().astimezone(SHANGHAI).date()


def keep(data: bytes, kind: str, name: str) -> HttpResponse:
    """A file to keep; its name may be Chinese."""
    answer = HttpResponse(data, content_type=kind)
    saved = quote(name, safe="")
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{saved}"
    return answer
