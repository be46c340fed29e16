"""Names and small values that every part of the language shares."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated, Final, Literal

from leitai.rulebook.numbers import MAX_DECIMALS
from leitai.rulebook.schema import Between, Percent

LANGUAGE_VERSION: Final = 1

Count = Annotated[int, Between(1, 1_000_000)]
Number = Annotated[int, Between(0, 1_000_000)]
Decimals = Annotated[int, Between(0, MAX_DECIMALS)]
Year = Annotated[int, Between(1900, 9999)]
Share = Annotated[Fraction, Percent()]
Better = Literal["higher", "lower"]
Guests = Literal["skip", "include"]
RoundMode = Literal["half-up", "half-even", "down", "up"]

# What answers a tie through which a line runs. ``share``: all of them are inside the line and the
# quota overflows; ``out``: none of them is; the others wait for a resolution of that kind.
Unbroken = Literal["share", "out", "draw", "vote", "playoff", "jury", "confirmation"]


@dataclass(frozen=True, slots=True)
class Round:
    """Round to so many decimals; without one of these a figure stays exact."""

    decimals: Decimals
    mode: RoundMode = "half-up"


@dataclass(frozen=True, slots=True)
class Portion:
    """A share of a number of entries, rounded to whole places."""

    share: Share
    round: Literal["down", "up", "half-up"]
    of: Literal["entrants", "ranked", "rest"] = "entrants"
