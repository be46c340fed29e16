"""The office asks for a supervised spot check, or finds nothing wrong."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from leitai.base.actor import Actor
from leitai.practice.enums import SuspicionState
from leitai.practice.models import Suspicion
from leitai.practice.services import doubting, telling


@transaction.atomic
def order_check(*, actor: Actor, suspicion: int, words: str, at: datetime) -> Suspicion:
    """A spot check under supervision: `words` say when, where and who supervises."""
    one = doubting.lock(suspicion, [SuspicionState.OPEN])
    doubting.demand_office(actor, one)
    words = doubting.demand_words(words)
    act = "practice.suspicion_checked"
    doubting.go_on(actor, one, SuspicionState.CHECK, words, act=act, at=at)
    return one


@transaction.atomic
def clear_suspicion(*, actor: Actor, suspicion: int, words: str, at: datetime) -> Suspicion:
    """Nothing was wrong. Who was asked to a spot check hears it, whoever was not hears nothing."""
    one = doubting.lock(suspicion, [SuspicionState.OPEN, SuspicionState.CHECK])
    doubting.demand_office(actor, one)
    words = doubting.demand_words(words)
    act = "practice.suspicion_cleared"
    checked = one.state == SuspicionState.CHECK
    doubting.go_on(actor, one, SuspicionState.CLEARED, words, act=act, at=at)
    if checked:
        telling.tell_cleared(one, at=at)
    return one
