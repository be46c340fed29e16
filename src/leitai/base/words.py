"""How words stand together on a page: marks of the reader's language between our own texts."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _


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


def remarked(text: object, remark: object) -> str:
    """甲（乙）; in English a (b)."""
    return _("%(text)s（%(remark)s）") % {"text": text, "remark": remark}


def placed(place: str, text: str) -> str:
    """甲：乙; in English a: b."""
    return _("%(place)s：%(text)s") % {"place": place, "text": text}
