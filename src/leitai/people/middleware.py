"""The door: whoever signed in becomes the frozen actor that every rule asks."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from leitai.base.actor import Actor
from leitai.people import selectors


class ActorMiddleware:
    """Puts `request.actor`, looked up once and only when a page asks for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        def look() -> Actor:
            return selectors.actor_of(request.user, at=timezone.now())

        request.actor = cast("Actor", SimpleLazyObject(look))  # type: ignore[attr-defined]  # ours
        return self.get_response(request)
