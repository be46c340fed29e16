"""One person's practice act by act: what a further act brings, without reading all earlier ones.

``fold_acts`` is the rule. A ``Follower`` takes the acts of a person one by one through the same
book, and can put down what it knows of the person as bytes and go on from there another day: later
acts then bring the same lines, titles and balances as if all had been folded at once.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from leitai.kernel.errors import DomainError, Problem, Problems
from leitai.rulebook import numbers
from leitai.rulebook.data import ActIn, CreditRow, FactIn, TitleRow
from leitai.rulebook.model import Rulebook
from leitai.rulebook.practice.book import Book
from leitai.rulebook.practice.fold import Row, read_act
from leitai.rulebook.practice.keeping import pack, unpack
from leitai.rulebook.practice.periods import (
    FIRST_YEAR,
    LAST_YEAR,
    Moments,
    Stretch,
    localize,
)
from leitai.rulebook.practice.progress import Progress
from leitai.rulebook.practice.rooms import Room, Tries, rooms_of, tries_of
from leitai.rulebook.practice.values import Reader

Place = tuple[datetime, str, str]  # at, act, value: the order in which acts are taken


@dataclass(frozen=True, slots=True)
class HeldTitle:
    """A title that is held, with the day on which it was reached and its fact."""

    row: TitleRow
    fact: FactIn


class Follower:
    """Takes people's acts in the order of time; those of several people may be mixed.

    Titles for the best of a period (``top``) are not decided here: they need everybody.
    """

    def __init__(self, rules: Rulebook, windows: Mapping[str, datetime]) -> None:
        practice = rules.practice
        if practice is None:
            raise DomainError("practice_absent")
        self._practice = practice
        self._book = Book(practice, Moments(rules, windows))
        self._last: dict[str, Place] = {}
        self._checked: dict[ActIn, Row] = {}  # read already, and to be taken
        # What is taken back may lie long ago, and a title that can be lost may feed another.
        self._prunes = all(title.kept for title in practice.titles.values())
        self.resumes = not self._book.rules.undone

    def check(self, act: ActIn) -> tuple[Problem, ...]:
        """Say what is wrong with one act by itself; nothing where it can be taken."""
        reader = Reader()
        row = read_act(self._book, reader, act)
        if row is not None and not reader.problems:
            self._checked[act] = row
        return tuple(reader.problems)

    def is_late(self, act: ActIn) -> bool:
        """Say whether an act belongs before one that was taken already."""
        last, at = self._last.get(act.person), localize(self._practice, act.at)
        return last is not None and at is not None and (at, act.act, act.value) < last

    def take(self, act: ActIn) -> tuple[CreditRow, ...]:
        """Take the next act of somebody; gives its lines, none for one that is given twice.

        Raises Problems for one that cannot be read, DomainError("act_late") for one that belongs
        before another: then all acts are to be taken anew.
        """
        at, _, value = self._checked.pop(act) if act in self._checked else self._read(act)
        place = (at, act.act, act.value)
        last = self._last.get(act.person)
        if last is not None and place <= last:
            if place == last:
                return ()
            raise DomainError("act_late", person=act.person)
        self._last[act.person] = place
        before = len(self._book.lines)
        self._book.take(act.person, act.act, at, value)
        return tuple(self._book.lines[before:])

    def titles(self, person: str) -> tuple[HeldTitle, ...]:
        """Give the titles that somebody holds, oldest first.

        After ``resume`` those of periods that were over then need not be among them.
        """
        titles = self._book.titles
        return tuple(
            HeldTitle(titles.row(grant), titles.fact(grant)) for grant in titles.held(person)
        )

    def points(self, person: str) -> tuple[tuple[str, Stretch, str], ...]:
        """Give somebody's accounts: ledger, period, balance; see ``titles`` for older ones."""
        return tuple(
            (ledger, stretch, numbers.show(balance))
            for _, ledger, stretch, balance in self._book.balances_of(person)
        )

    def progress(self, person: str, at: datetime) -> tuple[Progress, ...]:
        """Say of every title how far somebody has come at an instant, and what is missing."""
        return self._book.titles.progress(person, self._periods(at))

    def rooms(self, person: str, at: datetime) -> tuple[Room, ...]:
        """Give every cap of points that holds on the day of an instant, and what it has left."""
        return rooms_of(self._book, person, self._at(at), self._periods(at))

    def tries(self, person: str, at: datetime) -> tuple[Tries, ...]:
        """Give every limit of tries that holds at an instant, and how many are left."""
        return tries_of(self._book, person, self._at(at), self._periods(at))

    def _read(self, act: ActIn) -> Row:
        reader = Reader()
        row = read_act(self._book, reader, act)
        if row is None or reader.problems:
            raise Problems(reader.problems)
        return row

    def _periods(self, at: datetime) -> Mapping[str, Stretch]:
        return self._book.days.of(self._at(at).date())

    def _at(self, at: datetime) -> datetime:
        local = localize(self._practice, at)
        if local is None:
            raise DomainError("act_at", first=FIRST_YEAR, last=LAST_YEAR)
        return local

    def forget(self, person: str) -> None:
        """Drop somebody, so that all acts can be taken anew."""
        self._last.pop(person, None)
        self._book.forget(person)
        self._book.titles.forget(person)

    def put_down(self, person: str) -> bytes:
        """Write down all that later acts need; nothing where only a new beginning will do."""
        last = self._last.get(person)
        if last is None or not self.resumes:
            return b""
        current = self._book.days.of(last[0].date()) if self._prunes else None
        return pack(last, self._book.person(person), self._book.titles.chest(person), current)

    def resume(self, person: str, state: bytes) -> None:
        """Go on from what was put down under the same rules and windows."""
        last, one, chest = unpack(state, self._practice, self._book.days)
        self._last[person] = last
        self._book.restore(person, one)
        self._book.titles.restore(person, chest)
