"""What this room announces."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class SittingsEnded:
    """These sittings were handed in, closed at the deadline or never entered."""

    sittings: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ExamChanged:
    """Before T0 the exam was moved or cancelled; `kind` is that of its incident."""

    exam: str
    kind: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ExamSeated:
    """These sittings of the exam are new; nobody was told of them yet."""

    exam: str
    sittings: tuple[int, ...]
