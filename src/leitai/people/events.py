"""What the people's room announces, inside the transaction: upper rooms may refuse by raising."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from leitai.base.actor import Actor


@dataclass(frozen=True, slots=True)
class Appointing:
    """An account is about to hold a role. `person` is the person's id, None for none."""

    account: int
    person: int | None
    role: str
    season: str
    unit_path: str


@dataclass(frozen=True, slots=True)
class PasswordReset:
    """A manager (account `by`) ended the password of an account."""

    account_id: int
    by: str


@dataclass(frozen=True, slots=True)
class PersonalErased:
    """ID and bank data of these people (ids) are kept no longer; what repeats them goes too."""

    people: tuple[int, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class PeopleMerging:
    """Two records are one person (ids): what hangs on the first goes to the second, or refuses."""

    from_id: int
    into_id: int
    by: Actor
    at: datetime
