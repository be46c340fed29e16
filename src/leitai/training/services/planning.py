"""The plan of each day, its materials, and mock papers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from leitai.base.actor import Actor
from leitai.design.moments import SHANGHAI
from leitai.kernel.errors import DomainError, Problem, Problems
from leitai.sittings.models import Exam
from leitai.training.enums import GroupState, MockKind
from leitai.training.models import Group, Mock, Session
from leitai.training.services.common import (
    accounts_of_members,
    in_record,
    locked_by_office,
    tell,
)
from leitai.units.rules import is_house

LINKS: Final = 10
_LINK: Final = re.compile(r"(\S.*?)[\s　]+(https?://\S+|/(?![/\\])\S*)")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a day; `links` as they were typed, one a line."""

    day: date
    begins: time
    ends: time
    topic: str
    place: str = ""
    teacher: str = ""
    links: str = ""


@transaction.atomic
def create_session(*, actor: Actor, group: Group, part: Part) -> Session:
    held = locked_by_office(actor, group)
    return _write(Session(group=held), held, part)


@transaction.atomic
def edit_session(*, actor: Actor, session: Session, part: Part, at: datetime) -> Session:
    """Where day, time or place of an open group's session changed, its members are told."""
    held = locked_by_office(actor, session.group)
    before = (session.day, session.begins, session.ends, session.place)
    _write(session, held, part)
    moved = before != (session.day, session.begins, session.ends, session.place)
    if moved and held.state == GroupState.OPEN and session.day >= at.date():
        told = {
            "topic": session.topic,
            "day": session.day.isoformat(),
            "begins": session.begins.strftime("%H:%M"),
            "ends": session.ends.strftime("%H:%M"),
            "place": session.place or held.place,
        }
        with in_record():
            tell(
                held,
                to=accounts_of_members(held),
                title=_("集训日程有变动：%(topic)s") % told,
                body=_("“%(topic)s”改为%(day)s %(begins)s—%(ends)s，地点：%(place)s。") % told,
                at=at,
            )
    return session


@transaction.atomic
def drop_session(*, actor: Actor, session: Session) -> None:
    """With what was marked of it."""
    locked_by_office(actor, session.group)
    session.delete()


@transaction.atomic
def follow_practice_exam(*, actor: Actor, group: Group, exam: Exam) -> Mock:
    """A mock exam was set for the group: it stands among the mock papers without more ado."""
    if not is_house(actor):
        raise DomainError("forbidden")
    return Mock.objects.create(
        group=group,
        kind=MockKind.EXAM,
        title=exam.stage.title,
        exam=exam,
        day=exam.opens_at.astimezone(SHANGHAI).date(),
    )


@transaction.atomic
def drop_practice_exam(*, actor: Actor, exam: str) -> None:
    """It was taken back before anybody began; `exam` is the code of what it stands on."""
    if not is_house(actor):
        raise DomainError("forbidden")
    Mock.objects.filter(exam__stage__season__code=exam).delete()


@transaction.atomic
def add_practice(*, actor: Actor, group: Group, title: str, day: date) -> Mock:
    """What each practised on that day: how many answered, how many right."""
    held = locked_by_office(actor, group)
    _demand_inside(held, day)
    return Mock.objects.create(
        group=held, kind=MockKind.PRACTICE, title=title.strip()[:120], day=day
    )


@transaction.atomic
def remove_mock(*, actor: Actor, group: Group, mock: int) -> None:
    locked_by_office(actor, group).mocks.filter(pk=mock).delete()


def read_links(text: str) -> list[list[str]]:
    """«讲义 https://…» a line; raises Problems by line."""
    found, problems = [], []
    for row, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        match = _LINK.fullmatch(line.strip())
        if match is None:
            told = {"row": row, "text": line.strip()[:40]}
            problems.append(Problem("links", "training_link", told))
            continue
        found.append([match[1][:120], match[2][:500]])
    if len(found) > LINKS:
        problems.append(Problem("links", "training_links_many", {"limit": LINKS}))
    if problems:
        raise Problems(problems)
    return found


def _demand_inside(group: Group, day: date) -> None:
    if not group.starts <= day <= group.ends:
        told = {
            "day": day.isoformat(),
            "starts": group.starts.isoformat(),
            "ends": group.ends.isoformat(),
        }
        raise Problems([Problem("day", "training_outside", told)])


def _write(session: Session, group: Group, part: Part) -> Session:
    _demand_inside(group, part.day)
    if part.ends <= part.begins:
        raise Problems([Problem("ends", "training_times", {})])
    session.day, session.begins, session.ends = part.day, part.begins, part.ends
    session.topic, session.place = part.topic.strip(), part.place.strip()
    session.teacher, session.links = part.teacher.strip(), read_links(part.links)
    session.save()
    return session
