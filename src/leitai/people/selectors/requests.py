"""Requests for people of other units, and files on their way in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.people import rules
from leitai.people.enums import TransferState
from leitai.people.models import ImportDraft, TransferRequest
from leitai.people.selectors.rosters import under


@dataclass(frozen=True, slots=True)
class RequestLine:
    """A request, and what the reader may do about it."""

    request: TransferRequest
    can_decide: bool
    can_withdraw: bool
    expired: bool


def list_requests(actor: Actor) -> QuerySet[TransferRequest]:
    """Open requests that the actor may decide, or has a hand in as the receiving side."""
    paths = rules.keeper_paths(actor)
    if not paths:
        return TransferRequest.objects.none()
    return (
        TransferRequest.objects.filter(
            under("giving__path", paths) | under("receiving__path", paths),
            state=TransferState.OPEN,
        )
        .select_related("person", "giving", "receiving")
        .order_by("filed_at")
    )


def count_requests(actor: Actor) -> int:
    """How many wait for the actor's own decision."""
    paths = rules.keeper_paths(actor)
    waiting = TransferRequest.objects.filter(under("giving__path", paths), state=TransferState.OPEN)
    return waiting.count() if paths else 0


def requests_for(actor: Actor, *, at: datetime) -> list[RequestLine]:
    return [
        RequestLine(
            one,
            can_decide=rules.can_keep_roster(actor, one.giving.path),
            can_withdraw=rules.can_keep_roster(actor, one.receiving.path),
            expired=one.expires_at <= at,
        )
        for one in list_requests(actor)[:200]
    ]


def get_request_for(actor: Actor, number: int) -> TransferRequest:
    found = TransferRequest.objects.select_related("person", "giving", "receiving")
    request = found.filter(pk=number).first()
    if request is None:
        raise DomainError("not_found")
    sides = (request.giving.path, request.receiving.path)
    if not any(rules.can_keep_roster(actor, path) for path in sides):
        raise DomainError("forbidden")
    return request


def list_drafts(actor: Actor, *, at: datetime) -> QuerySet[ImportDraft]:
    """The actor's own files of the last day, newest first."""
    mine = ImportDraft.objects.filter(owner=actor.account, expires_at__gt=at)
    return mine.defer("content", "shown").order_by("-made_at")
