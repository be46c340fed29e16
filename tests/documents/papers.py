"""Small docx and xlsx files as Word, WPS and people make them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable

from openpyxl import Workbook
from PIL import Image

from leitai.documents import docx_writing
from leitai.documents.pages import Document, Para, Run

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def run(text: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def para(*runs: str) -> str:
    return f"<w:p>{''.join(runs)}</w:p>"


def row(*cells: str) -> str:
    return "<w:tr>" + "".join(f"<w:tc><w:tcPr/>{cell}</w:tc>" for cell in cells) + "</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def docx_of(body: str, more: Iterable[tuple[str, str]] = ()) -> bytes:
    """A docx with this body; `more` are further parts, or other contents of its own."""
    plain = docx_writing.write(Document("", (Para((Run("文"),)),)))
    parts = {}
    with zipfile.ZipFile(io.BytesIO(plain)) as archive:
        for name in archive.namelist():
            parts[name] = archive.read(name)
    parts["word/document.xml"] = (
        f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{W}"><w:body>{body}'
        "<w:sectPr/></w:body></w:document>"
    ).encode()
    parts.update({name: text.encode() for name, text in more})
    return packed(parts)


def packed(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file.getvalue()


def part_of(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode()


def xlsx_of(rows: list[list[str | int]], merged: tuple[str, ...] = ()) -> bytes:
    book = Workbook()
    for values in rows:
        book.active.append(values)
    for area in merged:
        book.active.merge_cells(area)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def png() -> bytes:
    """A small photograph."""
    file = io.BytesIO()
    Image.new("RGB", (5, 7), "white").save(file, "PNG")
    return file.getvalue()
