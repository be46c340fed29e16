"""Which face prints where a document asks for another: a declared table, shown with the preview.

The faces that official documents ask for are sold; a docx names them and the office's computer has
them. A PDF of ours is set in free faces, unless the folder of further fonts has the asked ones.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from fontTools.ttLib import TTCollection, TTFont

SERIF: Final = "Noto Serif SC"
SANS: Final = "Noto Sans SC"
_SANS_WORDS: Final = (
    "黑体",
    "雅黑",
    "等线",
    "hei",
    "sans",
    "arial",
    "calibri",
    "helvetica",
    "yahei",
)
# Names of the same face; WPS, Word and foundries write them differently.
_SAME: Final = (
    frozenset({"仿宋_gb2312", "fangsong_gb2312", "仿宋", "fangsong", "stfangsong", "华文仿宋"}),
    frozenset({"楷体_gb2312", "kaiti_gb2312", "楷体", "kaiti", "stkaiti", "华文楷体"}),
    frozenset({"方正小标宋简体", "方正小标宋_gbk", "fzxiaobiaosong-b05s", "小标宋"}),
    frozenset({"黑体", "simhei", "stheiti"}),
    frozenset({"宋体", "simsun", "stsong", "新宋体", "nsimsun"}),
)


@dataclass(frozen=True, slots=True)
class Substitution:
    """``same`` says that the asked face itself prints."""

    asked: str
    used: str
    same: bool


def substitutions(asked: Iterable[str], files: Iterable[Path]) -> tuple[Substitution, ...]:
    """Say for each face that a document asks for which one prints."""
    held = {name.lower(): name for file in files for name in _families(file)}
    return tuple(_substitute(face, held) for face in dict.fromkeys(asked))


def _substitute(face: str, held: dict[str, str]) -> Substitution:
    wanted = face.lower().strip()
    alike = next((names for names in _SAME if wanted in names), frozenset({wanted}))
    for name in (wanted, *sorted(alike)):
        if name in held:
            return Substitution(face, held[name], same=True)
    plain = any(word in wanted for word in _SANS_WORDS)
    return Substitution(face, SANS if plain else SERIF, same=False)


@cache
def _families(file: Path) -> tuple[str, ...]:
    """The family names of a font file, in every language that it has them."""
    collection = file.suffix.lower() in {".ttc", ".otc"}
    fonts = TTCollection(file, lazy=True).fonts if collection else [TTFont(file, lazy=True)]
    names: dict[str, None] = {}
    for font in fonts:
        for record in font["name"].names:
            if record.nameID in {1, 16}:
                names[str(record.toUnicode())] = None
        font.close()
    return tuple(names)
