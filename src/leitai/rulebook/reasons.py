"""Reasons as sentences, in Chinese and English; made only when somebody reads them.

Amounts and titles stand ready in a reason's data. Titles are the rulebook's own words and stay as
they are in every language.
"""

from collections.abc import Callable, Mapping
from typing import Final

from leitai.rulebook import reasons_en, reasons_zh
from leitai.rulebook.data import Reason
from leitai.rulebook.judging import reasons as judging
from leitai.rulebook.live import reasons as live
from leitai.rulebook.model import TrackKind
from leitai.rulebook.practice import reasons as practice

_LANGUAGES: Final[Mapping[str, Mapping[str, Callable[[reasons_zh.Data], str]]]] = {
    "zh": {
        **reasons_zh.SENTENCES,
        **judging.SENTENCES_ZH,
        **live.SENTENCES_ZH,
        **practice.SENTENCES_ZH,
    },
    "en": {
        **reasons_en.SENTENCES,
        **judging.SENTENCES_EN,
        **live.SENTENCES_EN,
        **practice.SENTENCES_EN,
    },
}


def render(reason: Reason, lang: str = "zh", *, of: TrackKind = "person") -> str:
    """Write a reason; ``lang`` is a language tag (``zh``, ``zh-hans``, ``en`` …).

    ``of`` is what the entries of its track are: a team's total is no person's.
    """
    return _LANGUAGES[language(lang)][reason.code](reasons_zh.Data(reason.data, of))


def language(tag: str) -> str:
    """Give the language that we speak for a tag: English for English, Chinese for the rest."""
    return "en" if tag.partition("-")[0] == "en" else "zh"


def codes() -> frozenset[str]:
    """Name every reason that can be written."""
    return frozenset(_LANGUAGES["zh"])
