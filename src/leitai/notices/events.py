"""What this room announces to the rooms above."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NoticeOpened:
    season: str
    number: int
    subject: str


@dataclass(frozen=True, slots=True)
class ObjectionFiled:
    season: str
    objection: int  # its number in the season


@dataclass(frozen=True, slots=True)
class ObjectionRuled:
    """`stages` are those whose scores or entries the ruling changed."""

    season: str
    objection: int
    outcome: str
    stages: tuple[str, ...]
