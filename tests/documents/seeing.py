"""What a reader of a PDF sees: its words, and its pages as pictures."""

from __future__ import annotations

import re

import pypdfium2


def text_of(document: bytes) -> str:
    """All words in their order, without blanks."""
    with pypdfium2.PdfDocument(document) as held:
        words = [page.get_textpage().get_text_range() for page in held]
    return re.sub(r"\s+", "", "".join(words))


def pages_of(document: bytes) -> list[bytes]:
    """What each page shows in grey, hairlines rounded alike."""
    with pypdfium2.PdfDocument(document) as held:
        shown = [page.render(scale=300 / 72, grayscale=True).to_pil() for page in held]
        return [picture.convert("L").reduce(12).tobytes() for picture in shown]
