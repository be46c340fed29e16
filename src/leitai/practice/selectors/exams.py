"""Exams of practice: which acts can be one, which stand open, what became of one's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from django.db.models import Avg, Count, DecimalField, Q, QuerySet, Value
from django.db.models.functions import Cast, NullIf
from django.db.models.lookups import GreaterThanOrEqual

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.practice.models import ExamTry, PracticeExam
from leitai.practice.selectors.grounds import Ground
from leitai.rulebook import numbers
from leitai.rulebook.model.practice import Act


@dataclass(frozen=True, slots=True)
class OwnExam:
    """An exam as one person sees it. `passed` is None as long as nothing is marked."""

    exam: PracticeExam
    tried: ExamTry | None
    now: datetime

    @property
    def ahead(self) -> bool:
        return self.now < self.exam.opens_at

    @property
    def open(self) -> bool:
        """Whether one may still begin."""
        return self.tried is None and self.exam.opens_at <= self.now < self.exam.closes_at

    @property
    def running(self) -> bool:
        """Begun, and the own time is not over."""
        return self.tried is not None and not self.tried.status and self.now < self.tried.ends_at

    @property
    def over(self) -> bool:
        """Nobody sits in it any more, so its answers may be shown."""
        return self.now >= self.exam.ends_at

    @property
    def passed(self) -> bool | None:
        if self.tried is None or not self.tried.mark or not self.exam.passing:
            return None
        return Fraction(self.tried.mark) >= Fraction(self.exam.passing)


def exam_acts(acts: Mapping[str, Act]) -> dict[str, Act]:
    """Acts that are a timed exam: minutes, full marks and a pass mark, nobody against, a figure."""
    return {
        name: act
        for name, act in acts.items()
        if (rule := act.exercise)
        and rule.against == "nobody"
        and rule.minutes
        and rule.full is not None
        and rule.pass_ is not None
        and (act.value or len(act.figures) == 1)
    }


def list_exams(season: str) -> QuerySet[PracticeExam]:
    """All that stand, the newest first: how many began, are marked, passed, and their mean."""
    mark, passing = _decimal("tries__mark"), _decimal("passing")
    return (
        PracticeExam.objects.filter(season=season, dropped_at=None)
        .annotate(
            began=Count("tries"),
            marked=Count("tries", filter=Q(tries__mark__gt="")),
            passed=Count("tries", filter=GreaterThanOrEqual(mark, passing)),
            mean=Avg(mark),
        )
        .order_by("-opens_at", "-pk")
    )


def list_tries(exam: PracticeExam) -> QuerySet[ExamTry]:
    """Who began, in the order of beginning, with where they serve."""
    return exam.tries.select_related("learner__person__unit").order_by("entry")


def _decimal(field: str) -> Cast:
    return Cast(NullIf(field, Value("")), DecimalField(max_digits=12, decimal_places=4))


def own_exams(ground: Ground) -> list[OwnExam]:
    """What the reader may sit or has sat, the newest first: two queries for all."""
    held = _for(ground.actor, ground.season.code)
    mine = ExamTry.objects.filter(learner=ground.learner) if ground.learner and held else ()
    tries = {one.exam_id: one for one in mine}
    return [OwnExam(exam, tries.get(exam.pk), ground.at) for exam in held]


def own_exam(ground: Ground, code: str) -> OwnExam:
    """To whom it was not given it does not exist; without a person there is nobody to sit it.

    Raises not_found, practice_exam_person.
    """
    for one in own_exams(ground):
        if one.exam.code == code:
            return one
    if not ground.actor.person and _for_all(ground.season.code).filter(code=code).exists():
        raise DomainError("practice_exam_person")
    raise DomainError("not_found")


def are_nameless(ground: Ground) -> bool:
    """Whether there are exams for everybody, which the reader's account cannot sit."""
    return not ground.actor.person and _for_all(ground.season.code).exists()


def show(points: Fraction | None) -> str:
    return "" if points is None else numbers.show(points)


def _for(actor: Actor, season: str) -> list[PracticeExam]:
    """A known person's alone: an entry wants one."""
    if not actor.person:
        return []
    found = PracticeExam.objects.filter(season=season, dropped_at=None)
    mine = Q(people__isnull=True) | Q(people__contains=[actor.person])
    return list(found.filter(mine).order_by("-opens_at", "-pk"))


def _for_all(season: str) -> QuerySet[PracticeExam]:
    return PracticeExam.objects.filter(season=season, dropped_at=None, people__isnull=True)
