"""What the frames of the pages need: navigation, whose season it is, who looks.

Every value is worked out only when a template asks for it, once a request: a part of a page, an
answer without a page, and an error page cost nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest

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
    "season_names",
    "unread",
    "ways",
)


def house(request: HttpRequest) -> dict[str, Any]:
    frame = Frame(request)
    return {
        "lane_url": settings.LEITAI_LANE_URL,
        "actor": frame.actor,
        **{name: _later(frame, name) for name in _WORKED_OUT},
    }


def _later(frame: Frame, name: str) -> Callable[[], Any]:
    return lambda: getattr(frame, name)
