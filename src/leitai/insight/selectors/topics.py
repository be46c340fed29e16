"""Weak modules and their topics: of a unit, and of those below it as a heat map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.core.paginator import Page, Paginator

from leitai.insight.counting import Topic, topics_from
from leitai.insight.selectors.figures import by_group, topics_of
from leitai.insight.selectors.groups import OWN, children_of, single
from leitai.insight.selectors.pages import ROWS, Ground
from leitai.insight.selectors.weeks import step_of
from leitai.units.models import Unit

SHOWN: Final = 5  # topics below a module, as long as none is picked
LEAST: Final = 5  # answers that a cell is coloured by


@dataclass(frozen=True, slots=True)
class Shown:
    """A module of the table; `more` topics are shown once it is picked."""

    whole: Topic
    below: Sequence[Topic]

    @property
    def more(self) -> int:
        return len(self.whole.below) - len(self.below)


@dataclass(frozen=True, slots=True)
class TopicCell:
    """One unit's answers in a column; `step` as in the weeks' heat map, None for too few."""

    topic: Topic | None
    step: int | None


@dataclass(frozen=True, slots=True)
class TopicLine:
    unit: Unit | None
    cells: tuple[TopicCell, ...]


@dataclass(frozen=True, slots=True)
class TopicsPage:
    """`picked` is the module whose topics are the columns; None while modules are."""

    ground: Ground
    topics: Sequence[Topic]
    picked: Topic | None
    lines: Page[TopicLine]

    @property
    def columns(self) -> Sequence[Topic]:
        return self.topics if self.picked is None else self.picked.below

    @property
    def shown(self) -> list[Shown]:
        if self.picked is not None:
            return [Shown(self.picked, self.picked.below)]
        return [Shown(one, one.below[:SHOWN]) for one in self.topics]

    @property
    def query(self) -> str:
        """What a unit's page is asked for by the links: the picked module stays."""
        return self.ground.asked.query(sort="", each="", who="")

    @property
    def query_of_all(self) -> str:
        return self.ground.query

    @property
    def ways(self) -> dict[str, str]:
        """The address's question by module, of those that have topics."""
        asked = self.ground.asked
        return {
            one.module: asked.query(sort="", each="", who="", module=one.module)
            for one in self.topics
            if one.module and one.below
        }


def topics_page(ground: Ground) -> TopicsPage:
    """A module that nobody answered here cannot be picked: then all of them are shown."""
    groups = children_of(ground.unit)
    span, cut = ground.period.span, ground.asked.cut
    found = by_group(groups, season=ground.season.code, span=span, cut=cut)
    topics = topics_from(node for nodes in found.values() for node in nodes)
    wanted = ground.asked.module
    picked = next((one for one in topics if wanted and one.module == wanted and one.below), None)
    columns = topics if picked is None else picked.below
    named: dict[str, Unit | None] = {one.code: one for one in groups.units}
    named[OWN] = None
    lines = []
    for key, nodes in found.items():
        theirs = topics_from(nodes)
        if picked is not None:
            theirs = [one for own in theirs if own.module == picked.module for one in _parts(own)]
        cells = {(one.module, one.name): one for one in theirs}
        if cells:
            row = tuple(_cell(cells.get((one.module, one.name))) for one in columns)
            lines.append(TopicLine(named[key], row))
    return TopicsPage(ground, topics, picked, Paginator(lines, ROWS).get_page(ground.asked.page))


def topics_under(ground: Ground) -> list[Topic]:
    """The unit's modules with their topics, the weakest first."""
    return topics_of(
        single(ground.unit),
        season=ground.season.code,
        span=ground.period.span,
        cut=ground.asked.cut,
    )


def _parts(module: Topic) -> Sequence[Topic]:
    """Its topics; all of it where nothing has one."""
    return module.below or (module,)


def _cell(topic: Topic | None) -> TopicCell:
    few = topic is None or topic.answers < LEAST
    return TopicCell(topic, None if few or topic is None else step_of(topic.accuracy))
