"""Exact decimals: text in, Fraction inside, text out. No float anywhere."""

import functools
import re
from fractions import Fraction
from typing import Final

from leitai.kernel.errors import DomainError

MAX_DECIMALS: Final = 9
_DECIMAL: Final = re.compile(r"-?(0|[1-9][0-9]{0,17})(\.[0-9]{1,18})?", re.ASCII)
_RATIO: Final = re.compile(r"(0|[1-9][0-9]{0,8})/([1-9][0-9]{0,8})", re.ASCII)


def is_decimal(text: str) -> bool:
    """Say whether ``text`` is a plain decimal (``-12.50``): no exponent, no ``+``, no blanks."""
    return _DECIMAL.fullmatch(text) is not None


def parse(text: str) -> Fraction:
    """Read a plain decimal exactly; raises DomainError("no_decimal")."""
    if not is_decimal(text):
        raise DomainError("no_decimal", text=text)
    whole, _, rest = text.partition(".")
    return Fraction(int(whole + rest), 10 ** len(rest)) if rest else Fraction(int(whole))


def share(text: str) -> Fraction | None:
    """Read ``40%``, ``1/3`` or a plain decimal as a fraction; None for anything else."""
    if text.endswith("%") and is_decimal(text[:-1]):
        return parse(text[:-1]) * Fraction(1, 100)
    if found := _RATIO.fullmatch(text):
        return Fraction(int(found[1]), int(found[2]))
    return parse(text) if is_decimal(text) else None


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
    top, bottom = (value, 1) if isinstance(value, int) else value.as_integer_ratio()
    places = decimals if 10**decimals % bottom == 0 else _places(bottom)
    if places is None:
        return f"{top}/{bottom}"
    return _digits(top * 10**places // bottom, places)


@functools.lru_cache(maxsize=65_536)
def show_units(units: int, over: int, decimals: int) -> str:
    """Write ``units / over`` as ``show`` does; many share a total, and many lists show it."""
    scale: int = 10**decimals
    if over == scale:
        return _digits(units, decimals)
    return show(Fraction(units, over), decimals)


def _digits(units: int, places: int) -> str:
    digits = str(abs(units)).rjust(places + 1, "0")
    sign = "-" if units < 0 else ""
    if not places:
        return sign + digits
    return f"{sign}{digits[:-places]}.{digits[-places:]}"


def _places(denominator: int) -> int | None:
    """Give the places that a decimal needs, or None if it does not end."""
    places = twos = 0
    while denominator % 2 == 0:
        denominator //= 2
        twos += 1
    while denominator % 5 == 0:
        denominator //= 5
        places += 1
    return max(places, twos) if denominator == 1 else None
