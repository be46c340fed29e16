"""What every view of this room asks of the request first."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.registration import rules
from leitai.seasons import selectors
from leitai.seasons.models import Season


def actor_of(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]  # put there by the door
    return actor


def who(request: HttpRequest) -> dict[str, Any]:
    return {"actor": actor_of(request), "at": timezone.now()}


def season_of_desk(request: HttpRequest, code: str) -> Season:
    """The season for those who review or watch."""
    season = selectors.get_season(code)
    if not rules.can_see_review(actor_of(request), code, selectors.host_path(season)):
        raise DomainError("forbidden")
    return season


def may_review(request: HttpRequest, season: Season) -> bool:
    return rules.can_review(actor_of(request), season.code, selectors.host_path(season))
