"""Numbers of many people at once, for a list that needs them: asked once, on the record once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Final

from django.db import transaction

from leitai.base import sealing
from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.people import rules
from leitai.people.models import Person, Personal
from leitai.people.services.personal import FIELDS, REASON_LIMIT, place_of

MANY: Final = 2_000


@transaction.atomic
def reveal_many(
    *,
    actor: Actor,
    people: Collection[Person],
    fields: Collection[str],
    reason: str,
    subject: str,
    chain: str,
    at: datetime,
) -> Mapping[int, Mapping[str, str]]:
    """By a person's id and a field's name the number, "" where none is kept.

    `subject` names the list in the record. Whoever asks must keep the roster of every one of them;
    raises DomainError("forbidden"), ("reveal_reason") or ("reveal_many").
    """
    if any(not rules.can_reveal(actor, person.unit.path) for person in people):
        raise DomainError("forbidden")
    if not set(fields) <= set(FIELDS):
        raise DomainError("not_found")
    why = reason.strip()
    if not why or len(why) > REASON_LIMIT:
        raise DomainError("reveal_reason", limit=REASON_LIMIT)
    if len(people) > MANY:
        raise DomainError("reveal_many", limit=MANY)
    held = {one.person_id: one for one in Personal.objects.filter(person__in=people)}
    numbers = {
        person.pk: {field: _opened(held.get(person.pk), field) for field in fields}
        for person in people
    }
    ledger.append(
        chain=chain,
        actor=actor,
        act="personal.revealed_many",
        subject=subject[:128],
        data={"fields": sorted(fields), "count": len(numbers), "reason": why},
        at=at,
    )
    return numbers


def _opened(personal: Personal | None, field: str) -> str:
    sealed = getattr(personal, field) if personal is not None else ""
    if personal is None or not sealed:
        return ""
    return sealing.open_sealed(sealed, place=place_of(personal.person_id, field))
