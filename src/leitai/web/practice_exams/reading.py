"""What the pages of practice's exams show, put together out of several rooms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from leitai.bank import selectors as bank
from leitai.bank.models import ItemVersion
from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.marking.selectors import OwnMarks, get_answers_for, get_marking_for
from leitai.practice.models import PracticeExam
from leitai.practice.rules import can_run_practice, can_see_practice
from leitai.practice.selectors import exams
from leitai.practice.selectors.exams import OwnExam
from leitai.practice.selectors.grounds import Ground
from leitai.rulebook.model.practice import Act
from leitai.seasons import selectors as seasons
from leitai.sittings.enums import SittingState
from leitai.sittings.models import Exam, Sitting
from leitai.sittings.selectors import get_exam
from leitai.sittings.selectors.mine import sittings_of
from leitai.sittings.services import admission_code_of
from leitai.training.enums import GroupState
from leitai.training.models import Group


@dataclass(frozen=True, slots=True)
class Desk:
    """What somebody may set: the office any exam, a leader a mock exam for the own group.

    `reads`: sees every exam, and may set none without the rest.
    """

    office: bool
    reads: bool
    acts: dict[str, Act]
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """One question of the own paper once the exam is over for everybody."""

    number: int
    version: ItemVersion
    response: str | list[str] | None
    right: bool
    points: str
    full: str


@dataclass(frozen=True, slots=True)
class ExamPage:
    """`code` leads into the exam room as long as the own sitting lasts."""

    own: OwnExam
    sitting: Sitting | None
    code: str
    marks: OwnMarks | None
    answers: tuple[Answered, ...]


def desk_of(actor: Actor, ground: Ground) -> Desk:
    """Raises DomainError("forbidden") for whoever neither sees all practice nor leads a group."""
    code, host = ground.season.code, seasons.host_path(ground.season)
    office, reads = can_run_practice(actor, code, host), can_see_practice(actor, code, host)
    groups = Group.objects.filter(season=ground.season, state=GroupState.OPEN).order_by("-pk")
    if not office:
        groups = (
            groups.filter(leaders__person__code=actor.person) if actor.person else groups.none()
        )
    found = tuple(groups)
    if not reads and not found:
        raise DomainError("forbidden")
    return Desk(office, reads, exams.exam_acts(ground.acts) if office else {}, found)


def page_of(ground: Ground, code: str) -> ExamPage:
    own = exams.own_exam(ground, code)
    sitting = _sitting(ground.actor, code) if own.tried else None
    if sitting is None:
        return ExamPage(own, None, "", None, ())
    live = sitting.state in {SittingState.WAITING, SittingState.OPEN}
    if live and ground.at < sitting.deadline:
        return ExamPage(own, sitting, admission_code_of(sitting), None, ())
    marks = _marks(ground.actor, sitting)
    shown = _answers(ground.actor, sitting, marks) if own.over and marks else ()
    return ExamPage(own, sitting, "", marks, tuple(shown))


def console_of(actor: Actor, exam: PracticeExam) -> Exam | None:
    """The exam as those see it who watch its sittings; None for whoever may not."""
    held = Exam.objects.filter(stage__season__code=exam.code).first()
    try:
        return held and get_exam(actor, held.code, season=exam.code)
    except DomainError:
        return None


def _sitting(actor: Actor, code: str) -> Sitting | None:
    mine = sittings_of(actor.person).select_related("exam__paper")
    return mine.filter(exam__stage__season__code=code).first()


def _marks(actor: Actor, sitting: Sitting) -> OwnMarks | None:
    """The own mark of an exercise is shown as soon as it is there: no committee confirms it."""
    try:
        return get_marking_for(actor, sitting, published=True)
    except DomainError:
        return None


def _answers(actor: Actor, sitting: Sitting, marks: OwnMarks) -> Sequence[Answered]:
    given = get_answers_for(actor, sitting, published=True)
    versions = bank.items_of(sitting.exam.paper)
    return [
        Answered(one.number, version, given.get(one.number), one.right, one.points, one.full)
        for one, version in zip(marks.items, versions, strict=True)
    ]
