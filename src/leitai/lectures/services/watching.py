"""What learners watched and answered, and the moment from which a lecture is learned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from django.db import transaction

from leitai.bank.models import ItemVersion
from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.lectures import counting, watched
from leitai.lectures.enums import DoneBy
from leitai.lectures.models import Lecture, Question, Viewing
from leitai.practice.models import Learner
from leitai.practice.services.learning import join
from leitai.practice.services.recording import record_act
from leitai.rulebook import marking
from leitai.seasons.selectors import rulebook_of

Answer = str | list[str]


@dataclass(frozen=True, slots=True)
class Report:
    """Where the player stands, and the stretches played since the report before, in seconds."""

    position: int
    ranges: Sequence[Sequence[int]] = ()


@transaction.atomic
def report_progress(*, actor: Actor, lecture: Lecture, report: Report, at: datetime) -> Viewing:
    """Keep where somebody stopped, and credit what can have been played since the last report."""
    viewing, fresh = _viewing(actor, lecture, at)
    since = None if fresh else int((at - viewing.heard_at).total_seconds())
    played = watched.credited(
        viewing.played, report.ranges, length=lecture.seconds, most=watched.allowance(since)
    )
    viewing.played, viewing.watched = played, watched.total(played)
    viewing.position = max(0, min(report.position, lecture.seconds))
    viewing.heard_at = max(at, viewing.heard_at)
    _settle(lecture, viewing, at)
    viewing.save()
    return viewing


@transaction.atomic
def answer_question(
    *, actor: Actor, lecture: Lecture, question: Question, answer: Answer, at: datetime
) -> bool:
    """Mark one check question; it may be tried again until it is right."""
    if not answer or (isinstance(answer, list) and not any(part.strip() for part in answer)):
        raise DomainError("lecture_answer_empty")
    viewing, _fresh = _viewing(actor, lecture, at)
    if lecture.done_by != DoneBy.CHECK and not is_watched(lecture, viewing):
        raise DomainError("lecture_question_early", share=lecture.share)
    version = ItemVersion.objects.filter(item=question.item_id).order_by("-version")[0]
    point = Fraction(1)
    right = marking.mark(version.type, version.key or "", answer, point) == point
    before = viewing.answers.get(str(question.item_id), {})
    viewing.answers[str(question.item_id)] = {
        "right": right or bool(before.get("right")),
        "tries": int(before.get("tries", 0)) + 1,
        "given": answer,
    }
    _settle(lecture, viewing, at)
    viewing.save()
    return right


def is_watched(lecture: Lecture, viewing: Viewing) -> bool:
    return counting.is_watched(
        seconds=lecture.seconds, watched=viewing.watched, share=lecture.share
    )


def _viewing(actor: Actor, lecture: Lecture, at: datetime) -> tuple[Viewing, bool]:
    """The learner's own row, locked: two devices report one after the other."""
    learner: Learner = join(actor=actor, season=lecture.season.code, at=at)
    _made, fresh = Viewing.objects.get_or_create(
        lecture=lecture, learner=learner, defaults={"begun_at": at, "heard_at": at}
    )
    held = Viewing.objects.select_for_update(of=("self",)).select_related("learner")
    return held.get(lecture=lecture, learner=learner), fresh


def _settle(lecture: Lecture, viewing: Viewing, at: datetime) -> None:
    """Once it is learned it stays so, and counts once."""
    if viewing.completed_at is not None:
        return
    items = [str(one) for one in lecture.questions.values_list("item", flat=True)]
    checked = bool(items) and all(viewing.answers.get(one, {}).get("right") for one in items)
    if not counting.is_done(lecture.done_by, watched=is_watched(lecture, viewing), checked=checked):
        return
    viewing.completed_at = max(at, viewing.begun_at)
    law = rulebook_of(lecture.season)
    if lecture.act and lecture.act in counting.acts_for(law):
        subject = f"lecture-{lecture.pk}"
        value = counting.value_of(law, lecture.act, subject=subject, watched=viewing.watched)
        # an act's source is unique within a day, for all learners: it names the viewing
        source = f"lecture:{viewing.pk}"
        try:
            with transaction.atomic():
                viewing.credited = record_act(
                    learner=viewing.learner_id, act=lecture.act, source=source, at=at, value=value
                )
        except DomainError:  # the rules do not take it now: it is learned all the same
            viewing.credited = False
