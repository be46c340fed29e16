"""Hand a checked upload over to the room that asked for it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import BinaryIO, Protocol

from django.db import transaction

from leitai.base.actor import Actor
from leitai.files import rules
from leitai.files.enums import State
from leitai.files.kinds import get_kind
from leitai.files.models import StoredFile, Upload
from leitai.files.services.receiving import NewUpload, receive_whole
from leitai.kernel.errors import DomainError


class Posted(Protocol):
    """What a plain form brings: Django's UploadedFile."""

    name: str | None
    size: int | None
    file: BinaryIO


@transaction.atomic
def attach(*, actor: Actor, upload: str, kind: str, owner: str, at: datetime) -> StoredFile:
    """The upload becomes a file of `owner`; inside the room's own transaction.

    Whoever attaches must be who uploaded it and may upload for the owner; the room decides first
    whether the owner takes files at all.
    """
    held = Upload.objects.select_for_update().filter(token=upload).first()
    if held is None or not rules.can_attach(actor, held):
        raise DomainError("not_found")
    if held.kind != kind or (held.owner and held.owner != owner):
        raise DomainError("files_elsewhere", name=held.name)
    if not rules.can_upload(actor, get_kind(kind), owner):
        raise DomainError("forbidden")
    _refuse_unready(held)
    stored = StoredFile.objects.create(
        kind=kind,
        owner=owner,
        name=held.name,
        type=held.type,
        size=held.size,
        sha256=held.sha256,
        holder=held.holder,
        by_name=actor.name[:50],
        at=at,
    )
    held.state, held.owner = State.ATTACHED, owner
    held.save(update_fields=["state", "owner"])
    return stored


def _refuse_unready(held: Upload) -> None:
    if held.state == State.ATTACHED:
        raise DomainError("files_attached", name=held.name)
    if held.state == State.REFUSED:
        raise DomainError("files_refused", name=held.name)
    if held.state != State.READY:
        raise DomainError("files_not_ready", name=held.name)


def take_posted(
    *,
    actor: Actor,
    holder: str,
    kind: str,
    owner: str,
    tokens: Iterable[str],
    plain: Iterable[Posted],
    at: datetime,
) -> list[str]:
    """Tokens ready to be attached, of a form that carries `files/_upload.html`.

    The island posts tokens; where no script runs the files themselves come, and are received here.
    """
    # The same file chosen twice is the same upload: the island goes on where it was.
    ready = list(dict.fromkeys(token for token in tokens if token))
    for posted in plain:
        new = NewUpload(kind, owner, posted.name or "", posted.size or 0)
        upload = receive_whole(actor=actor, holder=holder, new=new, read=posted.file.read, at=at)
        if upload.state == State.REFUSED:
            raise DomainError(upload.refusal, **upload.refusal_data)
        if upload.state != State.READY:
            raise DomainError("files_not_ready", name=upload.name)
        ready.append(upload.token)
    return ready


def remove_files(*, owner: str, kind: str) -> int:
    """For retention: the owning room decides; the content goes with the next sweep."""
    return StoredFile.objects.filter(owner=owner, kind=kind).delete()[0]


def remove_file(*, owner: str, kind: str, file: int) -> int:
    """One file that its owner takes back; the owning room decides, and keeps the record."""
    return StoredFile.objects.filter(owner=owner, kind=kind, pk=file).delete()[0]
