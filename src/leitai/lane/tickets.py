"""Tickets: who may write what into the lane, signed, without a look into the database.

A ticket reads ``lt1.<key id>.<base64url payload>.<base64url HMAC>``; the HMAC covers everything
before its dot. ``exp`` is in milliseconds since the epoch. The ``scope`` says what for, and no
ticket opens anything of another scope:

* ``seat`` ``{"aud":"lane","scope":"seat","sitting","epoch","exp"}``: a sitting of an exam.
* ``set`` ``{"aud":"lane","scope":"set","set","learner","act","day","items","exp"}``: one set of
  practice questions; ``set`` is its id in hex, ``items`` the versions of its questions in order.
* ``stage`` ``{"aud":"lane","scope":"stage","match","role","seat","epoch","account","exp"}``: one
  screen of a live match. ``seat`` and ``epoch`` are a seat's alone; ``account`` is whose moves they
  are: the name of an account, or the id of a seat's device.
"""

import base64
import binascii
import hmac
from collections.abc import Callable, Sequence
from datetime import date
from typing import Annotated, Final, Literal, TypeVar

import msgspec

from leitai.kernel.errors import DomainError
from leitai.kernel.suites import SUITE, suite
from leitai.keyring import Keyring
from leitai.lane.wire import MAX_ANSWERS, MAX_SET_TICKET

MAX_LENGTH: Final = 512
MAX_SET_LENGTH: Final = MAX_SET_TICKET
MAX_ITEMS: Final = MAX_ANSWERS

_T = TypeVar("_T")


class Claim(msgspec.Struct, frozen=True):
    """What a ticket says."""

    aud: Literal["lane"]
    scope: Literal["seat"]
    sitting: int
    epoch: int
    exp: int


class SetClaim(msgspec.Struct, frozen=True):
    """What a set's ticket says."""

    aud: Literal["lane"]
    scope: Literal["set"]
    set: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{32}$")]
    learner: int
    act: Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
    day: date
    items: Annotated[tuple[int, ...], msgspec.Meta(min_length=1, max_length=MAX_ITEMS)]
    exp: int


Role = Literal["seat", "host", "hall", "watch", "feed"]


class StageClaim(msgspec.Struct, frozen=True):
    """What a ticket of the live stage says."""

    aud: Literal["lane"]
    scope: Literal["stage"]
    match: int
    role: Role
    exp: int
    seat: Annotated[str, msgspec.Meta(max_length=40)] = ""
    epoch: int = 0
    account: Annotated[str, msgspec.Meta(max_length=64)] = ""


_decode_stage = msgspec.json.Decoder(StageClaim).decode
_decode = msgspec.json.Decoder(Claim).decode
_decode_set = msgspec.json.Decoder(SetClaim).decode


def issue(ring: Keyring, *, sitting: int, epoch: int, expires_ms: int) -> str:
    """Sign a seat's ticket with the current ticket key."""
    claim = Claim(aud="lane", scope="seat", sitting=sitting, epoch=epoch, exp=expires_ms)
    return _sign(ring, claim)


def verify(ring: Keyring, ticket: str, *, now_ms: int) -> Claim:
    """Read a seat's ticket; raises DomainError ``ticket_invalid`` or ``ticket_expired``."""
    claim = _read(ring, ticket, _decode, MAX_LENGTH)
    if claim is None:
        raise DomainError("ticket_invalid")
    if claim.exp < now_ms:
        raise DomainError("ticket_expired")
    return claim


def issue_set(
    ring: Keyring,
    *,
    set_id: bytes,
    learner: int,
    act: str,
    day: date,
    items: Sequence[int],
    expires_ms: int,
) -> str:
    """Sign a set's ticket; a set that could not be read again is a ValueError."""
    claim = SetClaim(
        aud="lane",
        scope="set",
        set=set_id.hex(),
        learner=learner,
        act=act,
        day=day,
        items=tuple(items),
        exp=expires_ms,
    )
    ticket = _sign(ring, claim)
    if len(ticket) > MAX_SET_LENGTH:
        raise ValueError(len(ticket))
    _decode_set(msgspec.json.encode(claim))
    return ticket


def verify_set(ring: Keyring, ticket: str, *, now_ms: int) -> SetClaim:
    """Read a set's ticket; raises DomainError ``set_invalid`` or ``set_expired``."""
    claim = _read(ring, ticket, _decode_set, MAX_SET_LENGTH)
    if claim is None:
        raise DomainError("set_invalid")
    if claim.exp < now_ms:
        raise DomainError("set_expired")
    return claim


def issue_stage(
    ring: Keyring,
    *,
    match: int,
    role: Role,
    expires_ms: int,
    seat: str = "",
    epoch: int = 0,
    account: str = "",
) -> str:
    """Sign a ticket for one screen of a live match; one that could not be read is a ValueError."""
    claim = StageClaim(
        aud="lane",
        scope="stage",
        match=match,
        role=role,
        exp=expires_ms,
        seat=seat,
        epoch=epoch,
        account=account,
    )
    if (role == "seat") != bool(seat):
        raise ValueError(seat)
    _decode_stage(msgspec.json.encode(claim))
    return _sign(ring, claim)


def verify_stage(ring: Keyring, ticket: str, *, now_ms: int) -> StageClaim:
    """Read a stage ticket; raises DomainError ``stage_ticket`` or ``stage_expired``."""
    claim = _read(ring, ticket, _decode_stage, MAX_LENGTH)
    if claim is None or (claim.role == "seat") != bool(claim.seat):
        raise DomainError("stage_ticket")
    if claim.exp < now_ms:
        raise DomainError("stage_expired")
    return claim


def _sign(ring: Keyring, claim: Claim | SetClaim | StageClaim) -> str:
    key = ring.current("ticket")
    signed = f"{SUITE}.{key.id}.{_base64(msgspec.json.encode(claim))}"
    return f"{signed}.{_base64(suite(SUITE).mac(key.secret, signed.encode()))}"


def _read(ring: Keyring, ticket: str, decode: Callable[[bytes], _T], longest: int) -> _T | None:
    """What a genuine ticket of this kind says; None for anything else."""
    signed, _, signature = ticket.rpartition(".")
    parts = signed.split(".")
    if len(ticket) > longest or len(parts) != 3 or parts[0] != SUITE:
        return None
    try:
        key = ring.get("ticket", parts[1])
        expected = suite(parts[0]).mac(key.secret, signed.encode())
        genuine = hmac.compare_digest(expected, _unbase64(signature))
        return decode(_unbase64(parts[2])) if genuine else None
    except (DomainError, ValueError, msgspec.MsgspecError, binascii.Error):
        return None


def _base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _unbase64(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
