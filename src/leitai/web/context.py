"""What the frames of the pages need: navigation, whose season it is, who looks.

Every value is worked out only when a template asks for it, once a request: a part of a page, an
answer without a page, and an error page cost nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from leitai.seasons import selectors as seasons
from leitai.seasons.rules import can_see_office
from leitai.web.frame import Frame

_WORKED_OUT = (
    "account_url",
    "actor_name",
    "actor_role",
    "complain_url",
    "foot",
    "foot_nav",
    "inbox_url",
    "my_home",
    "office_home",
    "office_nav",
    "office_season",
    "organiser",
    "outside",
    "public_nav",
    "season_closed",
    "season_names",
    "unread",
    "ways",
)


def house(request: HttpRequest) -> dict[str, Any]:
    frame = Frame(request)
    return {
        "lane_url": settings.LEITAI_LANE_URL,
        "actor": frame.actor,
        "reopening_url": lambda: _reopening(frame),
        **{name: _later(frame, name) for name in _WORKED_OUT},
    }


def _reopening(frame: Frame) -> str:
    """Where a closed season is opened again, to those who see that page."""
    held = frame.season
    if held is None or not frame.season_closed:
        return ""
    if not can_see_office(frame.actor, held.code, seasons.host_path(held)):
        return ""
    return reverse("seasons:closing", args=[held.code])


def _later(frame: Frame, name: str) -> Callable[[], Any]:
    return lambda: getattr(frame, name)
