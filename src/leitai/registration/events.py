"""What this room tells the rooms above."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RegistrationSubmitted:
    season: str
    registration: int


@dataclass(frozen=True, slots=True)
class RegistrationReturned:
    season: str
    registration: int


@dataclass(frozen=True, slots=True)
class RegistrationPassed:
    season: str
    registration: int
