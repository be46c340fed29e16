"""Questions as the player reads them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from leitai.bank.models import ItemVersion

_TYPES: Final = {"truefalse": "judge"}  # as the player calls them


def questions_of(versions: Sequence[ItemVersion], *, answers: bool) -> tuple[dict[str, Any], ...]:
    """The questions as the player reads them."""
    return tuple(_question(number, one, answers) for number, one in enumerate(versions, start=1))


def _question(number: int, version: ItemVersion, answers: bool) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "n": number,
        "version": version.pk,
        "item": version.item_id,
        "type": _TYPES.get(version.type, version.type),
        "stem": version.stem,
        "options": version.options,
        "module": version.module,
    }
    if version.type == "blank":
        shown["blanks"] = len(version.key or ())
    if answers:
        shown |= {
            "key": version.key,
            "explanation": version.explanation,
            "basis": version.basis,
        }
    return shown
