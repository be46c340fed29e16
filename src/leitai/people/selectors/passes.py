"""Reads of one-day passes, and the actor of a session that a pass has opened."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.utils import timezone

from leitai.base import sealing
from leitai.base.actor import NOBODY, Actor, AppointmentRef
from leitai.kernel.errors import DomainError
from leitai.people import rules
from leitai.people.models import Pass
from leitai.units.models import Unit

PAGE_SIZE = 50


def actor_of_pass(
    held: object, user: AbstractBaseUser | AnonymousUser, device: object, *, at: datetime
) -> Actor:
    """Only the pass's duty, on its day and its device; nobody once it has ended."""
    found = (
        Pass.objects.select_related("person", "unit")
        .filter(pk=str(held), withdrawn_at=None, person__account=user.pk)
        .first()
    )
    if found is None or found.day != timezone.localdate(at) or not _on_device(found, device):
        return NOBODY
    return Actor(
        account=str(user.pk),
        name=found.person.name,
        person=found.person.code,
        appointments=(AppointmentRef(found.role, found.unit.path, found.season),),
    )


def page_of_passes(viewer: Actor, season: str, *, number: str | None, at: datetime) -> Page[Pass]:
    """Cards of today and later within the viewer's reach, the nearest day first."""
    paths = rules.pass_paths(viewer, season)
    if not paths:
        raise DomainError("forbidden")
    within = Q()
    for path in paths:
        within |= Q(unit__path__startswith=path)
    found = Pass.objects.filter(within, season=season, day__gte=timezone.localdate(at))
    found = found.select_related("person__unit", "unit")
    return Paginator(found.order_by("day", "event", "role", "pk"), PAGE_SIZE).get_page(number)


def places_of(viewer: Actor, season: str) -> QuerySet[Unit]:
    """Where the viewer may issue cards: the own units and the places right below them."""
    paths = rules.pass_paths(viewer, season)
    own = Q(path__in=paths) | Q(parent__path__in=paths, kind="place")
    return Unit.objects.filter(own).order_by("path")


def get_pass_for(viewer: Actor, season: str, number: int) -> Pass:
    """A card that the viewer may change; raises DomainError("pass_unknown")."""
    held = Pass.objects.select_related("person", "unit").filter(pk=number, season=season).first()
    if held is None or not rules.can_issue_passes(viewer, held.unit.path, season):
        raise DomainError("pass_unknown")
    return held


def _on_device(held: Pass, device: object) -> bool:
    if held.device is None or not isinstance(device, str):
        return False
    return sealing.same(bytes(held.device), hashlib.sha256(device.encode()).digest())
