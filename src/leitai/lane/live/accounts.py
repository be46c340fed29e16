"""What the seats' lines add up to. Pure."""

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Self

from leitai.rulebook import live
from leitai.rulebook.live import Match, Seat


class Accounts:
    """Scores, order and counts of one match; made anew only when a seat's account has changed.

    No press and no clock changes one, so what they have the stage show costs no sums.
    """

    def __init__(self) -> None:
        self._seats: Mapping[str, Seat] | None = None
        self.scores: Mapping[str, Fraction] = MappingProxyType({})
        self.order: tuple[str, ...] = ()
        self.fouls: Mapping[str, int] = MappingProxyType({})
        self.wrong: Mapping[str, int] = MappingProxyType({})

    def of(self, match: Match) -> Self:
        """Give the accounts of a match as it stands."""
        seats = match.play.seats
        if self._seats is not seats:
            self._seats = seats
            self.scores = match.scores
            ranked = [name for name, seat in seats.items() if seat.out != "void"]
            self.order = live.by_score(match.live, match.play, ranked)
            self.fouls = {name: seat.count(("foul",)) for name, seat in seats.items()}
            self.wrong = {name: seat.count(("wrong", "timeout")) for name, seat in seats.items()}
        return self
