"""How a set of practice lies in the journal: a few bytes an answer, each in one form only. Pure.

A body is `_SET`, then as varints (seven bits a byte, the low ones first): began, the milliseconds
to ended (zigzag), and for every answer a head, the number where it is not the one after the last,
what was answered, the milliseconds. Half of the head, without its lowest bit, says what was
answered: 0 a text, 1 a list of texts, else two more than the bits of the chosen letters (1 is A).
Questions are `_ITEMS`, the first, then the step to each next one (zigzag).

Older rows are JSON. It begins with a bracket, so that both are read.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Annotated, Final

import msgspec

from leitai.kernel.errors import DomainError

Response = str | list[str]
Answer = tuple[
    int, Response, Annotated[int, msgspec.Meta(ge=0)]
]  # number from 1, what was answered, milliseconds

_SET: Final = 1
_ITEMS: Final = 1
_A: Final = ord("A")
_TEXT, _LIST, _LETTERS = 0, 1, 2
_BITS: Final = 62  # of a varint; more of them is no set of ours


class Body(msgspec.Struct, gc=False):
    """A set as the learner handed it in; times by the client's clock."""

    began: int
    ended: int
    answers: list[Answer]


_older: Final = msgspec.json.Decoder(Body).decode
_older_items: Final = msgspec.json.Decoder(list[int]).decode


def pack(began: int, ended: int, answers: Iterable[Answer]) -> bytes:
    """Write a set down."""
    out = bytearray((_SET,))
    _put(out, began)
    _put(out, _zigzag(ended - began))
    after = 1
    for number, given, ms in answers:
        code = _code_of(given) if isinstance(given, str) else _LIST
        head = code << 1
        if number == after:
            if head < 0x80:
                out.append(head)
            else:
                _put(out, head)
        else:
            _put(out, head | 1)
            _put(out, number)
        after = number + 1
        if code == _TEXT:
            _put_text(out, given)  # type: ignore[arg-type]  # a text by its code
        elif code == _LIST:
            _put(out, len(given))
            for text in given:
                _put_text(out, text)
        _put(out, ms)
    return bytes(out)


def unpack(body: bytes | memoryview) -> Body:
    """Read a set, the older form too; raises DomainError("set_body")."""
    data = bytes(body)
    try:
        return _read(data) if data[0] == _SET else _older(data)
    except (msgspec.DecodeError, UnicodeDecodeError, IndexError):
        raise DomainError("set_body") from None


def pack_items(items: Sequence[int]) -> bytes:
    """Write the questions' versions down in their order."""
    out = bytearray((_ITEMS,))
    last = 0
    for item in items:
        _put(out, _zigzag(item - last))
        last = item
    return bytes(out)


def unpack_items(data: bytes | memoryview) -> list[int]:
    """Read questions' versions, the older form too; raises DomainError("set_body")."""
    data = bytes(data)
    try:
        if data[0] != _ITEMS:
            return _older_items(data)
        at, last, found = 1, 0, []
        while at < len(data):
            step, at = _take(data, at)
            last += _straight(step)
            found.append(last)
    except (msgspec.DecodeError, IndexError):
        raise DomainError("set_body") from None
    return found


def _read(data: bytes) -> Body:
    began, at = _take(data, 1)
    more, at = _take(data, at)
    answers: list[Answer] = []
    number = 0
    while at < len(data):
        head, at = _take(data, at)
        number += 1
        if head & 1:
            number, at = _take(data, at)
        given: Response
        if head >> 1 == _TEXT:
            given, at = _take_text(data, at)
        elif head >> 1 == _LIST:
            count, at = _take(data, at)
            given = []
            for _ in range(count):
                text, at = _take_text(data, at)
                given.append(text)
        else:
            given = _letters((head >> 1) - _LETTERS)
        ms, at = _take(data, at)
        answers.append((number, given, ms))
    return Body(began, began + _straight(more), answers)


@lru_cache(maxsize=4096)
def _code_of(given: str) -> int:
    """Of letters chosen, A to Z, each once and in their order; everything else is a text."""
    bits = 0
    for letter in given:
        bit = 1 << (ord(letter) - _A) if "A" <= letter <= "Z" else 0
        if bit <= bits:
            return _TEXT
        bits |= bit
    return bits + _LETTERS if bits else _TEXT


@lru_cache(maxsize=4096)
def _letters(bits: int) -> str:
    return "".join(chr(_A + place) for place in range(bits.bit_length()) if bits >> place & 1)


def _put(out: bytearray, value: int) -> None:
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)


def _put_text(out: bytearray, text: str) -> None:
    data = text.encode()
    _put(out, len(data))
    out += data


def _take(data: bytes, at: int) -> tuple[int, int]:
    """A varint and the place after it; IndexError where there is none."""
    value = data[at]
    at += 1
    if value < 0x80:
        return value, at
    value &= 0x7F
    shift = 7
    while shift <= _BITS:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
        shift += 7
    raise IndexError


def _take_text(data: bytes, at: int) -> tuple[str, int]:
    length, at = _take(data, at)
    if at + length > len(data):
        raise IndexError
    return data[at : at + length].decode(), at + length


def _zigzag(value: int) -> int:
    return value << 1 if value >= 0 else (-value << 1) - 1


def _straight(value: int) -> int:
    return -((value + 1) >> 1) if value & 1 else value >> 1
