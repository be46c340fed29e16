"""What the pages of this room have in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django import forms
from django.http import HttpRequest
from django.utils import timezone

from leitai.base.actor import Actor
from leitai.base.errors import text_of
from leitai.kernel.errors import DomainError, Problems

T = TypeVar("T")
NOT_OF_THE_FORM = frozenset({"forbidden", "not_found"})


def actor_of(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]  # put there by the door
    return actor


def attempt(form: forms.Form, service: Callable[..., T], **given: object) -> T | None:
    """What the service gives; None where it refuses, and the form then says why.

    What is not of the form goes on as it is.
    """
    try:
        return service(at=timezone.now(), **given)
    except DomainError as error:
        if error.code in NOT_OF_THE_FORM:
            raise
        for problem in error.problems if isinstance(error, Problems) else [error]:
            form.add_error(None, text_of(problem))
        return None
