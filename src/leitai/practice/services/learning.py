"""A person begins to practise in a season."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.people.models import Person
from leitai.practice import rules
from leitai.practice.models import Learner
from leitai.practice.selectors.learners import get_learner_for
from leitai.seasons import selectors as seasons
from leitai.units.models import Unit

MINUTES: Final = (3, 60)  # the daily budget that can be asked for


@transaction.atomic
def join(*, actor: Actor, season: str, at: datetime) -> Learner:
    """Get the actor's learner, or make it; raises forbidden, season_unknown, practice_off.

    Somebody whose account was given to the person later keeps the learner that the person had.
    """
    if not rules.can_learn(actor):
        raise DomainError("forbidden")
    found = get_learner_for(actor, season)
    person = _person_of(actor)
    if found is not None:
        return found if found.person_id or person is None else _known_now(found, person)
    if seasons.rulebook_of(seasons.get_season(season)).practice is None:
        raise DomainError("practice_off", season=season)
    if person is not None:
        theirs = Learner.objects.filter(season=season, person=person).first()
        if theirs is not None:
            Learner.objects.filter(pk=theirs.pk).update(account=actor.account)
            return Learner.objects.select_related("person", "unit").get(pk=theirs.pk)
    learner, _ = Learner.objects.get_or_create(
        season=season,
        account=actor.account,
        defaults={"person": person, "unit": _unit_of(person), "joined_at": at},
    )
    return learner


@transaction.atomic
def set_minutes(*, actor: Actor, season: str, minutes: int, at: datetime) -> Learner:  # noqa: ARG001
    """Say how long a day's study should take; raises practice_minutes."""
    least, most = MINUTES
    if not least <= minutes <= most:
        raise DomainError("practice_minutes", least=least, most=most)
    learner = _own(actor, season)
    learner.minutes = minutes
    learner.save(update_fields=["minutes"])
    return learner


@transaction.atomic
def set_hidden(*, actor: Actor, season: str, hidden: bool, at: datetime) -> Learner:  # noqa: ARG001
    """Leave the boards, or come back to them."""
    learner = _own(actor, season)
    learner.hidden = hidden
    learner.save(update_fields=["hidden"])
    return learner


def _own(actor: Actor, season: str) -> Learner:
    learner = get_learner_for(actor, season)
    if learner is None:
        raise DomainError("practice_not_joined")
    return learner


def _person_of(actor: Actor) -> Person | None:
    return Person.objects.filter(code=actor.person).first() if actor.person else None


def _unit_of(person: Person | None) -> Unit | None:
    """Guests learn like everybody and count in no unit."""
    return None if person is None or person.guest else person.unit


def _known_now(learner: Learner, person: Person) -> Learner:
    """The account was the public's and is a person's now, who has no other learner."""
    if not Learner.objects.filter(season=learner.season, person=person).exists():
        learner.person, learner.unit = person, None if person.guest else person.unit
        learner.save(update_fields=["person", "unit"])
    return learner
