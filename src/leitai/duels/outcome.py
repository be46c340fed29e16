"""Who won: the more right answers; as many are a draw. Pure.

The seconds decide nothing: a slow line must not cost a point. They go along for the rules' `pace`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

WON: Final = "won"
DRAWN: Final = "drawn"
LOST: Final = "lost"
WORDS: Final = frozenset({WON, DRAWN, LOST})
Answers = Sequence[Sequence[Any]]  # [answer, ms, right]


def result_of(own: Answers, other: Answers) -> str:
    """The word of the first of two sides."""
    mine, theirs = right_of(own), right_of(other)
    if mine == theirs:
        return DRAWN
    return WON if mine > theirs else LOST


def right_of(answers: Answers) -> int:
    return sum(1 for _answer, _ms, right in answers if right)


def value_of(word: str, answers: Answers) -> str:
    """The act's value as the rules read it: the word, each answer, the seconds for each."""
    marks = "".join("1" if right else "0" for _answer, _ms, right in answers)
    seconds = ",".join(f"{int(ms) // 1000}.{int(ms) % 1000:03d}" for _answer, ms, _right in answers)
    return f"{word};answers={marks};seconds={seconds}"
