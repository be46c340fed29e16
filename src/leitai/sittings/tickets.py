"""The sheet of admission tickets: whose, where, the code in letters and as QR."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from leitai.documents import qr
from leitai.sittings import selectors
from leitai.sittings.models import Exam


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
    return mark_safe(qr.inline(text))  # noqa: S308  # drawn by us from a code
