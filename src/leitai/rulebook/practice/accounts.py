"""Accounts and caps: how much room is left, and what that leaves of an amount."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Final

from leitai.rulebook.model.practice import Caps
from leitai.rulebook.practice.periods import PERIODS, Stretch, stretch

SCOPES: Final = ("act", *PERIODS)
Owner = tuple[str, ...]  # whose cap: a credit's, a streak's, a ledger's
Charge = tuple[Owner, str, str]  # … in which scope, in which period


@dataclass(frozen=True, slots=True)
class Capped:
    """One set of caps that applies to an amount. ``whole``: a ledger's, over everything.

    ``counted`` are the scopes in which it is to be known how much has been used: those that are
    capped now, or may be capped after a change of the rules.
    """

    owner: Owner
    caps: Caps
    whole: bool = False
    counted: tuple[str, ...] = PERIODS


@dataclass(frozen=True, slots=True)
class Bound:
    """The cap that held an amount back."""

    scope: str
    most: Fraction
    whole: bool


class Days:
    """The periods of each day, worked out once."""

    def __init__(self, week: str) -> None:
        self._week = week
        self._known: dict[date, Mapping[str, Stretch]] = {}

    def of(self, day: date) -> Mapping[str, Stretch]:
        """Give the day's periods by kind."""
        found = self._known.get(day)
        if found is None:
            found = {period: stretch(period, day, self._week) for period in PERIODS}
            self._known[day] = found
        return found


@dataclass(slots=True)
class Account:
    """One person's balances, and what has been used of each cap."""

    balances: dict[tuple[str, str], Fraction] = field(default_factory=lambda: defaultdict(Fraction))
    used: dict[Charge, Fraction] = field(default_factory=lambda: defaultdict(Fraction))

    def clip(
        self, amount: Fraction, capped: list[Capped], periods: Mapping[str, Stretch]
    ) -> tuple[Fraction, Bound | None]:
        """Give what all caps leave of an amount, and the tightest of those that held it back.

        Of equally tight caps the one with the smaller scope is named, a credit's own before the
        ledger's. An amount of nought or less is left as it is.
        """
        best, bound = amount, None
        if amount <= 0:
            return best, bound
        for one in capped:
            for scope, most in each_cap(one.caps):
                charge = _charge(one.owner, scope, periods)
                room = most if scope == "act" else most - self.used.get(charge, Fraction(0))
                room = max(room, Fraction(0))
                if room < best:
                    best, bound = room, Bound(scope, most, one.whole)
        return best, bound

    def charge(
        self, amount: Fraction, capped: list[Capped], periods: Mapping[str, Stretch]
    ) -> list[Charge]:
        """Use up room under every cap; gives what ``refund`` needs to undo it."""
        charges = [_charge(one.owner, scope, periods) for one in capped for scope in one.counted]
        for charge in charges:
            self.used[charge] += amount
        return charges

    def refund(self, amount: Fraction, charges: list[Charge]) -> None:
        """Give back what ``charge`` used."""
        for charge in charges:
            self.used[charge] -= amount


def each_cap(caps: Caps) -> list[tuple[str, Fraction]]:
    """Give the caps that are set, the smallest scope first."""
    found = []
    for scope in SCOPES:
        most: Fraction | None = getattr(caps, scope)
        if most is not None:
            found.append((scope, most))
    return found


def _charge(owner: Owner, scope: str, periods: Mapping[str, Stretch]) -> Charge:
    return owner, scope, "" if scope == "act" else periods[scope].name
