"""After a supervised spot check the office may take a day's sets out of account."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from leitai.base.actor import Actor
from leitai.practice.enums import SuspicionState
from leitai.practice.models import Suspicion
from leitai.practice.selectors.acts import SET, acts_of
from leitai.practice.selectors.laws import law_of
from leitai.practice.services import doubting, recording, telling


@transaction.atomic
def uphold_suspicion(
    *,
    actor: Actor,
    suspicion: int,
    words: str,
    at: datetime,
    acts: Collection[tuple[date, str]] | None = None,
) -> Suspicion:
    """Take these acts (day, source) out of account, or all sets of the day.

    Raises suspicion_state unless a spot check was held: no figure alone decides. `words` are what
    it showed; the learner reads them beside the points that went.
    """
    one = doubting.lock(suspicion, [SuspicionState.CHECK])
    doubting.demand_office(actor, one)
    words = doubting.demand_words(words)
    chosen = _sets(one) if acts is None else acts
    recording.void_acts(
        actor=actor, learner=one.learner_id, acts=chosen, reason=words, by=mark_of(one), at=at
    )
    act = "practice.suspicion_upheld"
    doubting.go_on(actor, one, SuspicionState.UPHELD, words, act=act, at=at)
    telling.tell_upheld(one, at=at)
    return one


def mark_of(one: Suspicion) -> str:
    """What stands in an act that this suspicion took out of account."""
    return f"suspicion:{one.pk}"


def _sets(one: Suspicion) -> list[tuple[date, str]]:
    """The day's sets that still count: what an earlier decision took stays that one's."""
    law = law_of(one.learner.season)
    return [
        (row.day, row.source)
        for row in acts_of(law, [one.learner_id], [one.day])
        if row.source.startswith(SET) and not row.void
    ]
