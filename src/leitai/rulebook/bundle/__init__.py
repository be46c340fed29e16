"""The results bundle: one signed file from which a stranger recomputes every rank and award.

``docs/formats/bundle.md`` specifies it to the byte; ``tools/verify.py`` is a second verifier,
written from that page alone. Pure: bytes in, bytes or differences out.
"""

from leitai.rulebook.bundle.differences import Difference, Verdict
from leitai.rulebook.bundle.reading import Bundle, Delegation, read
from leitai.rulebook.bundle.verifying import verify
from leitai.rulebook.bundle.writing import Head, SigningKey, write

__all__ = [
    "Bundle",
    "Delegation",
    "Difference",
    "Head",
    "SigningKey",
    "Verdict",
    "read",
    "verify",
    "write",
]
