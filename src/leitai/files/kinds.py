"""Kinds of files. The room that owns them registers each: how large, which types, who may.

A file belongs to `owner`, text such as "complaint:12" that only the owning room understands; ""
stands for something that is not recorded yet, such as a form being filled in.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from leitai.base.actor import Actor
from leitai.files.types import TYPES
from leitai.kernel.errors import DomainError

MB = 1024 * 1024
GB = 1024 * MB
LIFE_HOURS = 24  # of an upload that nobody continues or fetches
May = Callable[[Actor, str], bool]  # (actor, owner)


@dataclass(frozen=True, slots=True)
class FileKind:
    """`quota_bytes` bounds what one account holds of this kind; strangers share ten times that."""

    code: str
    max_bytes: int
    types: tuple[str, ...]
    can_upload: May
    can_view: May
    quota_bytes: int


_KINDS: dict[str, FileKind] = {}


def register(kind: FileKind) -> None:
    """Told once when the house opens; a type that nobody can check is refused."""
    unknown = set(kind.types) - TYPES.keys()
    if unknown or not kind.types:
        raise ValueError(sorted(unknown))
    _KINDS[kind.code] = kind


def get_kind(code: str) -> FileKind:
    try:
        return _KINDS[code]
    except KeyError:
        raise DomainError("files_kind_unknown") from None


def largest() -> int:
    """The largest file that any room takes, for the protocol's greeting."""
    return max((kind.max_bytes for kind in _KINDS.values()), default=0)
