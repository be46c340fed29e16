"""What people got wrong, by module, over a time: for training groups and whoever teaches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from leitai.practice.models import Day
from leitai.practice.nodes import by_module

Answers = tuple[int, int]  # answered, right


def modules_of(
    *, season: str, people: Collection[int], first: date, last: date
) -> dict[int, dict[str, Answers]]:
    """By person (primary key) and module; those who did not practise are missing. One query."""
    rows = Day.objects.filter(
        learner__season=season, learner__person__in=people, day__range=(first, last)
    )
    found: defaultdict[int, list[dict[str, list[int]]]] = defaultdict(list)
    for person, nodes in rows.values_list("learner__person", "modules"):
        found[person].append(nodes)
    return {
        person: {module: (sums[0], sums[1]) for module, sums in by_module(days).items()}
        for person, days in found.items()
    }


def answers_on(
    *, season: str, people: Collection[int], days: Collection[date]
) -> dict[tuple[int, date], Answers]:
    """By person and day, how many answers and how many right. One query."""
    rows = Day.objects.filter(
        learner__season=season, learner__person__in=people, day__in=days, answers__gt=0
    )
    told = rows.values_list("learner__person", "day", "answers", "right")
    return {(person, day): (answers, right) for person, day, answers, right in told}
