"""Groups are made, changed, opened and closed; who leads them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError, Problem, Problems
from leitai.people.models import Person
from leitai.seasons.models import Season
from leitai.training.enums import GroupState
from leitai.training.models import Group, Leader
from leitai.training.services.common import (
    accounts_of_members,
    append,
    demand_office,
    demand_open,
    in_record,
    locked,
    locked_by_office,
    refuse_state,
    tell,
)


@dataclass(frozen=True, slots=True)
class Frame:
    title: str
    starts: date
    ends: date
    place: str = ""
    note: str = ""
    board: bool = False


@transaction.atomic
def create_group(*, actor: Actor, season: Season, frame: Frame, at: datetime) -> Group:
    demand_office(actor, season)
    group = Group(season=season, made_at=at, made_name=actor.name[:80])
    return _write(group, frame)


@transaction.atomic
def edit_group(*, actor: Actor, group: Group, frame: Frame, at: datetime) -> Group:
    """Raises Problems by fields; no day that has a plan may fall out of the period."""
    held = locked_by_office(actor, group)
    outside = held.sessions.exclude(day__range=(frame.starts, frame.ends)).first()
    if outside is not None and frame.ends >= frame.starts:
        told = {"day": outside.day.isoformat()}
        raise Problems([Problem("ends", "training_shrunk", told)])
    changed = held.board != frame.board and held.state == GroupState.OPEN
    _write(held, frame)
    if changed:
        append(actor, held, "training.board", {"board": held.board}, at)
    return held


@transaction.atomic
def open_group(*, actor: Actor, group: Group, at: datetime) -> Group:
    """From now on members see it; each is told once."""
    held = locked_by_office(actor, group)
    if held.state != GroupState.DRAFT:
        refuse_state(held)
    for missing, code in (
        (held.members.filter(left_at=None), "training_empty"),
        (held.leaders, "training_leaderless"),
        (held.sessions, "training_unplanned"),
    ):
        if not missing.exists():
            raise DomainError(code)
    held.state, held.opened_at = GroupState.OPEN, at
    held.save(update_fields=["state", "opened_at"])
    told = {"starts": held.starts.isoformat(), "ends": held.ends.isoformat()}
    with in_record():
        tell(
            held,
            to=accounts_of_members(held),
            title=_("集训通知：%(title)s") % {"title": held.title},
            body=_("%(starts)s至%(ends)s集训，日程和材料见集训页面。不能参加的，请在页面上请假。")
            % told,
            key=f"training.open:{held.pk}",
            at=at,
        )
    append(actor, held, "training.opened", dict(told), at)
    return held


@transaction.atomic
def close_group(*, actor: Actor, group: Group, at: datetime) -> Group:
    """Nothing is marked or asked any more; everybody still sees what they saw."""
    held = locked(group)
    demand_office(actor, held.season)
    demand_open(held)
    held.state, held.closed_at = GroupState.CLOSED, at
    held.save(update_fields=["state", "closed_at"])
    append(actor, held, "training.closed", {}, at)
    return held


@transaction.atomic
def add_leader(*, actor: Actor, group: Group, name: str) -> Leader:
    """By code, or by a name that one person alone has."""
    held = locked_by_office(actor, group)
    person = find_person(name)
    leader, fresh = Leader.objects.get_or_create(group=held, person=person)
    if not fresh:
        raise DomainError("training_leader_twice", name=person.name)
    return leader


@transaction.atomic
def remove_leader(*, actor: Actor, group: Group, leader: int) -> None:
    locked_by_office(actor, group).leaders.filter(pk=leader).delete()


def find_person(name: str) -> Person:
    """Raises DomainError("training_person") where nobody or more than one is meant."""
    told = name.strip()
    staff = Person.objects.filter(left_on=None)
    found = list(staff.filter(code=told)[:1]) or list(staff.filter(name=told)[:2])
    if not told or len(found) != 1:
        raise DomainError("training_person", name=told)
    return found[0]


def _write(group: Group, frame: Frame) -> Group:
    if frame.ends < frame.starts:
        raise Problems([Problem("ends", "training_dates", {})])
    group.title, group.place = frame.title.strip(), frame.place.strip()
    group.note, group.board = frame.note.strip(), frame.board
    group.starts, group.ends = frame.starts, frame.ends
    group.save()
    return group
