"""Two records of one person: what the second entered and achieved is the first's."""

from __future__ import annotations

from collections import defaultdict

from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.people.events import PeopleMerging
from leitai.people.models import Person
from leitai.seasons.models import Entry, Fact
from leitai.seasons.team_models import TeamMember


def follow_merging(event: PeopleMerging) -> None:
    """Move entries and facts; refuse where both stand in one stage, or facts contradict."""
    kept = Person.objects.get(pk=event.into_id)
    theirs = list(
        Entry.objects.filter(person=event.from_id).select_related("stage__season", "person")
    )
    standing = {
        (entry.stage_id, entry.track)
        for entry in Entry.objects.filter(person=event.into_id).only("stage_id", "track")
    }
    for entry in theirs:
        if (entry.stage_id, entry.track) in standing:
            raise DomainError(
                "merge_entries_clash", name=entry.person.name, stage=entry.stage.title
            )
    _move_places(event.from_id, event.into_id)
    _move_facts(event.from_id, event.into_id)
    by_season: dict[str, list[Entry]] = defaultdict(list)
    for entry in theirs:
        by_season[entry.stage.season.code].append(entry)
    Entry.objects.filter(person=event.from_id).update(person=event.into_id)
    for season in sorted(by_season):
        entries = by_season[season]
        ledger.append(
            chain=season,
            actor=event.by,
            act="entries.moved",
            subject=f"person:{kept.code}",
            data={
                "from": entries[0].person.code,
                "into": kept.code,
                "entries": sorted({entry.code for entry in entries}),
            },
            at=event.at,
        )


def _move_places(giving: int, into: int) -> None:
    """Places in teams; a team in which both stand would lose one of its people."""
    held = TeamMember.objects.filter(person=giving)
    both = held.filter(entry__members__person=into).select_related("entry__stage", "person").first()
    if both is not None:
        stage = both.entry.stage.title
        raise DomainError("merge_entries_clash", name=both.person.name, stage=stage)
    held.update(person=into)


def _move_facts(giving: int, into: int) -> None:
    """The same fact told of both stands once; two that contradict are for a person to settle."""
    held = {_key(fact): fact.value for fact in Fact.objects.filter(person=into)}
    twice = []
    for fact in Fact.objects.filter(person=giving):
        if _key(fact) not in held:
            continue
        if held[_key(fact)] != fact.value:
            raise DomainError("merge_facts_differ", key=fact.key, source=fact.source)
        twice.append(fact.pk)
    Fact.objects.filter(pk__in=twice).delete()
    Fact.objects.filter(person=giving).update(person=into)


def _key(fact: Fact) -> tuple[object, ...]:
    return fact.kind, fact.key, fact.since, fact.source
