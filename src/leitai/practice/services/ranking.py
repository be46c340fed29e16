"""Titles for the best of a period: they need everybody, and are decided once the period is over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final

from django.db import transaction

from leitai.base import events
from leitai.practice.events import TitlesLost
from leitai.practice.models import Learner, Title
from leitai.practice.selectors.acts import acts_of
from leitai.practice.selectors.laws import Law, law_of
from leitai.practice.services import crediting
from leitai.practice.services.folding import lock_learners
from leitai.rulebook.data import ActIn, FactIn, TitleRow
from leitai.rulebook.practice import AS_OF, fold_acts
from leitai.seasons import selectors as seasons

CHUNK: Final = 1_000  # learners whose acts are read at once


@transaction.atomic
def decide_tops(*, season: str, at: datetime) -> int:
    """Give (or take) the titles of all periods that are over; gives how many learners it changed.

    All acts of the season are read: rules with such titles pay for it once a night.
    """
    law = law_of(season)
    ranked = {name for name, title in law.practice.titles.items() if title.top is not None}
    if not ranked:
        return 0
    learners = dict(Learner.objects.filter(season=season).in_bulk())
    practised = fold_acts(
        law.rules,
        _acts(law, sorted(learners)),
        windows={**law.windows, AS_OF: at},
        facts=_facts(law, learners),
    )
    facts = [fact for fact in practised.facts if fact.kind == "title"]
    wanted = {
        (int(row.person), row.title, row.period): (row, fact)
        for row, fact in zip(practised.titles, facts, strict=True)
        if row.title in ranked
    }
    changed = _write(law, ranked, wanted, at)
    if changed:
        crediting.credit(law, lock_learners(changed), {}, at=at, again=changed)
    return len(changed)


def _acts(law: Law, learners: Sequence[int]) -> Iterator[ActIn]:
    for first in range(0, len(learners), CHUNK):
        for act in acts_of(law, learners[first : first + CHUNK]):
            if not act.void:
                yield ActIn(str(act.learner), act.act, act.at, act.value)


def _facts(law: Law, learners: Mapping[int, Learner]) -> Iterator[FactIn]:
    """What the rules rank apart by: facts of the people, and the unit where they serve."""
    kinds = {title.each for title in law.practice.titles.values() if title.each is not None}
    if not kinds:
        return
    named = Learner.objects.filter(pk__in=learners, person__isnull=False)
    columns = ("pk", "person__code", "person__unit__code")
    people = {code: (pk, unit) for pk, code, unit in named.values_list(*columns)}
    for code, facts in seasons.facts_of(people.keys()).items():
        pk, unit = people[code]
        yield FactIn(str(pk), "unit", "", unit)
        for fact in facts:
            if fact.kind in kinds:
                yield FactIn(str(pk), fact.kind, fact.key, fact.value, fact.since, fact.until)


def _write(
    law: Law,
    ranked: set[str],
    wanted: Mapping[tuple[int, str, str], tuple[TitleRow, FactIn]],
    at: datetime,
) -> set[int]:
    """Titles as they should be; gives whose are others now."""
    standing = Title.objects.filter(learner__season=law.season, title__in=ranked)
    held = {(row.learner_id, row.title, row.period): row for row in standing}
    changed: set[int] = set()
    lost = False
    for key, (row, fact) in wanted.items():
        known = held.pop(key, None)
        reason = row.reason.plain()
        if known is not None and known.lost_on is None and known.reason == reason:
            continue
        changed.add(key[0])
        Title.objects.update_or_create(
            learner_id=key[0],
            title=row.title,
            period=row.period,
            defaults={
                "reached_on": fact.since or law.day_of(at),
                "until": fact.until,
                "reason": reason,
                "lost_on": None,
            },
        )
    for key, known in held.items():
        if known.lost_on is None:
            changed.add(key[0])
            known.lost_on = law.day_of(at)
            known.save(update_fields=["lost_on"])
            lost = True
    if lost:
        events.publish(TitlesLost(law.season))
    return changed
