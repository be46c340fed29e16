"""Exact decimals: text in, Fraction inside, text out. No float anywhere."""

import re
from fractions import Fraction
from typing import Final

from leitai.kernel.errors import DomainError

MAX_DECIMALS: Final = 9
_DECIMAL: Final = re.compile(r"-?(0|[1-9][0-9]{0,17})(\.[0-9]{1,18})?", re.ASCII)


def is_decimal(text: str) -> bool:
    """Say whether ``text`` is a plain decimal (``-12.50``): no exponent, no ``+``, no blanks."""
    return _DECIMAL.fullmatch(text) is not None


def parse(text: str) -> Fraction:
    """Read a plain decimal exactly; raises DomainError("no_decimal")."""
    if not is_decimal(text):
        raise DomainError("no_decimal", text=text)
    return Fraction(text)


def scaled(value: int, decimals: int) -> Fraction:
    """Read an integer that counts units of ``10 ** -decimals``."""
    return Fraction(value, 10**decimals)


def fits(value: Fraction, decimals: int) -> bool:
    """Say whether ``value`` needs no more than ``decimals`` places.

    A number of places that the language refuses is answered as the nearest that it allows.
    """
    scale: int = 10 ** min(max(decimals, 0), MAX_DECIMALS)
    return (value * scale).denominator == 1


def show(value: Fraction | int, decimals: int = 0) -> str:
    """Write ``value`` exactly with at least ``decimals`` places, or as ``p/q`` if it does not end.

    ``show(Fraction(173, 2), 2)`` is ``86.50``; ``show(Fraction(1, 3))`` is ``1/3``.
    """
    exact = Fraction(value)
    rest = exact.denominator
    places = 0
    while rest % 10 == 0:
        rest //= 10
        places += 1
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
            places += 1
    if rest != 1:
        return f"{exact.numerator}/{exact.denominator}"
    places = max(places, decimals)
    digits = str(abs(exact.numerator) * 10**places // exact.denominator).rjust(places + 1, "0")
    sign = "-" if exact < 0 else ""
    if not places:
        return sign + digits
    return f"{sign}{digits[:-places]}.{digits[-places:]}"
