"""Short addresses of our own paths, the same for the same face."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings

from leitai.kernel import ids
from leitai.kernel.errors import DomainError
from leitai.messages import paths
from leitai.messages.models import ShortLink

LETTERS = 7  # 35 bits: short enough to type; what lies behind asks for its own permission
_TRIES = 5


@dataclass(frozen=True, slots=True)
class Face:
    """Where a link leads and what its poster says; a new deadline is a new face."""

    path: str
    title: str = ""
    what: str = ""
    deadline: datetime | None = None
    organiser: str = ""

    @property
    def digest(self) -> bytes:
        until = self.deadline.astimezone(UTC).isoformat() if self.deadline else ""
        told = [self.path, self.title, self.what, until, self.organiser]
        return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).digest()


def short_link(path: str, *, at: datetime) -> str:
    """The short address of a path of our own, as people type it: https://…/g/ABCDEFG."""
    return address_of(code_of(Face(path), at=at))


def address_of(code: str) -> str:
    return f"{settings.LEITAI_PUBLIC_URL.rstrip('/')}/g/{code}"


def code_of(face: Face, *, at: datetime) -> str:
    return codes_of([face], at=at)[face]


def codes_of(faces: Collection[Face], *, at: datetime) -> dict[Face, str]:
    """A code for each, made where there is none yet; one query where all are known."""
    for face in faces:
        if not paths.is_own(face.path):
            raise DomainError("share_path_foreign")
    wanted = {face.digest: face for face in faces}
    found = _known(wanted)
    for _try in range(_TRIES):
        missing = [face for digest, face in wanted.items() if digest not in found]
        if not missing:
            break
        # Another process may be first, and a code may be taken: what is missing is tried again.
        rows = [_row(face, at) for face in missing]
        ShortLink.objects.bulk_create(rows, ignore_conflicts=True)
        found = _known(wanted)
    return {face: found[digest] for digest, face in wanted.items()}


def _known(wanted: Collection[bytes]) -> dict[bytes, str]:
    rows = ShortLink.objects.filter(face__in=list(wanted)).values_list("face", "code")
    return {bytes(face): code for face, code in rows}


def _row(face: Face, at: datetime) -> ShortLink:
    return ShortLink(
        code=ids.admission_code(os.urandom(ids.CODE_BYTES))[:LETTERS],
        face=face.digest,
        path=face.path,
        title=face.title,
        what=face.what,
        deadline=face.deadline,
        organiser=face.organiser,
        made_at=at,
    )
