"""What is wrong with a rulebook or with the engine's inputs, and how to mend it, in two languages.

The package is pure: it chooses no language. The edge takes these sentences, or calls ``text_of``.
A file for each part of the language: code → Chinese, English.
"""

from collections.abc import Mapping
from typing import Final

from leitai.kernel.errors import DomainError, Problem, Problems
from leitai.rulebook.texts import (
    core,
    engine,
    judging,
    live,
    practice,
    procedure,
    rubric,
    tables,
    yaml,
)

TEXTS: Final[Mapping[str, tuple[str, str]]] = {
    **core.TEXTS,
    **engine.TEXTS,
    **judging.TEXTS,
    **live.TEXTS,
    **practice.TEXTS,
    **procedure.TEXTS,
    **rubric.TEXTS,
    **tables.TEXTS,
    **yaml.TEXTS,
}


def text_of(error: DomainError | Problem, lang: str = "zh") -> str:
    """Write an error or a problem; several problems give a line each, with their places."""
    if isinstance(error, Problems):
        return "\n".join(text_of(problem, lang) for problem in error.problems)
    at = 1 if lang.partition("-")[0] == "en" else 0
    sentence = TEXTS[error.code][at] % dict(error.data)
    return f"{error.place}: {sentence}" if isinstance(error, Problem) else sentence
