"""The types Leitai takes: what a file's first bytes say, and the names it may go by.

A table of our own and no guesser from outside: of the thousands of types such a library knows we
take eleven, and each is read through to its end before it is believed (`checks`).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FileType:
    """`family` names the check that reads it."""

    code: str
    mime: str
    extensions: tuple[str, ...]
    family: str


_OPEN = "application/vnd.openxmlformats-officedocument."
TYPES: dict[str, FileType] = {
    one.code: one
    for one in (
        FileType("pdf", "application/pdf", ("pdf",), "pdf"),
        FileType("png", "image/png", ("png",), "image"),
        FileType("jpeg", "image/jpeg", ("jpg", "jpeg"), "image"),
        FileType("webp", "image/webp", ("webp",), "image"),
        FileType("docx", _OPEN + "wordprocessingml.document", ("docx",), "zip"),
        FileType("xlsx", _OPEN + "spreadsheetml.sheet", ("xlsx",), "zip"),
        FileType("pptx", _OPEN + "presentationml.presentation", ("pptx",), "zip"),
        FileType("zip", "application/zip", ("zip",), "zip"),
        FileType("mp4", "video/mp4", ("mp4", "m4v"), "video"),
        FileType("csv", "text/csv; charset=utf-8", ("csv",), "text"),
        FileType("txt", "text/plain; charset=utf-8", ("txt",), "text"),
    )
}
IMAGES = frozenset(code for code, one in TYPES.items() if one.family == "image")
HEAD = 512  # bytes of a file's start that `sniff` wants


def by_extension(name: str) -> FileType | None:
    """The type that a file's name declares."""
    extension = name.rpartition(".")[2].lower() if "." in name else ""
    return next((one for one in TYPES.values() if extension in one.extensions), None)


def extensions_of(codes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f".{extension}" for code in codes for extension in TYPES[code].extensions)


# (where, what, code): "zip" is told apart further by its entries, "text" by its name
_SIGNATURES: tuple[tuple[int, bytes, str], ...] = (
    (0, b"%PDF-", "pdf"),
    (0, b"\x89PNG\r\n\x1a\n", "png"),
    (0, b"\xff\xd8\xff", "jpeg"),
    (8, b"WEBP", "webp"),
    (0, b"PK\x03\x04", "zip"),
    (4, b"ftyp", "mp4"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old_office"),
    (0, b"GIF8", "other"),
    (0, b"Rar!", "other"),
    (0, b"7z\xbc\xaf", "other"),
    (0, b"MZ", "other"),
)


def sniff(head: bytes) -> str:
    """What the first bytes show; whatever has no signature can be text at best."""
    return next((code for at, mark, code in _SIGNATURES if head.startswith(mark, at)), "text")
