"""What the handlers share."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from leitai.base.actor import Actor
from leitai.practice.models import Learner
from leitai.practice.selectors.boards import shown_boards
from leitai.practice.selectors.grounds import Ground, get_ground, get_own_ground

_OWN = frozenset({"titles", "points", "history", "boards", "settings"})


def actor_of(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]  # put there by the door
    return actor


def ground_of(request: HttpRequest, season: str) -> Ground:
    return get_ground(actor_of(request), season, at=timezone.now())


def own_of(request: HttpRequest, season: str) -> tuple[Ground, Learner]:
    return get_own_ground(actor_of(request), season, at=timezone.now())


def page(
    request: HttpRequest,
    name: str,
    ground: Ground,
    context: dict[str, Any] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    has_boards = bool(shown_boards(ground))
    base = {"ground": ground, "season": ground.season, "has_boards": has_boards}
    base["own"] = name in _OWN
    shown = {**base, **(context or {})}
    return render(request, f"practice/{name}.html", shown, status=status)


def back(request: HttpRequest, name: str, *arguments: object) -> HttpResponse:
    """Where the form stood, if it says so and it is one of our own pages."""
    said = request.POST.get("next", "")
    own = url_has_allowed_host_and_scheme(said, allowed_hosts=None)
    return redirect(said if said.startswith("/") and own else reverse(name, args=arguments))
