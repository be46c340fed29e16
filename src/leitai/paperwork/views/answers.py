"""What the handlers share: who asks, and a file as an answer."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from leitai.base.actor import Actor
from leitai.paperwork.packs import Made
from leitai.paperwork.printing import TYPES


def actor_of(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]  # put there by the door
    return actor


def handed_over(made: Made, *, shown: bool = False) -> HttpResponse:
    """A file that is kept nowhere, also not in the browser's store."""
    ending = made.name.rpartition(".")[2]
    response = HttpResponse(made.data, content_type=TYPES[ending])
    named = content_disposition_header(not shown, made.name)
    response["Content-Disposition"] = named or "attachment"
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
