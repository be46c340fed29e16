"""What the writes share: the group locked, whose it is, its record and its messages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils import translation

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.messages import services as messages
from leitai.messages.enums import Kind
from leitai.seasons.models import Season
from leitai.seasons.selectors import host_path
from leitai.training import rules
from leitai.training.enums import GroupState
from leitai.training.models import Group

RECORD = "zh-hans"  # what is kept is written once for all its readers


def demand_office(actor: Actor, season: Season) -> None:
    if not rules.can_run(actor, season.code, host_path(season)):
        raise DomainError("forbidden")


def locked(group: Group) -> Group:
    rows = Group.objects.select_for_update(of=("self",))
    return rows.select_related("season__host", "season__rulebook").get(pk=group.pk)


def locked_by_office(actor: Actor, group: Group) -> Group:
    """Of a group that is not closed: what is closed stays as it was."""
    held = locked(group)
    demand_office(actor, held.season)
    demand_going(held)
    return held


def demand_leader(actor: Actor, group: Group) -> None:
    leaders = set(group.leaders.values_list("person__code", flat=True))
    if not rules.can_lead(actor, group.season.code, host_path(group.season), leaders):
        raise DomainError("forbidden")


def demand_going(group: Group) -> None:
    if group.state == GroupState.CLOSED:
        refuse_state(group)


def demand_open(group: Group) -> None:
    if group.state != GroupState.OPEN:
        refuse_state(group)


def refuse_state(group: Group) -> None:
    state = group.get_state_display()
    raise DomainError("training_state", title=group.title, state=state)


def tell(
    group: Group,
    *,
    to: Iterable[int | None],
    title: str,
    body: str,
    route: str = "training:group",
    key: str = "",
    at: datetime,
) -> None:
    """Into the inbox, and by the ways that each has chosen; those without an account hear nothing.

    `title` and `body` are given in the language of the record.
    """
    messages.tell(
        to=[account for account in to if account],
        kind=Kind.NOTICE,
        title=title,
        body=body,
        link=reverse(route, args=[group.season.code, group.pk]),
        season=group.season.code,
        key=key,
        at=at,
    )


def in_record() -> translation.override:
    return translation.override(RECORD)


def accounts_of_members(group: Group) -> list[int | None]:
    return list(group.members.filter(left_at=None).values_list("person__account", flat=True))


def accounts_of_leaders(group: Group) -> list[int | None]:
    return list(group.leaders.values_list("person__account", flat=True))


def append(actor: Actor, group: Group, act: str, data: dict[str, object], at: datetime) -> None:
    ledger.append(
        chain=group.season.code,
        actor=actor,
        act=act,
        subject=f"training:{group.pk}",
        data={"title": group.title, **data},
        at=at,
    )
