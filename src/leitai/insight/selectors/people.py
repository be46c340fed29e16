"""Who took part and who has not yet, by name: for whoever may see the unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from leitai.insight.asking import ABSENT, PRESENT
from leitai.insight.counting import percent
from leitai.insight.cutting import Cut
from leitai.insight.models import Honour, Presence
from leitai.insight.selectors.pages import ROWS, Ground
from leitai.kernel.errors import DomainError
from leitai.people.models import Posting
from leitai.practice.models import Learner


@dataclass(frozen=True, slots=True)
class Somebody:
    """Who serves there on the period's last day, and what they did in the period."""

    posting: Posting
    registered: bool
    days: int = 0
    times: int = 0
    answers: int = 0
    correct: int = 0
    titles: tuple[str, ...] = ()

    @property
    def accuracy(self) -> Decimal | None:
        return percent(self.correct, self.answers)


@dataclass(frozen=True, slots=True)
class PeoplePage:
    ground: Ground
    page: Page[Posting]
    people: tuple[Somebody, ...]


def people_page(ground: Ground) -> PeoplePage:
    """Staff of the unit and below, by unit; raises insight_names_wide above the county."""
    if not ground.names_here:
        raise DomainError("insight_names_wide", name=ground.unit.name)
    pages = Paginator(_serving(ground), ROWS)
    page = pages.get_page(ground.asked.page)
    return PeoplePage(ground, page, _told(ground, list(page.object_list)))


def _serving(ground: Ground) -> QuerySet[Posting]:
    last = min(ground.period.span.last, ground.today)
    found = Posting.objects.filter(
        Q(until=None) | Q(until__gt=last),
        since__lte=last,
        person__guest="",
        unit__path__startswith=ground.unit.path,
    )
    cut = Cut.read(ground.asked.cut)
    for field, value in (("staffing", cut.staffing), ("window", cut.desk), ("line", cut.line)):
        if value:
            found = found.filter(**{field: value})
    took_part = Exists(
        Learner.objects.filter(
            Exists(_days(ground).filter(learner=OuterRef("pk"))),
            season=ground.season.code,
            person=OuterRef("person_id"),
        )
    )
    if ground.asked.who == ABSENT:
        found = found.filter(~took_part)
    if ground.asked.who == PRESENT:
        found = found.filter(took_part)
    return found.select_related("person", "unit").order_by("unit__path", "person__code")


def _days(ground: Ground) -> QuerySet[Presence]:
    span = ground.period.span
    return Presence.objects.filter(day__gte=span.first, day__lte=span.last)


def _told(ground: Ground, postings: Sequence[Posting]) -> tuple[Somebody, ...]:
    learners = {
        person: pk
        for pk, person in Learner.objects.filter(
            season=ground.season.code, person__in=[one.person_id for one in postings]
        ).values_list("pk", "person_id")
    }
    sums: dict[int, Mapping[str, Any]] = {
        row["learner"]: row
        for row in _days(ground)
        .filter(learner__in=learners.values())
        .values("learner")
        .annotate(
            days=Count("day"),
            times_sum=Sum("times"),
            answers_sum=Sum("answers"),
            correct_sum=Sum("correct"),
        )
    }
    titles: dict[int, list[str]] = {}
    span = ground.period.span
    won = Honour.objects.filter(
        learner__in=learners.values(), day__gte=span.first, day__lte=span.last
    )
    for learner, title in won.order_by("day").values_list("learner", "title"):
        named = ground.titles.get(title, title)
        if named not in titles.setdefault(learner, []):
            titles[learner].append(named)
    return tuple(_somebody(one, learners.get(one.person_id), sums, titles) for one in postings)


def _somebody(
    posting: Posting,
    learner: int | None,
    sums: Mapping[int, Mapping[str, Any]],
    titles: dict[int, list[str]],
) -> Somebody:
    if learner is None:
        return Somebody(posting, registered=False)
    done = sums.get(learner, {})
    return Somebody(
        posting,
        registered=True,
        days=done.get("days", 0),
        times=done.get("times_sum", 0),
        answers=done.get("answers_sum", 0),
        correct=done.get("correct_sum", 0),
        titles=tuple(titles.get(learner, ())),
    )
