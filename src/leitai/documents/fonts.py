"""The fonts of a document: two of a pinned package, and a folder of further ones if given.

Typst prints an empty box for a character that no font has, and does not say so; hence the check.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

import pylopdf_fonts_zh_cn
from fontTools.ttLib import TTCollection, TTFont

_SUFFIXES: Final = frozenset({".otf", ".ttf", ".ttc", ".otc"})


@dataclass(frozen=True, slots=True)
class MissingGlyph:
    """A character that no font has, and the first text in which it stood."""

    character: str
    text: str


class FontMap:
    """Font files, and the characters that they can set."""

    def __init__(self, further: Path | None = None) -> None:
        """Take the packaged serif and sans, and every font file of ``further``."""
        packaged = (pylopdf_fonts_zh_cn.serif_path(), pylopdf_fonts_zh_cn.sans_path())
        added = () if further is None else _font_files(further)
        self.files: tuple[Path, ...] = (*packaged, *added)

    @property
    def folders(self) -> list[str]:
        """Give each folder that holds one of the files, once."""
        return [str(folder) for folder in dict.fromkeys(file.parent for file in self.files)]

    @cached_property
    def characters(self) -> frozenset[int]:
        """Collect the code points of all files (a fallback font serves every text)."""
        found: set[int] = set()
        for file in self.files:
            for font in _open(file):
                found.update(font.getBestCmap() or ())
                font.close()
        return frozenset(found)

    def missing_glyphs(self, texts: Iterable[str]) -> tuple[MissingGlyph, ...]:
        """List what would print as a box, each character once, in the order of the texts."""
        missing: dict[str, str] = {}
        for text in texts:
            for character in text:
                if character not in missing and not self._prints(character):
                    missing[character] = text
        return tuple(MissingGlyph(character, text) for character, text in missing.items())

    def _prints(self, character: str) -> bool:
        # Line breaks and joiners are instructions: no font needs a shape for them.
        return ord(character) in self.characters or unicodedata.category(character) in {"Cc", "Cf"}


def _font_files(folder: Path) -> tuple[Path, ...]:
    return tuple(sorted(f for f in folder.iterdir() if f.suffix.lower() in _SUFFIXES))


def _open(file: Path) -> list[TTFont]:
    if file.suffix.lower() in {".ttc", ".otc"}:
        return list(TTCollection(file, lazy=True).fonts)
    return [TTFont(file, lazy=True)]
