"""What this room announces. Frozen; names are codes, so that a job can carry them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TitlesLost:
    """Points taken back, or a better rung of the same ladder, have undone titles of the season."""

    season: str
