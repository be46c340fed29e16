"""From a sitting's journal to its answers, and from answers to points, without any reading.

Nothing is marked of a journal that is not whole: every batch is hashed onto the one before, as the
lane did when it acknowledged it, beginning with SHA-256 of "sitting:<id>".
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Final

import msgspec

from leitai.bank.selectors import POINTS_SCALE, KeyedItem
from leitai.kernel import chain
from leitai.kernel.errors import DomainError
from leitai.kernel.suites import suite
from leitai.rulebook import numbers
from leitai.rulebook.marking import mark

Response = str | list[str]
Row = tuple[int, bytes, bytes]  # seq, body, digest


class _Batch(msgspec.Struct):
    """What a journal's row holds: the answers in the order in which they were given."""

    seq: int
    answers: list[tuple[int, Response, int]]


_decode: Final = msgspec.json.Decoder(_Batch).decode


def start_digest(sitting: int) -> bytes:
    """The digest of a journal that holds nothing yet."""
    return suite().digest(f"sitting:{sitting}".encode())


def fold(
    sitting: int, rows: Sequence[Row], *, final_seq: int, final_digest: bytes | None
) -> tuple[dict[int, Response], bytes]:
    """Verify a journal; give the latest answer of each item, and the digest.

    `final_digest` None says that whoever closed the sitting found no batch. Raises DomainError:
    journal_broken (with the first bad batch), journal_short.
    """
    answers: dict[int, Response] = {}
    digest = start_digest(sitting)
    for expected, (seq, body, stored) in enumerate(rows, start=1):
        digest = chain.link(digest, body)
        if seq != expected or digest != stored:
            raise DomainError("journal_broken", sitting=sitting, seq=expected)
        answers.update(_answers(sitting, seq, body))
    if len(rows) != final_seq:
        raise DomainError("journal_short", sitting=sitting, final=final_seq, found=len(rows))
    if digest != (final_digest or start_digest(sitting)):
        raise DomainError("journal_broken", sitting=sitting, seq=final_seq)
    return answers, digest


def _answers(sitting: int, seq: int, body: bytes) -> dict[int, Response]:
    try:
        batch = _decode(body)
    except msgspec.DecodeError:
        raise DomainError("journal_broken", sitting=sitting, seq=seq) from None
    if batch.seq != seq:
        raise DomainError("journal_broken", sitting=sitting, seq=seq)
    return {number: response for number, response, _client_ms in batch.answers}


class Marker:
    """Marks sittings of one paper; a response that was marked once is remembered."""

    def __init__(self, items: Sequence[KeyedItem]) -> None:
        self.items = tuple(items)
        self._known: dict[tuple[int, str | tuple[str, ...] | None], int] = {}

    def points(self, answers: Mapping[int, Response]) -> tuple[int, ...]:
        """Hundredths of a point for each item of the paper; answers to no item count nothing.

        Raises DomainError: points_not_exact, bad_key.
        """
        return tuple(self._points(at, answers.get(it.number)) for at, it in enumerate(self.items))

    def points_of_type(self, points: Sequence[int], type_: str) -> Fraction:
        """What the items of one type gave together."""
        scaled = sum(
            given for item, given in zip(self.items, points, strict=True) if item.type == type_
        )
        return Fraction(scaled, POINTS_SCALE)

    def _points(self, at: int, response: Response | None) -> int:
        known = (at, tuple(response) if isinstance(response, list) else response)
        if known not in self._known:
            item = self.items[at]
            earned = mark(item.type, item.key, response, item.points, item.partial)
            if (earned * POINTS_SCALE).denominator != 1:
                shown = numbers.show(earned)
                raise DomainError("points_not_exact", number=item.number, points=shown)
            self._known[known] = int(earned * POINTS_SCALE)
        return self._known[known]
