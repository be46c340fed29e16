"""Mock papers: everybody's marks for those who lead, one's own for a member, and the board."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from leitai.practice.selectors.weakness import answers_on
from leitai.rulebook import numbers
from leitai.seasons.enums import ScoreState, ScoreStatus
from leitai.seasons.models import Score
from leitai.seasons.rules import PRACTICE_EXAM
from leitai.training.enums import MockKind
from leitai.training.models import Group, Member, Mock


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark as it is shown; `points` is exact and only an exam's."""

    shown: str
    points: Fraction | None = None


@dataclass(frozen=True, slots=True)
class MarkRow:
    member: Member
    cells: tuple[Mark | None, ...]
    total: Fraction | None
    rank: int | None = None

    @property
    def shown_total(self) -> str:
        return "" if self.total is None else numbers.show(self.total)


@dataclass(frozen=True, slots=True)
class MarksPage:
    group: Group
    mocks: tuple[Mock, ...]
    rows: tuple[MarkRow, ...]


def marks_page(group: Group, *, only: Member | None = None) -> MarksPage:
    """Members by mock papers; with `only` that one's row alone. Four queries."""
    mocks = tuple(group.mocks.select_related("exam__stage").order_by("day", "pk"))
    if only is not None:
        members = [only]
    else:
        rows = group.members.filter(left_at=None).select_related("person")
        members = list(rows.order_by("pk"))
    marks = {**_scores(mocks, members), **_answers(group, mocks, members)}
    rows_ = tuple(_row(one, mocks, marks) for one in members)
    return MarksPage(group, mocks, rows_)


def board_of(page: MarksPage) -> tuple[MarkRow, ...]:
    """By the sum of the exams' marks, best first; who has none stands last, without a place."""
    ranked = sorted(
        (row for row in page.rows if row.total is not None),
        key=lambda row: (-(row.total or 0), row.member.pk),
    )
    found: list[MarkRow] = []
    for nth, row in enumerate(ranked, start=1):
        tied = found and found[-1].total == row.total
        rank = found[-1].rank if tied else nth
        found.append(MarkRow(row.member, row.cells, row.total, rank))
    return (*found, *(row for row in page.rows if row.total is None))


def _row(member: Member, mocks: Sequence[Mock], marks: dict[tuple[int, int], Mark]) -> MarkRow:
    cells = tuple(marks.get((one.pk, member.person_id)) for one in mocks)
    points = [one.points for one in cells if one is not None and one.points is not None]
    return MarkRow(member, cells, sum(points, Fraction(0)) if points else None)


def _scores(mocks: Sequence[Mock], members: Sequence[Member]) -> dict[tuple[int, int], Mark]:
    """Of exams of practice alone: when a contest's own marks are shown is for its rules to say."""
    exams = {(one.exam.stage_id, one.exam.event): one.pk for one in mocks if one.exam is not None}
    if not exams:
        return {}
    rows = Score.objects.filter(
        entry__stage__in={stage for stage, _event in exams},
        entry__person__in=[one.person_id for one in members],
        entry__stage__season__code__startswith=PRACTICE_EXAM,
        event__in={event for _stage, event in exams},
        state__in=(ScoreState.CONFIRMED, ScoreState.PROVISIONAL),
    ).select_related("entry")
    found = {}
    for row in rows:
        mock = exams.get((row.entry.stage_id, row.event))
        if mock is None:
            continue
        points = Fraction(row.value, 10**row.decimals)
        ok = row.status == ScoreStatus.OK
        shown = numbers.show(points) if ok else str(row.get_status_display())
        found[mock, row.entry.person_id] = Mark(shown, points if ok else None)
    return found


def _answers(
    group: Group, mocks: Sequence[Mock], members: Sequence[Member]
) -> dict[tuple[int, int], Mark]:
    days = {one.pk: one.day for one in mocks if one.kind == MockKind.PRACTICE}
    if not days:
        return {}
    told = answers_on(
        season=group.season.code,
        people=[one.person_id for one in members],
        days=set(days.values()),
    )
    return {
        (mock, person): Mark(f"{right}/{answers}")
        for mock, day in days.items()
        for (person, on), (answers, right) in told.items()
        if on == day
    }
