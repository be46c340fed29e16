"""A forgotten password: the manager ends the old one and hands out a code for a new one."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from leitai.base import events
from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.people import rules
from leitai.people.events import PasswordReset
from leitai.people.models import Account, Person
from leitai.people.services.chain import CHAIN
from leitai.people.services.guarding import demand_within
from leitai.people.services.slips import Issued, issue_reset_slip


@transaction.atomic
def reset_password(*, actor: Actor, person: Person, at: datetime) -> Issued:
    """The old password and every session end now; the one-use code is returned once.

    Raises forbidden, reset_self, reset_unused, reset_administrator, reset_bulk,
    reset_beyond, reset_higher.
    """
    if not rules.can_reset(actor, person.unit.path):
        raise DomainError("forbidden")
    if actor.person == person.code or actor.account == str(person.account_id):
        raise DomainError("reset_self")
    if person.account_id is None:
        raise DomainError("reset_unused", name=person.name)
    account = Account.objects.select_for_update().get(pk=person.account_id)
    demand_within(actor, person, at=at)
    account.set_unusable_password()  # the sessions' own digest changes with it: they are over
    account.save(update_fields=["password"])
    issued = issue_reset_slip(actor, person, at)
    events.publish(PasswordReset(account.pk, actor.account))
    ledger.append(
        chain=CHAIN,
        actor=actor,
        act="password.reset",
        subject=f"account:{account.pk}",
        data={"person": person.code, "unit": person.unit.code},
        at=at,
    )
    return issued
