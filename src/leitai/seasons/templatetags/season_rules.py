"""`{{ problem|sentence }}` and `{{ problem|at_line }}`: what is wrong with rules, in words."""

from __future__ import annotations

from dataclasses import replace

from django import template
from django.utils.translation import gettext

from leitai.base.errors import text_of
from leitai.base.words import placed
from leitai.kernel.errors import Problem

register = template.Library()
PARTS = 3  # of a place: file, line, column


@register.filter
def sentence(problem: Problem) -> str:
    """What is wrong, without the place: the page shows it there."""
    return text_of(replace(problem, place=""))


@register.filter
def at_line(problem: Problem) -> str:
    """What is wrong, with line, column and path."""
    place, _, path = problem.place.partition(": ")
    parts = place.split(":")
    if len(parts) < PARTS:
        return text_of(problem)
    words = gettext("第%(line)s行第%(column)s列") % {"line": parts[1], "column": parts[2]}
    return placed(f"{words} {path}".strip(), sentence(problem))
