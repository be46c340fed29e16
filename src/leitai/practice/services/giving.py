"""A set of questions handed out with its signed ticket; nothing of it is stored before the answers.

The id of a set follows from whose it is, the day and what stands on it: the same page opened twice
gives the same set, and of two hand-ins the second is a repeat.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, time, timedelta
from typing import Any, Final

from leitai.bank.models import ItemVersion
from leitai.base.sealing import keyring
from leitai.design.moments import SHANGHAI
from leitai.lane import tickets
from leitai.practice.cards import local_day
from leitai.practice.choosing import Candidate, Wish
from leitai.practice.models import Learner
from leitai.practice.selectors.grounds import GRACE, Ground, versions_of
from leitai.practice.selectors.questions import questions_of
from leitai.practice.selectors.studying import Done, Exercise, done_today, next_set, wish_of
from leitai.practice.selectors.wrong import VIEWS, Wanted, items_of

AHEAD: Final = 2  # sets handed out together where answers come at once: one more for the road


@dataclass(frozen=True, slots=True)
class Given:
    """A set for the player: `set` in hex, `expires` in ms; no ticket where nothing is recorded."""

    set: str
    act: str
    ticket: str
    day: str
    expires: int
    questions: tuple[dict[str, Any], ...]


def give_set(
    *,
    learner: Learner,
    act: str,
    versions: Sequence[ItemVersion],
    number: int,
    answers: bool,
    at: datetime,
) -> Given:
    """The learner's set `number` of the day; `answers` gives the keys along with the questions."""
    day = local_day(at)
    named = f"{learner.pk}/{act}/{day}/{number}/{[one.pk for one in versions]}"
    set_id = hashlib.blake2b(named.encode(), digest_size=16).digest()
    midnight = datetime.combine(day + timedelta(days=1), time(), tzinfo=SHANGHAI)
    expires = int((midnight + GRACE).timestamp() * 1000)
    ticket = tickets.issue_set(
        keyring(),
        set_id=set_id,
        learner=learner.pk,
        act=act,
        day=day,
        items=[one.pk for one in versions],
        expires_ms=expires,
    )
    shown = questions_of(versions, answers=answers)
    return Given(set_id.hex(), act, ticket, day.isoformat(), expires, shown)


def show_set(*, act: str, versions: Sequence[ItemVersion], at: datetime) -> Given:
    """A set for somebody without an account: with its answers, and never taken in."""
    shown = questions_of(versions, answers=True)
    return Given("", act, "", local_day(at).isoformat(), 0, shown)


def sets_wanted(ground: Ground, exercise: Exercise, wanted: Wanted) -> list[Given]:
    """The sets of what a learner picked: a module, a topic, a type, or the own book («再练»)."""
    picked = wish_of(exercise, module=wanted.module, type_=wanted.type, topic=wanted.topic)
    if ground.learner is None or wanted.view not in VIEWS:
        return sets_for(ground, exercise, picked)
    among = {one.item for one in items_of(ground, ground.learner, wanted)}
    return sets_for(ground, exercise, Wish(exercise.count), among=among)


def sets_for(
    ground: Ground, exercise: Exercise, wish: Wish, *, among: Collection[int] | None = None
) -> list[Given]:
    """The sets that the player gets now, with their tickets; none for a limit that is reached."""
    done, number = done_today(ground), exercise.done
    many = AHEAD if exercise.at_once else 1
    if exercise.left is not None:
        many = min(many, exercise.left)
    picked: list[tuple[Candidate, ...]] = []
    for _turn in range(many):
        ahead = Exercise(exercise.name, exercise.act, exercise.count, number, None)
        chosen = next_set(ground, done, ahead, wish, among=among).candidates
        if not chosen or (picked and set(chosen) <= set(picked[0])):
            break
        picked.append(chosen)
        number += 1
        done = Done(done.sets, done.items | {one.item for one in chosen})
    return _given(ground, exercise, picked)


def _given(
    ground: Ground, exercise: Exercise, picked: Sequence[Sequence[Candidate]]
) -> list[Given]:
    found = {one.pk: one for one in versions_of([c.version for part in picked for c in part])}
    given = []
    for turn, part in enumerate(picked, start=1):
        versions = [found[one.version] for one in part if one.version in found]
        if ground.learner is None:
            given.append(show_set(act=exercise.name, versions=versions, at=ground.at))
        else:
            one = give_set(
                learner=ground.learner,
                act=exercise.name,
                versions=versions,
                number=exercise.done + turn,
                answers=exercise.at_once,
                at=ground.at,
            )
            given.append(one)
    return given


def player_data(
    ground: Ground, exercise: Exercise, given: Sequence[Given], urls: Mapping[str, str], lane: str
) -> dict[str, Any]:
    """What the player's page hands to the island, as JSON.

    A set whose ticket is "" is for looking at: it is never sent. `atOnce` tells whether the
    questions bring key, explanation and basis; otherwise `urls.set` (with {set}) is asked for the
    marked set after the hand-in, with `Accept: application/json`.
    """
    rule = exercise.act.exercise
    return {
        "lane": lane,
        "act": exercise.name,
        "title": exercise.act.title,
        "atOnce": exercise.at_once or ground.learner is None,
        "learner": ground.learner.pk if ground.learner else 0,
        "minutes": rule.minutes if rule else None,
        "secondsPerItem": rule.seconds_per_item if rule else None,
        "left": exercise.left,
        "now": int(ground.at.timestamp() * 1000),
        "urls": dict(urls),
        "sets": [asdict(one) for one in given],
    }
