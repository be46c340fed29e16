"""Attendance: one session's roll, the whole sheet, and leaves."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final

from django.core.paginator import Page, Paginator
from django.db.models import Case, IntegerField, Value, When

from leitai.kernel.errors import DomainError
from leitai.training.enums import LeaveState, Presence
from leitai.training.models import Attendance, Group, Leave, Member, Session
from leitai.training.services.attending import on_leave

PAGE_SIZE: Final = 20


@dataclass(frozen=True, slots=True)
class RollRow:
    member: Member
    presence: str
    away: bool  # leave was granted for the day

    @property
    def shown(self) -> str:
        return str(Presence(self.presence).label) if self.presence else ""


@dataclass(frozen=True, slots=True)
class Roll:
    session: Session
    rows: tuple[RollRow, ...]
    counts: dict[str, int]
    choices: tuple[tuple[str, str], ...]

    @property
    def left(self) -> int:
        return sum(not row.presence for row in self.rows)


@dataclass(frozen=True, slots=True)
class SheetRow:
    member: Member
    cells: tuple[str, ...]
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class Sheet:
    group: Group
    sessions: tuple[Session, ...]
    rows: tuple[SheetRow, ...]


def get_session(group: Group, session: int) -> Session:
    found = group.sessions.filter(pk=session).first()
    if found is None:
        raise DomainError("not_found")
    found.group = group
    return found


def roll_of(session: Session) -> Roll:
    """Everybody who has not left, with today's mark; three queries."""
    marks = dict(session.attendance.values_list("member", "presence"))
    away = on_leave(session)
    members = _members(session.group)
    rows = tuple(RollRow(one, marks.get(one.pk, ""), one.pk in away) for one in members)
    counts = Counter(row.presence for row in rows if row.presence)
    choices = tuple((value, str(label)) for value, label in Presence.choices)
    return Roll(session, rows, dict(counts), choices)


def sheet_of(group: Group) -> Sheet:
    """Members by sessions; three queries, however large."""
    sessions = tuple(group.sessions.order_by("day", "begins", "pk"))
    rows = Attendance.objects.filter(session__group=group)
    marks = {(s, m): p for s, m, p in rows.values_list("session", "member", "presence")}
    return Sheet(
        group,
        sessions,
        tuple(_sheet_row(one, sessions, marks) for one in _members(group)),
    )


def page_of_leaves(group: Group, number: str | None) -> Page[Leave]:
    """Those that wait first."""
    waits = Case(
        When(state=LeaveState.ASKED, then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    rows = Leave.objects.filter(member__group=group).select_related("member__person")
    return Paginator(rows.order_by(waits, "-asked_at", "-pk"), PAGE_SIZE).get_page(number)


def _sheet_row(
    member: Member, sessions: tuple[Session, ...], marks: dict[tuple[int, int], str]
) -> SheetRow:
    cells = tuple(marks.get((one.pk, member.pk), "") for one in sessions)
    return SheetRow(member, cells, dict(Counter(one for one in cells if one)))


def _members(group: Group) -> list[Member]:
    return list(group.members.filter(left_at=None).select_related("person").order_by("pk"))
