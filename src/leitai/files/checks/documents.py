"""PDF and MP4: whole from their first byte to their last, with nothing before or behind."""

from __future__ import annotations

import re
from pathlib import Path

from leitai.kernel.errors import DomainError

_TAIL = 2048
_AFTER_END = re.compile(rb"%%EOF[\x00\s]*\Z")
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|script|svg)\b", re.IGNORECASE)
_VERSION = re.compile(rb"%PDF-[12]\.\d")
_BOXES = frozenset({b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide", b"uuid", b"meta", b"udta",
                    b"moof", b"mfra", b"sidx", b"styp", b"pdin", b"emsg", b"prft", b"ssix",
                    b"beam"})  # fmt: skip
_BOX_LIMIT = 100_000


def read_pdf(path: Path, *, name: str) -> None:
    """Begins at byte 0 and ends with its own end mark: what is glued behind would be no PDF."""
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(1024)
        file.seek(max(0, size - _TAIL))
        tail = file.read()
    if not _VERSION.match(head) or b"%%EOF" not in tail:
        raise DomainError("files_broken", name=name)
    if not _AFTER_END.search(tail) or _PAGE.search(head):
        raise DomainError("files_unsafe", name=name)


def read_mp4(path: Path, *, name: str) -> None:
    """Walk the boxes: they must fill the file exactly, be known, and hold a film."""
    size = path.stat().st_size
    seen = set()
    place = count = 0
    with path.open("rb") as file:
        while place < size:
            file.seek(place)
            length, kind = _box(file.read(16), size - place)
            count += 1
            if length < 8 or place + length > size or count > _BOX_LIMIT:
                raise DomainError("files_broken", name=name)
            if kind not in _BOXES:
                raise DomainError("files_unsafe", name=name)
            if kind in {b"free", b"skip"}:  # room for anything
                _refuse_hidden(file.read(min(length, 64 * 1024)), name)
            seen.add(kind)
            place += length
    if not {b"moov", b"mdat"} <= seen:
        raise DomainError("files_broken", name=name)


def _box(head: bytes, left: int) -> tuple[int, bytes]:
    length, kind = int.from_bytes(head[:4]), head[4:8]
    if length == 1:
        length = int.from_bytes(head[8:16])
    elif length == 0:
        length = left  # the last box may run to the end
    return (length if len(head) >= 8 else 0), kind


def _refuse_hidden(content: bytes, name: str) -> None:
    if _PAGE.search(content) or b"PK\x03\x04" in content or b"%PDF-" in content:
        raise DomainError("files_unsafe", name=name)
