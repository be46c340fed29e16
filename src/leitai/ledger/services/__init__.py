"""Writes of the ledger: acts, checkpoints, deeds of two officers; and the checks of a chain."""

from leitai.ledger.services.appending import append, instant
from leitai.ledger.services.checkpoints import make_checkpoint, make_checkpoints, verify_all
from leitai.ledger.services.proposing import (
    approve,
    expire_due,
    propose,
    reject,
    renew,
    settle,
    withdraw,
)
from leitai.ledger.services.verifying import (
    ChainVerdict,
    verify_against,
    verify_chain,
    verify_since_checkpoint,
)

__all__ = [
    "ChainVerdict",
    "append",
    "approve",
    "expire_due",
    "instant",
    "make_checkpoint",
    "make_checkpoints",
    "propose",
    "reject",
    "renew",
    "settle",
    "verify_against",
    "verify_all",
    "verify_chain",
    "verify_since_checkpoint",
    "withdraw",
]
