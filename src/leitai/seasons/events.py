"""What this room announces. Frozen; names are codes, so that a job can carry them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class SeasonOpened:
    season: str


@dataclass(frozen=True, slots=True)
class RulesChanged:
    """Another version of the rules is in force; `hash` names them."""

    season: str
    number: int
    hash: str


@dataclass(frozen=True, slots=True)
class WindowSet:
    season: str
    name: str
    opens_at: datetime
    closes_at: datetime


@dataclass(frozen=True, slots=True)
class EntriesConfirmed:
    season: str
    stage: str
    entries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EntriesAdvanced:
    """`entries` are new in the stage, `fallen` no longer in it."""

    season: str
    stage: str
    entries: tuple[str, ...]
    fallen: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ScoreChanged:
    """New or corrected scores of one event: one event a batch, with every entry's code."""

    season: str
    stage: str
    track: str
    event: str
    entries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ResolutionRecorded:
    season: str
    stage: str
    track: str
    board: str
    line: str
