"""One issued paper as a file: the same record gives the same paper."""

from __future__ import annotations

from typing import Final

from leitai.insight import selectors
from leitai.insight.models import Copy
from leitai.kernel.errors import DomainError
from leitai.paperwork import services as paperwork

_TYPES: Final = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


def paper(copy: Copy, ending: str) -> tuple[bytes, str, str]:
    """Its bytes, their type, and a name; raises DomainError("not_found") for another ending."""
    if ending not in _TYPES:
        raise DomainError("not_found")
    official = selectors.official_of(copy.report, copy)
    write = paperwork.official_docx if ending == "docx" else paperwork.official_pdf
    return write(official), _TYPES[ending], f"{selectors.file_stem(copy)}.{ending}"
