"""Printed codes that let people in for the first time, without mail or SMS.

A code is handed out once: only its digest stays. It holds 80 random bits, so it needs no salt.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from leitai.base import sealing
from leitai.base.actor import Actor
from leitai.kernel import ids
from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.people import rules
from leitai.people.enums import SlipPurpose
from leitai.people.models import Person, Slip
from leitai.people.services.chain import CHAIN
from leitai.people.services.guarding import demand_within, has_signed_in_before
from leitai.units.models import Unit

VALID: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Issued:
    """A code, to be shown or printed now: nobody can ask for it again. `person` "" = the unit's."""

    code: str
    person: str
    unit: str
    purpose: str
    expires_at: datetime

    @property
    def shown(self) -> str:
        return ids.show_code(self.code)


@transaction.atomic
def issue_slips(*, actor: Actor, people: Sequence[Person], at: datetime) -> list[Issued]:
    """One code a person who has not signed in yet; an older open one of theirs ends."""
    if not people:
        raise DomainError("slip_none")
    if len(people) > rules.SLIPS_MOST:
        raise DomainError("slip_many", limit=rules.SLIPS_MOST, count=len(people))
    for person in people:
        if not rules.can_issue_slips(actor, person.unit.path):
            raise DomainError("forbidden")
    done = [person.name for person in people if has_signed_in_before(person)]
    if done:
        raise DomainError("slip_done_some", names="、".join(done[:5]))
    for person in people:
        demand_within(actor, person, at=at)
    _withdraw(people, at)
    issued = [_issue(actor, person, person.unit, SlipPurpose.ACTIVATE, at) for person in people]
    ledger.append(
        chain=CHAIN,
        actor=actor,
        act="slips.issued",
        subject=f"people:{len(people)}",
        data={"people": [person.code for person in people], "count": len(people)},
        at=at,
    )
    return issued


@transaction.atomic
def issue_unit_slip(*, actor: Actor, unit: Unit, at: datetime) -> Issued:
    """One code for all people of a unit, who name themselves; an older open one of it ends."""
    if not rules.can_issue_slips(actor, unit.path):
        raise DomainError("forbidden")
    older = Slip.objects.filter(unit=unit, person=None, withdrawn_at=None)
    older.update(withdrawn_at=at)
    issued = _issue(actor, None, unit, SlipPurpose.ACTIVATE, at)
    ledger.append(
        chain=CHAIN,
        actor=actor,
        act="slip.unit_issued",
        subject=f"unit:{unit.code}",
        data={"unit": unit.name, "code": unit.code},
        at=at,
    )
    return issued


def issue_reset_slip(actor: Actor, person: Person, at: datetime) -> Issued:
    """Of `reset_password`, in its transaction."""
    _withdraw([person], at)
    return _issue(actor, person, person.unit, SlipPurpose.RESET, at)


def _withdraw(people: Sequence[Person], at: datetime) -> None:
    open_ = Slip.objects.filter(person__in=people, used_at=None, withdrawn_at=None)
    open_.update(withdrawn_at=at)


def _issue(
    actor: Actor, person: Person | None, unit: Unit, purpose: SlipPurpose, at: datetime
) -> Issued:
    code = ids.admission_code(os.urandom(ids.CODE_BYTES))
    slip = Slip.objects.create(
        person=person,
        unit=unit,
        purpose=purpose,
        digest=sealing.code_digest(code),
        issued_by=actor.account,
        issued_at=at,
        expires_at=at + VALID,
    )
    return Issued(code, person.name if person else "", unit.name, purpose, slip.expires_at)
