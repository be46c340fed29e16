"""Stored reasons and marks as words in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from leitai.rulebook import numbers, reasons
from leitai.rulebook.data import Reason
from leitai.rulebook.model import Rulebook, TrackKind
from leitai.seasons.enums import ScoreStatus


def language() -> Literal["zh", "en"]:
    return "en" if (get_language() or "zh").startswith("en") else "zh"


def text_of(reason: Mapping[str, object], *, of: TrackKind = "person") -> str:
    """`of`: what the track's entries are; a team's total is not called a person's."""
    return reasons.render(Reason.from_plain(reason), language(), of=of)


def shown_mark(value: int, decimals: int, status: str, over: int = 1) -> str:
    """85.00分, or the word for no mark."""
    if status != ScoreStatus.OK:
        return str(ScoreStatus(status).label)
    exact = numbers.scaled(value, decimals) / over
    return _("%(mark)s分") % {"mark": numbers.show(exact, decimals)}


def place_title(law: Rulebook, code: str) -> str:
    """What somebody goes on to: a stage of the season, or a place beyond it."""
    return law.stages[code].title if code in law.stages else law.beyond[code].title
