"""Lectures come before learners, and are taken away again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.lectures.enums import DoneBy, LectureState
from leitai.lectures.models import Lecture
from leitai.lectures.services.common import demand_unpublished, locked
from leitai.ledger import services as ledger

REASON_LIMIT = 200


@transaction.atomic
def publish_lecture(*, actor: Actor, lecture: Lecture, at: datetime) -> Lecture:
    """From now on every learner of the season sees it."""
    held = locked(actor, lecture)
    demand_unpublished(held)
    if not held.video:
        raise DomainError("lecture_video_missing")
    if held.done_by != DoneBy.WATCHED and not held.questions.exists():
        raise DomainError("lecture_check_missing")
    held.state, held.published_at = LectureState.PUBLISHED, at
    held.published_name, held.withdrawn_reason = actor.name[:80], ""
    held.save(update_fields=["state", "published_at", "published_name", "withdrawn_reason"])
    told = {
        "title": held.title,
        "act": held.act,
        "done_by": held.done_by,
        "share": held.share,
        "seconds": held.seconds,
    }
    _append(actor, held, "lecture.published", told, at)
    return held


@transaction.atomic
def withdraw_lecture(*, actor: Actor, lecture: Lecture, reason: str, at: datetime) -> Lecture:
    """Learners see it no more; what it brought them stays."""
    held = locked(actor, lecture)
    why = reason.strip()
    if held.state != LectureState.PUBLISHED:
        raise DomainError("lecture_not_published", title=held.title)
    if not why or len(why) > REASON_LIMIT:
        raise DomainError("lecture_reason_empty", limit=REASON_LIMIT)
    held.state, held.withdrawn_reason = LectureState.WITHDRAWN, why
    held.save(update_fields=["state", "withdrawn_reason"])
    _append(actor, held, "lecture.withdrawn", {"title": held.title, "reason": why}, at)
    return held


def _append(
    actor: Actor, lecture: Lecture, act: str, data: dict[str, object], at: datetime
) -> None:
    ledger.append(
        chain=lecture.season.code,
        actor=actor,
        act=act,
        subject=f"lecture:{lecture.pk}",
        data=data,
        at=at,
    )
