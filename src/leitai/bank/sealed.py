"""How a live bank's texts are kept: sealed at rest, opened in memory for those who may read them.

A live item's content stands in one sealed column, its plain columns are empty, and its digest is a
keyed one. A practice bank is plain. Whoever compares questions of both compares keyed digests.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from typing import Any, Final

from leitai.bank.models import Bank, ItemVersion, Paper, RepairRow
from leitai.base import sealing
from leitai.base.sealing import Digested, SealedColumn
from leitai.interchange import question_digest
from leitai.kernel import canonical
from leitai.kernel.suites import NONCE_BYTES

KIND: Final = "item"  # of the digest: the same question again
EMPTY: Final[dict[str, Any]] = {
    "stem": "",
    "options": [],
    "key": None,
    "explanation": "",
    "source": "",
    "topic": "",
    "basis": None,
}
_ITEM: Final = "item:{}:{}"
_REPAIR: Final = "repair:{}:{}:{}:{}"


def register() -> None:
    sealing.register(
        SealedColumn(
            model="bank.ItemVersion",
            column="sealed",
            place=lambda row: _ITEM.format(row.item_id, row.version),
            digests=(Digested("digest", KIND, _digest_of_content),),
        ),
        SealedColumn(
            model="bank.RepairRow",
            column="sealed",
            place=_place_of_repair,
            digests=(Digested("digest", KIND, _digest_of_repair),),
        ),
        SealedColumn(
            model="bank.Paper",
            column="wrapped_key",
            place="paper:{row.code}:{row.version}",
            purpose="paper",
        ),
        SealedColumn(
            model="bank.Paper", column="composition", place=place_of_composition, purpose="paper"
        ),
    )


def mark(digest: bytes, *, live: bool) -> bytes:
    """A question's digest as the bank keeps it."""
    return keyed(digest) if live else digest


def keyed(digest: bytes) -> bytes:
    return sealing.digest(KIND, digest.hex())


def columns_of(
    content: dict[str, Any], *, live: bool, item_id: int, version: int
) -> dict[str, Any]:
    """A version's columns for this content, whose digest is still the plain one."""
    kept = {**content, "digest": mark(content["digest"], live=live)}
    if not live:
        return kept
    text = canonical.encode({name: content[name] for name in EMPTY}).decode()
    sealed = sealing.seal(text, place=_ITEM.format(item_id, version))
    return {**kept, **EMPTY, "sealed": sealed}


def opened(versions: Iterable[ItemVersion]) -> list[ItemVersion]:
    """The versions with their content in memory; they must not be saved (the database refuses)."""
    ring = sealing.keyring()
    found = list(versions)
    for version in found:
        if version.sealed:
            place = _ITEM.format(version.item_id, version.version).encode()
            content = canonical.decode(ring.unwrap("field", version.sealed, place))
            for name in EMPTY:
                setattr(version, name, content[name])
    return found


def repair_columns(
    bank: Bank, *, source: str, row: int, code: str, raw: dict[str, str], digest: bytes
) -> dict[str, Any]:
    """What a row of the repair list keeps of the file's row."""
    kept = {"source": source, "row": row, "code": code, "digest": mark(digest, live=bank.live)}
    if not bank.live:
        return {**kept, "raw": raw}
    text = canonical.encode({"raw": raw, "digest": digest.hex()}).decode()
    place = _REPAIR.format(bank.pk, source, row, code)
    return {**kept, "raw": {}, "sealed": sealing.seal(text, place=place)}


def opened_repairs(rows: Iterable[RepairRow]) -> list[RepairRow]:
    found = list(rows)
    for row in found:
        if row.sealed:
            text = sealing.open_sealed(row.sealed, place=_place_of_repair(row))
            row.raw = json.loads(text)["raw"]
    return found


def plain_digest_of(row: RepairRow) -> bytes:
    text = sealing.open_sealed(row.sealed, place=_place_of_repair(row))
    return bytes.fromhex(json.loads(text)["digest"])


def place_of_composition(paper: Paper) -> str:
    return f"composition:{paper.code}:{paper.version}"


def seal_composition(paper: Paper, placed: list[tuple[int, int, str]]) -> str:
    """[item version, points, partial] in order, under the paper key."""
    plain = canonical.encode([list(one) for one in placed])
    place = place_of_composition(paper).encode()
    return sealing.keyring().wrap("paper", plain, place, os.urandom(NONCE_BYTES))


def open_composition(paper: Paper) -> list[tuple[int, int, str]]:
    if not paper.composition:
        return []
    place = place_of_composition(paper).encode()
    plain = sealing.keyring().unwrap("paper", paper.composition, place)
    return [(version, points, partial) for version, points, partial in canonical.decode(plain)]


def _place_of_repair(row: RepairRow) -> str:
    return _REPAIR.format(row.bank_id, row.source, row.row, row.code)


def _digest_of_content(text: str) -> str:
    content = json.loads(text)
    return question_digest(content["stem"], content["options"]).hex()


def _digest_of_repair(text: str) -> str:
    return str(json.loads(text)["digest"])
