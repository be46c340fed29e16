"""Who sits down, and whether the day has a duel left."""

from __future__ import annotations

from datetime import date, datetime

from leitai.base.actor import Actor
from leitai.duels.selectors.laws import Rules, duel_rules, played_on
from leitai.kernel.errors import DomainError
from leitai.practice.models import Learner
from leitai.practice.selectors.grounds import Ground, get_ground
from leitai.practice.services.learning import join


def prepared(actor: Actor, season: str, at: datetime) -> tuple[Ground, Learner, Rules]:
    """Season, learner and rules for who is about to play."""
    learner = join(actor=actor, season=season, at=at)
    ground = get_ground(actor, season, at=at)
    return ground, learner, duel_rules(ground)


def demand_left(learner: Learner, rules: Rules, day: date) -> None:
    if rules.limit is not None and played_on(learner, rules.name, day) >= rules.limit:
        raise DomainError("duel_limit", limit=rules.limit)
