"""How answers and the way to a title read on a page."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext

from leitai.base.words import clauses
from leitai.practice.selectors.studying import Answer
from leitai.rulebook import numbers
from leitai.rulebook.practice import Missing, Progress

register = template.Library()


@register.filter
def said_text(answer: Answer) -> str:
    """AC; 对; 甲；乙: what a learner answered."""
    given = answer.response
    if answer.version.type == "truefalse":
        return gettext("对") if given == "T" else gettext("错")
    return given if isinstance(given, str) else clauses(given or ())


@register.filter
def way_share(progress: Progress) -> int:
    """How much of the way to a title is done, in percent, for a bar."""
    return 100 if progress.held else _share(progress.goal)


@register.filter
def way_figure(progress: Progress) -> str:
    """88 / 100: where one figure alone decides."""
    goal = progress.goal
    if goal.parts or progress.held or not goal.least:
        return ""
    have = goal.least - goal.missing if goal.count == "row" else goal.have
    return f"{numbers.show(have)} / {numbers.show(goal.least)}"


def _share(goal: Missing) -> int:
    if goal.reached:
        return 100
    if goal.count in ("all", "any"):
        parts = [_share(part) for part in goal.parts]
        return (max(parts) if goal.count == "any" else sum(parts) // len(parts)) if parts else 0
    have = goal.least - goal.missing if goal.count == "row" else goal.have
    return max(0, min(99, int(100 * have / goal.least))) if goal.least else 0
