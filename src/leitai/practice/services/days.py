"""A learner's days: what was done, where the learner served that day, how each module went."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any, Final

from leitai.people.models import Person, Posting
from leitai.practice import rows
from leitai.practice.marking import MarkedSet
from leitai.practice.models import Learner
from leitai.practice.rows import DayRow
from leitai.rulebook import numbers

Place = tuple[int, date]  # learner, day
Told = dict[str, Any]
NOTHING: Final[Told] = {
    "sets": 0,
    "answers": 0,
    "right": 0,
    "seconds": 0,
    "modules": {},
    "acts": {},
    "points": {},
}
_PUBLIC: Final = {"unit": None, "line": "", "staffing": "", "window": ""}


@dataclass(slots=True)
class Done:
    """What is added to a day."""

    sets: int = 0
    answers: int = 0
    right: int = 0
    seconds: int = 0
    modules: dict[str, list[int]] = field(default_factory=dict)
    acts: dict[str, int] = field(default_factory=dict)

    def add_act(self, act: str) -> None:
        self.acts[act] = self.acts.get(act, 0) + 1

    def add_set(self, act: str, marked: MarkedSet) -> None:
        self.add_act(act)
        self.sets += 1
        self.answers += len(marked.answers)
        self.right += marked.right
        self.seconds += marked.seconds
        for one in marked.answers:
            figures = self.modules.setdefault(one.node, [0, 0])
            figures[0] += 1
            figures[1] += one.right


def add(
    season: str,
    learners: Mapping[int, Learner],
    done: Mapping[Place, Done],
    points: Mapping[Place, Mapping[str, Fraction]],
    *,
    anew: Iterable[Place] = (),
) -> None:
    """Add what was done, and points, to days; those of `anew` become just that and no more.

    Statistics are told of every day that became another.
    """
    whole = set(anew)
    places = sorted(set(done) | set(points) | whole)
    if not places:
        return
    standing = rows.days_of(places)
    serving = _serving(learners, places)
    changed: list[tuple[int, date, Told, Told]] = []
    for place in places:
        before = standing.get(place)
        after = deepcopy(before if before and place not in whole else NOTHING)
        _add(after, done.get(place, Done()), points.get(place, {}))
        after = {**serving[place], **after, **serving[place]}
        if _empty(after):
            after = {}
        if after != (before or {}):
            changed.append((*place, before or {}, after))
    rows.store_days([DayRow(one, day, after) for one, day, _, after in changed if after])
    rows.drop_days([(one, day) for one, day, _, after in changed if not after])
    rows.add_changes(season, changed)


def _add(told: Told, done: Done, points: Mapping[str, Fraction]) -> None:
    for name in ("sets", "answers", "right", "seconds"):
        told[name] += getattr(done, name)
    for node, (answers, right) in done.modules.items():
        before = told["modules"].get(node, [0, 0])
        told["modules"][node] = [before[0] + answers, before[1] + right]
    for act, times in done.acts.items():
        told["acts"][act] = told["acts"].get(act, 0) + times
    for ledger, more in points.items():
        sum_ = Fraction(told["points"].get(ledger, 0)) + more
        if sum_:
            told["points"][ledger] = numbers.show(sum_)
        else:
            told["points"].pop(ledger, None)


def _empty(told: Told) -> bool:
    return not told["acts"] and not told["points"]


def _serving(
    learners: Mapping[int, Learner], places: Iterable[Place]
) -> dict[Place, dict[str, Any]]:
    """Where everybody served on each day; nobody where it is the public, or a guest."""
    staff = {
        one.pk: one.person_id
        for one in learners.values()
        if one.person_id is not None and one.person is not None and not one.person.guest
    }
    held: dict[int, list[Posting]] = defaultdict(list)
    postings = Posting.objects.filter(person__in=set(staff.values())).order_by("since", "pk")
    for posting in postings:
        held[posting.person_id].append(posting)
    return {
        (learner, day): _on(held[staff[learner]], learners[learner].person, day)
        if learner in staff
        else dict(_PUBLIC)
        for learner, day in places
    }


def _on(postings: list[Posting], person: Person | None, day: date) -> dict[str, Any]:
    """The posting of that day; before the first one (or without any) as the person stands now."""
    for one in reversed(postings):
        if one.since <= day and (one.until is None or day < one.until):
            return _told(one)
    return _told(person) if person is not None else dict(_PUBLIC)


def _told(one: Posting | Person) -> dict[str, Any]:
    return {
        "unit": one.unit_id,
        "line": one.line,
        "staffing": one.staffing,
        "window": one.window,
    }
