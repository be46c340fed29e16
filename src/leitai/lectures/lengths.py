"""How long a film is, as its own header says: `moov/mvhd` of an mp4, and nothing else is read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

_BOXES: Final = 10_000
Read = Callable[[int, int], bytes]  # bytes from a place up to another


def seconds_of(read: Read, size: int) -> int:
    """Whole seconds; 0 where the header does not say."""
    found = _find(read, 0, size, b"moov")
    header = found and _find(read, *found, b"mvhd")
    if not header:
        return 0
    body = read(header[0], min(header[1], header[0] + 32))
    if len(body) >= 20 and body[0] == 0:
        scale, length = int.from_bytes(body[12:16]), int.from_bytes(body[16:20])
    elif len(body) >= 32 and body[0] == 1:
        scale, length = int.from_bytes(body[20:24]), int.from_bytes(body[24:32])
    else:
        return 0
    return length // scale if scale else 0


def _find(read: Read, place: int, end: int, wanted: bytes) -> tuple[int, int] | None:
    """Where the content of a box of that kind begins and ends."""
    for _count in range(_BOXES):
        if place + 8 > end:
            return None
        head = read(place, min(end, place + 16))
        length, kind, used = int.from_bytes(head[:4]), head[4:8], 8
        if length == 1:
            length, used = int.from_bytes(head[8:16]), 16
        elif length == 0:
            length = end - place
        if length < used:
            return None
        if kind == wanted:
            return place + used, min(end, place + length)
        place += length
    return None
