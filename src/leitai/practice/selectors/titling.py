"""The titles that a learner ever reached, and how each stands now."""

from __future__ import annotations

from dataclasses import dataclass

from leitai.practice.models import Learner, Title
from leitai.practice.selectors.grounds import Ground
from leitai.practice.selectors.history import sentence_of


@dataclass(frozen=True, slots=True)
class Held:
    row: Title
    title: str
    sentence: str
    over: bool


def held_titles(ground: Ground, learner: Learner) -> tuple[Held, ...]:
    """The newest first."""
    names = ground.practice.titles
    rows = Title.objects.filter(learner=learner).order_by("-reached_on", "-pk")
    return tuple(
        Held(
            row,
            names[row.title].title if row.title in names else row.title,
            sentence_of(row.reason),
            over=row.until is not None and row.until < ground.day,
        )
        for row in rows
    )
