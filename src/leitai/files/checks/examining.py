"""Decide a file's type by its content, and have the check of that type read it.

No database, no room: a path, the name it came under, the types that are welcome.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path

from leitai.base.words import listed
from leitai.files.checks import archives, documents, images, texts
from leitai.files.types import HEAD, IMAGES, FileType, by_extension, extensions_of, sniff
from leitai.kernel.errors import DomainError


@dataclass(frozen=True, slots=True)
class Finding:
    """`path` is what may be kept: the file itself, or the image written anew."""

    type: str
    name: str
    path: Path


def examine(path: Path, *, name: str, types: tuple[str, ...], clean: Path) -> Finding:
    """Raises DomainError where the file is not wholly what its name says."""
    declared = declare(name, types)
    with path.open("rb") as file:
        shown = sniff(file.read(HEAD))
    if shown == "old_office":
        raise DomainError("files_old_office", name=name)
    if shown in IMAGES:
        if shown != declared.code:
            raise _differs(name, declared)
        images.write_anew(path, clean, kind=shown, name=name)
        return Finding(shown, name, clean)
    found = _read(path, shown, declared, name)
    if found != declared.code:
        raise _differs(name, declared)
    return Finding(found, name, path)


def declare(name: str, types: tuple[str, ...]) -> FileType:
    """The type the name promises, if it is welcome. Asked before a byte is received."""
    declared = by_extension(name)
    if declared is None or declared.code not in types:
        raise DomainError("files_type", name=name, types=listed(extensions_of(types)))
    return declared


def _read(path: Path, shown: str, declared: FileType, name: str) -> str:
    if shown == "zip":
        return archives.read_zip(path, name=name)
    if zipfile.is_zipfile(path):  # a second file behind the first one
        raise DomainError("files_unsafe", name=name)
    if shown == "pdf":
        documents.read_pdf(path, name=name)
    elif shown == "mp4":
        documents.read_mp4(path, name=name)
    elif shown == "text" and declared.family == "text":
        texts.read_text(path, name=name)
        return declared.code  # a table and a text do not differ by content
    return shown


def _differs(name: str, declared: FileType) -> DomainError:
    return DomainError("files_type_differs", name=name, extension=declared.extensions[0])
