"""Who may: the owning room's kind decides; an upload on its way is its holder's alone."""

from __future__ import annotations

from leitai.base.actor import Actor
from leitai.files.kinds import FileKind, get_kind
from leitai.files.models import StoredFile, Upload

STRANGER = "session:"


def can_upload(actor: Actor, kind: FileKind, owner: str) -> bool:
    return kind.can_upload(actor, owner)


def can_view(actor: Actor, file: StoredFile) -> bool:
    return get_kind(file.kind).can_view(actor, file.owner)


def can_attach(actor: Actor, upload: Upload) -> bool:
    """Its holder. A stranger has no account: the token, which nobody can guess, is the proof."""
    if actor.known:
        return upload.holder == actor.account
    return upload.holder.startswith(STRANGER)
