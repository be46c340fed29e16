"""Before it is judged, the unit may take a registration back, or a sealed paper out of it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from leitai.base.actor import Actor
from leitai.files import selectors as files
from leitai.files import services as uploads
from leitai.kernel.errors import DomainError
from leitai.registration import rules
from leitai.registration.attaching import SCAN, owner_of
from leitai.registration.enums import OPEN_TO_UNIT, State, Step
from leitai.registration.models import Registration
from leitai.registration.services import common
from leitai.seasons.services import demand_unclosed


@transaction.atomic
def recall_registration(*, actor: Actor, registration: Registration, at: datetime) -> Registration:
    """Back to a draft for correction; an entry keeps its place in the list."""
    held = common.locked(registration)
    _demand(actor, held, (State.SUBMITTED,), gettext("撤回"))
    common.move(held, State.DRAFT, Step.RECALLED, actor=actor, at=at)
    common.record(actor, held, "registration.recalled", at)
    return held


@transaction.atomic
def remove_scan(*, actor: Actor, registration: Registration, file: int, at: datetime) -> None:
    """Take a sealed paper out again; that it was there stays on the record."""
    held = common.locked(registration)
    _demand(actor, held, OPEN_TO_UNIT, gettext("撤下盖章件"))
    names = {one.pk: one.name for one in files.list_files(owner_of(held), SCAN)}
    if file not in names:
        raise DomainError("registration_scan_gone")
    uploads.remove_file(owner=owner_of(held), kind=SCAN, file=file)
    common.keep_step(held, Step.UNSEALED, actor=actor, at=at, note=names[file][:120])
    common.record(actor, held, "registration.unsealed", at, file=names[file][:120])


def _demand(actor: Actor, held: Registration, states: tuple[State, ...], act: str) -> None:
    if not rules.can_write(actor, held):
        raise DomainError("forbidden")
    demand_unclosed(held.season)
    common.demand_state(held, states, act)
