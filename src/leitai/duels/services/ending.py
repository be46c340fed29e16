"""How a duel ends: both have answered, one stayed away, or nobody came."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from leitai.design.moments import SHANGHAI
from leitai.duels.enums import DuelState
from leitai.duels.models import Duel, Side
from leitai.duels.outcome import result_of, value_of
from leitai.practice.services.recording import record_act

LEFT_ALONE: Final = timedelta(minutes=15)  # assumed: who does not come back by then has answered
BATCH: Final = 500


def finish(side: Side, at: datetime) -> None:
    """Everything is answered on this side."""
    side.done_at, side.asked_at = at, None
    side.save(update_fields=["answers", "asked_at", "done_at"])
    settle(side.duel, at)


def settle(duel: Duel, at: datetime) -> None:
    """Once both are done: who won, and an act of practice for each who really played."""
    sides = list(Side.objects.filter(duel=duel).order_by("pk"))
    if len(sides) < 2 or any(side.done_at is None for side in sides):
        return
    duel.state, duel.over_at = DuelState.OVER, at
    duel.save(update_fields=["state", "over_at"])
    for side, other in zip(sides, reversed(sides), strict=True):
        side.result = result_of(side.answers, other.answers)
        side.save(update_fields=["result"])
        if side.recorded_id is None:
            record_act(
                learner=side.learner_id,
                act=duel.act,
                source=f"duel:{side.pk}",
                at=at,
                value=value_of(side.result, side.answers),
                day=duel.day,
            )


@transaction.atomic
def end_left(*, at: datetime) -> int:
    """Questions that somebody left unanswered count as not answered; how many sides ended so."""
    left = Side.objects.select_for_update(skip_locked=True, of=("self",)).filter(
        done_at=None, recorded=None, duel__state=DuelState.PLAYING
    )
    gone = left.filter(asked_at__lt=at - LEFT_ALONE) | left.filter(
        asked_at=None, joined_at__lt=at - LEFT_ALONE
    )
    ended = list(gone.select_related("duel").order_by("pk")[:BATCH])
    for side in ended:
        missing = len(side.duel.items) - len(side.answers)
        side.answers = [*side.answers, *(["", 0, False] for _ in range(missing))]
        finish(side, at)
    return len(ended)


@transaction.atomic
def expire_open(*, at: datetime) -> int:
    """Of a day that is over nobody comes any more: the attempt is given back."""
    past = Duel.objects.filter(state=DuelState.OPEN, day__lt=at.astimezone(SHANGHAI).date())
    return past.update(state=DuelState.EXPIRED, over_at=at)
