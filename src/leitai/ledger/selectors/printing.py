"""The newest checkpoint of a chain, as it is printed and pinned to a wall."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import datetime

from leitai.base.sealing import keyring
from leitai.documents import qr
from leitai.kernel.errors import DomainError
from leitai.keyring import Key
from leitai.ledger.models import Checkpoint
from leitai.ledger.services.claims import Claim, claim_of, line_of, standing_of

_GROUND = '<rect width="100%" height="100%" fill="#fff"/>'


@dataclass(frozen=True, slots=True)
class Printed:
    """`line` is what the QR code holds: one line for `leitai ledger verify --checkpoints`."""

    claim: Claim
    at: datetime
    said: str
    line: str
    image: str
    fingerprint: str
    standing: str


def newest_checkpoint(chain: str) -> Claim | None:
    row = _newest(chain)
    return claim_of(row) if row else None


def printed_checkpoint(chain: str) -> Printed | None:
    """None where the chain has no checkpoint yet."""
    row = _newest(chain)
    if row is None:
        return None
    claim = claim_of(row)
    line = line_of(claim)
    # On white by itself: a dark page's ground would hide it from every reader.
    svg = qr.draw(line).svg.replace(">", f">{_GROUND}", 1).encode()
    key = _key(claim)
    return Printed(
        claim=claim,
        at=row.at,
        said=claim.said.decode(),
        line=line,
        image="data:image/svg+xml;base64," + base64.b64encode(svg).decode(),
        fingerprint=key.fingerprint if key else "",
        standing=standing_of(claim),
    )


def _newest(chain: str) -> Checkpoint | None:
    return Checkpoint.objects.filter(chain=chain).order_by("-count").first()


def _key(claim: Claim) -> Key | None:
    try:
        return keyring().get("ledger", claim.key_id)
    except DomainError:
        return None
