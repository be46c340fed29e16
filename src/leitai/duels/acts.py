"""How this room's acts are called in the ledger: a duel decides nothing that is entered there."""

from __future__ import annotations

from leitai.ledger.acts import Act

ACTS: dict[str, Act] = {}
