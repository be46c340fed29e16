"""How two come together: whoever waits, an invitation, or what somebody answered before."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Count

from leitai.base.actor import Actor
from leitai.duels.enums import DuelState
from leitai.duels.models import Duel, Side
from leitai.duels.selectors.laws import Rules, duel_rules
from leitai.duels.services.common import demand_left, prepared
from leitai.duels.services.ending import settle
from leitai.kernel.errors import DomainError
from leitai.practice.models import Learner
from leitai.practice.selectors.grounds import Ground, get_ground

PATIENCE: Final = timedelta(seconds=10)  # assumed: so long somebody waits for a person
LOOK_BACK: Final = 200  # recordings among which a stand-in is looked for


@transaction.atomic
def meet(*, actor: Actor, season: str, seed: str, at: datetime) -> Side:
    """Sit down: back to an unfinished duel of today, against who waits, or waiting oneself.

    `seed` decides which questions a new duel has. Raises duel_off, duel_limit, duel_no_items.
    """
    ground, learner, rules = prepared(actor, season, at)
    own = _unfinished(learner, rules, ground.day)
    if own is not None:
        return own
    demand_left(learner, rules, ground.day)
    if rules.against != "machine":
        waiting = Duel.objects.select_for_update(skip_locked=True).filter(
            season=season, act=rules.name, day=ground.day, state=DuelState.OPEN, code=""
        )
        # who came last is most likely still looking at the page
        found = waiting.exclude(sides__learner=learner).order_by("-made_at").first()
        if found is not None:
            return _join(found, learner, at)
    return _sit_down(ground, learner, rules, seed=seed, code="", at=at)


@transaction.atomic
def invite(*, actor: Actor, season: str, seed: str, code: str, at: datetime) -> Side:
    """Open a duel for whoever gets the address with `code`, until the day ends."""
    ground, learner, rules = prepared(actor, season, at)
    demand_left(learner, rules, ground.day)
    return _sit_down(ground, learner, rules, seed=seed, code=code, at=at)


@transaction.atomic
def join_invited(*, actor: Actor, season: str, code: str, at: datetime) -> Side:
    """Take an invitation up; raises duel_gone, duel_own, duel_limit."""
    ground, learner, rules = prepared(actor, season, at)
    held = Duel.objects.select_for_update().filter(season=season, code=code).first()
    if held is None or not code:
        raise DomainError("duel_gone")
    own = Side.objects.filter(duel=held, learner=learner).first()
    if own is not None:
        if held.state == DuelState.OPEN:
            raise DomainError("duel_own")
        return own
    if held.state != DuelState.OPEN or held.day != ground.day:
        raise DomainError("duel_gone")
    demand_left(learner, rules, ground.day)
    return _join(held, learner, at)


@transaction.atomic
def stand_in(*, actor: Actor, side: Side, at: datetime) -> bool:
    """Put a recorded opponent opposite who has waited long enough and not begun to answer.

    The questions become those of the recording. False while there is none, or nothing to do.
    """
    against = duel_rules(get_ground(actor, side.duel.season, at=at)).against
    duel = Duel.objects.select_for_update().get(pk=side.duel_id)
    patient = against == "machine" or duel.made_at + PATIENCE <= at
    begun = bool(side.answers) or side.asked_at is not None
    if duel.state != DuelState.OPEN or duel.code or against == "person" or begun or not patient:
        return False
    recording = _recording(duel, side.learner)
    if recording is None:
        return False
    duel.items, duel.state = recording.duel.items, DuelState.PLAYING
    duel.save(update_fields=["items", "state"])
    Side.objects.create(
        duel=duel,
        learner=recording.learner,
        recorded=recording,
        answers=recording.answers,
        joined_at=at,
        done_at=at,
    )
    return True


def _unfinished(learner: Learner, rules: Rules, day: date) -> Side | None:
    own = Side.objects.filter(learner=learner, recorded=None, done_at=None, duel__act=rules.name)
    return own.filter(duel__day=day).exclude(duel__state=DuelState.EXPIRED).first()


def _join(duel: Duel, learner: Learner, at: datetime) -> Side:
    duel.state = DuelState.PLAYING
    duel.save(update_fields=["state"])
    side = Side.objects.create(duel=duel, learner=learner, joined_at=at)
    settle(duel, at)
    return side


def _sit_down(
    ground: Ground, learner: Learner, rules: Rules, *, seed: str, code: str, at: datetime
) -> Side:
    items = choose(ground, rules, seed)
    duel = Duel.objects.create(
        season=ground.season.code,
        act=rules.name,
        day=ground.day,
        items=items,
        code=code,
        made_at=at,
    )
    return Side.objects.create(duel=duel, learner=learner, joined_at=at)


def choose(ground: Ground, rules: Rules, seed: str) -> list[int]:
    """Versions of so many questions, by the rules' shape where there is one."""
    chance = random.Random(seed)  # noqa: S311  # exercise, not a draw: nothing is decided by it
    shape = dict(rules.act.exercise.types) if rules.act.exercise else {}
    chosen: list[int] = []
    for kind, count in sorted(shape.items()) or [("", rules.count)]:
        fitting = [one.version for one in ground.stock if kind in ("", one.type)]
        if len(fitting) < count:
            raise DomainError("duel_no_items", count=rules.count)
        chosen += chance.sample(fitting, int(count))
    return chosen


def _recording(duel: Duel, learner: Learner) -> Side | None:
    """What another learner answered, used least so far; never questions played before."""
    played = Side.objects.filter(learner=learner).values("duel__items")
    recorded = Side.objects.filter(
        recorded=None, done_at__isnull=False, duel__season=duel.season, duel__act=duel.act
    ).exclude(learner=learner)
    recent = recorded.exclude(duel__items__in=played).order_by("-pk")[:LOOK_BACK]
    ranked = Side.objects.filter(pk__in=[one.pk for one in recent]).annotate(times=Count("uses"))
    return ranked.select_related("duel", "learner").order_by("times", "pk").first()
