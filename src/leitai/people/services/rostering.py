"""The confirmed list of a unit on a day: the denominator of every ratio. Never changed."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.people import rules, selectors
from leitai.people.models import Roster
from leitai.people.services.chain import CHAIN
from leitai.people.services.registering import local_day
from leitai.units.models import Unit


@transaction.atomic
def confirm_roster(*, actor: Actor, unit: Unit, day: date, seen: str = "", at: datetime) -> Roster:
    """Keep who served there on `day`. `seen` is the digest of the list that was looked at."""
    if not rules.can_keep_roster(actor, unit.path):
        raise DomainError("forbidden")
    if day > local_day(at):
        raise DomainError("roster_day_ahead")
    Unit.objects.select_for_update().get(pk=unit.pk)  # two who confirm follow each other
    members = [one.row for one in selectors.members_on(unit, day)]
    if not members:
        raise DomainError("roster_empty", unit=unit.name, day=day.isoformat())
    digest = selectors.digest_of(members)
    if seen and seen != digest.hex():
        raise DomainError("roster_changed")
    counts = selectors.counts_of(members)
    roster = Roster.objects.create(
        unit=unit,
        day=day,
        members=members,
        counts=counts,
        digest=digest,
        confirmed_by=actor.account,
        confirmed_at=at,
    )
    ledger.append(
        chain=CHAIN,
        actor=actor,
        act="roster.confirmed",
        subject=f"unit:{unit.code}",
        data={
            "unit": unit.name,
            "day": day.isoformat(),
            "count": counts["all"],
            "counts": counts,
            "digest": digest.hex(),
        },
        at=at,
    )
    return roster
