"""What a member sees: the own groups, and one with its plan, the own attendance and leaves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.core.paginator import Page, Paginator
from django.db.models import Q

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.seasons.models import Season
from leitai.seasons.selectors import get_season_for
from leitai.training.enums import GroupState, Presence
from leitai.training.models import Group, Leave
from leitai.training.selectors.access import Sight
from leitai.training.selectors.plan import PlanDay, plan_of

PAGE_SIZE: Final = 20


@dataclass(frozen=True, slots=True)
class Mine:
    season: Season
    page: Page[Group]


@dataclass(frozen=True, slots=True)
class OwnPage:
    """`presence` by session's id in words; `today` is the plan's day that is on or comes next."""

    sight: Sight
    days: tuple[PlanDay, ...]
    next: PlanDay | None
    presence: dict[int, str]
    leaves: tuple[Leave, ...]
    going: bool


def mine(actor: Actor, code: str, number: str | None) -> Mine:
    """Groups that one trains in or leads."""
    season = get_season_for(actor, code)
    if not actor.known:
        raise DomainError("forbidden")
    trains = Q(members__person__code=actor.person, members__left_at=None)
    leads = Q(leaders__person__code=actor.person)
    rows = season.training_groups.filter(
        (trains & ~Q(state=GroupState.DRAFT)) | leads if actor.person else Q(pk=None)
    )
    page = Paginator(rows.distinct().order_by("-starts", "-pk"), PAGE_SIZE).get_page(number)
    return Mine(season, page)


def own_page(sight: Sight, *, today: date) -> OwnPage:
    """Three queries."""
    days = plan_of(sight.group)
    presence: dict[int, str] = {}
    leaves: tuple[Leave, ...] = ()
    if sight.member is not None:
        marks = sight.member.attendance.values_list("session", "presence")
        presence = {session: str(Presence(mark).label) for session, mark in marks}
        leaves = tuple(sight.member.leaves.order_by("-asked_at", "-pk")[:PAGE_SIZE])
    return OwnPage(
        sight=sight,
        days=days,
        next=next((one for one in days if one.day >= today), None),
        presence=presence,
        leaves=leaves,
        going=sight.group.state == GroupState.OPEN,
    )
