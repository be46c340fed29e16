"""Reads of a chain, newest first, in the words of the reader."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from leitai.base.words import listed
from leitai.design.moments import SHANGHAI
from leitai.kernel import canonical
from leitai.kernel.errors import DomainError
from leitai.ledger import acts, deeds, fields
from leitai.ledger.models import LedgerEntry
from leitai.ledger.selectors.printing import newest_checkpoint
from leitai.ledger.services import ChainVerdict, verify_since_checkpoint
from leitai.ledger.services.claims import line_of as checkpoint_line
from leitai.ledger.services.claims import public_of
from leitai.ledger.services.verifying import verify_entries

PAGE_SIZE = 50
_FILTERS = {"act": "act", "by": "by__icontains", "subject": "subject__icontains"}


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


@dataclass(frozen=True, slots=True)
class EntryPage:
    """One act with everything that is hashed, and its neighbours' numbers (None at the ends)."""

    line: Line
    act: str
    meaning: str
    facts: list[tuple[str, str]]
    prev_digest: str
    holds: bool
    before: int | None
    after: int | None


def list_entries(chain: str, wanted: Mapping[str, Any] | None = None) -> QuerySet[LedgerEntry]:
    """Newest first; `wanted`: act, by and subject as text, first and last as days of Shanghai."""
    found = LedgerEntry.objects.filter(chain=chain).order_by("-seq")
    wanted = wanted or {}
    for name, column in _FILTERS.items():
        if wanted.get(name):
            found = found.filter(**{column: wanted[name]})
    if wanted.get("first"):
        found = found.filter(at__gte=datetime.combine(wanted["first"], time(), SHANGHAI))
    if wanted.get("last"):
        end = datetime.combine(wanted["last"] + timedelta(days=1), time(), SHANGHAI)
        found = found.filter(at__lt=end)
    return found


def page_of(
    chain: str,
    number: str | int | None,
    wanted: Mapping[str, Any] | None = None,
    *,
    rows: int | None = None,
) -> Page[LedgerEntry]:
    """A page of a chain; a number that is none gives the first page, one too high the last.

    `rows`, where somebody counted the whole chain already, saves counting it again.
    """
    paginator = Paginator(list_entries(chain, wanted), PAGE_SIZE)
    if rows is not None and not any((wanted or {}).values()):
        paginator.count = rows
    return paginator.get_page(number)


def list_acts(chain: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """The acts that stand in the chain, under the rooms that they belong to."""
    codes = LedgerEntry.objects.filter(chain=chain).order_by().values_list("act", flat=True)
    return acts.grouped(set(codes.distinct()))


def list_chains() -> list[str]:
    """Every chain that has an entry: each begins with its first."""
    return list(LedgerEntry.objects.filter(seq=1).order_by("chain").values_list("chain", flat=True))


def checked_tail(chain: str, count: int) -> tuple[ChainVerdict, list[Line]]:
    """The verdict since the last checkpoint, and the newest lines."""
    return verify_since_checkpoint(chain), lines(list_entries(chain)[:count])


def get_entry(chain: str, seq: int) -> LedgerEntry:
    """Raises DomainError("not_found")."""
    found = LedgerEntry.objects.filter(chain=chain, seq=seq).first()
    if found is None:
        raise DomainError("not_found")
    return found


def entry_page(chain: str, seq: int) -> EntryPage:
    """One act, whole; whether its own digest and link to the one before hold."""
    entry = get_entry(chain, seq)
    near = {
        one.seq: one for one in LedgerEntry.objects.filter(chain=chain, seq__in=(seq - 1, seq + 1))
    }
    before = near.get(seq - 1)
    prev = bytes(before.digest) if before else bytes(32)
    payload = bytes(entry.payload)
    return EntryPage(
        line=line_of(entry),
        act=entry.act,
        meaning=acts.meaning_of(entry.act),
        facts=[(fields.name_of(name), _shown(value)) for name, value in _data(payload).items()],
        prev_digest=bytes(entry.prev_digest).hex(),
        holds=verify_entries([entry], prev=prev, count=seq - 1).ok,
        before=seq - 1 if before else None,
        after=seq + 1 if seq + 1 in near else None,
    )


def export_lines(chain: str) -> Iterator[str]:
    """The whole chain as JSON Lines, the newest checkpoint last (docs/formats/ledger.md)."""
    entries = LedgerEntry.objects.filter(chain=chain).order_by("seq")
    for entry in entries.iterator(chunk_size=500):
        line = {
            "digest": bytes(entry.digest).hex(),
            "payload": bytes(entry.payload).decode(errors="replace"),
            "prev": bytes(entry.prev_digest).hex(),
            "seq": entry.seq,
        }
        yield canonical.encode(line).decode() + "\n"
    claim = newest_checkpoint(chain)
    if claim is not None:
        yield checkpoint_line(claim, public=public_of(claim)) + "\n"


def lines(entries: Iterable[LedgerEntry]) -> list[Line]:
    return [line_of(entry) for entry in entries]


def line_of(entry: LedgerEntry) -> Line:
    payload = bytes(entry.payload)
    data = _data(payload)
    if isinstance(data.get("deed"), str):
        data = {**data, "title": deeds.title_of(data["deed"])}
    return Line(
        seq=entry.seq,
        at=entry.at,
        title=acts.title_of(entry.act),
        detail=acts.detail_of(entry.act, data),
        subject=entry.subject,
        by=_("系统") if entry.actor.startswith("system:") else data.get("by", entry.actor),
        digest=bytes(entry.digest).hex(),
        payload=payload.decode(errors="replace"),
    )


def _data(payload: bytes) -> dict[str, Any]:
    """The act's data; empty for a payload that somebody spoilt, which the page must still show."""
    try:
        data = canonical.decode(payload)["data"]
    except (DomainError, KeyError, TypeError):
        return {}
    return data if isinstance(data, dict) else {}


def _shown(value: object) -> str:
    if value is None or value == "":
        return "—"
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return listed(value) or "—"
    return json.dumps(value, ensure_ascii=False, indent=1)
