"""Zip and what is made of it (docx, xlsx, pptx): opened with limits, every entry inflated once.

Nothing is written to disk, and no archive within an archive is opened. What the directory claims is
not believed: entries are inflated and counted, because a bomb lies about its size.
"""

from __future__ import annotations

import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from leitai.kernel.errors import DomainError

ENTRIES = 10_000
UNPACKED = 1024 * 1024 * 1024
RATIO = 20
RATIO_FROM = 16 * 1024 * 1024  # a small sheet of equal rows packs better than 20 to 1: harmless
_BLOCK = 1024 * 1024
_END = struct.Struct("<4s4H2LH")
_LOCAL = struct.Struct("<4s5H3L2H")
_DIRECTORY = 8 * 1024 * 1024
_OFFICE = {
    "word/document.xml": "docx",
    "xl/workbook.xml": "xlsx",
    "ppt/presentation.xml": "pptx",
}
_CONTENT_TYPES = "[Content_Types].xml"
_MACROS = re.compile(r"(?:^|/)(?:vbaproject\.bin|vbadata\.xml|activex/)", re.IGNORECASE)
_MACRO_TYPE = re.compile(rb"macroenabled|vbaproject", re.IGNORECASE)
_PROGRAM = re.compile(
    r"\.(?:exe|dll|com|scr|bat|cmd|ps1|vbs|vbe|js|jse|wsf|hta|lnk|msi|jar|apk|html?|svg|xhtml)$",
    re.IGNORECASE,
)


def read_zip(path: Path, *, name: str) -> str:
    """docx, xlsx, pptx or zip."""
    size = path.stat().st_size
    with path.open("rb") as file:
        _refuse_odd_frame(file, size, name)
        try:
            with zipfile.ZipFile(file) as archive:
                entries = archive.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, struct.error):
            raise DomainError("files_broken", name=name) from None
        _refuse_claims(entries, size, name)
        _inflate_all(file, entries, size, name)
        return _office(file, entries, name)


def _refuse_odd_frame(file: BinaryIO, size: int, name: str) -> None:
    """The directory ends the file: nothing before the first entry, nothing behind the last."""
    file.seek(max(0, size - _END.size))
    tail = file.read()
    if len(tail) < _END.size or not tail.startswith(b"PK\x05\x06"):
        code = "files_unsafe" if zipfile.is_zipfile(file) else "files_broken"
        raise DomainError(code, name=name)
    _, disk, _, here, count, length, start, comment = _END.unpack(tail)
    if count > ENTRIES:
        raise DomainError("files_archive_entries", name=name, limit=ENTRIES)
    if disk or comment or here != count or length > _DIRECTORY:
        raise DomainError("files_unsafe", name=name)
    if start + length != size - _END.size:
        raise DomainError("files_unsafe", name=name)


def _refuse_claims(entries: Sequence[zipfile.ZipInfo], size: int, name: str) -> None:
    """What the directory alone tells."""
    if len(entries) > ENTRIES:
        raise DomainError("files_archive_entries", name=name, limit=ENTRIES)
    seen: set[str] = set()
    for entry in entries:
        if entry.flag_bits & 0x1:
            raise DomainError("files_archive_encrypted", name=name)
        if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise DomainError("files_archive_method", name=name)
        linked = stat.S_ISLNK(entry.external_attr >> 16)
        if linked or not _good_path(entry.orig_filename) or entry.orig_filename in seen:
            raise DomainError("files_archive_path", name=name)
        seen.add(entry.orig_filename)
    if sum(entry.file_size for entry in entries) > _allowed(size):
        raise DomainError("files_archive_unpacked", name=name)


def _good_path(path: str) -> bool:
    parts = path.rstrip("/").split("/")
    return (
        not path.startswith("/")
        and "\\" not in path
        and ":" not in parts[0]
        and all(part not in {"", ".", ".."} for part in parts)
        and all(character >= " " for character in path)
    )


def _allowed(size: int) -> int:
    return min(UNPACKED, max(RATIO * size, RATIO_FROM))


def _inflate_all(file: BinaryIO, entries: Sequence[zipfile.ZipInfo], size: int, name: str) -> None:
    """One after the other in the order they lie in; none may overlap the next one."""
    budget, end = _allowed(size), 0
    for entry in sorted(entries, key=lambda one: one.header_offset):
        if entry.header_offset < end:
            raise DomainError("files_archive_unpacked", name=name)
        start = _data_start(file, entry, name)
        end = start + entry.compress_size
        file.seek(start)
        budget -= _inflate(file, entry, budget, name)


def _data_start(file: BinaryIO, entry: zipfile.ZipInfo, name: str) -> int:
    """Behind the entry's own header, which must tell the same name as the directory."""
    file.seek(entry.header_offset)
    head = file.read(_LOCAL.size)
    if len(head) < _LOCAL.size or not head.startswith(b"PK\x03\x04"):
        raise DomainError("files_broken", name=name)
    fields = _LOCAL.unpack(head)
    encoding = "utf-8" if entry.flag_bits & 0x800 else "cp437"
    if file.read(fields[9]) != entry.orig_filename.encode(encoding):
        raise DomainError("files_unsafe", name=name)
    return entry.header_offset + _LOCAL.size + int(fields[9]) + int(fields[10])


def _inflate(file: BinaryIO, entry: zipfile.ZipInfo, budget: int, name: str) -> int:
    """The bytes one entry really has; they must be as many as it claims, with its checksum."""
    stored = entry.compress_type == zipfile.ZIP_STORED
    inflater = zlib.decompressobj(-15)
    left, total, crc = entry.compress_size, 0, 0
    while left > 0:
        packed = file.read(min(_BLOCK, left))
        left -= len(packed)
        if not packed:
            raise DomainError("files_broken", name=name)
        while packed:
            try:
                block = packed if stored else inflater.decompress(packed, _BLOCK)
            except zlib.error:
                raise DomainError("files_broken", name=name) from None
            packed = b"" if stored else inflater.unconsumed_tail
            total, crc = total + len(block), zlib.crc32(block, crc)
            if total > min(budget, entry.file_size):
                raise DomainError("files_archive_unpacked", name=name)
    rest = b"" if stored else inflater.flush()  # the end of a last match, a few bytes
    total, crc = total + len(rest), zlib.crc32(rest, crc)
    ended = stored or (inflater.eof and not inflater.unused_data)
    if not ended or total != entry.file_size or crc != entry.CRC:
        raise DomainError("files_broken", name=name)
    return total


def _office(file: BinaryIO, entries: Sequence[zipfile.ZipInfo], name: str) -> str:
    """By the part that each kind of document must have; without macros, programs or pages."""
    names = {entry.filename for entry in entries}
    code = next((code for part, code in _OFFICE.items() if part in names), "")
    if _CONTENT_TYPES in names and code:
        with zipfile.ZipFile(file) as archive, archive.open(_CONTENT_TYPES) as part:
            types = part.read(_BLOCK)
        if any(_MACROS.search(one) for one in names) or _MACRO_TYPE.search(types):
            raise DomainError("files_macros", name=name)
        return code
    program = next((one for one in names if _PROGRAM.search(one)), "")
    if program:
        raise DomainError("files_archive_program", name=name, entry=program[-60:])
    return "zip"
