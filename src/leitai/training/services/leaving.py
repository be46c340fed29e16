"""Leave: asked with a reason, granted or refused."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from leitai.base.actor import Actor
from leitai.design.moments import SHANGHAI
from leitai.kernel.errors import DomainError, Problem, Problems
from leitai.training.enums import LeaveState
from leitai.training.models import Group, Leave, Member
from leitai.training.services.common import (
    accounts_of_leaders,
    append,
    demand_leader,
    demand_open,
    in_record,
    locked,
    tell,
)

_OPEN = (LeaveState.ASKED, LeaveState.GRANTED)


@transaction.atomic
def ask_leave(
    *, actor: Actor, group: Group, first: date, last: date, reason: str, at: datetime
) -> Leave:
    """For oneself alone; the leaders are told that, not why."""
    held = locked(group)
    member = _own(actor, held)
    demand_open(held)
    _check(held, member, first, last, reason, at)
    leave = Leave.objects.create(
        member=member, first=first, last=last, reason=reason.strip()[:300], asked_at=at
    )
    told = {"name": member.person.name, "first": first.isoformat(), "last": last.isoformat()}
    with in_record():
        tell(
            held,
            to=accounts_of_leaders(held),
            title=_("%(name)s请假，请审批") % told,
            body=_("%(name)s申请%(first)s至%(last)s请假，事由见集训页面。") % told,
            route="training:leaves",
            key=f"training.leave:{leave.pk}",
            at=at,
        )
    return leave


@transaction.atomic
def withdraw_leave(*, actor: Actor, group: Group, leave: int) -> None:
    """One's own, before it is decided."""
    held = locked(group)
    found = _locked(held, leave)
    if found.member.person.code != actor.person or not actor.person:
        raise DomainError("not_found")
    if found.state != LeaveState.ASKED:
        raise DomainError("training_leave_decided")
    found.state = LeaveState.WITHDRAWN
    found.save(update_fields=["state"])


@transaction.atomic
def decide_leave(
    *, actor: Actor, group: Group, leave: int, grant: bool, answer: str, at: datetime
) -> Leave:
    """Nobody decides their own."""
    held = locked(group)
    demand_leader(actor, held)
    demand_open(held)
    found = _locked(held, leave)
    if found.member.person.code == actor.person:
        raise DomainError("forbidden")
    if found.state != LeaveState.ASKED:
        raise DomainError("training_leave_decided")
    if not grant and not answer.strip():
        raise DomainError("training_leave_answer")
    found.state = LeaveState.GRANTED if grant else LeaveState.REFUSED
    found.answer, found.decided_name, found.decided_at = answer.strip()[:200], actor.name[:80], at
    found.save(update_fields=["state", "answer", "decided_name", "decided_at"])
    told = {
        "first": found.first.isoformat(),
        "last": found.last.isoformat(),
        "state": found.state,
    }
    with in_record():
        words = {**told, "state": found.get_state_display(), "answer": found.answer}
        tell(
            held,
            to=[found.member.person.account_id],
            title=_("请假%(state)s：%(first)s至%(last)s") % words,
            body=_("答复：%(answer)s") % words if found.answer else _("请按批准的日期返回。"),
            key=f"training.decided:{found.pk}",
            at=at,
        )
    append(actor, held, "training.leave", {**told, "leave": found.pk}, at)
    return found


def _own(actor: Actor, group: Group) -> Member:
    found = None
    if actor.person:
        rows = group.members.select_related("person")
        found = rows.filter(person__code=actor.person, left_at=None).first()
    if found is None:
        raise DomainError("forbidden")
    return found


def _check(
    group: Group, member: Member, first: date, last: date, reason: str, at: datetime
) -> None:
    problems = []
    if last < first:
        problems.append(Problem("last", "training_dates", {}))
    for place, day in (("first", first), ("last", last)):
        if not group.starts <= day <= group.ends:
            told = {
                "day": day.isoformat(),
                "starts": group.starts.isoformat(),
                "ends": group.ends.isoformat(),
            }
            problems.append(Problem(place, "training_outside", told))
    if first < at.astimezone(SHANGHAI).date():
        problems.append(Problem("first", "training_leave_past", {}))
    if not reason.strip():
        problems.append(Problem("reason", "training_leave_reason", {}))
    if problems:
        raise Problems(problems)
    asked = member.leaves.filter(state__in=_OPEN, first__lte=last, last__gte=first)
    if asked.exists():
        raise Problems([Problem("first", "training_leave_twice", {})])


def _locked(group: Group, leave: int) -> Leave:
    rows = Leave.objects.select_for_update(of=("self",)).select_related("member__person")
    found = rows.filter(member__group=group, pk=leave).first()
    if found is None:
        raise DomainError("not_found")
    return found
