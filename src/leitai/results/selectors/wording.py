"""Stored reasons as sentences in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from django.utils.translation import get_language

from leitai.rulebook import reasons
from leitai.rulebook.data import Reason


def language() -> Literal["zh", "en"]:
    return "en" if (get_language() or "zh").startswith("en") else "zh"


def text_of(reason: Mapping[str, object]) -> str:
    return reasons.render(Reason.from_plain(reason), language())
