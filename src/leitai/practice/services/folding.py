"""From the lane's journal to acts, points, titles, cards and days: the worker's share of practice.

A row is folded once: what it does and that it was folded are one transaction. A set that cannot be
read stands in a list with its reason and stops nobody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from leitai.base.errors import text_of
from leitai.kernel.errors import DomainError, Problem
from leitai.practice import cards, rows
from leitai.practice.marking import Keyed, MarkedSet, mark_set
from leitai.practice.models import Learner, Unread
from leitai.practice.rows import ActRow, JournalRow
from leitai.practice.selectors.acts import act_of, asked_in
from leitai.practice.selectors.keys import keys_of
from leitai.practice.selectors.laws import Law, law_of
from leitai.practice.services import crediting, days
from leitai.practice.services.days import Done, Place
from leitai.practice.services.following import follow_units
from leitai.rulebook.data import ActIn
from leitai.rulebook.practice import Follower


@dataclass(frozen=True, slots=True)
class ReadSet:
    """A set that was marked, as an act."""

    row: JournalRow
    act: ActRow
    marked: MarkedSet


@dataclass(slots=True)
class Reading:
    """What a batch of sets comes to, before anything is written."""

    sets: dict[str, list[ReadSet]] = field(default_factory=lambda: defaultdict(list))  # by season
    unread: list[Unread] = field(default_factory=list)
    followers: dict[str, Follower] = field(default_factory=dict)  # that have checked the acts


def fold_journal(*, limit: int = 1000, at: datetime) -> int:
    """Fold the sets that wait longest; gives how many rows were taken, 0 when none waits."""
    with transaction.atomic():
        taken = rows.waiting_sets(limit)
        if not taken:
            return 0
        learners = lock_learners({row.learner for row in taken})
        follow_units(learners.values())
        laws = laws_of(learners.values())
        reading = read_sets(taken, learners, laws, at)
        store_unread(reading.unread)
        rows.mark_folded(taken, at)  # with that they are acts
        for season, sets in sorted(reading.sets.items()):
            theirs = {one.row.learner: learners[one.row.learner] for one in sets}
            _fold(laws[season], theirs, sets, reading.followers[season], at)
    return len(taken)


def lock_learners(learners: Collection[int]) -> dict[int, Learner]:
    """Nobody else credits these until the transaction ends. Always in one order: no deadlock."""
    found = Learner.objects.filter(pk__in=learners).order_by("pk").select_related("person")
    return {one.pk: one for one in found.select_for_update(of=("self",), no_key=True)}


def laws_of(learners: Collection[Learner]) -> dict[str, Law]:
    """The rules of their seasons; a season without practice is left out."""
    found: dict[str, Law] = {}
    for season in {one.season for one in learners}:
        try:
            found[season] = law_of(season)
        except DomainError:
            continue
    return found


def read_sets(
    taken: Sequence[JournalRow],
    learners: Mapping[int, Learner],
    laws: Mapping[str, Law],
    at: datetime,
) -> Reading:
    """Mark every set; what cannot be read is put aside with its reason."""
    keys = keys_of(asked_in(taken))
    followers = {season: law.follower() for season, law in laws.items()}
    reading = Reading(followers=followers)
    for row in taken:
        learner = learners.get(row.learner)
        try:
            season, one = _read(row, learner, laws, followers, keys)
        except DomainError as error:
            reading.unread.append(_unread(row, learner, error, at))
        else:
            reading.sets[season].append(one)
    return reading


def _read(
    row: JournalRow,
    learner: Learner | None,
    laws: Mapping[str, Law],
    followers: Mapping[str, Follower],
    keys: Mapping[int, Keyed],
) -> tuple[str, ReadSet]:
    if learner is None:
        raise DomainError("set_learner")
    law = laws.get(learner.season)
    if law is None:
        raise DomainError("set_practice_off", season=learner.season)
    marked = mark_set(row.items, row.body, keys)
    act = act_of(row, marked, law.offset)
    problems = followers[law.season].check(ActIn(str(act.learner), act.act, act.at, act.value))
    if problems:
        raise DomainError("set_act", said=said_of(problems))
    return law.season, ReadSet(row, act, marked)


def store_unread(unread: Sequence[Unread]) -> None:
    Unread.objects.bulk_create(
        unread,
        update_conflicts=True,
        unique_fields=["day", "set"],
        update_fields=["season", "learner", "act", "code", "data", "found_at"],
    )


def store_cards(sets: Sequence[ReadSet], *, anew: bool = False) -> None:
    """Review the questions in the order in which the sets came; `anew` forgets what was known."""
    by_learner: dict[int, list[ReadSet]] = defaultdict(list)
    for one in sets:
        by_learner[one.row.learner].append(one)
    known = {} if anew else rows.memories_of(by_learner)
    packed: list[tuple[int, bytes]] = []
    for learner, theirs in by_learner.items():
        before = known.get(learner, b"")
        kept = cards.find(before, {answer.item for one in theirs for answer in one.marked.answers})
        for one in theirs:
            for answer in one.marked.answers:
                kept[answer.item] = cards.review(
                    kept.get(answer.item),
                    item=answer.item,
                    right=answer.right,
                    ms=answer.ms,
                    at=one.act.at,
                )
        packed.append((learner, cards.put(before, kept.values())))
    rows.store_memories(packed)


def done_of(sets: Sequence[ReadSet]) -> dict[Place, Done]:
    """What the sets add to their days."""
    done: dict[Place, Done] = defaultdict(Done)
    for one in sets:
        done[one.row.learner, one.row.day].add_set(one.act.act, one.marked)
    return done


def _fold(
    law: Law,
    learners: Mapping[int, Learner],
    sets: Sequence[ReadSet],
    follower: Follower,
    at: datetime,
) -> None:
    fresh: dict[int, list[ActRow]] = defaultdict(list)
    for one in sets:
        fresh[one.row.learner].append(one.act)
    points = crediting.credit(law, learners, fresh, at=at, follower=follower)
    days.add(law.season, learners, done_of(sets), points)
    store_cards(sets)


def said_of(problems: Sequence[Problem]) -> str:
    """What is wrong with an act, in words."""
    return "；".join(text_of(Problem("", one.code, one.data)) for one in problems)


def _unread(row: JournalRow, learner: Learner | None, error: DomainError, at: datetime) -> Unread:
    return Unread(
        season=learner.season if learner else "",
        day=row.day,
        set=row.set,
        learner=row.learner,
        act=row.act,
        code=error.code,
        data={name: value for name, value in error.data.items() if isinstance(value, str | int)},
        found_at=at,
    )
