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
class ResultFinalising:
    """A published result is about to become final: whoever still handles objections refuses."""

    season: str
    stage: str
    version: int


@dataclass(frozen=True, slots=True)
class ResultFinal:
    season: str
    stage: str
    version: int


@dataclass(frozen=True, slots=True)
class StandingRevised:
    """A stage was computed anew after its result had been confirmed or published.

    `before` and `after` are versions; the rows of both stay. `held` says that the new one took the
    old one's place at once, because a correction was decided together with its effect.
    """

    season: str
    stage: str
    before: int
    after: int
    changed: bool  # whether the outcome differs, and not only the inputs
    held: bool = False

    @property
    def version(self) -> int:
        return self.after


@dataclass(frozen=True, slots=True)
class AwardRevised:
    """An award of a version that held is not what the new one says.

    `award_id_after` is the same holder's award in its place (another award, or another place of
    the same); None where the holder has none any more. Who holds an award for the first time is
    not announced: the version that holds has it.
    """

    season: str
    award_id_before: int
    award_id_after: int | None


@dataclass(frozen=True, slots=True)
class ReservesMoved:
    """Somebody gave up a place in `to_stage`; `entries` moved up for it."""

    season: str
    stage: str
    to_stage: str
    entries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AwardDecided:
    """A body's word on an award that no ranking decides; `resolution` is its record."""

    season: str
    award: str
    resolution: int
