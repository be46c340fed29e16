"""Before T0: another time for an exam, or none. Both are told to everybody who has a seat."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import connection, transaction
from django.db.models import F

from leitai.base import events
from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.seasons import selectors as seasons
from leitai.seasons.services import follow_exam
from leitai.sittings.enums import IncidentKind, SittingState
from leitai.sittings.events import ExamChanged
from leitai.sittings.models import Exam, Incident
from leitai.sittings.rules import can_run_exams
from leitai.sittings.services.arranging import LIVE
from leitai.sittings.services.planning import demand_times
from leitai.units.rules import is_house


@transaction.atomic
def move_exam(
    *, actor: Actor, exam: Exam, opens_at: datetime, closes_at: datetime, reason: str, at: datetime
) -> Exam:
    """Hold it at another time within the calendar's window; what single seats have more, they keep.

    Raises exam_begun once T0 is there, and whatever a new exam at that time would raise.
    """
    held = _ahead(actor, exam, reason, at)
    before = (held.opens_at, held.closes_at)
    if before == (opens_at, closes_at):
        raise DomainError("exam_same_time")
    demand_times(held.stage, held.event, opens_at, closes_at, at=at)
    follow_exam(
        actor=actor,
        season=held.stage.season,
        opens_at=opens_at,
        closes_at=closes_at,
        reason=reason,
        at=at,
    )
    held.opens_at, held.closes_at = opens_at, closes_at
    held.save(update_fields=["opens_at", "closes_at"])
    held.sittings.filter(state__in=LIVE).update(
        deadline=F("deadline") + (closes_at - before[1]), version=F("version") + 1
    )
    told = {
        "from": ledger.instant(before[0]),
        "opens_at": ledger.instant(opens_at),
        "closes_at": ledger.instant(closes_at),
    }
    _record(actor, held, IncidentKind.MOVE, reason, told, at)
    return held


@transaction.atomic
def cancel_exam(*, actor: Actor, exam: Exam, reason: str, at: datetime) -> Exam:
    """Take it off before T0: its seats and codes are void, its paper stays sealed and is free."""
    held = _ahead(actor, exam, reason, at)
    held.cancelled_at = at
    held.save(update_fields=["cancelled_at"])
    seats = held.sittings.filter(state__in=LIVE).update(
        state=SittingState.CANCELLED, ended_at=at, version=F("version") + 1
    )
    _record(actor, held, IncidentKind.CANCEL, reason, {"seats": seats}, at)
    return held


@transaction.atomic
def prolong_exam(*, actor: Actor, exam: Exam, closes_at: datetime, at: datetime) -> Exam:
    """Of an exam that everybody begins at a moment of their own: its end, never an earlier one.

    Who sits in it has a deadline of the own, which stays.
    """
    if not is_house(actor):
        raise DomainError("forbidden")
    held = Exam.objects.select_for_update(no_key=True).get(pk=exam.pk)
    if held.cancelled_at is not None:
        raise DomainError("exam_cancelled")
    if closes_at <= held.closes_at:
        return held
    told = {"from": ledger.instant(held.closes_at), "closes_at": ledger.instant(closes_at)}
    held.closes_at = closes_at
    held.save(update_fields=["closes_at"])
    ledger.append(
        chain=exam.stage.season.code,
        actor=actor,
        act="exam.prolonged",
        subject=exam.code,
        data={"title": exam.title, **told},
        at=at,
    )
    return held


def _ahead(actor: Actor, exam: Exam, reason: str, at: datetime) -> Exam:
    """The exam, locked, whose T0 is still to come."""
    season = exam.stage.season
    if not can_run_exams(actor, season.code, seasons.host_path(season)):
        raise DomainError("forbidden")
    if not reason.strip():
        raise DomainError("reason_missing")
    held = (
        Exam.objects.select_for_update(of=("self",))
        .select_related("stage__season__rulebook")
        .get(pk=exam.pk)
    )
    if held.cancelled_at is not None:
        raise DomainError("exam_cancelled")
    if at >= held.opens_at:
        raise DomainError("exam_begun")
    return held


def _record(
    actor: Actor,
    exam: Exam,
    kind: IncidentKind,
    reason: str,
    told: Mapping[str, object],
    at: datetime,
) -> None:
    """The console's log, the news to those who sit, the lane's wake-up, and the ledger."""
    reason = reason.strip()
    Incident.objects.create(
        exam=exam, kind=kind, data=dict(told), reason=reason, recorded_by=actor.account, at=at
    )
    events.publish(ExamChanged(exam=exam.code, kind=str(kind), reason=reason, at=at))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify('lane', %s)", [exam.code])
    ledger.append(
        chain=exam.stage.season.code,
        actor=actor,
        act=f"exam.{kind}",
        subject=exam.code,
        data={"title": exam.title, **told, "reason": reason},
        at=at,
    )
