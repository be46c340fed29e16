"""What the tree does to those who serve in it: a merged unit's people go along."""

from __future__ import annotations

from django.db.models import Q

from leitai.base.actor import system
from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.people.enums import TransferState
from leitai.people.models import Person, Posting, TransferRequest
from leitai.people.services.chain import CHAIN
from leitai.people.services.registering import local_day, posting_of
from leitai.units.events import UnitClosing, UnitMerged
from leitai.units.models import Unit


def follow_merger(event: UnitMerged) -> None:
    """Everybody who serves in the closed unit serves in the other from that day on."""
    day, actor = local_day(event.at), system("units")
    giving, into = (Unit.objects.get(pk=pk) for pk in (event.from_id, event.into_id))
    people = list(Person.objects.select_for_update().filter(unit=giving))
    serving = [person for person in people if person.left_on is None]
    present = Posting.objects.filter(unit=giving, until=None)
    present.filter(since__gte=day).delete()  # began there today: never served there
    present.update(until=day)
    Person.objects.filter(unit=giving).update(unit=into)
    for person in people:
        person.unit = into
    Posting.objects.bulk_create(
        (posting_of(person, actor, day, event.at) for person in serving), batch_size=1000
    )
    open_ones = TransferRequest.objects.filter(
        Q(giving=giving) | Q(receiving=giving), state=TransferState.OPEN
    )
    open_ones.filter(Q(giving=into) | Q(receiving=into)).update(state=TransferState.EXPIRED)
    open_ones.filter(giving=giving).update(giving=into)
    open_ones.filter(receiving=giving).update(receiving=into)
    if people:
        ledger.append(
            chain=CHAIN,
            actor=actor,
            act="people.moved",
            subject=f"unit:{giving.code}",
            data={"count": len(people), "from": giving.code, "into": into.code},
            at=event.at,
        )


def refuse_closing(event: UnitClosing) -> None:
    """A unit is not closed over people's heads."""
    count = Person.objects.filter(unit=event.unit_id, left_on=None).count()
    if count:
        name = Unit.objects.get(pk=event.unit_id).name
        raise DomainError("unit_has_people", unit=name, count=count)
