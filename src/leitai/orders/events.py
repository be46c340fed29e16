"""What orders announce to the rooms above."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class OrderSent:
    """An order went out; `template` is the code of the template it was made from, or ""."""

    season: str
    order: int
    template: str
    at: datetime


@dataclass(frozen=True, slots=True)
class OrderHandedIn:
    """A unit handed something in (again: `version` over 1)."""

    season: str
    order: int
    thing: int
    unit: str
    hand_in: int
    version: int
    at: datetime


@dataclass(frozen=True, slots=True)
class OrderReturned:
    season: str
    order: int
    thing: int
    unit: str
    hand_in: int
    at: datetime


@dataclass(frozen=True, slots=True)
class OrderAccepted:
    season: str
    order: int
    thing: int
    unit: str
    hand_in: int
    at: datetime
