"""What a cell of a file means, as people type it; and what of it may be shown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Final

from django.db.models import TextChoices
from django.utils import translation

_SAME: Final = {"编制内": "permanent", "编制外": "contract"}
_DATE: Final = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2}))")
_OLDEST: Final = 1950
_RUN, _LONG_RUN = re.compile(r"\d{6,}"), re.compile(r"\d{10,}")  # codes of units have up to nine


def hide(text: str, *, unit: bool = False) -> str:
    """What was typed, without what may be a number in the wrong place."""
    return (_LONG_RUN if unit else _RUN).sub("******", text)


def choice_of(choices: type[TextChoices], text: str) -> str | None:
    """By its Chinese word, or the code that stands in the database."""
    return _words(choices).get(text)


@cache
def labels_of(choices: type[TextChoices]) -> tuple[str, ...]:
    """Chinese words whatever the reader's language: they stand in files."""
    with translation.override("zh-hans"):
        return tuple(str(label) for label in choices.labels)


@cache
def _words(choices: type[TextChoices]) -> Mapping[str, str]:
    values = choices.values
    same = {word: value for word, value in _SAME.items() if value in values}
    return (
        same
        | dict(zip(labels_of(choices), values, strict=True))
        | dict(zip(values, values, strict=True))
    )


def date_of(text: str) -> date | None:
    """2026-09-01, 2026/9/1, 2026年9月1日, 20260901; what else it may mean is not guessed."""
    match = _DATE.fullmatch(text.partition("T")[0].strip())
    if match is None:
        return None
    year, *parts = (int(part) for part in match.groups() if part)
    try:
        day = date(year, *parts)
    except ValueError:
        return None
    return day if day.year >= _OLDEST else None
