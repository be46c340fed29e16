"""Work everything out anew from journal and acts: what is right stays, what is not is mended.

Cards and days become what the journal says; points are never rewritten, what differs is
mended by further lines.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from typing import Final

from django.db import transaction

from leitai.practice import rows
from leitai.practice.models import Day, Learner, Unread
from leitai.practice.rows import ActRow, key_of
from leitai.practice.selectors.acts import acts_of
from leitai.practice.selectors.laws import Law, law_of
from leitai.practice.services import crediting, days
from leitai.practice.services.crediting import DayPoints
from leitai.practice.services.days import Done, Place
from leitai.practice.services.folding import (
    ReadSet,
    done_of,
    lock_learners,
    read_sets,
    store_cards,
    store_unread,
)

CHUNK: Final = 200  # learners in one transaction


def rebuild(*, season: str, at: datetime, learners: Collection[int] | None = None) -> int:
    """Work a season's learners (or these) out anew; gives how many. May be stopped and repeated."""
    law = law_of(season)
    everybody = Learner.objects.filter(season=season).order_by("pk").values_list("pk", flat=True)
    chosen = list(everybody if learners is None else everybody.filter(pk__in=learners))
    for first in range(0, len(chosen), CHUNK):
        _rebuild(law, chosen[first : first + CHUNK], at)
    return len(chosen)


def recredit(*, season: str, at: datetime, why: str = "") -> int:
    """Credit everybody's acts anew, as after a change of the rules; gives how many learners."""
    law = law_of(season)
    pks = list(Learner.objects.filter(season=season).order_by("pk").values_list("pk", flat=True))
    for first in range(0, len(pks), CHUNK):
        chunk = pks[first : first + CHUNK]
        with transaction.atomic():
            learners = lock_learners(chunk)
            points = crediting.credit(law, learners, {}, at=at, again=chunk, why=why)
            days.add(season, learners, {}, points)
    return len(pks)


def reckon_days(
    law: Law,
    learners: Mapping[int, Learner],
    places: Collection[Place],
    more: DayPoints,
    *,
    at: datetime,
) -> None:
    """Work these days out anew; `more` are points that were just added, on other days too."""
    who, when = {learner for learner, _ in places}, {day for _, day in places}
    acts = [row for row in acts_of(law, who, when) if (row.learner, row.day) in places]
    taken = [row for row in rows.sets_of(who, when) if (row.learner, row.day) in places]
    sets = read_sets(taken, learners, {law.season: law}, at).sets[law.season]
    points: dict[Place, Mapping[str, Fraction]] = dict(more)
    points.update(_points(who, places))
    days.add(law.season, learners, _done(acts, sets), points, anew=places)


@transaction.atomic
def _rebuild(law: Law, chunk: Sequence[int], at: datetime) -> None:
    learners = lock_learners(chunk)
    reading = read_sets(rows.sets_of(chunk), learners, {law.season: law}, at)
    sets = reading.sets[law.season]
    Unread.objects.filter(learner__in=chunk).delete()
    store_unread(reading.unread)
    crediting.credit(law, learners, {}, at=at, again=chunk)
    store_cards(sets, anew=True)
    acts = acts_of(law, chunk)
    standing = Day.objects.filter(learner__in=chunk).values_list("learner_id", "day")
    places = {(row.learner, row.day) for row in acts} | set(standing)
    days.add(law.season, learners, _done(acts, sets), _points(chunk, places), anew=places)


def _done(acts: Sequence[ActRow], sets: Sequence[ReadSet]) -> dict[Place, Done]:
    """What was done on each day, without what was taken out of account."""
    counted = {key_of(row) for row in acts if not row.void}
    done = done_of([one for one in sets if key_of(one.act) in counted])
    of_sets = {key_of(one.act) for one in sets}
    for row in acts:
        if not row.void and key_of(row) not in of_sets:
            done.setdefault((row.learner, row.day), Done()).add_act(row.act)
    return done


def _points(
    learners: Collection[int], places: Collection[Place]
) -> dict[Place, Mapping[str, Fraction]]:
    """The points of each of these days, mending lines included."""
    found: dict[Place, dict[str, Fraction]] = {place: {} for place in places}
    for line in rows.lines_of(learners):
        here = found.get((line.learner, line.day))
        if here is not None:
            here[line.ledger] = here.get(line.ledger, Fraction(0)) + Fraction(line.points)
    return dict(found)
