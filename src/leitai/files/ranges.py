"""One byte range, as RFC 9110 §14 asks for it."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ONE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


@dataclass(frozen=True, slots=True)
class Slice:
    """Bytes from `start` up to, not including, `stop`."""

    start: int
    stop: int


class UnsatisfiableRangeError(Exception):
    """The range begins behind the end: 416."""


def read_range(header: str, size: int) -> Slice | None:
    """None where the whole is answered: no range, several of them, or nothing we can read."""
    found = _ONE.fullmatch(header.strip())
    if not found or not any(found.groups()):
        return None
    first, last = found.groups()
    if not first:  # the last so many bytes
        if int(last) == 0:
            raise UnsatisfiableRangeError
        return Slice(max(0, size - int(last)), size)
    start = int(first)
    if last and int(last) < start:
        return None
    if start >= size:
        raise UnsatisfiableRangeError
    return Slice(start, min(int(last) + 1, size) if last else size)
