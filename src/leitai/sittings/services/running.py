"""During the exam: extensions and early closing by the officer, closing where no lane runs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import connection, transaction
from django.db.models import F, QuerySet

from leitai.base import events
from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.seasons import selectors as seasons
from leitai.sittings.enums import IncidentKind, SittingState
from leitai.sittings.events import SittingsEnded
from leitai.sittings.models import Exam, Incident, JournalRow, Sitting
from leitai.sittings.rules import can_run_exams

LIVE = (SittingState.WAITING, SittingState.OPEN)
EXTENSION_MINUTES = 120
GRACE = timedelta(seconds=30)  # how long the lane's own sweeper has the first word


@transaction.atomic
def extend(
    *,
    actor: Actor,
    exam: Exam,
    seconds: int,
    reason: str,
    at: datetime,
    sittings: Sequence[int] | None = None,
) -> int:
    """Move the deadline of one, several or (None) all live sittings; returns how many."""
    if not 1 <= seconds <= EXTENSION_MINUTES * 60:
        raise DomainError("extension_range", limit=EXTENSION_MINUTES)
    live = _live(actor, exam, reason, sittings)
    changed = live.update(
        deadline=F("deadline") + timedelta(seconds=seconds), version=F("version") + 1
    )
    _record(
        actor,
        exam,
        IncidentKind.EXTENSION,
        reason=reason,
        sittings=sittings,
        changed=changed,
        at=at,
        seconds=seconds,
    )
    return changed


@transaction.atomic
def close_sittings(
    *,
    actor: Actor,
    exam: Exam,
    reason: str,
    at: datetime,
    sittings: Sequence[int] | None = None,
) -> int:
    """Bring the deadline to this moment: the lane then closes them in its one way."""
    changed = _live(actor, exam, reason, sittings).update(deadline=at, version=F("version") + 1)
    _record(
        actor,
        exam,
        IncidentKind.CLOSE,
        reason=reason,
        sittings=sittings,
        changed=changed,
        at=at,
    )
    return changed


@transaction.atomic
def close_overdue(*, at: datetime) -> int:
    """Close what is long past its deadline although no lane runs; returns how many.

    As the lane does it (leitai.lane.sql): first the locks, then, seen after them, the
    journal's end.
    """
    overdue = list(
        Sitting.objects.select_for_update(skip_locked=True, no_key=True)
        .filter(state__in=LIVE, deadline__lt=at - GRACE)
        .order_by("pk")
    )
    ends = _journal_ends([sitting.pk for sitting in overdue])
    for sitting in overdue:
        seq, digest = ends.get(sitting.pk, (0, sha256(b"sitting:%d" % sitting.pk).digest()))
        came = sitting.entered_at is not None or seq > 0
        sitting.state = SittingState.CLOSED if came else SittingState.ABSENT
        sitting.ended_at = sitting.deadline
        sitting.final_seq, sitting.final_digest = seq, digest
        sitting.version += 1
    Sitting.objects.bulk_update(
        overdue, ["state", "ended_at", "final_seq", "final_digest", "version"]
    )
    end_sittings(tuple(sitting.pk for sitting in overdue))
    return len(overdue)


def _journal_ends(sittings: Sequence[int]) -> dict[int, tuple[int, bytes]]:
    """The last (seq, digest) of each journal that has any."""
    last = (
        JournalRow.objects.filter(sitting_id__in=sittings)
        .order_by("sitting_id", "-seq")
        .distinct("sitting_id")
        .values_list("sitting_id", "seq", "digest")
    )
    return {sitting: (seq, bytes(digest)) for sitting, seq, digest in last}


def end_sittings(sittings: tuple[int, ...]) -> None:
    """Tell the rooms above that these sittings have ended; called by the lane's job."""
    if sittings:
        with transaction.atomic():
            events.publish(SittingsEnded(sittings))


def _live(
    actor: Actor, exam: Exam, reason: str, sittings: Sequence[int] | None
) -> QuerySet[Sitting]:
    season = exam.stage.season
    if not can_run_exams(actor, season.code, seasons.host_path(season)):
        raise DomainError("forbidden")
    if not reason.strip():
        raise DomainError("reason_missing")
    live = exam.sittings.filter(state__in=LIVE)
    if sittings is not None:
        live = live.filter(pk__in=sittings)
    if not live.exists():
        raise DomainError("sittings_none")
    return live


def _record(
    actor: Actor,
    exam: Exam,
    kind: IncidentKind,
    *,
    reason: str,
    sittings: Sequence[int] | None,
    changed: int,
    at: datetime,
    **data: int,
) -> None:
    """One incident and one link of the ledger; the lane is woken when the change is committed."""
    which = list(sittings) if sittings is not None else []
    Incident.objects.create(
        exam=exam,
        sitting_id=which[0] if len(which) == 1 else None,
        kind=kind,
        data={"sittings": which, "changed": changed, **data},
        reason=reason,
        recorded_by=actor.account,
        at=at,
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify('lane', %s)", [exam.code])
    ledger.append(
        chain=exam.stage.season.code,
        actor=actor,
        act=f"exam.{kind}",
        subject=exam.code,
        data={"sittings": which, "changed": changed, "reason": reason, **data},
        at=at,
    )
