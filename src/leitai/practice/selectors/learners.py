"""Learners by whoever looks at them."""

from __future__ import annotations

from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.people.enums import Role
from leitai.people.models import Person
from leitai.practice import rules
from leitai.practice.models import Learner
from leitai.seasons import selectors as seasons

DOUBLED = 100  # shown to the office, who asks each of them


def get_learner_for(actor: Actor, season: str) -> Learner | None:
    """The actor's own learner in the season; None who has not joined."""
    if not actor.known:
        return None
    found = Learner.objects.select_related("person", "unit")
    return found.filter(season=season, account=actor.account).first()


def is_doubled(actor: Actor, learner: Learner | None) -> bool:
    """Whether the account has figures of its own beside those of the person it belongs to now."""
    if learner is None or learner.person_id is not None or not actor.person:
        return False
    theirs = Learner.objects.filter(season=learner.season, person__code=actor.person)
    return theirs.exists()


def list_doubled(season: str) -> list[Person]:
    """People with two sets of figures: their own, and one of their account's public days."""
    ours = Learner.objects.filter(season=season)
    found = Person.objects.annotate(told=Cast("account_id", CharField())).filter(
        pk__in=ours.exclude(person=None).values("person"),
        told__in=ours.filter(person=None).values("account"),
    )
    return list(found.select_related("unit").order_by("unit__path", "name", "pk")[:DOUBLED])


def get_learner(actor: Actor, learner: int) -> Learner:
    """A learner whom the actor may look at; raises not_found, forbidden."""
    found = Learner.objects.select_related("person", "unit").filter(pk=learner).first()
    if found is None:
        raise DomainError("not_found")
    host = seasons.find_host(found.season) or ""
    unit = found.unit.path if found.unit else ""
    if not rules.can_see_learner(actor, found.account, found.season, host, unit):
        raise DomainError("forbidden")
    return found


def list_learners_for(actor: Actor, season: str) -> QuerySet[Learner]:
    """All for the office and supervisors; a manager's own subtree; else nobody."""
    found = Learner.objects.select_related("person", "unit").filter(season=season)
    if rules.can_see_practice(actor, season, seasons.find_host(season) or ""):
        return found.order_by("pk")
    paths = actor.unit_paths(Role.UNIT_MANAGER, Role.LOCAL_OFFICE, season=season)
    below = Q(pk=None)
    for path in paths:
        below |= Q(unit__path__startswith=path)
    return found.filter(below).order_by("pk")
