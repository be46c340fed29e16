"""Sign a chain's count and head: every hundred entries, every hour, and on demand."""

from __future__ import annotations

import logging
import os
from datetime import datetime
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from leitai.base.sealing import keyring
from leitai.kernel.errors import DomainError
from leitai.kernel.suites import suite
from leitai.ledger.models import Checkpoint, LedgerEntry
from leitai.ledger.services.appending import instant, lock
from leitai.ledger.services.claims import (
    Claim,
    claim_of,
    claims_of,
    encode,
    line_of,
    public_of,
    read_claims,
)
from leitai.ledger.services.verifying import (
    ChainVerdict,
    verify_against,
    verify_since_checkpoint,
)

_log = logging.getLogger(__name__)


@transaction.atomic
def make_checkpoint(*, chain: str, at: datetime) -> Checkpoint:
    """Sign what stands; a chain that has not grown keeps the checkpoint that it has.

    The house itself signs, whoever asked. A chain that does not hold is not signed:
    DomainError("ledger_broken"); an empty one neither: ("ledger_empty").
    """
    lock(chain)
    verdict = verify_since_checkpoint(chain)
    if not verdict.ok:
        raise DomainError("ledger_broken", chain=chain, fault=verdict.fault_label)
    if not verdict.count:
        raise DomainError("ledger_empty", chain=chain)
    known = Checkpoint.objects.filter(chain=chain, count=verdict.count).first()
    if known is not None:
        return known
    key = keyring().current("ledger")
    said = encode(chain=chain, count=verdict.count, head=verdict.head, at=instant(at))
    made = Checkpoint.objects.create(
        chain=chain,
        count=verdict.count,
        head=bytes.fromhex(verdict.head),
        at=at,
        key_id=key.id,
        signature=suite().sign(key.secret, said),
    )
    # After the commit: a line about entries that were rolled back would be a false alarm.
    transaction.on_commit(partial(_keep, made))
    return made


def make_checkpoints(*, at: datetime) -> list[Checkpoint]:
    """One for each chain that has grown; a chain that does not hold is logged, not signed."""
    signed = dict(Checkpoint.objects.values_list("chain").annotate(Max("count")).order_by())
    chains = LedgerEntry.objects.values_list("chain").annotate(Max("seq")).order_by("chain")
    made = []
    for chain, last in chains:
        if last <= signed.get(chain, 0):
            continue
        try:
            made.append(make_checkpoint(chain=chain, at=at))
        except DomainError:
            _log.exception("no checkpoint of chain %s", chain)
    return made


def verify_all(*, chain: str = "", file: Path | None = None) -> dict[str, ChainVerdict]:
    """Every chain (or one) walked whole, against all checkpoints that there are.

    Those of the table, those that this installation keeps in files, and those of `file`, which
    somebody kept elsewhere. A chain that only a checkpoint remembers is told as cut.
    Raises DomainError("ledger_chain_unknown") or ("checkpoints_unreadable").
    """
    brought = read_claims(file) if file else []
    known = {claim.chain for claim in brought}
    for model in (LedgerEntry, Checkpoint):
        known.update(model.objects.order_by().values_list("chain", flat=True).distinct())
    known.update(path.stem for path in Path(settings.LEITAI_CHECKPOINTS).glob("*.jsonl"))
    if chain and chain not in known:
        raise DomainError("ledger_chain_unknown", chain=chain)
    return {
        one: verify_against(one, [*_claims(one), *(c for c in brought if c.chain == one)])
        for one in ([chain] if chain else sorted(known))
    }


def _claims(chain: str) -> list[Claim]:
    kept = kept_file(chain)
    return claims_of(chain) + (read_claims(kept) if kept.is_file() else [])


def kept_file(chain: str) -> Path:
    """Where this installation keeps the checkpoints of a chain apart from the database."""
    return Path(settings.LEITAI_CHECKPOINTS) / f"{chain}.jsonl"


def _keep(made: Checkpoint) -> None:
    """Append its line and see it on the disk."""
    claim = claim_of(made)
    path = kept_file(made.chain)
    path.parent.mkdir(parents=True, exist_ok=True)
    line = line_of(claim, public=public_of(claim)) + "\n"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(line)
        file.flush()
        os.fsync(file.fileno())
