"""字数 as an office counts them."""

import re
import unicodedata
from typing import Final

# Inside a run of letters and digits these join what stands on both sides: 3.5, 2022-04-10, e-mail.
_JOINS: Final = frozenset(".,'’-_/:@&+")
_SIGNS: Final = frozenset("%‰℃°")  # these belong to the run that they follow: 85%


_NUMBERED: Final = re.compile("[\u2150-\u218b\u2460-\u24ff]")


def count_words(text: str) -> int:
    """Count 字数: a CJK character one, a mark one, a run of Latin letters or digits one.

    Every wide character counts one (characters, kana, full-width letters, digits and marks). A run
    of other letters and digits counts one: ``PPT``, ``2022``, ``3.5``, ``85%``, ``2022-04-10``. Any
    other mark counts one (so …… and —— count two), and so does each of ① and Ⅳ. Blanks, line ends,
    controls and combining marks count nothing; a blank ends a run.
    """
    count, running = 0, False
    for at, char in enumerate(text):
        category = unicodedata.category(char)
        if category[0] == "M":
            continue
        wide = unicodedata.east_asian_width(char) in "WF"
        if category[0] == "Z" or (category[0] == "C" and category != "Co" and not wide):
            running = False
        elif wide or category == "Co" or _NUMBERED.match(char):
            count, running = count + 1, False
        elif category[0] in "LN":
            count, running = count + (not running), True
        elif running and (char in _SIGNS or (char in _JOINS and _goes_on(text, at + 1))):
            continue
        else:
            count, running = count + 1, False
    return count


def _goes_on(text: str, at: int) -> bool:
    """Say whether a run's letter or digit stands at ``at``."""
    if at >= len(text) or unicodedata.east_asian_width(text[at]) in "WF":
        return False
    return unicodedata.category(text[at])[0] in "LN"
