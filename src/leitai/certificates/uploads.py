"""The pictures that came with a design's form."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest
from django.utils import timezone

from leitai.base.actor import Actor
from leitai.certificates.kinds import PICTURE, owner_of
from leitai.certificates.printing import PLACES
from leitai.files import services as files
from leitai.seasons.models import Season


def tokens_of(request: HttpRequest, season: Season) -> dict[str, str]:
    """Place → token of the upload that is ready for it; the last where several came."""
    actor: Actor = request.actor  # type: ignore[attr-defined]  # put there by the door
    tokens = {}
    for place in PLACES:
        ready = files.take_posted(
            actor=actor,
            holder=actor.account,
            kind=PICTURE,
            owner=owner_of(season.code),
            tokens=request.POST.getlist(place),
            plain=cast("Any", request.FILES.getlist(f"{place}_file")),
            at=timezone.now(),
        )
        if ready:
            tokens[place] = ready[-1]
    return tokens
