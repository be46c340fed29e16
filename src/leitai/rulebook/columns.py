"""Exact columns of figures: integers over one common denominator, as many as there are entries.

A column of a million and one of twenty run the same code. Where a value could leave 63 bits the
column holds Python's own integers instead, so nothing ever overflows or is rounded.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from leitai.rulebook import numbers
from leitai.rulebook.model import Round

Array = npt.NDArray[Any]  # of int64, or of Python's integers
_LIMIT: Final = 2**62


@dataclass(frozen=True, slots=True)
class Column:
    """Values ``units / over``, one an entry."""

    units: Array
    over: int = 1

    def __len__(self) -> int:
        return len(self.units)

    def value(self, at: int) -> Fraction:
        """Give one value."""
        return Fraction(int(self.units[at]), self.over)

    def show(self, at: int, decimals: int) -> str:
        """Write one value with at least so many places."""
        return numbers.show_units(int(self.units[at]), self.over, decimals)

    def take(self, at: Array) -> "Column":
        """Choose entries, in this order."""
        return Column(self.units[at], self.over)


def column(units: Sequence[int] | Array, over: int = 1) -> Column:
    """Make a column of integers that count ``1 / over``."""
    return Column(_fit(units), over)


def fractions(values: Sequence[Fraction]) -> Column:
    """Make a column of any fractions."""
    over = lcm(*{value.denominator for value in values})
    return column([value.numerator * (over // value.denominator) for value in values], over)


def constant(value: Fraction, count: int) -> Column:
    """Make a column of one value."""
    return column([value.numerator] * count, value.denominator)


def combine(terms: Iterable[tuple[Column, Fraction]], count: int) -> Column:
    """Add columns, each by its weight."""
    parts = [(part, weight) for part, weight in terms if weight]
    each = [weight * Fraction(1, part.over) for part, weight in parts]
    over = lcm(1, *(one.denominator for one in each))
    factors = [int(one * over) for one in each]
    bound = sum(abs(f) * _bound(part.units) for f, (part, _) in zip(factors, parts, strict=True))
    kind: Any = np.int64 if bound < _LIMIT else object
    total: Array = np.zeros(count, dtype=kind)
    for factor, (part, _) in zip(factors, parts, strict=True):
        total = total + part.units.astype(kind) * factor
    return Column(_fit(total), over)


def rounded(one: Column, rule: Round | None) -> Column:
    """Round every value as the rule says; without a rule give the column itself."""
    if rule is None:
        return one
    scale: int = 10**rule.decimals
    bound = 4 * (scale + 1) * (_bound(one.units) + one.over)
    kind: Any = np.int64 if bound < _LIMIT else object
    units = one.units.astype(kind)
    negative = units < 0
    amount = np.where(negative, -units, units) * scale
    whole, rest = amount // one.over, amount % one.over
    if rule.mode == "up":
        more = rest > 0
    elif rule.mode == "half-up":
        more = 2 * rest >= one.over
    elif rule.mode == "half-even":
        more = (2 * rest > one.over) | ((2 * rest == one.over) & (whole % 2 == 1))
    else:
        more = rest < 0  # nobody
    whole = whole + more.astype(kind)
    return Column(_fit(np.where(negative, -whole, whole)), scale)


def _bound(units: Array) -> int:
    return max(abs(int(units.max())), abs(int(units.min()))) if len(units) else 0


def _fit(units: Sequence[int] | Array) -> Array:
    """Hold integers in 64 bits if they fit, and as they are if not."""
    if isinstance(units, np.ndarray):
        if units.dtype != object:
            return units
        return units.astype(np.int64) if _bound(units) < _LIMIT else units
    if not units:
        return np.zeros(0, dtype=np.int64)
    if max(map(abs, (max(units), min(units)))) < _LIMIT:
        return np.array(units, dtype=np.int64)
    return np.array(units, dtype=object)
