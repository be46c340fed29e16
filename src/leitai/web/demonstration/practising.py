"""Practice before today: questions on a shelf, who learns, their sets as the lane takes them.

Everything else (marks, memory, points, titles, days) is folded from those sets, as at any time.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction

from leitai.bank import services as bank
from leitai.bank.models import ItemVersion
from leitai.base.actor import Actor
from leitai.design.moments import SHANGHAI
from leitai.people.models import Person
from leitai.practice.models import Journal, Learner, Unread
from leitai.practice.selectors.grounds import get_ground, stock_of, versions_of
from leitai.practice.services.folding import fold_journal
from leitai.practice.services.learning import join
from leitai.practice.services.shelving import put_on_shelf
from leitai.rulebook.model.practice import Act
from leitai.seasons import selectors as season_reads
from leitai.seasons import services as seasons
from leitai.seasons.models import Season
from leitai.units.models import Unit
from leitai.web.demonstration.chance import Chance
from leitai.web.demonstration.light import RARE
from leitai.web.demonstration.staging import at_desk

BANK, BANK_TITLE = "practice-rsfw", "岗位练兵题库"
FILE = "bank-rsfw.csv"  # the package's own: not a line of it was written for a real contest
REASON = "演示：岗位练兵从五周前开始。"
DAYS_AHEAD = 60
STUDYING_TODAY = 350  # of 1,000
DRILLING = 400  # of 1,000 days, where somebody studies
MORNING, OPEN_HOURS = 8, 12
BETWEEN = timedelta(minutes=7)  # sets of one day
BATCH = 500
Answer = str | list[str]


@dataclass(frozen=True, slots=True)
class Habits:
    """Of 1,000 days and answers; `hurried` days ago everything was answered too fast (0: never)."""

    days: int
    sets: int
    strength: int
    hurried: int = 0


@dataclass(frozen=True, slots=True)
class Practised:
    """How it went: nothing may be lost between journal and points."""

    learners: int
    sets: int
    folded: int

    @property
    def lost(self) -> int:
        return self.sets - self.folded


@dataclass(frozen=True, slots=True)
class Practice:
    """What sets are made of: the acts that ask questions, and questions by type."""

    acts: Mapping[str, Act]
    versions: Sequence[ItemVersion]
    at: datetime
    days: int


def open_practice(season: Season, *, office: Actor, days: int, at: datetime) -> None:
    """The package's questions as a practice bank (no live one is touched), since so many days."""
    bank.import_items(
        actor=office,
        bank_code=BANK,
        title=BANK_TITLE,
        source=bank.data_path(FILE),
        name=FILE,
        live=False,
        at=at,
    )
    for window in _windows(season):
        seasons.set_window(
            actor=office,
            season=season,
            name=window,
            opens_at=at_desk(at, -days, hour=0),
            closes_at=at_desk(at, DAYS_AHEAD, hour=18),
            reason=REASON,
            at=at,
        )
    put_on_shelf(actor=office, season=season.code, bank=BANK, at=at)


def colleagues(unit: Unit, count: int, *, besides: str = "") -> list[Person]:
    """So many of each body (or place) of the subtree that has people, without the visitor.

    Nor the one whose name no font can set, who would keep the titles from being printed: codes from
    a roster are random, so that it may or may not stand among the first.
    """
    found = Person.objects.filter(unit__path__startswith=unit.path, left_on=None, guest="")
    found = found.exclude(name=RARE)
    chosen: list[Person] = []
    seen: dict[int, int] = {}
    for person in found.exclude(code=besides).select_related("unit").order_by("unit__path", "code"):
        if seen.setdefault(person.unit_id, 0) < count:
            seen[person.unit_id] += 1
            chosen.append(person)
    return chosen


def acting(person: Person) -> Actor:
    """Who acts for somebody whom no visitor plays."""
    account = str(person.account_id) if person.account_id else f"demonstration:{person.code}"
    return Actor(account, person.name, person.code)


def habits_of(chance: Chance) -> Habits:
    """One in six never misses a day, one in six hardly comes."""
    kind = chance.below(6)
    days = 1000 if kind == 0 else 120 if kind == 1 else 300 + chance.below(450)
    return Habits(days, 1 + (kind != 1 and chance.permille(300)), 560 + chance.below(400))


@transaction.atomic
def practise(
    season: Season,
    learners: Sequence[tuple[Actor, Habits]],
    *,
    days: int,
    chance: Chance,
    at: datetime,
) -> Practised:
    """Let them learn since so many days, and fold it. No other worker sees a half of it."""
    first = at_desk(at, -days, MORNING)
    ground = get_ground(learners[0][0], season.code, at=at)
    versions = versions_of([one.version for one in stock_of(season.code)])
    practice = Practice(ground.exercises, versions, at, days)
    theirs = []
    journal: list[Journal] = []
    for actor, habits in learners:
        learner = join(actor=actor, season=season.code, at=first)
        local = chance.child("learner", actor.person or actor.account)
        theirs.append(learner.pk)
        journal += _sets(practice, learner, habits, local)
    Journal.objects.bulk_create(journal, batch_size=BATCH)
    while fold_journal(limit=BATCH, at=at):
        pass
    ids = [row.set for row in journal]  # who learned before has others beside these
    unread = Unread.objects.filter(set__in=ids).count()
    folded = Journal.objects.filter(set__in=ids).exclude(folded_at=None).count() - unread
    return Practised(len(theirs), len(journal), folded)


