from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leitai.kernel.errors import DomainError
from leitai.rulebook import numbers


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (Fraction(173, 2), 2, "86.50"),
        (Fraction(173, 2), 0, "86.5"),
        (Fraction(-1, 8), 2, "-0.125"),
        (Fraction(1, 3), 2, "1/3"),
        (Fraction(-5, 6), 0, "-5/6"),
        (100, 0, "100"),
        (100, 2, "100.00"),
        (0, 1, "0.0"),
        (Fraction(1, 20), 0, "0.05"),
    ],
)
def test_show_is_exact(value, decimals, text):
    assert numbers.show(value, decimals) == text


@given(st.integers(-(10**9), 10**9), st.integers(0, 6))
@settings(max_examples=100, deadline=None)
def test_parse_undoes_show(value, decimals):
    exact = numbers.scaled(value, decimals)
    assert numbers.parse(numbers.show(exact, decimals)) == exact
    assert numbers.fits(exact, decimals)


@pytest.mark.parametrize(
    "text",
    ["", "1e2", "+1", "1.", ".5", "01", "1,5", "１", " 1", "1/3", "--1", "1" * 19, "0." + "1" * 19],
)
def test_parse_refuses_other_writings(text):
    with pytest.raises(DomainError) as caught:
        numbers.parse(text)
    assert caught.value.code == "no_decimal"


def test_fits_counts_places():
    assert not numbers.fits(Fraction(1, 8), 2)
    assert numbers.fits(Fraction(1, 8), 3)
