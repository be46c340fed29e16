"""One-day passes: a card with a one-use-by-one-device code for judges, invigilators and the like.

The card is bound to person, duty, event and day, and to the first device that shows it. Only the
digest of its code stays.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.utils import timezone

from leitai.base import events, sealing
from leitai.base.actor import Actor
from leitai.kernel import ids
from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.people import rules
from leitai.people.enums import DAY_ROLES, Role
from leitai.people.events import Appointing
from leitai.people.models import Pass, Person
from leitai.people.selectors import separation
from leitai.people.services.appointing import account_of
from leitai.units.models import Unit

EVENT_LIMIT: Final = 120
DEVICE_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class Card:
    """A pass and its code, to be printed now: nobody can ask for the code again."""

    held: Pass
    code: str

    @property
    def shown(self) -> str:
        return ids.show_code(self.code)


@transaction.atomic
def issue_pass(
    *,
    actor: Actor,
    person: Person,
    role: str,
    unit: Unit,
    season: str,
    event: str,
    day: date,
    at: datetime,
) -> Card:
    """Issue a card for one day; an older one for the same person, duty, event and day
    ends.

    Raises forbidden, pass_role, pass_event, pass_past, a separation's code, and whatever an upper
    room says to `Appointing`.
    """
    if role not in DAY_ROLES:
        raise DomainError("pass_role", role=role)
    if not rules.can_issue_passes(actor, unit.path, season):
        raise DomainError("forbidden")
    event = event.strip()
    if not event or len(event) > EVENT_LIMIT:
        raise DomainError("pass_event", limit=EVENT_LIMIT)
    if day < timezone.localdate(at):
        raise DomainError("pass_past", day=day.isoformat())
    account = account_of(person, at=at)
    if role == Role.JUDGE:
        bar = separation.bar_for(account=str(account.pk), deed="judge", season=season, at=at)
        if bar is not None:
            raise DomainError(bar.code)
    events.publish(Appointing(account.pk, person.pk, role, season, unit.path))
    older = Pass.objects.filter(
        person=person, role=role, season=season, event=event, day=day, withdrawn_at=None
    )
    ended = list(older.select_for_update().order_by("pk"))
    older.update(withdrawn_at=at)
    code = ids.admission_code(os.urandom(ids.CODE_BYTES))
    held = Pass.objects.create(
        person=person,
        role=role,
        unit=unit,
        season=season,
        event=event,
        day=day,
        digest=sealing.code_digest(code),
        issued_by=actor.account,
        issued_at=at,
    )
    for one in ended:
        _record(actor, one, "pass.withdrawn", at)
    _record(actor, held, "pass.issued", at)
    return Card(held, code)


@transaction.atomic
def use_pass(*, code: str, device: str, at: datetime) -> Pass:
    """Let the bearer in on this device; `device` is a secret that stays in the browser.

    Raises pass_unknown, pass_withdrawn, pass_not_today, pass_other_device.
    """
    digest = sealing.code_digest(ids.normalise_code(code))
    held = (
        Pass.objects.select_for_update(of=("self",))
        .select_related("person__account", "unit")
        .filter(digest=digest)
        .first()
    )
    if held is None:
        raise DomainError("pass_unknown")
    if held.withdrawn_at is not None:
        raise DomainError("pass_withdrawn")
    if held.day != timezone.localdate(at):
        raise DomainError("pass_not_today", day=held.day.isoformat())
    mine = hashlib.sha256(device.encode()).digest()
    if held.device is None:
        held.device, held.used_at = mine, at
        held.save(update_fields=["device", "used_at"])
        _record(Actor(str(held.person.account_id), held.person.name), held, "pass.used", at)
    elif not sealing.same(bytes(held.device), mine):
        raise DomainError("pass_other_device")
    return held


@transaction.atomic
def release_device(*, actor: Actor, held: Pass, at: datetime) -> None:
    """The device broke: the card may be shown once more on another, and the old session ends."""
    _demand_may(actor, held)
    held.device = None
    held.save(update_fields=["device"])
    _record(actor, held, "pass.device_released", at)


@transaction.atomic
def withdraw_pass(*, actor: Actor, held: Pass, at: datetime) -> None:
    """End a card at once, wherever it is in use."""
    _demand_may(actor, held)
    held.withdrawn_at = at
    held.save(update_fields=["withdrawn_at"])
    _record(actor, held, "pass.withdrawn", at)


def new_device() -> str:
    """The secret by which a browser is known again for its card."""
    return os.urandom(DEVICE_BYTES).hex()


def _demand_may(actor: Actor, held: Pass) -> None:
    if not rules.can_issue_passes(actor, held.unit.path, held.season):
        raise DomainError("forbidden")
    if held.withdrawn_at is not None:
        raise DomainError("pass_withdrawn")


def _record(actor: Actor, held: Pass, act: str, at: datetime) -> None:
    ledger.append(
        chain=held.season,
        actor=actor,
        act=act,
        subject=f"pass:{held.pk}",
        data={
            "person": held.person.code,
            "name": held.person.name,
            "role": held.role,
            "duty": str(Role(held.role).label),
            "event": held.event,
            "day": held.day.isoformat(),
        },
        at=at,
    )
