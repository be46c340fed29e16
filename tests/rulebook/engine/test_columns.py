"""Columns of exact figures: whatever their size, nothing overflows and nothing is rounded unasked."""

from fractions import Fraction

import numpy as np
import pytest

from leitai.rulebook.columns import column, combine, constant, fractions, rounded
from leitai.rulebook.model import Round


def values(one):
    return [one.value(at) for at in range(len(one))]


def test_integers_count_wholes_unless_said():
    assert values(column([3, -4])) == [3, -4]
    assert values(column([3, -4], 8)) == [Fraction(3, 8), Fraction(-1, 2)]
    assert values(constant(Fraction(5, 3), 2)) == [Fraction(5, 3)] * 2
    assert values(fractions([Fraction(1, 2), Fraction(-2, 3)])) == [Fraction(1, 2), Fraction(-2, 3)]


def test_nobody_has_no_figures():
    assert (len(column([])), len(fractions([])), len(combine([], 0))) == (0, 0, 0)
    assert values(combine([], 2)) == [0, 0]


@pytest.mark.parametrize("great", [2**61, 2**62 - 1, 2**62, 2**63, 2**70])
@pytest.mark.parametrize("sign", [1, -1])
def test_great_figures_stay_as_they_are(great, sign):
    one = column([sign * great, 5, 0])
    assert values(one) == [sign * great, 5, 0]
    assert values(column(np.array([sign * great, 5], dtype=object))) == [sign * great, 5]
    assert values(combine([(one, Fraction(4))], 3)) == [sign * great * 4, 20, 0]
    assert values(combine([(one, Fraction(1)), (one, Fraction(-1))], 3)) == [0, 0, 0]


def test_a_sum_that_leaves_64_bits_by_its_weight_alone():
    """2**61 by 4 is 2**63, one over what a signed integer of 64 bits holds."""
    assert values(combine([(column([2**61, 0]), Fraction(4))], 2)) == [2**63, 0]
    assert values(combine([(column([0, -(2**61)]), Fraction(8))], 2)) == [0, -(2**64)]


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        ("down", ["1.2", "-1.2", "1.3", "0", "1.2"]),
        ("up", ["1.3", "-1.3", "1.3", "0", "1.3"]),
        ("half-up", ["1.3", "-1.3", "1.3", "0", "1.2"]),
        ("half-even", ["1.2", "-1.2", "1.3", "0", "1.2"]),
    ],
)
def test_rounding_to_one_place(mode, expected):
    """1.25, -1.25, 1.3, 0 and 1.2499: away from nought, or to the even digit, or cut off."""
    one = fractions([Fraction(text) for text in ("1.25", "-1.25", "1.3", "0", "1.2499")])
    assert values(rounded(one, Round(1, mode))) == [Fraction(text) for text in expected]


def test_half_to_the_even_digit_goes_up_from_an_odd_one():
    one = fractions([Fraction("1.35"), Fraction("1.45"), Fraction("-0.75")])
    assert values(rounded(one, Round(1, "half-even"))) == [
        Fraction("1.4"), Fraction("1.4"), Fraction("-0.8"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("units", "over", "expected"),
    [
        (2**40, 1, 2**40),  # 2**40 by 10**9 leaves 64 bits
        (10**15 + 1, 10**15, 1),  # 1.000000000000001: as great a denominator as figure
        (-(10**15) - 1, 10**15, -1),
        (1, 10**15, 0),
        (10**16, 3, Fraction(3333333333333333333333333, 10**9)),
    ],
)
def test_rounding_to_nine_places_stays_exact(units, over, expected):
    one = column([units, 0], over)
    assert values(rounded(one, Round(9, "half-up"))) == [expected, 0]


def test_without_a_rule_nothing_is_rounded():
    one = fractions([Fraction(1, 3)])
    assert rounded(one, None) is one
