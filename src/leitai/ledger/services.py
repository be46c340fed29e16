"""Append deciding acts to a chain, and verify a chain link by link."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import connection, transaction

from leitai.base.actor import Actor
from leitai.kernel import canonical
from leitai.kernel import chain as hashing
from leitai.kernel.errors import DomainError
from leitai.ledger.models import LedgerEntry


@dataclass(frozen=True, slots=True)
class ChainVerdict:
    """`count` links hold; `head` is the last one's digest. `broken` is the first bad number."""

    ok: bool
    count: int
    head: str
    broken: int | None = None


def append(
    *,
    chain: str,
    actor: Actor,
    act: str,
    subject: str,
    data: Mapping[str, object],
    at: datetime,
) -> LedgerEntry:
    """Add one act, as the last write of the caller's transaction: it holds the chain's lock.

    `data` is plain JSON without floats; the actor's name at the time joins it as `by`. Outside
    a transaction it is refused, since the record and what it records stand or fall together.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("the ledger is written inside a transaction")
    _lock(chain)
    last = LedgerEntry.objects.filter(chain=chain).order_by("-seq").first()
    seq = last.seq + 1 if last else 1
    prev = bytes(last.digest) if last else hashing.GENESIS
    payload = canonical.encode(
        {
            "act": act,
            "actor": actor.account,
            "at": instant(at),
            "data": {**data, "by": actor.name},
            "seq": seq,
            "subject": subject,
        }
    )
    return LedgerEntry.objects.create(
        chain=chain,
        seq=seq,
        at=at,
        actor=actor.account,
        act=act,
        subject=subject,
        payload=payload,
        prev_digest=prev,
        digest=hashing.link(prev, payload),
    )


def verify_chain(chain: str) -> ChainVerdict:
    """Walk the chain from its first link: numbers, links, digests, and the columns beside them."""
    return verify_entries(LedgerEntry.objects.filter(chain=chain).order_by("seq").iterator())


def verify_entries(entries: Iterable[LedgerEntry]) -> ChainVerdict:
    """As `verify_chain`, of a whole chain already at hand."""
    prev, count = hashing.GENESIS, 0
    for entry in entries:
        payload = bytes(entry.payload)
        holds = (
            entry.seq == count + 1
            and bytes(entry.prev_digest) == prev
            and bytes(entry.digest) == hashing.link(prev, payload)
            and _told(entry, payload)
        )
        if not holds:
            return ChainVerdict(ok=False, count=count, head=prev.hex(), broken=entry.seq)
        prev, count = bytes(entry.digest), count + 1
    return ChainVerdict(ok=True, count=count, head=prev.hex())


def instant(at: datetime) -> str:
    """A moment as the payload writes it: UTC, six decimals, Z."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _lock(chain: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"ledger:{chain}"])


def _told(entry: LedgerEntry, payload: bytes) -> bool:
    """Whether the columns that pages list say the same as the hashed payload."""
    try:
        told = canonical.decode(payload)
    except DomainError:
        return False
    columns = {
        "act": entry.act,
        "actor": entry.actor,
        "at": instant(entry.at),
        "seq": entry.seq,
        "subject": entry.subject,
    }
    return {key: told.get(key) for key in columns} == columns
