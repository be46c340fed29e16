"""The notice for the board at the door: A4 as an office prints, with room for a wet seal."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from leitai.design.moments import SHANGHAI
from leitai.documents.pdf import Compiler
from leitai.kernel.errors import DomainError
from leitai.notices.models import Notice

TEMPLATE = "notice"
_WIDE = 3  # letters more than these make a column wide
_MOST_SHARE = 12


@cache
def compiler() -> Compiler:
    """One compiler a process: it has read the fonts."""
    further = settings.LEITAI_FONTS
    return Compiler(fonts=Path(further) if further else None)


def pdf(notice: Notice) -> bytes:
    """Raises DomainError("notice_glyphs") for a character that would print as an empty box."""
    data = document_of(notice)
    texts = [notice.title, notice.text, notice.by, notice.contact, notice.channel]
    texts += [cell for row in notice.rows for cell in row]
    missing = compiler().missing_glyphs([text.replace("\n", "") for text in texts])
    if missing:
        first = missing[0]
        raise DomainError("notice_glyphs", text=first.text, character=first.character)
    return compiler().compile(TEMPLATE, data)


def document_of(notice: Notice) -> dict[str, object]:
    """The template's data: nothing of it becomes markup."""
    day = notice.opens_at.astimezone(SHANGHAI) if notice.opens_at else None
    columns, rows = notice.table
    return {
        "title": notice.title,
        "paragraphs": [line for line in notice.text.split("\n") if line.strip()],
        "period": notice.reckoning,
        "channel": notice.channel,
        "contact": notice.contact,
        "columns": columns,
        "rows": rows,
        "widths": _widths([columns, *rows]),
        "by": notice.by,
        "date": _("%(year)s年%(month)s月%(day)s日")
        % {"year": day.year, "month": day.month, "day": day.day}
        if day
        else "",
        "draft": "" if day else _("拟稿"),
        "words": {
            "period": _("公示期限"),
            "channel": _("公示渠道"),
            "contact": _("受理异议"),
            "list": _("名单"),
            "seal": _("用印处"),
        },
    }


def _widths(rows: Sequence[Sequence[str]]) -> list[int]:
    """A column's share of the line, by its longest text; bounded both ways."""
    return [
        min(_MOST_SHARE, max(_WIDE, *(len(row[at]) for row in rows))) for at in range(len(rows[0]))
    ]
