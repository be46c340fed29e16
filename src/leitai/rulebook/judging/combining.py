"""From many figures to one: rounding, and what is made of the figures of several judges."""

from collections.abc import Sequence
from fractions import Fraction

from leitai.rulebook.model import Round
from leitai.rulebook.model.judging import Combine


def rounded(value: Fraction, rule: Round | None) -> Fraction:
    """Round ``value`` as the rule says, away from zero where it rounds up; None leaves it exact."""
    if rule is None:
        return value
    scale: int = 10**rule.decimals
    whole, rest = divmod(abs(value) * scale, 1)
    half = Fraction(1, 2)
    more = (
        (rule.mode == "up" and rest > 0)
        or (rule.mode == "half-up" and rest >= half)
        or (rule.mode == "half-even" and (rest > half or (rest == half and whole % 2 == 1)))
    )
    units = int(whole) + more
    return Fraction(-units if value < 0 else units, scale)


def trims(rule: Combine, count: int) -> bool:
    """Say whether the greatest and least of ``count`` figures are dropped."""
    return rule.by == "trimmed" and count >= trim_from(rule)


def trim_from(rule: Combine) -> int:
    """Give the least number of figures of which some are dropped; one is always left."""
    return max(rule.from_ or 0, rule.high + rule.low + 1)


def combine(rule: Combine, figures: Sequence[Fraction]) -> Fraction:
    """Make one figure of at least one; their order does not matter."""
    ordered = sorted(figures)
    if trims(rule, len(ordered)):
        ordered = ordered[rule.low : len(ordered) - rule.high]
    if rule.by == "median":
        middle = len(ordered) // 2
        ordered = ordered[middle : middle + 1] if len(ordered) % 2 else _pair(ordered, middle)
    added = sum(ordered, start=Fraction(0))
    return added if rule.by == "sum" else added * Fraction(1, len(ordered))


def _pair(ordered: list[Fraction], middle: int) -> list[Fraction]:
    return ordered[middle - 1 : middle + 1]
