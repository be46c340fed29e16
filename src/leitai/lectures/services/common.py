"""What the writes share."""

from __future__ import annotations

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.lectures import rules
from leitai.lectures.enums import LectureState
from leitai.lectures.models import Lecture
from leitai.seasons.models import Season
from leitai.seasons.selectors import host_path


def demand_desk(actor: Actor, season: Season) -> None:
    if not rules.can_run(actor, season.code, host_path(season)):
        raise DomainError("forbidden")


def locked(actor: Actor, lecture: Lecture) -> Lecture:
    """For the office alone."""
    rows = Lecture.objects.select_for_update(of=("self",))
    held = rows.select_related("season__host", "season__rulebook").get(pk=lecture.pk)
    demand_desk(actor, held.season)
    return held


def demand_unpublished(lecture: Lecture) -> None:
    if lecture.state == LectureState.PUBLISHED:
        raise DomainError("lecture_published", title=lecture.title)
