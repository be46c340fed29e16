"""Which modules the group gets wrong most, and each member's weakest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from leitai.practice.selectors.weakness import Answers, modules_of
from leitai.training.models import Group, Member

LEAST: Final = 5  # answers; fewer say nothing
PASS: Final = 60  # percent; below it somebody counts as weak


@dataclass(frozen=True, slots=True)
class Topic:
    """`weak`: how many members are below 60 percent, of those with enough answers."""

    module: str
    answers: int
    right: int
    weak: int
    judged: int

    @property
    def share(self) -> int:
        return self.right * 100 // self.answers if self.answers else 0


@dataclass(frozen=True, slots=True)
class WeakRow:
    member: Member
    answers: int
    right: int
    weakest: tuple[Topic, ...]

    @property
    def share(self) -> int | None:
        return self.right * 100 // self.answers if self.answers else None


@dataclass(frozen=True, slots=True)
class WeakPage:
    group: Group
    first: date
    last: date
    topics: tuple[Topic, ...]
    rows: tuple[WeakRow, ...]
    least: int = LEAST


def weak_page(group: Group, *, today: date) -> WeakPage:
    """From the group's beginning up to today or its end; two queries."""
    last = min(group.ends, today)
    members = list(group.members.filter(left_at=None).select_related("person").order_by("pk"))
    told = modules_of(
        season=group.season.code,
        people=[one.person_id for one in members],
        first=group.starts,
        last=last,
    )
    rows = tuple(_row(one, told.get(one.person_id, {})) for one in members)
    return WeakPage(group, group.starts, last, _topics(told), rows)


def _topics(told: Mapping[int, Mapping[str, Answers]]) -> tuple[Topic, ...]:
    """The weakest first."""
    sums: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for modules in told.values():
        for module, (answers, right) in modules.items():
            held = sums[module]
            held[0] += answers
            held[1] += right
            if answers >= LEAST:
                held[2] += right * 100 < PASS * answers
                held[3] += 1
    topics = (Topic(module, *held) for module, held in sums.items() if held[0])
    return tuple(sorted(topics, key=_by_weakness))


def _row(member: Member, modules: Mapping[str, Answers]) -> WeakRow:
    topics = [
        Topic(module, answers, right, 0, 1)
        for module, (answers, right) in modules.items()
        if answers >= LEAST and right * 100 < PASS * answers
    ]
    answers = sum(one[0] for one in modules.values())
    right = sum(one[1] for one in modules.values())
    return WeakRow(member, answers, right, tuple(sorted(topics, key=_by_weakness))[:3])


def _by_weakness(topic: Topic) -> tuple[int, str]:
    return (topic.right * 10_000 // topic.answers, topic.module)
