"""Question types and keys as people write them, as the house holds them."""

import re
import unicodedata
from typing import Final, Literal

from leitai.interchange.text import squeeze
from leitai.kernel.errors import DomainError

ItemType = Literal["single", "multiple", "truefalse", "blank"]
# Letters in order ("AC"); "T" or "F"; or for each blank its variants.
Key = str | tuple[tuple[str, ...], ...]

TYPES: Final[dict[str, ItemType]] = {
    **dict.fromkeys(("单选", "单选题", "单项选择", "单项选择题", "单选择题", "single"), "single"),
    **dict.fromkeys(("多选", "多选题", "多项选择", "多项选择题", "multiple"), "multiple"),
    **dict.fromkeys(
        ("判断", "判断题", "是非", "是非题", "对错题", "正误判断题", "truefalse"), "truefalse"
    ),
    **dict.fromkeys(("填空", "填空题", "blank"), "blank"),
}
_TRUE: Final = frozenset({"对", "正确", "√", "✓", "✔", "是", "t", "true"})
_FALSE: Final = frozenset({"错", "错误", "×", "✗", "✘", "x", "否", "不正确", "f", "false"})
_BETWEEN_LETTERS: Final = re.compile(r"[\s,、;/.。|&+\-]")
_LETTERS: Final = re.compile(r"[A-Z]+")
_BETWEEN_BLANKS: Final = re.compile(r"[;/]")
_GAPS: Final = (re.compile(r"_{2,}"), re.compile(r"[(]\s*[)]"))


def read_type(text: str) -> ItemType | None:
    """The type that a cell names, or None."""
    return TYPES.get(squeeze(text))


def read_letters(text: str, letters: str) -> str:
    """Sort the key's letters; each must be among ``letters``, the options that there are.

    Raises DomainError: key_unreadable, key_letter_unknown.
    """
    plain = _BETWEEN_LETTERS.sub("", unicodedata.normalize("NFKC", text)).upper()
    if not _LETTERS.fullmatch(plain) or len(set(plain)) != len(plain):
        raise DomainError("key_unreadable", key=text)
    unknown = "".join(sorted(set(plain) - set(letters)))
    if unknown:
        raise DomainError("key_letter_unknown", key=text, letters=unknown, options=letters)
    return "".join(sorted(plain))


def read_truth(text: str, options: tuple[tuple[str, str], ...] = ()) -> str:
    """T or F; a letter counts where its option says 正确 or 错误. Raises key_not_for_type."""
    word = squeeze(text)
    said = dict(options)
    if len(word) == 1 and word.upper() in said:
        word = squeeze(said[word.upper()])
    if word in _TRUE:
        return "T"
    if word in _FALSE:
        return "F"
    raise DomainError("key_not_for_type", key=text)


def is_truth(text: str) -> bool:
    """Whether an option of a true-or-false question says which of the two it is."""
    return squeeze(text) in _TRUE | _FALSE


def read_blanks(text: str, stem: str) -> tuple[tuple[str, ...], ...]:
    """The variants of each blank: blanks stand between ； or /, variants between |.

    Where the stem draws its blanks, as ____ or （ ）, there must be as many of them.
    Raises DomainError: key_unreadable, blanks_differ.
    """
    plain = text.translate(_PUNCTUATION)
    blanks = tuple(
        tuple(variant.strip() for variant in blank.split("|"))
        for blank in _BETWEEN_BLANKS.split(plain)
    )
    if not all(map(all, blanks)):
        raise DomainError("key_unreadable", key=text)
    drawn = count_blanks(stem)
    if drawn and drawn != len(blanks):
        raise DomainError("blanks_differ", key=text, drawn=drawn, given=len(blanks))
    return blanks


# Only what separates becomes half-width: the words of a key stay as they are.
_PUNCTUATION: Final = str.maketrans({"；": ";", "／": "/", "｜": "|"})


def count_blanks(stem: str) -> int:
    """How many blanks the stem draws, 0 where it draws none that can be told."""
    plain = unicodedata.normalize("NFKC", stem)
    for gap in _GAPS:
        drawn = len(gap.findall(plain))
        if drawn:
            return drawn
    return 0
