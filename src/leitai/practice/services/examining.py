"""Exams of practice: set by one officer, begun by each at a moment of their own, and credited.

The paper stands on practice banks, which anybody may read, so that no second officer is needed.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Final

from django.db import transaction

from leitai.base.actor import Actor, system
from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.practice import rules
from leitai.practice.models import ExamTry, Learner, PracticeExam
from leitai.practice.selectors.laws import Law, law_of
from leitai.practice.services import recording
from leitai.rulebook import numbers
from leitai.rulebook.model.practice import Attempts, Period
from leitai.rulebook.practice.periods import PERIODS, stretch
from leitai.seasons import selectors as seasons
from leitai.seasons.enums import ScoreState, ScoreStatus
from leitai.seasons.models import Score

HOUSE: Final = system("practice")
WHY: Final = "考试成绩更正"
SEASON_OVER: Final = "赛季结束"
REASON: Final = 200


@transaction.atomic
def set_exam(*, actor: Actor, exam: PracticeExam, by: str, at: datetime) -> PracticeExam:
    """Keep an exam that was just put together. `by` is the account that asked for it.

    Raises forbidden, practice_exam_title, practice_exam_times.
    """
    host = seasons.host_path(seasons.get_season(exam.season))
    if not rules.can_run_practice(actor, exam.season, host):
        raise DomainError("forbidden")
    demand_times(exam.opens_at, exam.closes_at, at)
    exam.made_by, exam.made_at = by, at
    exam.save()
    data = {
        "title": exam.title,
        "act": exam.act,
        "minutes": exam.minutes,
        "opens_at": ledger.instant(exam.opens_at),
        "closes_at": ledger.instant(exam.closes_at),
        "people": None if exam.people is None else len(exam.people),
        "banks": "practice",  # open questions: set by one officer alone
    }
    _record(actor, exam, "practice.exam_set", data, at)
    return exam


def demand_times(opens_at: datetime, closes_at: datetime, at: datetime) -> None:
    if closes_at <= opens_at or closes_at <= at:
        raise DomainError("practice_exam_times")


@transaction.atomic
def drop_exam(*, actor: Actor, exam: int, at: datetime) -> None:
    """Take back an exam that nobody has begun; raises practice_exam_begun."""
    held = _locked(exam)
    if not rules.can_run_practice(actor, held.season, seasons.find_host(held.season) or ""):
        raise DomainError("forbidden")
    if held.tries.exists():
        raise DomainError("practice_exam_begun", title=held.title)
    held.dropped_at = at
    held.save(update_fields=["dropped_at"])
    _record(actor, held, "practice.exam_dropped", {"title": held.title}, at)


@transaction.atomic
def move_closing(
    *, actor: Actor, exam: int, closes_at: datetime, reason: str, at: datetime
) -> PracticeExam:
    """Let people begin it for longer, or until now; who has begun keeps the own minutes.

    Raises forbidden, not_found, practice_exam_over, practice_exam_reason, practice_exam_closing.
    """
    held = _locked(exam)
    if not rules.can_run_practice(actor, held.season, seasons.find_host(held.season) or ""):
        raise DomainError("forbidden")
    if at >= held.closes_at:
        raise DomainError("practice_exam_over", title=held.title)
    if not reason.strip():
        raise DomainError("practice_exam_reason")
    if closes_at < at or closes_at <= held.opens_at or closes_at == held.closes_at:
        raise DomainError("practice_exam_closing")
    _close_at(actor, held, closes_at, reason.strip(), at)
    return held


@transaction.atomic
def end_exams(*, season: str, at: datetime) -> int:
    """End what may still be begun in a season that is over; what is ahead is taken back."""
    open_ = PracticeExam.objects.filter(season=season, dropped_at=None, closes_at__gt=at)
    ended = list(open_.select_for_update(no_key=True).order_by("pk"))
    for held in ended:
        if at < held.opens_at:
            held.dropped_at = at
            held.save(update_fields=["dropped_at"])
            _record(HOUSE, held, "practice.exam_dropped", {"title": held.title}, at)
        else:
            _close_at(HOUSE, held, at, SEASON_OVER, at)
    return len(ended)


def _close_at(
    actor: Actor, held: PracticeExam, closes_at: datetime, reason: str, at: datetime
) -> None:
    told: dict[str, object] = {
        "title": held.title,
        "from": ledger.instant(held.closes_at),
        "closes_at": ledger.instant(closes_at),
        "reason": reason[:REASON],
    }
    held.closes_at = closes_at
    held.save(update_fields=["closes_at"])
    _record(actor, held, "practice.exam_moved", told, at)


@transaction.atomic
def begin_try(*, learner: Learner, exam: int, at: datetime) -> tuple[ExamTry, bool]:
    """The learner's one try, and whether it is new: its time runs from this moment on.

    Raises not_found, practice_exam_person, practice_exam_closed, practice_exam_tries.
    """
    held = _locked(exam)
    found = held.tries.filter(learner=learner).first()
    if found is not None:
        return found, False
    person = learner.person
    if person is None:
        raise DomainError("practice_exam_person")
    if learner.season != held.season or (
        held.people is not None and person.code not in held.people
    ):
        raise DomainError("not_found")
    if not held.opens_at <= at < held.closes_at:
        raise DomainError("practice_exam_closed", title=held.title)
    if held.act:
        _demand_tries(law_of(held.season), held, learner, at)
    made = ExamTry.objects.create(
        exam=held,
        learner=learner,
        entry=f"{held.tries.count() + 1:05d}",
        began_at=at,
        ends_at=at + timedelta(minutes=held.minutes),
    )
    return made, True


def _demand_tries(law: Law, exam: PracticeExam, learner: Learner, at: datetime) -> None:
    """As often as the rules let such an act count, whatever became of each."""
    act = law.practice.acts.get(exam.act)
    attempts = act.attempts if act else None
    if attempts is None or attempts.limit is None or attempts.beyond is not None:
        return
    day, mine = law.day_of(at), ExamTry.objects.filter(learner=learner, exam__act=exam.act)
    days = [law.day_of(one) for one in mine.values_list("began_at", flat=True)]
    for period, most in _limits(attempts):
        span = stretch(period, day, law.practice.week)
        within = [
            one
            for one in days
            if (span.first is None or one >= span.first) and (span.last is None or one <= span.last)
        ]
        if len(within) >= most:
            raise DomainError("practice_exam_tries", title=act.title if act else "", most=most)


def _limits(attempts: Attempts) -> list[tuple[Period, int]]:
    told = [(period, getattr(attempts.limit, period)) for period in PERIODS]
    return [(period, int(most)) for period, most in told if most is not None]


@transaction.atomic
def take_marks(*, code: str, entries: Collection[str], at: datetime) -> int:
    """Credit what stands as the scores of these entries now; gives how many tries changed.

    Each mark is recorded once. Another in its place takes the first act out of account and is an
    act of its own, so that the ledger shows the difference.
    """
    exam = PracticeExam.objects.filter(code=code).first()
    if exam is None:
        return 0
    scores = Score.objects.filter(entry__stage__season__code=code, entry__code__in=entries)
    standing = {
        one.entry.code: one
        for one in scores.exclude(state=ScoreState.SUPERSEDED).select_related("entry")
    }
    tries = exam.tries.select_for_update().filter(entry__in=list(standing)).order_by("pk")
    return sum(_take(exam, one, standing[one.entry], at) for one in tries)


def _take(exam: PracticeExam, tried: ExamTry, score: Score, at: datetime) -> bool:
    counts = score.status == ScoreStatus.OK
    mark = numbers.show(Fraction(score.value, 10**score.decimals)) if counts else ""
    if (tried.status, tried.mark) == (score.status, mark):
        return False
    if exam.act and tried.mark:
        day = law_of(exam.season).day_of(tried.began_at)
        recording.void_acts(
            actor=HOUSE,
            learner=tried.learner_id,
            acts=[(day, _source(exam, tried))],
            reason=WHY,
            by=f"exam:{exam.code}",
            at=at,
        )
    tried.status, tried.mark = score.status, mark
    if mark:
        tried.records += 1
    tried.save(update_fields=["status", "mark", "records"])
    if exam.act and mark:
        recording.record_act(
            learner=tried.learner_id,
            act=exam.act,
            source=_source(exam, tried),
            at=tried.began_at,
            value=mark,
        )
    return True


def _source(exam: PracticeExam, tried: ExamTry) -> str:
    """The first mark by the exam and the entry; a corrected one by its number besides."""
    again = f":{tried.records}" if tried.records > 1 else ""
    return f"exam:{exam.code}:{tried.entry}{again}"


def _locked(exam: int) -> PracticeExam:
    held = PracticeExam.objects.select_for_update(no_key=True).filter(pk=exam).first()
    if held is None or held.dropped_at is not None:
        raise DomainError("not_found")
    return held


def _record(
    actor: Actor, exam: PracticeExam, act: str, data: dict[str, object], at: datetime
) -> None:
    ledger.append(
        chain=exam.season, actor=actor, act=act, subject=f"exam:{exam.code}", data=data, at=at
    )
