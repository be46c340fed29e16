"""What a checkpoint claims of a chain: its canonical form, its signature, its line in a file.

docs/formats/ledger.md is written so that a stranger can check all of it.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from leitai.base.sealing import keyring
from leitai.kernel import canonical
from leitai.kernel.errors import DomainError
from leitai.kernel.suites import SUITE, suite
from leitai.ledger.enums import Fault
from leitai.ledger.models import Checkpoint
from leitai.ledger.services.appending import instant

FORMAT = "leitai-checkpoint-1"
SHORT_BYTES = 12  # of the signature, for comparing by eye
_FIELDS = {"at": str, "chain": str, "count": int, "format": str, "head": str}
_LINE = frozenset({"checkpoint", "key", "public", "signature", "suite"})


@dataclass(frozen=True, slots=True)
class Claim:
    """`said` are the canonical bytes that `signature` signs, by the ledger key `key_id`."""

    chain: str
    count: int
    head: str
    said: bytes
    key_id: str
    signature: bytes
    suite: str = SUITE

    @property
    def short(self) -> str:
        """The first letters of the signature, as they are printed for people."""
        return base64.urlsafe_b64encode(self.signature[:SHORT_BYTES]).decode()


def claim_of(row: Checkpoint) -> Claim:
    """What a row of the table claims."""
    head = bytes(row.head).hex()
    said = encode(chain=row.chain, count=row.count, head=head, at=instant(row.at))
    return Claim(row.chain, row.count, head, said, row.key_id, bytes(row.signature))


def claims_of(chain: str, *, newest: int | None = None) -> list[Claim]:
    """The table's claims about a chain, the newest first."""
    rows = Checkpoint.objects.filter(chain=chain).order_by("-count")
    return [claim_of(row) for row in rows[:newest]]


def encode(*, chain: str, count: int, head: str, at: str) -> bytes:
    return canonical.encode(
        {"at": at, "chain": chain, "count": count, "format": FORMAT, "head": head}
    )


def standing_of(claim: Claim) -> str:
    """Nothing where the signature is good, else `Fault.FORGED` or `Fault.KEY`."""
    try:
        key = keyring().get("ledger", claim.key_id)
    except DomainError:
        return Fault.KEY
    if key.public is None:
        return Fault.KEY
    good = suite(claim.suite).verify(key.public, claim.said, claim.signature)
    return "" if good else Fault.FORGED


def line_of(claim: Claim, *, public: str = "") -> str:
    """The claim as one line of JSON; `public` (hexadecimal) lets a stranger check it."""
    line: dict[str, Any] = {
        "checkpoint": json.loads(claim.said),
        "key": claim.key_id,
        "signature": base64.urlsafe_b64encode(claim.signature).decode(),
        "suite": claim.suite,
    }
    if public:
        line["public"] = public
    return canonical.encode(line).decode()


def public_of(claim: Claim) -> str:
    """The public half of its key in hexadecimal, "" where the key is not at hand."""
    try:
        key = keyring().get("ledger", claim.key_id)
    except DomainError:
        return ""
    return key.public.hex() if key.public else ""


def read_claims(path: Path) -> list[Claim]:
    """The checkpoints of a file of lines; lines of an export that are entries are passed over.

    Raises DomainError("checkpoints_unreadable") naming the first line that is neither.
    """
    return list(_read(path.name, path.read_text(encoding="utf-8-sig").splitlines()))


def _read(name: str, lines: Iterable[str]) -> Iterator[Claim]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            if not isinstance(record, dict):
                raise ValueError  # noqa: TRY004, TRY301  # one refusal for every way of being spoilt
            if "payload" not in record:
                yield _claim(record)
        except (ValueError, KeyError, TypeError, DomainError):
            raise DomainError("checkpoints_unreadable", file=name, line=number) from None


def _claim(record: Mapping[str, Any]) -> Claim:
    said = record["checkpoint"]
    shaped = set(said) == set(_FIELDS) and all(
        type(said[name]) is kind for name, kind in _FIELDS.items()
    )
    if not shaped or said["format"] != FORMAT or not set(record) <= _LINE:
        raise ValueError
    suite(record["suite"])  # one that there is
    try:
        signature = base64.b64decode(record["signature"], altchars=b"-_", validate=True)
    except binascii.Error:
        raise ValueError from None
    return Claim(
        chain=said["chain"],
        count=said["count"],
        head=said["head"],
        said=canonical.encode(said),
        key_id=record["key"],
        signature=signature,
        suite=record["suite"],
    )
