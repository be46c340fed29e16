"""Whose upload it is: an account's, or that of a stranger's session."""

from __future__ import annotations

import secrets

from django.http import HttpRequest

from leitai.base.actor import Actor
from leitai.files.rules import STRANGER

_KEY = "files_holder"


def holder_of(request: HttpRequest, *, make: bool = False) -> str:
    """Empty for a stranger who has uploaded nothing yet, unless one is to be made."""
    actor = actor_of(request)
    if actor.known:
        return actor.account
    if make and _KEY not in request.session:
        request.session[_KEY] = STRANGER + secrets.token_urlsafe(18)
    return str(request.session.get(_KEY, ""))


def actor_of(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]  # put there by the door
    return actor
