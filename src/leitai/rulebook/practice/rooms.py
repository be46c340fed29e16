"""What is left of today's caps and tries, for whoever asks before doing more."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from leitai.rulebook.practice.book import Book
from leitai.rulebook.practice.gate import each_limit
from leitai.rulebook.practice.periods import Stretch
from leitai.rulebook.practice.rules import ledger_of

ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Room:
    """A cap of a day: of one act's credit into a ledger, or (no act) of the ledger as a whole."""

    act: str
    ledger: str
    used: Fraction
    most: Fraction

    @property
    def left(self) -> Fraction:
        """Say how many points more may come."""
        return max(self.most - self.used, ZERO)


@dataclass(frozen=True, slots=True)
class Tries:
    """How often an act may count in the present period of a kind."""

    act: str
    period: str
    used: int
    most: int

    @property
    def left(self) -> int:
        """Say how often more it may count."""
        return max(self.most - self.used, 0)


def rooms_of(
    book: Book, person: str, at: datetime, periods: Mapping[str, Stretch]
) -> tuple[Room, ...]:
    """Give the caps of the day of a local time."""
    used, day = book.person(person).account.used, periods["day"].name
    found: list[Room] = []
    for name in book.practice.acts:
        if not book.rules.in_force(name, at):
            continue
        seen: dict[str, int] = {}
        for credit in book.rules.act(name, at).credits:
            ledger = ledger_of(book.practice, credit.ledger)
            nth = seen.get(ledger, 0)
            seen[ledger] = nth + 1
            if credit.caps is not None and credit.caps.day is not None:
                owner = ("credit", name, ledger, str(nth))
                spent = used.get((owner, "day", day), ZERO)
                found.append(Room(name, ledger, spent, credit.caps.day))
    for ledger in book.practice.ledgers:
        caps = book.rules.ledger(ledger, at).caps
        if caps is not None and caps.day is not None:
            spent = used.get((("ledger", ledger), "day", day), ZERO)
            found.append(Room("", ledger, spent, caps.day))
    return tuple(found)


def tries_of(
    book: Book, person: str, at: datetime, periods: Mapping[str, Stretch]
) -> tuple[Tries, ...]:
    """Give the limits of tries of a local time."""
    counted = book.person(person).habit.counted
    found: list[Tries] = []
    for name in book.practice.acts:
        if not book.rules.in_force(name, at):
            continue
        attempts = book.rules.act(name, at).attempts
        if attempts is not None and attempts.limit is not None:
            found += [
                Tries(name, period, counted[name, period, periods[period].name], most)
                for period, most in each_limit(attempts.limit)
            ]
    return tuple(found)
