"""What results announce to the rooms above."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ResultConfirmed:
    """A stage's result holds; `last` says that the season's awards are definitive with it."""

    season: str
    stage: str
    version: int
    last: bool


@dataclass(frozen=True, slots=True)
class ResultPublished:
    season: str
    stage: str
    version: int


@dataclass(frozen=True, slots=True)
class StandingRevised:
    """A stage was computed anew after its result had been confirmed or published."""

    season: str
    stage: str
    before: int
    after: int
    changed: bool  # whether the outcome differs, and not only the inputs
