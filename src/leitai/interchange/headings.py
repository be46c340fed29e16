"""Which column is what: headings by their names, with the names that other people use."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from leitai.interchange.text import squeeze

LETTERS: Final = "ABCDEFGH"
# The first name of each is the one that our own files and messages use.
NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "number": ("序号", "题号", "编号", "no.", "no", "number"),
    "type": ("题型", "题目类型", "试题类型", "题类", "type"),
    "module": ("模块", "章节", "章", "module", "chapter"),
    "topic": ("知识点", "考点", "topic"),
    "stem": ("题干", "题目", "试题内容", "题目内容", "试题", "stem", "question"),
    "key": ("答案", "标准答案", "正确答案", "题目答案", "参考答案", "试题答案", "key", "answer"),
    "explanation": ("解析", "答案解析", "试题解析", "explanation"),
    "source": ("来源", "出处", "source"),
    "law": ("法律", "法规", "法律法规", "law"),
    "version": ("版本", "版本日期", "version"),
    "article": ("条款", "条文", "法条", "article"),
    "quote": ("引文", "原文", "quote"),
}
REQUIRED: Final = ("type", "stem", "key")
_OPTION: Final = re.compile(r"(?:选项|备选项|答案选项|option)?([a-h])(?:选项|项)?")
_BRACKETS: Final = re.compile(r"\(.*\)$")
_MEANING: Final = {name: meaning for meaning, names in NAMES.items() for name in names}


@dataclass(frozen=True, slots=True)
class Headings:
    """The heading's row (from 0), the column of each meaning (``option:A`` …), the names found."""

    row: int
    columns: Mapping[str, int]
    found: tuple[str, ...]
    repeated: tuple[str, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """Names of the columns without which no question can be read."""
        return tuple(NAMES[meaning][0] for meaning in REQUIRED if meaning not in self.columns)

    def name(self, meaning: str) -> str:
        """The heading as the file has it, else our own name for it."""
        column = self.columns.get(meaning)
        return our_name(meaning) if column is None else self.found[column]


def our_name(meaning: str) -> str:
    """What our own files call the column."""
    kind, _, letter = meaning.partition(":")
    return f"选项{letter}" if kind == "option" else NAMES[meaning][0]


def meaning_of(heading: str) -> str | None:
    """What a heading means; a note in brackets behind it does not matter."""
    name = _BRACKETS.sub("", unicodedata.normalize("NFKC", heading).strip()) or heading
    name = squeeze(name).rstrip(":*")
    if name in _MEANING:
        return _MEANING[name]
    option = _OPTION.fullmatch(name)
    return f"option:{option[1].upper()}" if option else None


def is_heading(row: Sequence[str]) -> bool:
    """Whether the row is a heading for certain: it names the question and two more things."""
    meanings = {meaning_of(cell) for cell in row} - {None}
    return "stem" in meanings and len(meanings) >= 3


def find_headings(rows: Sequence[Sequence[str]]) -> Headings:
    """Take the row that names the most columns, the first of equals."""
    return max((_headings(at, row) for at, row in enumerate(rows)), key=lambda it: len(it.columns))


def _headings(at: int, row: Sequence[str]) -> Headings:
    columns: dict[str, int] = {}
    repeated = []
    for column, cell in enumerate(row):
        meaning = meaning_of(cell)
        if meaning is None:
            continue
        if meaning in columns:
            repeated.append(cell)
        columns.setdefault(meaning, column)
    return Headings(at, columns, tuple(row), tuple(repeated))
