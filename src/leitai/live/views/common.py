"""What the pages of this room have in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils import timezone

from leitai.base.actor import Actor
from leitai.base.errors import text_of
from leitai.kernel.errors import DomainError, Problems
from leitai.live.models import Match
from leitai.live.selectors import matches
from leitai.seasons import selectors as seasons

T = TypeVar("T")
NOT_OF_THE_FORM = frozenset({"forbidden", "not_found"})


def actor_of(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]  # put there by the door
    return actor


def posted(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def attempt(form: forms.Form, service: Callable[..., T], **given: object) -> T | None:
    """What the service gives; None where it refuses, and the form then says why."""
    try:
        return service(at=timezone.now(), **given)
    except DomainError as error:
        if error.code in NOT_OF_THE_FORM:
            raise
        for problem in error.problems if isinstance(error, Problems) else [error]:
            form.add_error(None, text_of(problem))
        return None


def match_to_see(request: HttpRequest, season: str, code: str) -> Match:
    return matches.get_match_for(actor_of(request), season, code)


def match_to_plan(request: HttpRequest, season: str, code: str) -> Match:
    """Raises forbidden for whoever may only look."""
    match = match_to_see(request, season, code)
    if not matches.may(actor_of(request), match).plan:
        raise DomainError("forbidden")
    return match


def of(request: HttpRequest, match: Match) -> dict[str, Any]:
    """What every page of a match needs."""
    return {
        "season": seasons.get_season(match.season),
        "match": match,
        "slot": matches.slot_title(match),
        "may": matches.may(actor_of(request), match),
    }
