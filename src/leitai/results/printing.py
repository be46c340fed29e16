"""The list for the level above as an office prints it: A4 across, with room for a wet seal."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from leitai.documents import press
from leitai.documents.faces import substitutions
from leitai.documents.fonts import FontMap
from leitai.documents.pages import (
    MM,
    Document,
    Paper,
    faces_of,
    note,
    signed,
    subtitle,
    table,
    texts_of,
    title,
)
from leitai.documents.pdf import Compiler
from leitai.kernel.errors import DomainError
from leitai.results.selectors.lists import UpwardPage

ACROSS = Paper(
    width=297 * MM,
    height=210 * MM,
    top=28 * MM,
    right=26 * MM,
    bottom=26 * MM,
    left=26 * MM,
)
_SHARES = (2, 5, 4, 5, 7, 4, 2, 3, 4)


def _further() -> Path | None:
    return Path(settings.LEITAI_FONTS) if settings.LEITAI_FONTS else None


@cache
def compiler() -> Compiler:
    """One compiler a process: it has read the fonts."""
    return Compiler(fonts=_further())


@cache
def _fonts() -> FontMap:
    return FontMap(_further())


def upward_pdf(page: UpwardPage) -> bytes:
    """Raises DomainError("upward_glyphs") for a character that would print as an empty box."""
    document = upward_document(page)
    if missing := compiler().missing_glyphs(texts_of(document)):
        first = missing[0]
        raise DomainError("upward_glyphs", text=first.text, character=first.character)
    faces = substitutions(faces_of(document), _fonts().files)
    return compiler().compile(press.TEMPLATE, press.data_of(document, faces))


def upward_document(page: UpwardPage) -> Document:
    """What is sent in: the list, who sends it, room for seal and date; of a draft it says so."""
    rows = [tuple(str(value) for value in row.values()) for row in page.printed]
    held = page.list.digest
    mark = _("名单指纹：%(digest)s") % {"digest": held} if held else _("拟稿，尚未定稿")
    return Document(
        page.list.title,
        (
            title(page.list.title),
            subtitle(_("报送：%(to)s") % {"to": page.list.to}),
            table(page.heads, rows, _SHARES, measure=ACROSS.measure),
            *signed(_("%(host)s（盖章）") % {"host": page.host}, _("　　　　年　　月　　日")),
            note(mark),
        ),
        paper=ACROSS,
        author=page.host,
    )
