"""A service's refusal becomes a form's error: what was typed stays."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django import forms

from leitai.base.errors import text_of
from leitai.kernel.errors import DomainError, Problem, Problems

T = TypeVar("T")
_NOT_THE_FORMS = frozenset({"forbidden", "not_found"})
TAKEN = frozenset({"personal_taken", "personal_taken_elsewhere"})


def attempt(form: forms.Form, act: Callable[[], T]) -> T | None:
    """What `act` answers; None when it refused, with its sentences on the form."""
    try:
        return act()
    except DomainError as error:
        if error.code in _NOT_THE_FORMS:
            raise
        problems = error.problems if isinstance(error, Problems) else (error,)
        for problem in problems:
            form.add_error(None, _sentence(problem))
        form.taken = any(problem.code in TAKEN for problem in problems)  # type: ignore[attr-defined]
        return None


def _sentence(problem: DomainError | Problem) -> str:
    """Without a place that is only a code which nobody has seen yet."""
    if isinstance(problem, Problem) and problem.place.isascii():
        problem = Problem("", problem.code, problem.data)
    return text_of(problem)
