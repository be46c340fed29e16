"""Append deciding acts to a chain."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial

from django.db import connection, transaction

from leitai.base import jobs
from leitai.base.actor import Actor
from leitai.kernel import canonical
from leitai.kernel import chain as hashing
from leitai.ledger.models import LedgerEntry

EVERY = 100  # entries from one checkpoint to the next


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
    lock(chain)
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
    if seq % EVERY == 0:
        transaction.on_commit(partial(_ask_for_checkpoint, chain))
    return LedgerEntry.objects.create(
        chain=chain,
        seq=seq,
        at=at,
        actor=actor.account,
        by=actor.name,
        act=act,
        subject=subject,
        payload=payload,
        prev_digest=prev,
        digest=hashing.link(prev, payload),
    )


def instant(at: datetime) -> str:
    """A moment as the payload writes it: UTC, six decimals, Z."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def lock(chain: str) -> None:
    """Until the transaction ends, nobody else appends to this chain or signs it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"ledger:{chain}"])


def _ask_for_checkpoint(chain: str) -> None:
    # By its name: `tasks` calls these services.
    jobs.app.configure_task("ledger.checkpoint").defer(chain=chain)
