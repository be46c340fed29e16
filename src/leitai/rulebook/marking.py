"""The one rule that marks an objective item; exams and practice both call it."""

import unicodedata
from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from leitai.kernel.errors import DomainError

Key = str | Sequence[Sequence[str]]
Response = str | Sequence[str] | None

TYPES: Final = ("single", "multiple", "truefalse", "blank")
_NOUGHT: Final = Fraction(0)


def mark(
    item_type: str, key: Key, response: Response, points: Fraction, partial: str = "none"
) -> Fraction:
    """Give the points that a response earns.

    A key is option letters (``"AC"``; one for ``single``), ``"T"`` or ``"F"``, or for ``blank`` the
    accepted variants of each blank; a response is letters, or one text a blank. What is missing or
    of another shape earns nothing. ``partial: share`` gives for ``blank`` the share of the right
    blanks, for ``multiple`` the share of the right options when no wrong one was chosen. Raises
    DomainError("bad_key") for a key that is none, since no mark could be trusted.
    """
    if item_type == "blank":
        return points * _blanks(_variants(key), response, partial)
    right = _letters(item_type, key)
    chosen = set(plain(response)) if isinstance(response, str) else set()
    if chosen == right:
        return points
    if item_type == "multiple" and partial == "share" and chosen < right:
        return points * Fraction(len(chosen), len(right))
    return _NOUGHT


def plain(text: str) -> str:
    """Reduce a text to what is compared: one width, no white space, no case."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _letters(item_type: str, key: Key) -> set[str]:
    letters = plain(key) if isinstance(key, str) else ""
    allowed = "tf" if item_type == "truefalse" else "abcdefghijklmnopqrstuvwxyz"
    fits = bool(letters) and set(letters) <= set(allowed) and len(set(letters)) == len(letters)
    if item_type not in TYPES or not fits or (item_type != "multiple" and len(letters) != 1):
        raise DomainError("bad_key", type=item_type, key=str(key))
    return set(letters)


def _variants(key: Key) -> list[set[str]]:
    if isinstance(key, str) or not key or any(isinstance(blank, str) for blank in key):
        raise DomainError("bad_key", type="blank", key=str(key))
    blanks = [{plain(variant) for variant in blank} for blank in key]
    if not all(blank and "" not in blank for blank in blanks):
        raise DomainError("bad_key", type="blank", key=str(key))
    return blanks


def _blanks(blanks: list[set[str]], response: Response, partial: str) -> Fraction:
    given = [] if response is None or isinstance(response, str) else list(response)
    right = sum(
        isinstance(text, str) and plain(text) in variants
        for variants, text in zip(blanks, given, strict=False)
    )
    if right == len(blanks):
        return Fraction(1)
    return Fraction(right, len(blanks)) if partial == "share" else _NOUGHT
