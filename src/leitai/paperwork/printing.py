"""Blocks become files: PDF with the faces that are at hand, docx with those that were asked for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from django.conf import settings

from leitai.documents import docx_showing, docx_writing, press, xlsx_showing
from leitai.documents import official as officials
from leitai.documents.faces import Substitution, substitutions
from leitai.documents.fonts import FontMap, MissingGlyph
from leitai.documents.official import Official
from leitai.documents.pages import FANGSONG, XIAOBIAOSONG, Document, faces_of, texts_of
from leitai.documents.pdf import Compiler
from leitai.paperwork.enums import FileKind

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TYPES: Mapping[str, str] = {
    "pdf": "application/pdf",
    "docx": DOCX,
    "xlsx": XLSX,
    "zip": "application/zip",
}
BADGES = "badges"
GLYPHS = 5  # that a preview names


def _further() -> Path | None:
    return Path(settings.LEITAI_FONTS) if settings.LEITAI_FONTS else None


@cache
def compiler() -> Compiler:
    """One compiler a process: it has read the fonts."""
    return Compiler(fonts=_further())


@cache
def fonts() -> FontMap:
    return FontMap(_further())


def faces(document: Document) -> tuple[Substitution, ...]:
    """Which face prints for each that the document asks for."""
    return substitutions(faces_of(document), fonts().files)


def pdf(document: Document) -> bytes:
    return compiler().compile(press.TEMPLATE, press.data_of(document, faces(document)))


def docx(document: Document) -> bytes:
    return docx_writing.write(document)


def official_pdf(official: Official) -> bytes:
    asked = (XIAOBIAOSONG, FANGSONG, *faces_of(officials.document_of(official)))
    used = substitutions(asked, fonts().files)
    return compiler().compile(officials.TEMPLATE, officials.data_of(official, used))


def official_docx(official: Official) -> bytes:
    return docx_writing.write(officials.document_of(official))


def badges(data: Mapping[str, object], pictures: Mapping[str, bytes]) -> bytes:
    return compiler().compile(BADGES, data, pictures)


def show(data: bytes, *, kind: str, title: str) -> Document:
    """A filled template as blocks."""
    if kind == FileKind.DOCX:
        return docx_showing.show(data, title=title)
    return xlsx_showing.show(data, title=title)


def missing_glyphs(document: Document) -> tuple[MissingGlyph, ...]:
    """The first characters that would print as an empty box."""
    return compiler().missing_glyphs(texts_of(document))[:GLYPHS]
