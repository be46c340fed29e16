"""What this room announces."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SittingsEnded:
    """These sittings were handed in, closed at the deadline or never entered."""

    sittings: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ExamSeated:
    """These sittings of the exam are new; nobody was told of them yet."""

    exam: str
    sittings: tuple[int, ...]
