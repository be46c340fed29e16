"""Reads: an upload for its holder, files of an owner, one file for whoever may see it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from leitai.base.actor import Actor
from leitai.base.errors import text_of
from leitai.base.words import listed
from leitai.files import rules, store
from leitai.files.enums import State
from leitai.files.kinds import LIFE_HOURS, get_kind
from leitai.files.models import StoredFile, Upload
from leitai.files.names import show_size
from leitai.files.types import IMAGES, TYPES, extensions_of
from leitai.kernel.errors import DomainError


@dataclass(frozen=True, slots=True)
class Progress:
    """What the page that uploads shows. `share` in percent, of the state's own work."""

    state: str
    name: str
    length: int
    offset: int
    share: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Welcome:
    """What a page says before anybody chooses a file."""

    kind: str
    max_bytes: int
    limit: str
    extensions: tuple[str, ...]

    @property
    def words(self) -> str:
        """pdf、jpg、png."""
        return listed(extension.removeprefix(".") for extension in self.extensions)


def get_upload_for(holder: str, token: str, *, at: datetime) -> Upload:
    """The holder's own; a foreign one is not found, one past its time is gone."""
    upload = Upload.objects.filter(token=token, holder=holder).first() if holder else None
    if upload is None:
        raise DomainError("not_found")
    if upload.expires_at <= at and upload.state != State.ATTACHED:
        raise DomainError("files_gone", hours=LIFE_HOURS)
    return upload


def progress_of(upload: Upload) -> Progress:
    refused = upload.state == State.REFUSED
    sentence = text_of(DomainError(upload.refusal, **upload.refusal_data)) if refused else ""
    done = upload.checked if upload.state == State.CHECKING else upload.offset
    return Progress(
        upload.state,
        upload.name,
        upload.length,
        upload.offset,
        done * 100 // upload.length,
        sentence,
    )


def get_file(file: int) -> StoredFile:
    """Without asking who wants it: for services of the owning room."""
    found = StoredFile.objects.filter(pk=file).first()
    if found is None:
        raise DomainError("not_found")
    return found


def get_file_for(actor: Actor, file: int, name: str) -> StoredFile:
    """A stranger is asked to sign in whether it exists or not; to others it is not found."""
    found = StoredFile.objects.filter(pk=file, name=name).first()
    if found is not None and rules.can_view(actor, found):
        return found
    raise DomainError("not_found" if actor.known else "forbidden")


def list_files(owner: str, kind: str = "") -> list[StoredFile]:
    """In the order they were handed in. Whoever may see the owner's page may see this list."""
    found = StoredFile.objects.filter(owner=owner)
    return list(found.filter(kind=kind) if kind else found)


def list_files_of(owners: Iterable[str]) -> dict[str, list[StoredFile]]:
    """For a list of owners in one query."""
    listed: dict[str, list[StoredFile]] = {}
    for file in StoredFile.objects.filter(owner__in=list(owners)):
        listed.setdefault(file.owner, []).append(file)
    return listed


def welcome_of(kind: str) -> Welcome:
    held = get_kind(kind)
    return Welcome(held.code, held.max_bytes, show_size(held.max_bytes), extensions_of(held.types))


def mime_of(file: StoredFile) -> str:
    return TYPES[file.type].mime


def content_of(file: StoredFile) -> bytes:
    """The whole of a file that the owning room knows to be small: a portrait, a template."""
    return b"".join(store.read_slice(file.sha256, 0, file.size))


def part_of(file: StoredFile, start: int, stop: int) -> bytes:
    """A few bytes of a file that may be large: what its header says."""
    return b"".join(store.read_slice(file.sha256, start, min(stop, file.size)))


def is_image(file: StoredFile) -> bool:
    """Written anew by us, so that a browser may show it in place."""
    return file.type in IMAGES
