"""What this room announces."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ComplaintFiled:
    complaint: int
    season: str


@dataclass(frozen=True, slots=True)
class ComplaintAnswered:
    complaint: int
    season: str
