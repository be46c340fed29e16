"""What a learner sees: the shelf with how far one has come, and one lecture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.core.paginator import Page, Paginator

from leitai.base.actor import Actor
from leitai.files.selectors import list_files
from leitai.kernel.errors import DomainError
from leitai.lectures import counting, texts
from leitai.lectures.enums import DoneBy, LectureState
from leitai.lectures.models import Lecture, Viewing
from leitai.lectures.selectors.asking import Asked, asked_of
from leitai.practice.models import Learner
from leitai.practice.selectors.learners import get_learner_for
from leitai.seasons.models import Season
from leitai.seasons.selectors import get_season_for, rulebook_of

PAGE_SIZE: Final = 12


@dataclass(frozen=True, slots=True)
class LectureRow:
    lecture: Lecture
    viewing: Viewing | None

    @property
    def length(self) -> str:
        return texts.clock(self.lecture.seconds)

    @property
    def share(self) -> int:
        """How much of it was watched, in percent, never rounded up."""
        if self.viewing is None or not self.lecture.seconds:
            return 0
        return min(100, self.viewing.watched * 100 // self.lecture.seconds)

    @property
    def done(self) -> bool:
        return self.viewing is not None and self.viewing.completed_at is not None

    @property
    def stopped(self) -> str:
        return texts.clock(self.viewing.position) if self.viewing else ""


@dataclass(frozen=True, slots=True)
class Shelf:
    season: Season
    kinds: tuple[str, ...]
    kind: str
    page: Page[Lecture]
    rows: tuple[LectureRow, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    at: int
    clock: str
    title: str


@dataclass(frozen=True, slots=True)
class Cue:
    at: int | None  # second
    clock: str
    text: str


@dataclass(frozen=True, slots=True)
class LecturePage:
    row: LectureRow
    video_name: str
    poster_name: str
    act: str
    chapters: tuple[Chapter, ...]
    cues: tuple[Cue, ...]
    captions: bool
    asked: tuple[Asked, ...]
    open_questions: bool
    watched: bool

    @property
    def left(self) -> int:
        """How many check questions are still to be answered."""
        return sum(not one.right for one in self.asked)


def shelf_for(actor: Actor, code: str, *, kind: str, number: str | None) -> Shelf:
    """Published lectures in the office's order, each with the reader's own progress."""
    season = get_season_for(actor, code)
    published = season.lectures.filter(state=LectureState.PUBLISHED)
    kinds = tuple(published.order_by("kind").values_list("kind", flat=True).distinct())
    chosen = kind if kind in kinds else ""
    rows = published.filter(kind=chosen) if chosen else published
    page = Paginator(rows.order_by("position", "pk"), PAGE_SIZE).get_page(number)
    learner = get_learner_for(actor, code)
    viewings = _viewings(learner, list(page.object_list))
    listed = tuple(LectureRow(one, viewings.get(one.pk)) for one in page.object_list)
    return Shelf(season, kinds, chosen, page, listed)


def get_lecture_for(actor: Actor, code: str, lecture: int) -> Lecture:
    """A published one; raises DomainError("not_found") for any other."""
    season = get_season_for(actor, code)
    found = season.lectures.filter(pk=lecture, state=LectureState.PUBLISHED).first()
    if found is None:
        raise DomainError("not_found")
    found.season = season
    return found


def lecture_page(actor: Actor, lecture: Lecture) -> LecturePage:
    code = lecture.season.code
    viewing = _viewings(get_learner_for(actor, code), [lecture]).get(lecture.pk)
    names = {file.pk: file.name for file in list_files(f"lecture:{lecture.pk}")}
    seen = viewing is not None and counting.is_watched(
        seconds=lecture.seconds, watched=viewing.watched, share=lecture.share
    )
    return LecturePage(
        row=LectureRow(lecture, viewing),
        video_name=names.get(lecture.video, ""),
        poster_name=names.get(lecture.poster, ""),
        act=counting.acts_for(rulebook_of(lecture.season)).get(lecture.act, ""),
        chapters=tuple(Chapter(at, texts.clock(at), title) for at, title in lecture.chapters),
        cues=tuple(_cue(*one) for one in lecture.transcript),
        captions=texts.has_captions(lecture.transcript),
        asked=asked_of(lecture, viewing.answers if viewing else None),
        open_questions=seen or lecture.done_by == DoneBy.CHECK,
        watched=seen,
    )


def _cue(start: int | None, _stop: int | None, text: str) -> Cue:
    at = None if start is None else start // 1000
    return Cue(at, "" if at is None else texts.clock(at), text)


def _viewings(learner: Learner | None, lectures: list[Lecture]) -> dict[int, Viewing]:
    if learner is None:
        return {}
    return {one.lecture_id: one for one in learner.viewings.filter(lecture__in=lectures)}
