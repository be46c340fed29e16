"""Who asks: a person with a session of the web pages, or a machine with a token."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from ninja.security import APIKeyCookie, HttpBearer
from typing_extensions import override

from leitai.api import services
from leitai.api.models import Token
from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError


class Session(APIKeyCookie):
    """Signed in on the pages; the browser's cookie says so."""

    param_name = settings.SESSION_COOKIE_NAME

    @override
    def authenticate(self, request: HttpRequest, key: str | None) -> Actor:
        actor: Actor = request.actor  # type: ignore[attr-defined]  # put there by the door
        if not actor.known:
            raise DomainError("api_sign_in")
        return actor


class Machine(HttpBearer):
    """A token of one season, in the header that no log keeps."""

    @override
    def __call__(self, request: HttpRequest) -> Token:
        held: Token | None = super().__call__(request)
        if held is None:
            raise DomainError("api_token_needed")
        return held

    @override
    def authenticate(self, request: HttpRequest, token: str) -> Token:
        return services.use_token(secret=token, at=timezone.now())


SESSION, MACHINE = Session(), Machine()


def actor_of(request: HttpRequest) -> Actor:
    """Whoever `SESSION` let in."""
    actor: Actor = request.auth  # type: ignore[attr-defined]  # put there by ninja
    return actor


def token_of(request: HttpRequest) -> Token:
    """What `MACHINE` let in."""
    token: Token = request.auth  # type: ignore[attr-defined]  # put there by ninja
    return token