def _windows(season: Season) -> list[str]:
    """Of the calendar, where practice begins and ends by the rules."""
    practice = season_reads.rulebook_of(season).practice
    named = (practice.from_, practice.to) if practice else ()
    return list(dict.fromkeys(name for name in named if name))


def _sets(
    practice: Practice, learner: Learner, habits: Habits, chance: Chance
) -> Iterator[Journal]:
    """Day after day, in the order of time; today not everybody has come yet."""
    order = {name: _order(practice.versions, act, chance) for name, act in practice.acts.items()}
    for ago in range(practice.days - 1, -1, -1):
        local = chance.child("day", ago)
        hurried = ago > 0 and ago == habits.hurried
        if not hurried and not local.permille(habits.days if ago else STUDYING_TODAY):
            continue
        number = 0
        for name, act in practice.acts.items():
            at_once = act.exercise is not None and act.exercise.answers == "at-once"
            many = (3 if hurried else habits.sets) if at_once else local.permille(DRILLING)
            for _ in range(many):
                asked = order[name].take()
                arrived = _arrived(practice.at, ago, number, local)
                body = _body(asked, habits, local, arrived, hurried=hurried)
                yield _row(learner, name, asked, body, arrived)
                number += 1


class _Deck:
    """Questions in a learner's own order, from the beginning again when it is through."""

    def __init__(self, stacks: Sequence[tuple[list[ItemVersion], int]]) -> None:
        self._stacks = [(stack, count, [0]) for stack, count in stacks]

    def take(self) -> list[ItemVersion]:
        taken = []
        for stack, count, place in self._stacks:
            taken += [stack[(place[0] + n) % len(stack)] for n in range(count)]
            place[0] += count
        return taken


def _order(versions: Sequence[ItemVersion], act: Act, chance: Chance) -> _Deck:
    """By the rules' shape, where there is one."""
    exercise = act.exercise
    if exercise is None:
        return _Deck([])
    shape = exercise.types or {"": exercise.questions or 0}
    stacks = []
    for kind, count in shape.items():
        fitting = [one for one in versions if kind in ("", one.type)]
        stacks.append((chance.child("deck", kind).sample(fitting, len(fitting)), int(count)))
    return _Deck(stacks)


def _arrived(at: datetime, ago: int, number: int, chance: Chance) -> datetime:
    """Within open hours; today just now."""
    minutes = timedelta(minutes=chance.below(60), seconds=chance.below(60))
    if ago == 0:
        return at - timedelta(minutes=20) + BETWEEN * number / 10
    day: date = at.astimezone(SHANGHAI).date() - timedelta(days=ago)
    hour = MORNING + chance.below(OPEN_HOURS)
    return datetime.combine(day, time(hour), tzinfo=SHANGHAI) + minutes + BETWEEN * number


def _body(
    asked: Sequence[ItemVersion],
    habits: Habits,
    chance: Chance,
    arrived: datetime,
    *,
    hurried: bool,
) -> bytes:
    answers, total = [], 0
    for number, version in enumerate(asked, start=1):
        ms = 700 + chance.below(500) if hurried else 4_000 + chance.below(22_000)
        answers.append([number, answer_to(version, right=chance.permille(habits.strength)), ms])
        total += ms
    ended = int(arrived.timestamp() * 1000)
    body = {"began": ended - total, "ended": ended, "answers": answers}
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def _row(
    learner: Learner, act: str, asked: Sequence[ItemVersion], body: bytes, arrived: datetime
) -> Journal:
    named = f"demonstration/{learner.pk}/{act}/{arrived.isoformat()}"
    return Journal(
        day=arrived.astimezone(SHANGHAI).date(),
        set=hashlib.blake2b(named.encode(), digest_size=16).digest(),
        learner=learner.pk,
        act=act,
        items=[one.pk for one in asked],
        body=body,
        at=arrived,
    )


def answer_to(version: ItemVersion, *, right: bool) -> Answer:
    """What somebody answers who knows it, or does not."""
    key = version.key
    if version.type == "blank":
        return [variants[0] if right else "不清楚" for variants in key or []]
    told = str(key)
    if right:
        return told
    if version.type == "truefalse":
        return "F" if told == "T" else "T"
    letters = [str(letter) for letter, _ in version.options]
    if version.type == "multiple":
        return told[:-1] if len(told) > 1 else "".join(letters)
    return next(letter for letter in letters if letter != told)
