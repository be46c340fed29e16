"""A learner appeals; another officer than the one who decided decides."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.practice.enums import SuspicionState
from leitai.practice.models import Act, Suspicion
from leitai.practice.services import doubting, recording, telling
from leitai.practice.services.upholding import mark_of


@transaction.atomic
def appeal(*, actor: Actor, suspicion: int, words: str, at: datetime) -> Suspicion:
    """Once, by the learner; raises suspicion_appealed, suspicion_state, not_found."""
    one = doubting.lock(suspicion, [SuspicionState.UPHELD])
    if not actor.known or one.learner.account != actor.account:
        raise DomainError("not_found")
    words = doubting.demand_words(words)
    if any(state == SuspicionState.APPEALED for state, *_ in one.history):
        raise DomainError("suspicion_appealed")
    act = "practice.suspicion_appealed"
    doubting.go_on(actor, one, SuspicionState.APPEALED, words, act=act, at=at)
    return one


@transaction.atomic
def decide_appeal(
    *, actor: Actor, suspicion: int, granted: bool, words: str, at: datetime
) -> Suspicion:
    """Give back what was taken, or let it stand; raises suspicion_same_officer."""
    one = doubting.lock(suspicion, [SuspicionState.APPEALED])
    doubting.demand_office(actor, one)
    words = doubting.demand_words(words)
    decided = [account for state, account, *_ in one.history if state == SuspicionState.UPHELD]
    if actor.account in decided:
        raise DomainError("suspicion_same_officer")
    if granted:
        rows = Act.objects.filter(learner=one.learner_id, void=mark_of(one))
        taken = list(rows.values_list("day", "source"))
        recording.restore_acts(actor=actor, learner=one.learner_id, acts=taken, reason=words, at=at)
    state = SuspicionState.CLEARED if granted else SuspicionState.UPHELD
    doubting.go_on(actor, one, state, words, act="practice.appeal_decided", at=at)
    telling.tell_appeal(one, granted=granted, at=at)
    return one
