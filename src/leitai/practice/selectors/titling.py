"""The titles that a learner ever reached, how each stands now, and what paper there is of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from leitai.practice.models import Learner, Title
from leitai.practice.selectors.grounds import Ground
from leitai.practice.selectors.history import sentence_of


@dataclass(frozen=True, slots=True)
class Paper:
    """A certificate: its number, where it is checked, where its file is (empty: none yet)."""

    serial: str
    check: str
    file: str
    revoked: bool


Papers = Callable[[Learner], Mapping[tuple[str, str], Paper]]  # by title and period
_PAPERS: Final[list[Papers]] = []


@dataclass(frozen=True, slots=True)
class Held:
    row: Title
    title: str
    sentence: str
    over: bool
    paper: Paper | None


def register(papers: Papers) -> None:
    """A room above tells what it has issued of a learner's titles."""
    if papers not in _PAPERS:
        _PAPERS.append(papers)


def held_titles(ground: Ground, learner: Learner) -> tuple[Held, ...]:
    """The newest first."""
    names = ground.practice.titles
    papers = {place: paper for source in _PAPERS for place, paper in source(learner).items()}
    rows = Title.objects.filter(learner=learner).order_by("-reached_on", "-pk")
    return tuple(
        Held(
            row,
            names[row.title].title if row.title in names else row.title,
            sentence_of(row.reason),
            over=row.until is not None and row.until < ground.day,
            paper=papers.get((row.title, row.period)),
        )
        for row in rows
    )
