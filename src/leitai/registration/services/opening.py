"""Papers with full numbers: printed on the record, sealed ones opened by those who watch."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.registration import printing, rules
from leitai.registration.enums import Step
from leitai.registration.models import Registration
from leitai.registration.services import common

REASON_LIMIT: Final = 200


@transaction.atomic
def open_scans(*, actor: Actor, registration: Registration, reason: str, at: datetime) -> None:
    """Whoever watches may read the sealed papers for an hour; why is on the record."""
    held = common.locked(registration)
    if not rules.can_see(actor, held):
        raise DomainError("forbidden")
    why = " ".join(reason.split())
    if not why or len(why) > REASON_LIMIT:
        raise DomainError("registration_opening", limit=REASON_LIMIT)
    common.keep_step(held, Step.OPENED, actor=actor, at=at, note=why)
    common.record(actor, held, "registration.opened", at, reason=why)


@transaction.atomic
def print_form(*, actor: Actor, registration: Registration, at: datetime) -> bytes:
    """The form on paper: masked, but for those who read its numbers; theirs is on the record."""
    full = rules.reads_numbers(actor, registration, at)
    if not (full or rules.can_see(actor, registration)):
        raise DomainError("forbidden")
    data = printing.form_pdf(registration, masked=not full)
    if full:
        common.record(actor, registration, "registration.printed", at)
    return data
