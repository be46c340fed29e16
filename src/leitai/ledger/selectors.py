"""Reads of a chain, newest first, in the words of the reader."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from leitai.kernel import canonical
from leitai.ledger import acts
from leitai.ledger.models import LedgerEntry
from leitai.ledger.services import ChainVerdict, verify_entries

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Line:
    """One act for a page: `by` is the actor's name at the time, `payload` the hashed text."""

    seq: int
    at: datetime
    title: str
    detail: str
    subject: str
    by: str
    digest: str
    payload: str


def list_entries(chain: str) -> QuerySet[LedgerEntry]:
    return LedgerEntry.objects.filter(chain=chain).order_by("-seq")


def page_of(chain: str, number: str | int | None) -> Page[LedgerEntry]:
    """A page of a chain; a number that is none gives the first page, one too high the last."""
    return Paginator(list_entries(chain), PAGE_SIZE).get_page(number)


def checked_tail(chain: str, count: int) -> tuple[ChainVerdict, list[Line]]:
    """The verdict on the whole chain and its newest lines, from one reading."""
    entries = list(LedgerEntry.objects.filter(chain=chain).order_by("seq"))
    return verify_entries(entries), lines(entries[: -count - 1 : -1])


def lines(entries: Iterable[LedgerEntry]) -> list[Line]:
    return [_line(entry) for entry in entries]


def _line(entry: LedgerEntry) -> Line:
    payload = bytes(entry.payload)
    data = canonical.decode(payload)["data"]
    return Line(
        seq=entry.seq,
        at=entry.at,
        title=acts.title_of(entry.act),
        detail=acts.detail_of(entry.act, data),
        subject=entry.subject,
        by=_("系统") if entry.actor.startswith("system:") else data.get("by", entry.actor),
        digest=bytes(entry.digest).hex(),
        payload=payload.decode(),
    )
