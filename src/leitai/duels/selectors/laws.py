"""What the rules say of duels, and how often somebody has played."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from leitai.duels.enums import DuelState
from leitai.duels.models import Side
from leitai.duels.outcome import WORDS
from leitai.kernel.errors import DomainError
from leitai.practice.models import Learner
from leitai.practice.selectors.grounds import Ground
from leitai.rulebook.model.practice import Act


@dataclass(frozen=True, slots=True)
class Rules:
    """The act of the rulebook that is a duel; `limit` a day, None without one."""

    name: str
    act: Act
    count: int
    against: str
    limit: int | None


def duel_rules(ground: Ground) -> Rules:
    """The first act that is played against somebody; raises DomainError("duel_off")."""
    for name, act in ground.acts.items():
        exercise = act.exercise
        if exercise is None or exercise.against == "nobody" or not exercise.questions:
            continue
        if any(set(figure.words) >= WORDS for figure in act.figures.values()):
            limit = act.attempts.limit.day if act.attempts and act.attempts.limit else None
            return Rules(name, act, int(exercise.questions), exercise.against, limit)
    raise DomainError("duel_off")


def played_on(learner: Learner, act: str, day: date) -> int:
    """How many duels of the day count for the limit: one that nobody answered is given back."""
    own = Side.objects.filter(learner=learner, recorded=None, duel__act=act, duel__day=day)
    return own.exclude(duel__state=DuelState.EXPIRED).count()
