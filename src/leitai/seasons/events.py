"""What this room announces. Frozen; names are codes, so that a job can carry them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class SeasonOpened:
    season: str


@dataclass(frozen=True, slots=True)
class SeasonClosed:
    """Nothing of it is decided any more from this moment on."""

    season: str
    at: datetime


@dataclass(frozen=True, slots=True)
class RulesChanged:
    """Another version of the rules is in force; `hash` names them."""

    season: str
    number: int
    hash: str


@dataclass(frozen=True, slots=True)
class WindowSet:
    """`delegation` is the code of the unit whose own date it is, "" for everybody's."""

    season: str
    name: str
    opens_at: datetime
    closes_at: datetime
    delegation: str = ""


@dataclass(frozen=True, slots=True)
class EntriesConfirmed:
    season: str
    stage: str
    entries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EntryWithdrawn:
    """`stage` is the first that the entry no longer stands in; later ones follow."""

    season: str
    stage: str
    track: str
    entry: str


@dataclass(frozen=True, slots=True)
class EntryReplaced:
    """`by` is the new entry's code, in the same stages."""

    season: str
    stage: str
    track: str
    entry: str
    by: str


@dataclass(frozen=True, slots=True)
class EntriesAdvanced:
    """`entries` are new in the stage, `fallen` no longer in it."""

    season: str
    stage: str
    entries: tuple[str, ...]
    fallen: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ScoreChanged:
    """New or corrected scores of one event: one event a batch, with every entry's code.

    `corrected` says that officers or a ruling have decided it: results follow by themselves.
    """

    season: str
    stage: str
    track: str
    event: str
    entries: tuple[str, ...]
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class ResolutionRecorded:
    season: str
    stage: str
    track: str
    board: str
    line: str


@dataclass(frozen=True, slots=True)
class SeasonsForgotten:
    """These seasons are over for so long that what repeats personal numbers goes. Every night."""

    seasons: tuple[str, ...]
    at: datetime
