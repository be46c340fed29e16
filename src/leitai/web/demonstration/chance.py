"""Chance that can be repeated: every choice of the demonstration follows from one seed."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import TypeVar

T = TypeVar("T")


class Chance:
    """A stream of choices named by its path, so that one more choice here shifts none there."""

    def __init__(self, seed: int | str, *path: object) -> None:
        self._root = "/".join(map(str, (seed, *path)))
        self._count = 0

    def child(self, *path: object) -> Chance:
        return Chance(self._root, *path)

    def below(self, limit: int) -> int:
        """A whole number from 0 to limit - 1."""
        self._count += 1
        digest = sha256(f"{self._root}#{self._count}".encode()).digest()
        return int.from_bytes(digest[:8], "big") % limit

    def permille(self, share: int) -> bool:
        """True in `share` of 1,000 cases."""
        return self.below(1000) < share

    def pick(self, things: Sequence[T]) -> T:
        return things[self.below(len(things))]

    def sample(self, things: Sequence[T], count: int) -> list[T]:
        """`count` different things, in random order."""
        rest = list(things)
        return [rest.pop(self.below(len(rest))) for _ in range(count)]

    def bytes(self, count: int) -> bytes:
        self._count += 1
        return sha256(f"{self._root}#{self._count}".encode()).digest()[:count]
