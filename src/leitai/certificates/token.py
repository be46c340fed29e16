"""The compact text in a certificate's QR code: `LC1.<key id>.<body>.<signature>`.

The format is docs/formats/certificate.md; frontend/src/islands/certificate reads it in a browser.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Final

from leitai.kernel.suites import SUITE, suite
from leitai.keyring import Key

VERSION: Final = "LC1"
KEYS: Final = "leitai-certificate-keys-1"
STATUS: Final = "leitai-certificate-status-1"


@dataclass(frozen=True, slots=True)
class Claim:
    """What the code says. `day` is the day of issue as 2022-08-20."""

    serial: str
    holder: str
    award: str
    delegation: str
    season: str
    day: str

    def body(self) -> str:
        parts = (self.serial, self.holder, self.award, self.delegation, self.season, self.day)
        return "\n".join(" ".join(part.split()) for part in parts)


def make(claim: Claim, key: Key) -> str:
    """Sign the claim. What is signed begins with the version, so that it is nothing else's text."""
    body = claim.body()
    signature = suite(SUITE).sign(key.secret, f"{VERSION}\n{body}".encode())
    return ".".join((VERSION, key.id, _base64(body.encode()), _base64(signature)))


def signed_file(body: str, kind: str, key: Key) -> dict[str, str]:
    """A plain signed file: the text, whose key, and the signature over `kind`, a line, the text."""
    signature = suite(SUITE).sign(key.secret, f"{kind}\n{body}".encode())
    return {"body": body, "key": key.id, "kind": kind, "signature": signature.hex()}


def _base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
