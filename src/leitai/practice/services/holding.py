"""Titles and points that somebody holds: as titles here, and as facts of the person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from leitai.base import events
from leitai.base.actor import system
from leitai.practice.events import TitlesLost
from leitai.practice.models import Learner, Title
from leitai.practice.selectors.laws import Law
from leitai.rulebook.practice import HeldTitle, Stretch
from leitai.seasons import services as seasons
from leitai.seasons.enums import FactKind
from leitai.seasons.services import NewFact

ACTOR: Final = system("practice")
Points = Sequence[tuple[str, Stretch, str]]  # ledger, period, balance


@dataclass(frozen=True, slots=True)
class Holding:
    """What a learner holds: all of it (`whole`), or only what is new."""

    learner: Learner
    titles: Collection[HeldTitle]
    points: Points
    whole: bool


def store(law: Law, holdings: Sequence[Holding], *, at: datetime) -> None:
    """Write titles and facts; the same again changes nothing."""
    _store_titles(law, holdings, at)
    people = {one.learner.person_id: one for one in holdings if one.learner.person_id is not None}
    ranked = _ranked(law, [one.learner.pk for one in people.values() if one.whole])
    seasons.restate_facts(
        actor=ACTOR,
        facts={
            person: [*_facts(law, one), *ranked.get(one.learner.pk, ())]
            for person, one in people.items()
        },
        whole=[person for person, one in people.items() if one.whole],
        source=law.source,
        at=at,
    )


def _store_titles(law: Law, holdings: Sequence[Holding], at: datetime) -> None:
    changed = [one for one in holdings if one.titles or one.whole]
    if not changed:
        return
    rows = Title.objects.filter(learner__in=[one.learner.pk for one in changed])
    standing: dict[int, dict[tuple[str, str], Title]] = defaultdict(dict)
    for known in rows:
        standing[known.learner_id][known.title, known.period] = known
    new: list[Title] = []
    mended: list[Title] = []
    for one in changed:
        stands = standing[one.learner.pk]
        for title in one.titles:
            made = _row(one.learner, title)
            row = stands.pop((made.title, made.period), None)
            if row is None:
                new.append(made)
            elif _said(row) != _said(made):
                made.pk = row.pk
                mended.append(made)
        if one.whole:
            mended += _lost(law, stands.values(), at)
    Title.objects.bulk_create(new, batch_size=1000)
    columns = ["reached_on", "until", "reason", "lost_on"]
    Title.objects.bulk_update(mended, columns, batch_size=500)
    if any(row.lost_on for row in mended):
        events.publish(TitlesLost(law.season))


def _lost(law: Law, rows: Iterable[Title], at: datetime) -> Iterator[Title]:
    """Those of a person's further titles that only this person's acts decide."""
    for row in rows:
        rule = law.practice.titles.get(row.title)
        if row.lost_on is None and (rule is None or rule.top is None):
            row.lost_on = law.day_of(at)
            yield row


def _row(learner: Learner, held: HeldTitle) -> Title:
    return Title(
        learner=learner,
        title=held.row.title,
        period=held.row.period,
        reached_on=held.fact.since or date.min,
        until=held.fact.until,
        reason=held.row.reason.plain(),
    )


def _said(row: Title) -> tuple[object, ...]:
    return row.reached_on, row.until, row.reason, row.lost_on


def _ranked(law: Law, learners: Collection[int]) -> dict[int, list[NewFact]]:
    """Titles for the best of a period as facts: they are decided elsewhere (`ranking`)."""
    tops = {name: title for name, title in law.practice.titles.items() if title.top is not None}
    found: dict[int, list[NewFact]] = defaultdict(list)
    if tops and learners:
        rows = Title.objects.filter(learner__in=learners, title__in=tops, lost_on=None)
        for row in rows:
            name = tops[row.title].title
            found[row.learner_id].append(
                NewFact("", FactKind.TITLE, name, name, row.reached_on, row.until)
            )
    return found


def _facts(law: Law, one: Holding) -> Iterable[NewFact]:
    for ledger, span, points in one.points:
        title = law.practice.ledgers[ledger].title
        yield NewFact("", FactKind.POINTS, title, points, span.first, span.last)
    for held in one.titles:
        fact = held.fact
        yield NewFact("", FactKind.TITLE, fact.key, fact.value, fact.since, fact.until)
