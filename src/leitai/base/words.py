"""How words stand together on a page: marks of the reader's language between our own texts."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce

from django.utils.translation import gettext as _

_STOPS = frozenset("。！？.!?")


def listed(parts: Iterable[object]) -> str:
    """甲、乙; in English a, b."""
    return _("、").join(map(str, parts))


def clauses(parts: Iterable[object]) -> str:
    """甲；乙; in English a; b."""
    return _("；").join(map(str, parts))


def summed(parts: Iterable[object]) -> str:
    """甲＋乙; in English a + b."""
    return _("＋").join(map(str, parts))


def sentence(text: str) -> str:
    """The text with its full stop."""
    return text + _("。")


def sentences(parts: Iterable[object]) -> str:
    """甲。乙。 in English A. B.; a part that has no full stop yet gets one."""
    whole = [text if text[-1:] in _STOPS else sentence(text) for text in map(str, parts)]
    return (
        reduce(lambda one, two: _("%(one)s%(two)s") % {"one": one, "two": two}, whole)
        if whole
        else ""
    )


def remarked(text: object, remark: object) -> str:
    """甲（乙）; in English a (b)."""
    return _("%(text)s（%(remark)s）") % {"text": text, "remark": remark}


def placed(place: str, text: str) -> str:
    """甲：乙; in English a: b."""
    return _("%(place)s：%(text)s") % {"place": place, "text": text}
