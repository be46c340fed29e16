"""Attendance, one tap a person; a mark may be changed while the group goes on."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from leitai.base.actor import Actor
from leitai.design.moments import SHANGHAI
from leitai.kernel.errors import DomainError
from leitai.training.enums import LeaveState, Presence
from leitai.training.models import Attendance, Leave, Member, Session
from leitai.training.services.common import demand_leader, demand_open, locked


@transaction.atomic
def mark_attendance(
    *, actor: Actor, session: Session, member: int, presence: str, at: datetime
) -> Attendance:
    _demand(actor, session, at)
    if presence not in Presence.values:
        raise DomainError("training_presence")
    found = session.group.members.filter(pk=member, left_at=None).first()
    if found is None:
        raise DomainError("not_found")
    marked, _made = Attendance.objects.update_or_create(
        session=session,
        member=found,
        defaults={"presence": presence, "marked_name": actor.name[:80], "marked_at": at},
    )
    return marked


@transaction.atomic
def mark_rest(*, actor: Actor, session: Session, at: datetime) -> int:
    """Everybody without a mark: on leave where leave was granted for the day, else present."""
    _demand(actor, session, at)
    rest = session.group.members.filter(left_at=None).exclude(attendance__session=session)
    away = on_leave(session)
    made = [
        Attendance(
            session=session,
            member=one,
            presence=Presence.LEAVE if one.pk in away else Presence.PRESENT,
            marked_name=actor.name[:80],
            marked_at=at,
        )
        for one in Member.objects.filter(pk__in=rest)
    ]
    Attendance.objects.bulk_create(made, ignore_conflicts=True)
    return len(made)


def on_leave(session: Session) -> set[int]:
    """The members whose leave for the session's day was granted."""
    granted = Leave.objects.filter(
        member__group=session.group_id,
        state=LeaveState.GRANTED,
        first__lte=session.day,
        last__gte=session.day,
    )
    return set(granted.values_list("member", flat=True))


def _demand(actor: Actor, session: Session, at: datetime) -> None:
    group = locked(session.group)
    demand_leader(actor, group)
    demand_open(group)
    if session.day > at.astimezone(SHANGHAI).date():
        raise DomainError("training_future", day=session.day.isoformat())
