"""Seat tickets: who may write into which sitting, signed, without a look into the database.

A ticket reads ``lt1.<key id>.<base64url payload>.<base64url HMAC>``; the HMAC covers everything
before its dot. The payload is ``{"aud":"lane","scope":"seat","sitting","epoch","exp"}`` with
``exp`` in milliseconds since the epoch.
"""

import base64
import binascii
import hmac
from typing import Final, Literal

import msgspec

from leitai.kernel.errors import DomainError
from leitai.kernel.suites import SUITE, suite
from leitai.keyring import Keyring

MAX_LENGTH: Final = 512


class Claim(msgspec.Struct, frozen=True):
    """What a ticket says."""

    aud: Literal["lane"]
    scope: Literal["seat"]
    sitting: int
    epoch: int
    exp: int


_decode = msgspec.json.Decoder(Claim).decode


def issue(ring: Keyring, *, sitting: int, epoch: int, expires_ms: int) -> str:
    """Sign a ticket with the current ticket key."""
    key = ring.current("ticket")
    claim = Claim(aud="lane", scope="seat", sitting=sitting, epoch=epoch, exp=expires_ms)
    signed = f"{SUITE}.{key.id}.{_base64(msgspec.json.encode(claim))}"
    return f"{signed}.{_base64(suite(SUITE).mac(key.secret, signed.encode()))}"


def verify(ring: Keyring, ticket: str, *, now_ms: int) -> Claim:
    """Read a ticket; raises DomainError ``ticket_invalid`` or ``ticket_expired``."""
    signed, _, signature = ticket.rpartition(".")
    parts = signed.split(".")
    if len(ticket) > MAX_LENGTH or len(parts) != 3 or parts[0] != SUITE:
        raise DomainError("ticket_invalid")
    try:
        key = ring.get("ticket", parts[1])
        expected = suite(parts[0]).mac(key.secret, signed.encode())
        genuine = hmac.compare_digest(expected, _unbase64(signature))
        claim = _decode(_unbase64(parts[2])) if genuine else None
    except (DomainError, ValueError, msgspec.MsgspecError, binascii.Error):
        claim = None
    if claim is None:
        raise DomainError("ticket_invalid")
    if claim.exp < now_ms:
        raise DomainError("ticket_expired")
    return claim


def _base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _unbase64(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
