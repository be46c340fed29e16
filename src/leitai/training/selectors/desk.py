"""The office's list of groups, and one with everything that belongs to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.seasons.models import Season
from leitai.seasons.selectors import get_season, host_path
from leitai.training import rules
from leitai.training.enums import LeaveState
from leitai.training.models import Group, Leader, Leave, Member, Mock
from leitai.training.selectors.plan import PlanDay, plan_of

PAGE_SIZE: Final = 20
MEMBERS: Final = 50


@dataclass(frozen=True, slots=True)
class Desk:
    season: Season
    page: Page[Any]  # with how many of each hang on it
    may: bool


@dataclass(frozen=True, slots=True)
class GroupPage:
    group: Group
    members: Page[Member]
    leaders: tuple[Leader, ...]
    days: tuple[PlanDay, ...]
    mocks: tuple[Mock, ...]
    waiting: int  # leaves to decide


def desk_of(actor: Actor, code: str, number: str | None) -> Desk:
    season = get_season(code)
    host = host_path(season)
    if not rules.can_see_desk(actor, code, host):
        raise DomainError("forbidden")
    staying = Q(members__left_at=None) & ~Q(members=None)
    rows = season.training_groups.annotate(
        trainees=Count("members", filter=staying, distinct=True),
        parts=Count("sessions", distinct=True),
    ).order_by("-starts", "-pk")
    page = Paginator(rows, PAGE_SIZE).get_page(number)
    return Desk(season, page, rules.can_run(actor, code, host))


def group_page(group: Group, number: str | None) -> GroupPage:
    """Everything that the office works on; eight queries, however large the group."""
    rows = group.members.filter(left_at=None).select_related("person").order_by("pk")
    mocks = tuple(group.mocks.select_related("exam").order_by("day", "pk"))
    return GroupPage(
        group=group,
        members=Paginator(rows, MEMBERS).get_page(number),
        leaders=tuple(group.leaders.select_related("person__unit").order_by("pk")),
        days=plan_of(group),
        mocks=mocks,
        waiting=Leave.objects.filter(member__group=group, state=LeaveState.ASKED).count(),
    )
