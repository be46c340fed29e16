"""What the ledger announces about deeds of two officers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Proposed:
    """Waits for another officer's approval."""

    proposal_id: int
    chain: str
    deed: str


@dataclass(frozen=True, slots=True)
class Decided:
    """`state` is one of `enums.ProposalState`: done, alone, rejected, withdrawn, expired."""

    proposal_id: int
    chain: str
    deed: str
    state: str
