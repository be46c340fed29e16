"""Files and photographs of a form: taken from the post, handed to the files' room."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Final, Protocol

from leitai.base.actor import Actor
from leitai.files import kinds
from leitai.files import services as files
from leitai.files.enums import State
from leitai.files.kinds import MB, FileKind, May
from leitai.files.models import StoredFile
from leitai.files.services import NewUpload, receive_whole
from leitai.files.services.attaching import Posted as Upload
from leitai.kernel.errors import DomainError
from leitai.rulebook.model import Form, FormField
from leitai.rulebook.model.forms import Filler
from leitai.seasons.filling.photos import cropped
from leitai.seasons.filling.reading import FILES, Answers, Posted, filled_by, name_of

LARGEST_PHOTO: Final = 20 * MB
MOST: Final = 20  # files in one box, where the rules say nothing


class PostedFiles(Protocol):
    """Django's `request.FILES`."""

    def getlist(self, key: str) -> list[Upload]: ...


def register(code: str, *, can_upload: May, can_view: May) -> None:
    """A kind of files for a room that has forms filled in; the room says who may."""
    kinds.register(
        FileKind(
            code=code,
            max_bytes=200 * MB,
            types=("pdf", "png", "jpeg", "docx", "xlsx", "mp4", "zip"),
            can_upload=can_upload,
            can_view=can_view,
            quota_bytes=2048 * MB,
        )
    )


@dataclass(frozen=True, slots=True)
class _Post:
    """One form that was posted: by whom, with what, for which record."""

    actor: Actor
    post: Posted
    posted: PostedFiles
    kind: str
    owner: str
    at: datetime

    def attach(self, token: str) -> StoredFile:
        return files.attach(
            actor=self.actor, upload=token, kind=self.kind, owner=self.owner, at=self.at
        )


def take_files(
    *,
    actor: Actor,
    form: Form,
    post: Posted,
    posted: PostedFiles,
    kind: str,
    owner: str,
    answers: Mapping[str, object],
    at: datetime,
    by: Filler | None = None,
) -> Answers:
    """The answers with the files that came along attached to `owner`, which must exist.

    A photograph is cut to one inch. A new photo or single file takes the place of the one before;
    further files join. A box `<name>-drop` ticked takes away what was handed in (the file itself
    stays with its owner as a record).
    """
    found: Answers = dict(answers)
    came = _Post(actor, post, posted, kind, owner, at)
    for field in filled_by(form, by):
        if field.kind not in FILES:
            continue
        dropped = set(post.getlist(f"{name_of(field.id)}-drop"))
        standing = _standing(found.get(field.id), dropped)
        new = [_told(one) for one in (_photo if field.kind == "photo" else _files)(came, field)]
        kept: object = new[-1] if new else standing[0] if standing else None
        if field.kind == "files":
            kept = [*standing, *new]
        if kept:
            found[field.id] = kept
        else:
            found.pop(field.id, None)
    return found


def _standing(answer: object, dropped: set[str]) -> list[object]:
    given = answer if isinstance(answer, list) else [answer]
    return [one for one in given if isinstance(one, dict) and str(one.get("file")) not in dropped]


def _told(file: StoredFile) -> dict[str, object]:
    return {"file": file.pk, "name": file.name, "size": file.size}


def _photo(came: _Post, field: FormField) -> list[StoredFile]:
    name = name_of(field.id)
    pictures = came.posted.getlist(f"{name}_file")
    if not pictures:
        return []
    raw = pictures[-1]
    if not raw.size or raw.size > LARGEST_PHOTO:
        raise DomainError("photo_unreadable")
    data = cropped(raw.file.read(), came.post.get(f"{name}-crop", "") or "")
    upload = receive_whole(
        actor=came.actor,
        holder=came.actor.account,
        new=NewUpload(came.kind, came.owner, f"{field.title}.jpg", len(data)),
        read=BytesIO(data).read,
        at=came.at,
    )
    if upload.state == State.REFUSED:
        raise DomainError(upload.refusal, **upload.refusal_data)
    return [came.attach(upload.token)]


def _files(came: _Post, field: FormField) -> list[StoredFile]:
    name = name_of(field.id)
    tokens, plain = came.post.getlist(name), came.posted.getlist(f"{name}_file")
    limit = (field.count or MOST) if field.kind == "files" else 1
    if len(tokens) + len(plain) > limit:
        raise DomainError("form_files_many", title=field.title, limit=limit)
    ready = files.take_posted(
        actor=came.actor,
        holder=came.actor.account,
        kind=came.kind,
        owner=came.owner,
        tokens=tokens,
        plain=plain,
        at=came.at,
    )
    return [came.attach(token) for token in ready]
