"""Coded errors: the core says what is wrong as data, the edge says it in a person's language.

DomainError
└── Problems        everything that is wrong with one input, all at once
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


class DomainError(Exception):
    """An expected refusal: ``code`` names it, ``data`` holds what its text needs.

    ``str()`` of it is for logs; people read the edge's text instead.
    """

    def __init__(self, code: str, /, **data: object) -> None:
        details = ", ".join(f"{key}={value!r}" for key, value in data.items())
        super().__init__(f"{code} ({details})" if details else code)
        self.code = code
        self.data: dict[str, object] = data


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in an input: where (for people), which code, and its data."""

    place: str
    code: str
    data: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))


class Problems(DomainError):  # noqa: N818  (it is many errors, and its name says so)
    """Everything that is wrong with one input, in the order of the input."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        lines = tuple(
            f"{problem.place}: {problem.code} {dict(problem.data)}" for problem in self.problems
        )
        super().__init__("problems", problems=lines)
