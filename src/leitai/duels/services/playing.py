"""Question after question: shown, answered, and the right answer only then."""

from __future__ import annotations

from datetime import datetime, timedelta
from fractions import Fraction
from typing import Final

from django.db import transaction

from leitai.base.actor import Actor
from leitai.duels.enums import DuelState
from leitai.duels.models import Duel, Side
from leitai.duels.selectors.tables import get_side_for, seconds_of
from leitai.duels.services.ending import finish
from leitai.kernel.errors import DomainError
from leitai.practice.selectors.grounds import versions_of
from leitai.rulebook import marking

GRACE: Final = timedelta(seconds=3)  # assumed: what a bad line costs is not the learner's
Answer = str | list[str]


@transaction.atomic
def ask_next(*, actor: Actor, side: int, at: datetime) -> Side:
    """Show the next question: its seconds begin. Asked again, they go on."""
    held = _own(actor, side)
    if held.asked_at is None:
        held.asked_at = at
        held.save(update_fields=["asked_at"])
    return held


@transaction.atomic
def answer_question(*, actor: Actor, side: int, n: int, answer: Answer, at: datetime) -> Side:
    """Take the answer to question `n` (from 1); one that comes too late counts as none.

    Raises duel_question_other when that question is not the one that is asked.
    """
    held = _own(actor, side)
    if n != len(held.answers) + 1 or held.asked_at is None:
        raise DomainError("duel_question_other", n=n)
    taken = at - held.asked_at
    most = seconds_of(actor, held.duel, at=at)
    late = most is not None and taken > timedelta(seconds=most) + GRACE
    given: Answer = "" if late else answer
    [version] = versions_of([held.duel.items[n - 1]])
    point = Fraction(1)
    right = marking.mark(version.type, version.key or "", given, point) == point
    milliseconds = max(0, int(taken.total_seconds() * 1000))
    held.answers = [*held.answers, [given, milliseconds, right]]
    held.asked_at = None
    held.save(update_fields=["answers", "asked_at"])
    if len(held.answers) == len(held.duel.items):
        finish(held, at)
    return held


def _own(actor: Actor, side: int) -> Side:
    """The actor's side, locked with its duel, which is not over for it."""
    seen = get_side_for(actor, side)
    duel = Duel.objects.select_for_update().get(pk=seen.duel_id)
    held = Side.objects.select_for_update().select_related("learner").get(pk=side)
    held.duel = duel
    if held.done_at is not None or duel.state == DuelState.EXPIRED:
        raise DomainError("duel_over")
    return held
