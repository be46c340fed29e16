"""Running figures of the house's own rooms as facts: each says what is so now, no more.

An outside platform's figure never changes once it was recorded (`facts`). What a room of the house
reckons by itself is followed here instead: how it came to be stands line by line in that room.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Final

from django.db import transaction

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.seasons.models import Fact
from leitai.seasons.services.facts import LIMITS, NewFact
from leitai.units.rules import is_house

BATCH: Final = 2000
_Key = tuple[int, str, str, date | None]  # person, kind, key, since


@transaction.atomic
def restate_facts(
    *,
    actor: Actor,
    facts: Mapping[int, Sequence[NewFact]],
    source: str,
    at: datetime,
    whole: Collection[int] = (),
) -> None:
    """Let these be the source's facts of people (by primary key); `NewFact.person` is not read.

    Of the people in `whole` every other fact of the source goes.
    """
    if not is_house(actor):
        raise DomainError("forbidden")
    source = source[: LIMITS["source"]]
    wanted: dict[_Key, NewFact] = {
        (person, one.kind, one.key[: LIMITS["key"]], one.since): one
        for person, told in sorted(facts.items())
        for one in told
    }
    if whole:
        standing = Fact.objects.filter(person__in=list(whole), source=source)
        rows = standing.values_list("pk", "person_id", "kind", "key", "since")
        Fact.objects.filter(pk__in=[pk for pk, *key in rows if tuple(key) not in wanted]).delete()
    Fact.objects.bulk_create(
        [
            Fact(
                person_id=person,
                kind=kind,
                key=key,
                value=one.value[: LIMITS["value"]],
                since=since,
                until=one.until,
                source=source,
                recorded_by=actor.account,
                recorded_at=at,
            )
            for (person, kind, key, since), one in wanted.items()
        ],
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["person", "kind", "key", "since", "source"],
        update_fields=["value", "until", "recorded_at"],
    )
