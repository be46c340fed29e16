"""Receive a file piece by piece: create, append, cancel. tus is spoken in `views`, not here."""

from __future__ import annotations

import errno
import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import OperationalError, connection, transaction
from django.db.models import Sum

from leitai.base.actor import Actor
from leitai.files import rules, store
from leitai.files.checks.examining import declare
from leitai.files.enums import State
from leitai.files.kinds import LIFE_HOURS, MB, FileKind, get_kind
from leitai.files.models import StoredFile, Upload
from leitai.files.names import clean_name, show_size
from leitai.files.services.checking import check_soon
from leitai.kernel.errors import DomainError

LIFE = timedelta(hours=LIFE_HOURS)
PLAIN_BYTES = 10 * MB
STRANGERS = 10  # all strangers together may hold so many times what one account may
DIGESTS: dict[str, Callable[[], hashlib._Hash]] = {"sha1": hashlib.sha1, "sha256": hashlib.sha256}


@dataclass(frozen=True, slots=True)
class NewUpload:
    kind: str
    owner: str
    name: str
    length: int


def create_upload(*, actor: Actor, holder: str, new: NewUpload, at: datetime) -> Upload:
    """Everything that can be refused before a byte came is refused here."""
    kind, name = get_kind(new.kind), clean_name(new.name)
    if not rules.can_upload(actor, kind, new.owner):
        raise DomainError("forbidden")
    if not name:
        raise DomainError("files_name_missing")
    if new.length <= 0:
        raise DomainError("files_empty", name=name)
    if new.length > kind.max_bytes:
        raise DomainError("files_too_large", name=name, limit=show_size(kind.max_bytes))
    declare(name, kind.types)
    if not store.has_room(new.length):
        raise DomainError("files_disk_full")
    with transaction.atomic():
        _refuse_over_quota(kind, holder, new.length)
        upload = Upload.objects.create(
            token=secrets.token_urlsafe(18),
            kind=kind.code,
            owner=new.owner,
            holder=holder,
            name=name,
            length=new.length,
            created_at=at,
            touched_at=at,
            expires_at=at + LIFE,
        )
        store.make_part(upload.token)
    return upload


def _refuse_over_quota(kind: FileKind, holder: str, length: int) -> None:
    """What is on its way counts with its whole length. One at a time for each holder."""
    stranger = holder.startswith(rules.STRANGER)
    whose = {"holder__startswith": rules.STRANGER} if stranger else {"holder": holder}
    limit = kind.quota_bytes * (STRANGERS if stranger else 1)
    with connection.cursor() as cursor:
        key = f"files:{kind.code}:{rules.STRANGER if stranger else holder}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
    coming = Upload.objects.filter(kind=kind.code, **whose).exclude(
        state__in=(State.ATTACHED, State.REFUSED)
    )
    kept = StoredFile.objects.filter(kind=kind.code, **whose)
    if stranger:
        kept = kept.none()  # what strangers handed in for good does not shut out the next one
    used = sum(
        rows.aggregate(total=Sum(size))["total"] or 0
        for rows, size in ((coming, "length"), (kept, "size"))
    )
    if used + length > limit:
        raise DomainError("files_quota", used=show_size(used), limit=show_size(limit))


def receive(
    *,
    holder: str,
    token: str,
    offset: int,
    read: Callable[[int], bytes],
    checksum: tuple[str, bytes] | None = None,
    at: datetime,
) -> Upload:
    """Append what `read` gives. What arrived before a line broke is kept, unless it has a checksum.

    The row is locked while the bytes come in: a second writer is told so, and a writer that dies
    leaves no lock behind.
    """
    if checksum and checksum[0] not in DIGESTS:
        raise DomainError("files_checksum_unknown")
    with transaction.atomic():
        upload = lock_upload(holder, token, at=at)
        if offset != upload.offset or upload.state != State.RECEIVING:
            raise DomainError("files_offset", offset=upload.offset)
        digest = DIGESTS[checksum[0]]() if checksum else None
        left = upload.length - offset
        written = _write(token, offset, read, left, digest)
        if digest and checksum and digest.digest() != checksum[1]:
            raise DomainError("files_checksum")
        upload.offset += written
        upload.touched_at, upload.expires_at = at, at + LIFE
        if upload.offset == upload.length:
            upload.state = State.CHECKING
        upload.save(update_fields=["offset", "touched_at", "expires_at", "state"])
    if upload.state == State.CHECKING:
        check_soon(upload, at=at)
        upload.refresh_from_db()
    return upload


def _write(
    token: str, offset: int, read: Callable[[int], bytes], left: int, digest: hashlib._Hash | None
) -> int:
    try:
        return store.write_part(token, offset, read, left, digest)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise DomainError("files_disk_full") from None
        raise


def lock_upload(holder: str, token: str, *, at: datetime) -> Upload:
    """The holder's own, for writing; a foreign one is not found."""
    try:
        upload = (
            Upload.objects.select_for_update(nowait=True).filter(token=token, holder=holder).first()
        )
    except OperationalError:
        raise DomainError("files_busy") from None
    if upload is None:
        raise DomainError("not_found")
    if upload.expires_at <= at:
        raise DomainError("files_gone", hours=LIFE_HOURS)
    return upload


def cancel_upload(*, holder: str, token: str, at: datetime) -> None:
    """The holder takes it back; one that was handed in belongs to the room."""
    with transaction.atomic():
        upload = lock_upload(holder, token, at=at)
        if upload.state == State.ATTACHED:
            raise DomainError("files_attached", name=upload.name)
        upload.delete()
    store.drop_part(token)


def receive_whole(
    *, actor: Actor, holder: str, new: NewUpload, read: Callable[[int], bytes], at: datetime
) -> Upload:
    """A file that came in one piece with a plain form, where no script runs."""
    if new.length > PLAIN_BYTES:
        limit = show_size(PLAIN_BYTES)
        raise DomainError("files_plain_too_large", name=clean_name(new.name), limit=limit)
    upload = create_upload(actor=actor, holder=holder, new=new, at=at)
    return receive(holder=holder, token=upload.token, offset=0, read=read, at=at)
