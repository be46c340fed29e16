"""The key under which a match's questions lie, and a question's place in the sealing."""

from __future__ import annotations

import os

from leitai.base import sealing
from leitai.base.sealing import SealedColumn
from leitai.kernel import canonical
from leitai.kernel.suites import KEY_BYTES, NONCE_BYTES, suite
from leitai.live.models import Match, Question

PLACE = "match:{row.season}:{row.code}"
CARD = "device:{}"


def register() -> None:
    """Keys are changed without knowing this room."""
    sealing.register(
        SealedColumn(
            model="live.Match",
            column="wrapped_key",
            place=PLACE,
            purpose="paper",
        ),
        SealedColumn(
            model="live.Device",
            column="sealed_code",
            place=lambda row: CARD.format(bytes(row.code_digest).hex()),
        ),
    )


def make_key(match: Match) -> bytes:
    """A key of the match's own, wrapped into its row."""
    key = os.urandom(KEY_BYTES)
    place = PLACE.format(row=match).encode()
    match.wrapped_key = sealing.keyring().wrap("paper", key, place, os.urandom(NONCE_BYTES))
    return key


def key_of(match: Match) -> bytes:
    return sealing.keyring().unwrap("paper", match.wrapped_key, PLACE.format(row=match).encode())


def seal_question(match: Match, key: bytes, name: str, plain: dict[str, object]) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    return nonce + suite().seal(key, nonce, canonical.encode(plain), _place(match, name))


def open_question(match: Match, key: bytes, question: Question) -> dict[str, object]:
    """For the house alone: a page shows a question only when the host has put it on the stage."""
    sealed = bytes(question.sealed)
    nonce, rest = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
    plain: dict[str, object] = canonical.decode(
        suite().open(key, nonce, rest, _place(match, question.name))
    )
    return plain


def _place(match: Match, name: str) -> bytes:
    return f"question:{match.season}:{match.code}:{name}".encode()
