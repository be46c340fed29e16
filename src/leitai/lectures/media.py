"""The files of a lecture: its video and its picture, who may hand them in and who may open them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Final

from leitai.base.actor import Actor
from leitai.files import kinds
from leitai.files import selectors as stored
from leitai.files import services as files
from leitai.files.kinds import GB, MB, FileKind
from leitai.kernel.errors import DomainError
from leitai.lectures import lengths, rules
from leitai.lectures.enums import LectureState
from leitai.lectures.models import Lecture
from leitai.seasons.selectors import host_path

VIDEO: Final = "lecture-video"
POSTER: Final = "lecture-poster"


def register() -> None:
    for code, types, largest, quota in (
        (VIDEO, ("mp4",), 1 * GB, 40 * GB),
        (POSTER, ("png", "jpeg", "webp"), 10 * MB, 1 * GB),
    ):
        kinds.register(
            FileKind(
                code=code,
                max_bytes=largest,
                types=types,
                can_upload=can_attach,
                can_view=can_open,
                quota_bytes=quota,
            )
        )


def owner_of(lecture: Lecture) -> str:
    return f"lecture:{lecture.pk}"


def can_attach(actor: Actor, owner: str) -> bool:
    if not owner:
        return rules.can_upload_somewhere(actor)
    lecture = _lecture(owner)
    return lecture is not None and rules.can_run(
        actor, lecture.season.code, host_path(lecture.season)
    )


def can_open(actor: Actor, owner: str) -> bool:
    """Whoever is signed in, once it is published; before and after, the desk."""
    lecture = _lecture(owner)
    if lecture is None:
        return False
    if lecture.state == LectureState.PUBLISHED and actor.known:
        return True
    return rules.can_see_desk(actor, lecture.season.code, host_path(lecture.season))


def keep_video(*, actor: Actor, lecture: Lecture, uploads: Sequence[str], at: datetime) -> bool:
    """The last upload takes the place of the video before; gives whether there is a new one."""
    if not uploads:
        return False
    held = _keep(VIDEO, lecture.video, actor=actor, lecture=lecture, uploads=uploads, at=at)
    file = stored.get_file(held)
    seconds = lengths.seconds_of(partial(stored.part_of, file), file.size)
    if not seconds:
        raise DomainError("lecture_length_unknown", name=file.name)
    lecture.video, lecture.seconds = held, seconds
    return True


def keep_poster(*, actor: Actor, lecture: Lecture, uploads: Sequence[str], at: datetime) -> None:
    if uploads:
        lecture.poster = _keep(
            POSTER, lecture.poster, actor=actor, lecture=lecture, uploads=uploads, at=at
        )


def _keep(
    kind: str, before: int, *, actor: Actor, lecture: Lecture, uploads: Sequence[str], at: datetime
) -> int:
    owner = owner_of(lecture)
    held = files.attach(actor=actor, upload=uploads[-1], kind=kind, owner=owner, at=at)
    if before:
        files.remove_file(owner=owner, kind=kind, file=before)
    return held.pk


def drop(lecture: Lecture) -> None:
    for kind in (VIDEO, POSTER):
        files.remove_files(owner=owner_of(lecture), kind=kind)


def _lecture(owner: str) -> Lecture | None:
    number = owner.partition(":")[2]
    rows = Lecture.objects.select_related("season__host", "season__rulebook")
    return rows.filter(pk=int(number)).first() if number.isdigit() else None
