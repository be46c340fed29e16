"""What stands in doubt, for the office and supervisors; a learner sees what was upheld."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.practice import rules
from leitai.practice.enums import SuspicionState
from leitai.practice.models import Suspicion
from leitai.seasons import selectors as seasons

TOLD = Q(history__contains=[[SuspicionState.UPHELD.value]])  # to the learner, whatever came after


def list_suspicions(actor: Actor, season: str, *, state: str = "") -> QuerySet[Suspicion]:
    """The newest first; raises forbidden."""
    if not rules.can_see_practice(actor, season, seasons.find_host(season) or ""):
        raise DomainError("forbidden")
    found = Suspicion.objects.filter(learner__season=season)
    if state:
        found = found.filter(state=state)
    return found.select_related("learner__person", "learner__unit").order_by("-day", "-pk")


def get_suspicion(actor: Actor, suspicion: int) -> Suspicion:
    """For the office and supervisors, or the learner's own once it was upheld."""
    rows = Suspicion.objects.select_related("learner__person", "learner__unit")
    found = rows.filter(pk=suspicion).first()
    if found is None:
        raise DomainError("not_found")
    season = found.learner.season
    upheld = any(state == SuspicionState.UPHELD for state, *_ in found.history)
    own = actor.known and found.learner.account == actor.account and upheld
    if not own and not rules.can_see_practice(actor, season, seasons.find_host(season) or ""):
        raise DomainError("not_found")
    return found


def list_own_suspicions(actor: Actor, season: str) -> QuerySet[Suspicion]:
    """What was decided against the actor, and how an appeal stands."""
    own = Suspicion.objects.filter(learner__season=season, learner__account=actor.account)
    return own.filter(TOLD).order_by("-day", "-pk")
