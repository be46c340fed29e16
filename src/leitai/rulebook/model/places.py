"""Who sends contestants, for which tracks, how many, and who stands on a team's list."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from leitai.rulebook.model.base import Count, Number
from leitai.rulebook.model.conditions import Condition

TrackKind = Literal["person", "team", "work"]


@dataclass(frozen=True, slots=True)
class Host:
    """The organiser's unit."""

    unit: str
    name: str


@dataclass(frozen=True, slots=True)
class Body:
    """A body of the organisers: what it is called, who sits in it, what it does."""

    title: str
    members: str = ""
    duties: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Under:
    """Every unit of one level below a unit sends a delegation."""

    under: str
    level: str


@dataclass(frozen=True, slots=True)
class Also:
    """A further delegation; a guest is ranked but takes no place where guests are skipped."""

    unit: str
    name: str
    guest: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class Delegations:
    """Who sends contestants. Without ``each`` and ``also`` anybody may: the entries say."""

    title: str = "代表队"
    each: Under | None = None
    also: tuple[Also, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class Track:
    """A competition of its own, of persons, of teams or of works."""

    title: str
    kind: TrackKind = "person"
    source: str = ""


@dataclass(frozen=True, slots=True)
class Beyond:
    """A place beyond the season to which entries go: the national contest, the next level."""

    title: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Quota:
    """How many entries of a track may come.

    ``per`` counts for each delegation, for the stage as a whole, or for each value of a kind of
    fact (``unit``: at most so many from one unit). ``counts`` gives single delegations a number of
    their own.
    """

    per: str
    count: Count
    least: Number = 0
    counts: Mapping[str, Number] = field(default_factory=lambda: MappingProxyType({}))
    tracks: tuple[str, ...] = ()
    source: str = ""
    assumption: str | None = None


@dataclass(frozen=True, slots=True)
class Slot:
    """A numbered seat of a team, and who may sit in it."""

    title: str
    require: Condition | None = None


@dataclass(frozen=True, slots=True)
class Cover:
    """A list must have so many members of whom the condition is true.

    ``least`` is 1 if neither bound is given, and 0 if only ``most`` is.
    """

    title: str
    where: Condition
    least: Number | None = None
    most: Count | None = None

    @property
    def fewest(self) -> int:
        """Give how many there must be at least."""
        return self.least if self.least is not None else 1 if self.most is None else 0


@dataclass(frozen=True, slots=True)
class Roster:
    """A team's list: how many play, who replaces them, who leads.

    ``designated`` of the players are named and ``drawn`` are drawn from a list of ``pool``.
    ``freeze`` names a window after whose end a change needs ``changes_by``.
    """

    players: Count
    least: Count | None = None
    substitutes: Number = 0
    leader: Literal["none", "extra", "player"] = "none"
    coaches: Number = 0
    slots: tuple[Slot, ...] = ()
    designated: Number = 0
    drawn: Number = 0
    pool: Number = 0
    cover: tuple[Cover, ...] = ()
    freeze: str | None = None
    changes_by: str = ""
    source: str = ""
    assumption: str | None = None
