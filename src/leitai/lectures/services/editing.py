"""Lectures are written, changed, put in order and, unless somebody has watched, dropped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError, Problem, Problems
from leitai.lectures import counting, media, texts
from leitai.lectures.enums import DoneBy
from leitai.lectures.models import Lecture
from leitai.lectures.services.common import demand_desk, demand_unpublished, locked
from leitai.seasons.models import Season
from leitai.seasons.selectors import rulebook_of


@dataclass(frozen=True, slots=True)
class Words:
    """What the office writes; chapters and transcript as they were typed."""

    title: str
    kind: str
    module: str = ""
    speaker: str = ""
    summary: str = ""
    chapters: str = ""
    transcript: str = ""
    act: str = ""
    done_by: str = DoneBy.WATCHED
    share: int = 90


@transaction.atomic
def create_lecture(
    *,
    actor: Actor,
    season: Season,
    words: Words,
    videos: Sequence[str] = (),
    posters: Sequence[str] = (),
    at: datetime,
) -> Lecture:
    """A draft, after those that are there."""
    demand_desk(actor, season)
    Season.objects.select_for_update().get(pk=season.pk)
    last = season.lectures.aggregate(last=Max("position"))["last"] or 0
    lecture = Lecture(season=season, position=last + 1, made_at=at, made_name=actor.name[:80])
    lecture.title, lecture.kind = words.title, words.kind
    lecture.save()
    return _write(actor, lecture, words, videos, posters, at)


@transaction.atomic
def edit_lecture(
    *,
    actor: Actor,
    lecture: Lecture,
    words: Words,
    videos: Sequence[str] = (),
    posters: Sequence[str] = (),
    at: datetime,
) -> Lecture:
    """What is published does not change under those who watch it. Raises Problems by fields."""
    held = locked(actor, lecture)
    demand_unpublished(held)
    return _write(actor, held, words, videos, posters, at)


@transaction.atomic
def move_lecture(*, actor: Actor, lecture: Lecture, up: bool) -> None:
    """Change places with the one before or after it."""
    demand_desk(actor, lecture.season)
    Season.objects.select_for_update().get(pk=lecture.season_id)
    order = list(lecture.season.lectures.order_by("position", "pk"))
    here = next(place for place, one in enumerate(order) if one.pk == lecture.pk)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(order):
        return
    order[here], order[there] = order[there], order[here]
    for position, one in enumerate(order, start=1):
        one.position = position
    Lecture.objects.bulk_update(order, ["position"])


@transaction.atomic
def drop_lecture(*, actor: Actor, lecture: Lecture) -> None:
    held = locked(actor, lecture)
    demand_unpublished(held)
    if held.viewings.exists():
        raise DomainError("lecture_begun", title=held.title)
    media.drop(held)
    held.delete()


def _write(
    actor: Actor,
    lecture: Lecture,
    words: Words,
    videos: Sequence[str],
    posters: Sequence[str],
    at: datetime,
) -> Lecture:
    if words.act and words.act not in counting.acts_for(rulebook_of(lecture.season)):
        raise Problems([Problem("act", "lecture_act_unknown", {"act": words.act})])
    if media.keep_video(actor=actor, lecture=lecture, uploads=videos, at=at):
        # another film: what was played of the old one says nothing of it
        unfinished = lecture.viewings.filter(completed_at=None)
        unfinished.update(played=[], watched=0, position=0)
    media.keep_poster(actor=actor, lecture=lecture, uploads=posters, at=at)
    lecture.title, lecture.kind = words.title.strip(), words.kind.strip()
    lecture.module, lecture.speaker = words.module.strip(), words.speaker.strip()
    lecture.summary = words.summary.replace("\r\n", "\n").strip()
    lecture.chapters, lecture.transcript = _read(words, lecture.seconds)
    lecture.act, lecture.done_by, lecture.share = words.act, words.done_by, words.share
    lecture.save()
    return lecture


def _read(words: Words, length: int) -> tuple[list[list[int | str]], list[texts.Cue]]:
    problems: list[Problem] = []
    chapters: list[list[int | str]] = []
    cues: list[texts.Cue] = []
    try:
        chapters = texts.read_chapters(words.chapters, length=length)
    except Problems as error:
        problems += error.problems
    try:
        cues = texts.read_transcript(words.transcript)
    except Problems as error:
        problems += error.problems
    if problems:
        raise Problems(problems)
    return chapters, cues
