"""From unit to unit with one account: by who keeps both, or asked for by the one that receives."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.people import rules
from leitai.people.enums import TransferState
from leitai.people.models import Person, TransferRequest
from leitai.people.services.chain import CHAIN
from leitai.people.services.personal import sync_logins
from leitai.people.services.registering import demand_open, posting_of
from leitai.people.services.serving import (
    SERVICE,
    close_posting,
    demand_not_ahead,
    locked,
    tidy_details,
)
from leitai.units.models import Unit

DAYS: Final = 30  # until a request expires
NOTE_LIMIT: Final = 200


@transaction.atomic
def transfer_person(
    *,
    actor: Actor,
    person: Person,
    unit: Unit,
    since: date,
    details: Mapping[str, object] | None = None,
    at: datetime,
) -> Person:
    """Move somebody between two units that the actor keeps both; account and past stay.

    `details` gives window, staffing, line and post there; what is left out stays as it is.
    """
    for path in (person.unit.path, unit.path):
        if not rules.can_keep_roster(actor, path):
            raise DomainError("forbidden")
    return _move(actor, person, unit, since, details or {}, at)


@transaction.atomic
def file_transfer(
    *,
    actor: Actor,
    person: Person,
    unit: Unit,
    since: date,
    details: Mapping[str, object] | None = None,
    reason: str,
    at: datetime,
) -> TransferRequest:
    """The receiving manager asks; it takes effect when a manager over the giving unit confirms."""
    if not rules.can_keep_roster(actor, unit.path):
        raise DomainError("forbidden")
    if not reason.strip() or len(reason) > NOTE_LIMIT:
        raise DomainError("transfer_reason", limit=NOTE_LIMIT)
    person = locked(person)
    _demand_elsewhere(person, unit)
    demand_not_ahead(since, at)
    _expire(person, at)
    if person.requests.filter(state=TransferState.OPEN).exists():
        raise DomainError("transfer_open", name=person.name)
    wanted = tidy_details(_service_of(details or {}))
    request = TransferRequest.objects.create(
        person=person,
        giving=person.unit,
        receiving=unit,
        since=since,
        details=wanted,
        reason=reason.strip(),
        filed_by=actor.account,
        filed_name=actor.name,
        filed_at=at,
        expires_at=at + timedelta(days=DAYS),
    )
    _record(actor, request, "transfer.filed", at)
    return request


@transaction.atomic
def approve_transfer(*, actor: Actor, request: TransferRequest, at: datetime) -> Person:
    """Carried out as it was asked for, by a manager over the giving unit."""
    request = _open(request, at)
    if not rules.can_keep_roster(actor, request.giving.path):
        raise DomainError("forbidden")
    person = locked(request.person)
    if person.unit_id != request.giving_id:
        raise DomainError("transfer_moved", name=person.name, unit=request.giving.name)
    _decide(request, TransferState.DONE, actor, "", at)
    return _move(actor, person, request.receiving, request.since, request.details, at)


@transaction.atomic
def refuse_transfer(*, actor: Actor, request: TransferRequest, note: str, at: datetime) -> None:
    request = _open(request, at)
    if not rules.can_keep_roster(actor, request.giving.path):
        raise DomainError("forbidden")
    if not note.strip() or len(note) > NOTE_LIMIT:
        raise DomainError("transfer_reason", limit=NOTE_LIMIT)
    _decide(request, TransferState.REFUSED, actor, note.strip(), at)
    _record(actor, request, "transfer.refused", at)


@transaction.atomic
def withdraw_transfer(*, actor: Actor, request: TransferRequest, at: datetime) -> None:
    request = _open(request, at)
    if not rules.can_keep_roster(actor, request.receiving.path):
        raise DomainError("forbidden")
    _decide(request, TransferState.WITHDRAWN, actor, "", at)
    _record(actor, request, "transfer.withdrawn", at)


def _move(
    actor: Actor,
    person: Person,
    unit: Unit,
    since: date,
    details: Mapping[str, object],
    at: datetime,
) -> Person:
    person = locked(person)
    _demand_elsewhere(person, unit)
    demand_not_ahead(since, at)
    giving = person.unit
    close_posting(person, since)
    for field, value in tidy_details(_service_of(details)).items():
        setattr(person, field, value)
    person.unit, person.since, person.left_on = unit, since, None
    person.save(update_fields=[*SERVICE, "unit", "since", "left_on"])
    posting_of(person, actor, since, at).save()
    person.requests.filter(state=TransferState.OPEN).update(
        state=TransferState.EXPIRED, decided_at=at
    )
    if person.account_id is not None:
        sync_logins([person.account_id])
    told = {"giving": giving.name, "receiving": unit.name, "day": since.isoformat()}
    ledger.append(
        chain=CHAIN,
        actor=actor,
        act="person.transferred",
        subject=f"person:{person.code}",
        data=told,
        at=at,
    )
    return person


def _service_of(details: Mapping[str, object]) -> dict[str, object]:
    return {field: details[field] for field in SERVICE if details.get(field) not in (None, "")}


def _demand_elsewhere(person: Person, unit: Unit) -> None:
    demand_open(unit)
    if person.unit_id == unit.pk and person.left_on is None:
        raise DomainError("transfer_same_unit", name=person.name, unit=unit.name)


def _open(request: TransferRequest, at: datetime) -> TransferRequest:
    """Held until the end of the transaction; raises DomainError for one that is over."""
    held = (
        TransferRequest.objects.select_for_update(of=("self",))
        .select_related("giving", "receiving", "person__unit")
        .get(pk=request.pk)
    )
    if held.state != TransferState.OPEN:
        raise DomainError("transfer_closed")
    if held.expires_at <= at:
        raise DomainError("transfer_expired")
    return held


def _expire(person: Person, at: datetime) -> None:
    person.requests.filter(state=TransferState.OPEN, expires_at__lte=at).update(
        state=TransferState.EXPIRED, decided_at=at
    )


def _decide(
    request: TransferRequest, state: TransferState, actor: Actor, note: str, at: datetime
) -> None:
    request.state, request.note = state, note
    request.decided_by, request.decided_name, request.decided_at = actor.account, actor.name, at
    request.save()


def _record(actor: Actor, request: TransferRequest, act: str, at: datetime) -> None:
    ledger.append(
        chain=CHAIN,
        actor=actor,
        act=act,
        subject=f"person:{request.person.code}",
        data={
            "giving": request.giving.name,
            "receiving": request.receiving.name,
            "day": request.since.isoformat(),
            "note": request.note,
        },
        at=at,
    )
