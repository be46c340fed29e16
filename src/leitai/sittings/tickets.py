"""The sheet of admission tickets: whose, where, the code in letters and as QR."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from leitai.documents import qr
from leitai.sittings import selectors
from leitai.sittings.models import Exam

_DRAWING = re.compile(r"<path [^>]*/>")


@dataclass(frozen=True, slots=True)
class PrintedTicket:
    ticket: selectors.Ticket
    drawing: SafeString


def sheet(exam: Exam, site: str, address: str) -> list[PrintedTicket]:
    """The tickets of a site; the QR leads to the exam room with the code in the page's hash.

    What stands after # stays in the browser: no log of any server has it.
    """
    return [
        PrintedTicket(ticket, _drawing(f"{address}#{ticket.code}"))
        for ticket in selectors.tickets_of(exam, site)
    ]


def _drawing(text: str) -> SafeString:
    """Inline SVG that takes its size from the page's style, as the content policy demands."""
    code = qr.draw(text)
    side = code.modules + 2 * qr.QUIET
    found = _DRAWING.search(code.svg)
    return format_html(
        '<svg class="qr" viewBox="0 0 {} {}" aria-hidden="true" focusable="false">{}</svg>',
        side,
        side,
        mark_safe(found.group() if found else ""),  # noqa: S308  # drawn by us from a code
    )
