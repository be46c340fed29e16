"""What stands above and below the pieces of a bulletin."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Issue:
    """The head and foot of a bulletin."""

    heading: str
    number: int
    total: int
    day: date
    body: str
    to: str = ""
    copies: str = ""
