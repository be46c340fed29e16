"""What is practised now: the exercises of the rules, the next sets of one, a set once handed in."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, Final

from leitai.bank.models import ItemVersion
from leitai.kernel.errors import DomainError
from leitai.lane.packing import unpack
from leitai.practice import choosing
from leitai.practice.choosing import Candidate, Chosen, Plan, Wish
from leitai.practice.models import Journal, Learner
from leitai.practice.selectors.grounds import GRACE, Ground, versions_of
from leitai.practice.selectors.questions import questions_of
from leitai.rulebook.marking import mark
from leitai.rulebook.model.practice import Act

VISITOR_MINUTES: Final = 5
_SET: Final = re.compile("[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Done:
    """What was handed in today already, folded or not: sets by act, items."""

    sets: Mapping[str, int]
    items: frozenset[int]


NOTHING_DONE: Final = Done({}, frozenset())


@dataclass(frozen=True, slots=True)
class Exercise:
    """An exercise as the page offers it; `left` sets may still be done today, None for any."""

    name: str
    act: Act
    count: int
    done: int
    left: int | None

    @property
    def at_once(self) -> bool:
        return self.act.exercise is not None and self.act.exercise.answers == "at-once"


@dataclass(frozen=True, slots=True)
class Answer:
    """One question of a set that was handed in."""

    number: int
    version: ItemVersion
    response: str | Sequence[str] | None
    right: bool
    seconds: int


@dataclass(frozen=True, slots=True)
class Marked:
    """A set that was handed in, marked by the one rule whether it is folded yet or not."""

    set: str
    act: Act
    name: str
    day: date
    answers: tuple[Answer, ...]
    shows_keys: bool

    @property
    def right(self) -> int:
        return sum(one.right for one in self.answers)


def done_today(ground: Ground) -> Done:
    """One query of the journal; the lane has it before the worker folds it."""
    if ground.learner is None:
        return NOTHING_DONE
    rows = Journal.objects.filter(learner=ground.learner.pk, day=ground.day)
    sets: dict[str, int] = {}
    versions: set[int] = set()
    for act, items in rows.values_list("act", "items"):
        sets[act] = sets.get(act, 0) + 1
        versions.update(items)
    return Done(sets, frozenset(one.item for one in ground.stock if one.version in versions))


def exercises_of(ground: Ground, done: Done) -> list[Exercise]:
    return [_exercise(name, act, done) for name, act in ground.exercises.items()]


def exercise_of(ground: Ground, name: str, done: Done) -> Exercise:
    act = ground.exercises.get(name)
    if act is None:
        raise DomainError("practice_act_unknown", act=name)
    return _exercise(name, act, done)


def main_of(found: Sequence[Exercise]) -> Exercise | None:
    """The day's own exercise: that which gives its answers at once."""
    return next((one for one in found if one.at_once), found[0] if found else None)


def _exercise(name: str, act: Act, done: Done) -> Exercise:
    count = act.exercise.questions if act.exercise and act.exercise.questions else 0
    times = done.sets.get(name, 0)
    limit = act.attempts.limit.day if act.attempts and act.attempts.limit else None
    return Exercise(name, act, count, times, None if limit is None else max(0, limit - times))


def plan_of(ground: Ground, done: Done, *, name: str, number: int) -> Plan:
    learner = ground.learner
    return Plan(
        seed=f"{learner.pk if learner else 0}/{ground.day}/{name}/{number}",
        today=ground.today,
        budget=choosing.budget_of(learner.minutes if learner else VISITOR_MINUTES),
        exam=ground.exam,
        done=done.items,
    )


def wish_of(exercise: Exercise, *, module: str = "", type_: str = "", topic: str = "") -> Wish:
    """The rules' shape, or what the learner picked out."""
    shape = exercise.act.exercise.types if exercise.act.exercise else {}
    picked = bool(module or type_ or topic)
    return Wish(exercise.count, module, type_, topic, {} if picked else shape)


def next_set(
    ground: Ground, done: Done, exercise: Exercise, wish: Wish, *, among: Collection[int] | None
) -> Chosen:
    """The next set; `among` narrows it to some items (the book of wrong answers)."""
    pool: Sequence[Candidate] = ground.stock
    if among is not None:
        pool = [one for one in pool if one.item in among]
    plan = plan_of(ground, done, name=exercise.name, number=exercise.done + 1)
    return choosing.choose(pool, ground.cards, wish, plan)


def marked_set(ground: Ground, learner: Learner, set_id: str, *, day: date | None) -> Marked:
    """The learner's own set as it was handed in; raises DomainError("not_found")."""
    if not _SET.fullmatch(set_id):
        raise DomainError("not_found")
    rows = Journal.objects.filter(learner=learner.pk, set=bytes.fromhex(set_id))
    first = ground.day - GRACE - timedelta(days=1)
    row = rows.filter(day=day).first() if day else rows.filter(day__gte=first).first()
    if row is None:
        raise DomainError("not_found")
    given = {one[0]: one for one in unpack(row.body).answers}
    versions = versions_of(row.items)
    act = ground.acts.get(row.act) or ground.practice.acts.get(row.act)
    if act is None:
        raise DomainError("not_found")
    places = {version: number for number, version in enumerate(row.items, start=1)}
    answers = tuple(_answer(places[one.pk], one, given.get(places[one.pk])) for one in versions)
    hidden = act.exercise is not None and act.exercise.answers == "never"
    return Marked(set_id, act, row.act, row.day, answers, not hidden)


def _answer(number: int, version: ItemVersion, given: Sequence[Any] | None) -> Answer:
    response = given[1] if given else None
    right = mark(version.type, version.key or "", response, Fraction(1)) == 1
    return Answer(number, version, response, right, (given[2] if given else 0) // 1000)


def marked_data(marked: Marked) -> dict[str, Any]:
    """The marked set for the island."""
    questions = questions_of([one.version for one in marked.answers], answers=marked.shows_keys)
    return {
        "set": marked.set,
        "right": marked.right,
        "count": len(marked.answers),
        "questions": [
            {**question, "n": one.number, "answer": one.response, "right": one.right}
            for question, one in zip(questions, marked.answers, strict=True)
        ],
    }
