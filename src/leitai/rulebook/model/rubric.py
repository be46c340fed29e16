"""Points by which units are compared for an award that a body decides: 优秀组织奖."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal

from leitai.rulebook.model.base import Decimals

Measured = Literal[
    "ratio",
    "times",
    "days",
    "mean",
    "accuracy",
    "holders",
    "held",
    "late",
    "entrants",
    "levels",
    "lists",
    "incidents",
    "adopted",
    "facts",
    "hand",
]
PRACTISED: Final = ("ratio", "times", "days", "mean", "accuracy", "holders")
SELECTED: Final = ("held", "late", "entrants", "levels")


@dataclass(frozen=True, slots=True)
class Rung:
    """So many points from this figure on."""

    least: Fraction
    points: Fraction


@dataclass(frozen=True, slots=True)
class RubricLine:
    """What one line of a rubric looks at, and how its figure becomes points, ``max`` at the most.

    ``each`` gives points for each one of the figure (from ``base`` on; what is held counts as one,
    and percents as their number), ``steps`` the points of the highest rung that is reached, and
    ``best`` the maximum to the unit with the highest figure and its share of that to the others.
    A line of ``hand`` has none of them: the body's officers give its points, with a reason.
    """

    title: str
    of: Measured
    max: Fraction
    each: Fraction | None = None
    base: Fraction = Fraction(0)
    steps: tuple[Rung, ...] = ()
    best: bool | None = None
    ledger: str | None = None
    award: str | None = None
    stage: str | None = None
    kind: str | None = None
    key: str | None = None
    source: str = ""
    assumption: str | None = None


@dataclass(frozen=True, slots=True)
class Rubric:
    """The lines by which units are compared; how many of them have the award stays open.

    Points of a line are rounded to ``decimals``, half up, so that what is printed adds up. Of units
    with equal totals the lines ``keys`` are compared in turn; who is equal then shares the rank.
    """

    lines: Mapping[str, RubricLine]
    decimals: Decimals = 2
    keys: tuple[str, ...] = ()
    source: str = ""
    assumption: str | None = None
