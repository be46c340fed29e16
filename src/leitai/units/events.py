"""What the organisation tree announces. Handlers in the transaction may refuse by raising."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class UnitMerged:
    """`from_id` is closed and its children stand below `into_id`; what else it held may follow."""

    from_id: int
    into_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class UnitMoved:
    """The subtree's paths began with `before` and now begin with `after`."""

    unit_id: int
    before: str
    after: str
    at: datetime


@dataclass(frozen=True, slots=True)
class UnitClosing:
    """The unit is about to be closed without a successor; it has no open children."""

    unit_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class DelegationChanging:
    """A delegation of the season is added, removed or gets other parts."""

    season: str
    delegation_id: int | None
    at: datetime
