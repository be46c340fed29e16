"""The lane's messages: what a body may hold, how a batch is written down, hashed and folded. Pure.

A batch is digested in one form only: compact JSON of ``{"seq":n,"answers":[…]}`` in that order, as
``JSON.stringify`` writes it. The lane encodes again what it decoded, so white space and key order
of the request do not matter, and anybody can recompute the digests from the journal.
"""

from collections.abc import Iterable, Mapping
from typing import Annotated, Final

import msgspec

from leitai.kernel import chain
from leitai.kernel.errors import DomainError
from leitai.kernel.suites import SUITE, suite

MAX_ANSWERS: Final = 200
MAX_TEXT: Final = 2000
MAX_BLANKS: Final = 50
MAX_SET_TICKET: Final = 4096
MAX_ANSWER_MS: Final = 86_400_000

_Text = Annotated[str, msgspec.Meta(max_length=MAX_TEXT)]
_Blanks = Annotated[list[_Text], msgspec.Meta(max_length=MAX_BLANKS)]
_Ticket = Annotated[str, msgspec.Meta(max_length=512)]
_Seq = Annotated[int, msgspec.Meta(ge=1, le=2**31 - 1)]
_Last = Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)]
_Number = Annotated[int, msgspec.Meta(ge=1, le=10_000)]
_ClientMs = Annotated[int, msgspec.Meta(ge=0, le=2**53 - 1)]
Answer = tuple[int, str | list[str], int]


class Batch(msgspec.Struct, gc=False):
    """One batch as it is digested and stored; the order of fields is the contract."""

    seq: int
    answers: list[tuple[int, str | list[str], int]]


class Save(msgspec.Struct, gc=False):
    """Body of ``save``."""

    ticket: _Ticket
    seq: _Seq
    answers: Annotated[
        list[tuple[_Number, _Text | _Blanks, _ClientMs]], msgspec.Meta(max_length=MAX_ANSWERS)
    ]


class Enter(msgspec.Struct):
    """Body of ``enter``."""

    code: Annotated[str, msgspec.Meta(max_length=64)]
    device: Annotated[str, msgspec.Meta(min_length=1, max_length=64)]


class Bearer(msgspec.Struct):
    """Body of ``key``, ``paper``, ``beat`` and ``state``."""

    ticket: _Ticket


class HandIn(msgspec.Struct):
    """Body of ``hand-in``: the client's own idea of the journal's end."""

    ticket: _Ticket
    seq: _Last
    digest: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]


_SetAnswers = Annotated[
    list[
        tuple[
            Annotated[int, msgspec.Meta(ge=1, le=MAX_ANSWERS)],
            _Text | _Blanks,
            Annotated[int, msgspec.Meta(ge=0, le=MAX_ANSWER_MS)],
        ]
    ],
    msgspec.Meta(max_length=MAX_ANSWERS),
]


class SetIn(msgspec.Struct, gc=False):
    """Body of ``set``: one set of practice, handed in; times by the client's clock."""

    ticket: Annotated[str, msgspec.Meta(max_length=MAX_SET_TICKET)]
    began: _ClientMs
    ended: _ClientMs
    answers: _SetAnswers


_encoder = msgspec.json.Encoder()
_decoders: Final[dict[type, msgspec.json.Decoder[object]]] = {
    kind: msgspec.json.Decoder(kind) for kind in (Save, Enter, Bearer, HandIn, SetIn)
}


_decode_batch: Final = msgspec.json.Decoder(Batch).decode


def decoder(kind: type) -> msgspec.json.Decoder[object]:
    """One decoder a message type."""
    return _decoders[kind]


def malformed(error: Exception) -> DomainError:
    """Say where and how a body is wrong, out of the decoder's own message."""
    text = str(error) if isinstance(error, msgspec.MsgspecError) else "not UTF-8 JSON"
    problem, _, place = text.partition(" - at `")
    return DomainError("malformed", place=place.rstrip("`") or "$", problem=problem)


def encode_batch(seq: int, answers: list[Answer]) -> bytes:
    """Write a batch in the form that is digested and stored."""
    return _encoder.encode(Batch(seq, answers))


def decode_batch(body: bytes) -> Batch:
    """Read a stored batch."""
    return _decode_batch(body)


def first_digest(sitting: int) -> bytes:
    """The digest of a journal without a batch."""
    return suite(SUITE).digest(b"sitting:%d" % sitting)


def next_digest(digest: bytes, body: bytes) -> bytes:
    """The digest after one more batch."""
    return chain.link(digest, body)


def is_answered(answer: str | list[str]) -> bool:
    """Whether anything is left when the white space is gone."""
    if isinstance(answer, str):
        return bool(answer.strip())
    return any(blank.strip() for blank in answer)


def fold(latest: dict[int, str | list[str]], answers: Iterable[Answer]) -> int:
    """Lay a batch over the latest answers; returns by how many the answered items grew."""
    grown = 0
    for number, answer, _ in answers:
        before = latest.get(number)
        latest[number] = answer
        grown += is_answered(answer) - (before is not None and is_answered(before))
    return grown


def encode(content: Mapping[str, object]) -> bytes:
    """Write a reply."""
    return _encoder.encode(content)
