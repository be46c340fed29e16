"""An open group in which the contestant trains and has asked for leave, and one in the making."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

from leitai.design.moments import SHANGHAI
from leitai.people import selectors as people
from leitai.training import services
from leitai.training.models import Group, Leave
from leitai.training.services import Frame, Part
from tests.factories import people as make
from tests.world import AWAY, HOME, World

_DAY = timedelta(days=1)
FORMS = {
    "training:leaders": {"name": "home-2022-5104-1"},
    "training:roster": {"from": "hand", "person": "home-2022-5104-1"},
    "training:remove": {"reason": "调离"},
    "training:roll": {"presence": "present"},
    "training:leave-decide": {"decision": "grant"},
    **{
        f"training:{name}": dict[str, str]()  # filled in by `things`
        for name in ("new", "edit", "session-new", "session", "mocks", "group")
    },
}
NO_PAGE = {"/practice/<slug:season>/training/<int:group>/attendance.xlsx"}


def things(world: World, place: str) -> dict[str, Any]:
    """`drafted` is the group that is still in the making."""
    code = HOME if place == "own" else AWAY
    held = world.home if place == "own" else world.away
    office = make.actor("office", season=code, account="900033")
    today = world.now.astimezone(SHANGHAI).date()
    group = _group(world, held.season, office)
    session = services.create_session(actor=office, group=group, part=_part(today))
    services.open_group(actor=office, group=group, at=world.now)
    drafted = _group(world, held.season, office)
    services.create_session(actor=office, group=drafted, part=_part(today))
    member = group.members.get(person__code=f"{code}-5101-1")
    leave = Leave.objects.create(
        member=member, first=today, last=today, reason="就医", asked_at=world.now
    )
    _ask(member.pk, today)
    return {
        "group": group.pk,
        "drafted": drafted.pk,
        "session": session.pk,
        "member": member.pk,
        "leave": leave.pk,
    }


def _ask(member: int, today: Any) -> None:
    """Forms that depend on the day, or on which records were made."""
    later = (today + _DAY).isoformat()
    frame = {"title": "集训班", "starts": today.isoformat(), "ends": later}
    part = {"day": later, "begins": "09:00", "ends": "10:00", "topic": "答疑"}
    for name, form in {
        "new": frame,
        "edit": frame,
        "session-new": part,
        "session": part,
        "mocks": {"title": "练习", "day": later},
        "group": {"first": later, "last": later, "reason": "就医"},
        "roll": {"member": str(member)},
    }.items():
        FORMS[f"training:{name}"].update(form)


def _group(world: World, season: Any, office: Any) -> Group:
    code = season.code
    today = world.now.astimezone(SHANGHAI).date()
    frame = Frame("集训班", today, today + _DAY)
    group = services.create_group(actor=office, season=season, frame=frame, at=world.now)
    known = people.people_by_code([f"{code}-5101-1", f"{code}-5101-2"])
    services.add_members(actor=office, group=group, people=known, source="", at=world.now)
    services.add_leader(actor=office, group=group, name=f"{code}-5103-1")
    return group


def _part(day: Any) -> Part:
    return Part(day, time(9), time(10), "失业保险")
