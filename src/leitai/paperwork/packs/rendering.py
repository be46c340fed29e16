"""A document or an official print in the format that was asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from leitai.documents import xlsx
from leitai.documents.official import Official
from leitai.documents.pages import Document
from leitai.documents.xlsx import Sheet
from leitai.paperwork import printing
from leitai.paperwork.packs.kinds import Made, Wanted

_UNFIT = re.compile(r"[\\/:*?\"<>|\x00-\x1f]")


def file_name(*parts: str, ending: str) -> str:
    """A name that every system takes."""
    stem = _UNFIT.sub("", "".join(parts))[:100].strip(". ")
    return f"{stem}.{ending}"


def as_document(wanted: Wanted, document: Document, name: str) -> Made:
    data = printing.docx(document) if wanted.format == "docx" else printing.pdf(document)
    return Made(file_name(name, ending=wanted.format), data)


def as_official(wanted: Wanted, official: Official, name: str) -> Made:
    """With what the office adds: the red heading, the number, whom it goes to, the 版记."""
    head = wanted.heading
    official = replace(
        official,
        org=head.org,
        number=head.number,
        to=head.to or official.to,
        note=head.note,
        copies=head.copies,
        printer=official.signer if head.copies else "",
        printed=f"{official.date}印发" if head.copies else "",
    )
    docx = wanted.format == "docx"
    data = printing.official_docx(official) if docx else printing.official_pdf(official)
    return Made(file_name(name, ending=wanted.format), data)


def as_sheets(sheets: Sequence[Sheet], name: str) -> Made:
    return Made(file_name(name, ending="xlsx"), xlsx.write(sheets))
