"""What a request brings: uploads made ready, and forms turned into what services take."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest

from leitai.base.actor import Actor
from leitai.files import services as files
from leitai.lectures.forms import LectureForm
from leitai.lectures.media import POSTER, VIDEO
from leitai.lectures.models import Lecture
from leitai.lectures.services import create_lecture, edit_lecture
from leitai.seasons.models import Season


def actor_of(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]  # put there by the door
    return actor


def take_new(request: HttpRequest, season: Season, form: LectureForm, at: datetime) -> Lecture:
    return create_lecture(
        actor=actor_of(request),
        season=season,
        words=form.words(),
        videos=_uploads(request, VIDEO, "video", at),
        posters=_uploads(request, POSTER, "poster", at),
        at=at,
    )


def take_edit(request: HttpRequest, lecture: Lecture, form: LectureForm, at: datetime) -> Lecture:
    return edit_lecture(
        actor=actor_of(request),
        lecture=lecture,
        words=form.words(),
        videos=_uploads(request, VIDEO, "video", at),
        posters=_uploads(request, POSTER, "poster", at),
        at=at,
    )


def _uploads(request: HttpRequest, kind: str, field: str, at: datetime) -> list[str]:
    actor = actor_of(request)
    return files.take_posted(
        actor=actor,
        holder=actor.account,
        kind=kind,
        owner="",
        tokens=request.POST.getlist(field),
        plain=request.FILES.getlist(f"{field}_file"),  # type: ignore[arg-type]  # what Django uploads is what it asks for
        at=at,
    )
