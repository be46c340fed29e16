"""How text is made comparable: one form for headings, types and letters, one for questions."""

import re
import unicodedata
from typing import Final

_SPACE: Final = re.compile(r"\s+")
# What neither a database nor a screen can hold; tab and line ends are white space.
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def squeeze(text: str) -> str:
    """NFKC, all white space removed, case folded: what a reader takes to be the same."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", text)).casefold()


def has_control(text: str) -> bool:
    """Whether the text holds a character that nobody typed on purpose."""
    return _CONTROL.search(text) is not None
