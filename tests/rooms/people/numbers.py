"""Numbers that look real and are nobody's: regions that do not exist, phones never given out."""

from __future__ import annotations


def id_number(birth: str = "19900307", order: int = 1, region: str = "000101") -> str:
    """18 characters with the check digit of GB 11643, worked out here from ISO 7064 MOD 11-2."""
    body = f"{region}{birth}{order:03d}"
    rest = 0
    for digit in body:  # the standard's own recursion, not the table of weights
        rest = (rest + int(digit)) * 2 % 11
    return body + "0123456789X"[(12 - rest) % 11]


def phone(order: int = 1) -> str:
    return f"1990000{order:04d}"
