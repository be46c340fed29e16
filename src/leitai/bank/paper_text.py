"""A paper's text as contestants read it: plain data for canonical JSON, and never a key.

A paper is one immutable document of its season, so its words are Chinese whoever reads it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from leitai.rulebook import numbers

_TITLES: Final = {
    "single": "单项选择题",
    "multiple": "多项选择题",
    "truefalse": "判断题",
    "blank": "填空题",
}
# What follows "1.5 分，": when an item's points are given.
_RULES: Final = {
    ("single", "none"): "只有一个选项正确",
    ("multiple", "none"): "全部选对才得分，少选、多选、错选均不得分",
    ("multiple", "share"): "少选按比例得分，错选不得分",
    ("truefalse", "none"): "判断正误",
    ("blank", "none"): "各空全部填对才得分",
    ("blank", "share"): "按填对的空数得分",
}


@dataclass(frozen=True, slots=True)
class Question:
    """An item as it stands in a paper; `blanks` is 0 for all types but one."""

    type: str
    stem: str
    options: Sequence[Sequence[str]]
    blanks: int


@dataclass(frozen=True, slots=True)
class Section:
    type: str
    points: Fraction
    partial: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """Which paper it is; `exam` is the title of the rulebook's event, `minutes` its length."""

    code: str
    version: int
    title: str
    exam: str
    minutes: int | None


def plain_paper(heading: Heading, sections: Sequence[Section]) -> dict[str, Any]:
    """The paper as the lane's wire describes it, before it is sealed."""
    described, items = [], []
    number = 1
    for section in sections:
        described.append(_describe(section, number))
        for question in section.questions:
            items.append(
                {
                    "n": number,
                    "type": question.type,
                    "stem": question.stem,
                    "options": [list(option) for option in question.options],
                    "blanks": question.blanks,
                }
            )
            number += 1
    return {
        "id": heading.code,
        "version": heading.version,
        "title": heading.title,
        "exam": heading.exam,
        "minutes": heading.minutes,
        "sections": described,
        "items": items,
    }


def _describe(section: Section, first: int) -> dict[str, Any]:
    return {
        "type": section.type,
        "title": _TITLES[section.type],
        "rule": _RULES.get((section.type, section.partial), _RULES[section.type, "none"]),
        "from": first,
        "to": first + len(section.questions) - 1,
        "points": numbers.show(section.points),
    }
