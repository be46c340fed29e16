"""How a suspicion goes from state to state: always by a person, always with words, recorded."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.practice import rules
from leitai.practice.enums import SuspicionState
from leitai.practice.models import Suspicion
from leitai.seasons import selectors as seasons


def lock(suspicion: int, states: Collection[SuspicionState]) -> Suspicion:
    """Raises not_found, and suspicion_state where it has gone on since the page was opened."""
    rows = Suspicion.objects.select_for_update(of=("self",)).select_related("learner")
    found = rows.filter(pk=suspicion).first()
    if found is None:
        raise DomainError("not_found")
    if found.state not in states:
        raise DomainError("suspicion_state", state=str(SuspicionState(found.state).label))
    return found


def demand_office(actor: Actor, one: Suspicion) -> None:
    season = one.learner.season
    if not rules.can_run_practice(actor, season, seasons.find_host(season) or ""):
        raise DomainError("forbidden")


def demand_words(words: str) -> str:
    words = words.strip()
    if not words:
        raise DomainError("practice_reason_missing")
    return words


def go_on(
    actor: Actor, one: Suspicion, state: SuspicionState, words: str, *, act: str, at: datetime
) -> None:
    """Write the new state with who gave it and why."""
    one.state = state
    one.history = [*one.history, [state.value, actor.account, at.isoformat(), words]]
    one.save(update_fields=["state", "history"])
    ledger.append(
        chain=one.learner.season,
        actor=actor,
        act=act,
        subject=f"suspicion:{one.pk}",
        data={"learner": one.learner_id, "kind": one.kind, "reason": words},
        at=at,
    )
