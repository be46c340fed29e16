"""What an officer should look at: answers nobody reads so fast, times like a clock's, copies.

A finding is a hint and nothing more: it takes no point and is shown to nobody but the office and
the supervisors. The bounds here are the house's own and generous; the rulebook's pace alone says
what does not count.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from leitai.kernel.errors import DomainError
from leitai.practice import rows
from leitai.practice.enums import SuspicionKind, SuspicionState
from leitai.practice.marking import MarkedSet, mark_set
from leitai.practice.models import Learner, Suspicion
from leitai.practice.rows import JournalRow
from leitai.practice.selectors.keys import keys_of
from leitai.practice.selectors.laws import Law, law_of
from leitai.practice.services.holding import ACTOR

FAST_ANSWERS: Final = 10  # of a day, faster than the rules' pace
STEADY_ANSWERS: Final = 30  # of a day, before their times are compared
STEADY_SHARE: Final = 20  # times that differ by less than a twentieth of the mean are a machine's
FLOOD_SETS: Final = 12  # within FLOOD_SPAN
FLOOD_SPAN: Final = timedelta(minutes=10)
SAME_SETS: Final = 3  # of a day, with the same mistakes as somebody of the same unit
SAME_WRONG: Final = 2  # mistakes in a set, before two sets are compared
SAME_TIMES: Final = 5  # answers in a set whose times are all those of another set
LATE: Final = timedelta(days=4)  # a day offline still comes in
CHUNK: Final = 500  # learners


@dataclass(frozen=True, slots=True)
class _Seen:
    """A set of somebody's day, marked."""

    row: JournalRow
    marked: MarkedSet

    @property
    def mistakes(self) -> tuple[object, ...]:
        """The questions with the wrong answers given: the same for two only by the same hand."""
        wrong = [
            (one.number, tuple(one.given) if isinstance(one.given, list) else one.given)
            for one in self.marked.answers
            if not one.right
        ]
        return (tuple(self.row.items), *wrong) if len(wrong) >= SAME_WRONG else ()

    @property
    def times(self) -> tuple[int, ...]:
        found = tuple(one.ms for one in self.marked.answers)
        return found if len(found) >= SAME_TIMES and len(set(found)) > 1 else ()


def seasons_active(*, at: datetime) -> list[str]:
    """The seasons in which anybody practised lately."""
    since = (at - LATE - timedelta(days=1)).date()
    active = Learner.objects.filter(days__day__gte=since).order_by("season")
    return list(active.values_list("season", flat=True).distinct())


def watch_lately(*, season: str, at: datetime) -> int:
    """Look at the days that may still have changed; gives how many hints are new."""
    today = law_of(season).day_of(at)
    return sum(
        watch_day(season=season, day=today - timedelta(days=back), at=at)
        for back in range(LATE.days + 1)
    )


def watch_day(*, season: str, day: date, at: datetime) -> int:
    """Look at a day's sets; the same look again finds nothing new."""
    law = law_of(season)
    before = Suspicion.objects.filter(day=day, learner__season=season).count()
    for learners in _together(season, day):
        seen = _seen(law, learners, day)
        found = list(_hints(law, learners, seen))
        Suspicion.objects.bulk_create(
            (_suspicion(learner, kind, day, evidence, at) for learner, kind, evidence in found),
            ignore_conflicts=True,
        )
    return Suspicion.objects.filter(day=day, learner__season=season).count() - before


def _together(season: str, day: date) -> Iterator[dict[int, int | None]]:
    """Who practised that day with the unit, a unit's people never apart."""
    active = Learner.objects.filter(season=season, days__day=day).order_by("unit", "pk")
    chunk: dict[int, int | None] = {}
    last: int | None = None
    for pk, unit in active.values_list("pk", "unit").iterator():
        if len(chunk) >= CHUNK and (unit != last or unit is None):
            yield chunk
            chunk = {}
        chunk[pk], last = unit, unit
    if chunk:
        yield chunk


def _seen(law: Law, learners: Mapping[int, int | None], day: date) -> dict[int, list[_Seen]]:
    taken = rows.sets_of(learners, [day])
    keys = keys_of({item for row in taken for item in row.items if isinstance(item, int)})
    found: dict[int, list[_Seen]] = defaultdict(list)
    for row in taken:
        if row.act not in law.practice.acts:
            continue
        try:
            found[row.learner].append(_Seen(row, mark_set(row.items, row.body, keys)))
        except DomainError:
            continue  # stands in the list of what could not be read
    return found


def _hints(
    law: Law, learners: Mapping[int, int | None], seen: Mapping[int, Sequence[_Seen]]
) -> Iterator[tuple[int, SuspicionKind, dict[str, Any]]]:
    for learner, sets in seen.items():
        for kind, evidence in (
            (SuspicionKind.FAST, _fast(law, sets)),
            (SuspicionKind.STEADY, _steady(sets)),
            (SuspicionKind.FLOOD, _flood(sets)),
        ):
            if evidence:
                yield learner, kind, evidence
    for learner, evidence in _same(learners, seen):
        yield learner, SuspicionKind.SAME, evidence


def _fast(law: Law, sets: Iterable[_Seen]) -> dict[str, Any]:
    """Many answers faster than the rules' pace, which says itself what does not count."""
    fast = total = 0
    least = ""
    for one in sets:
        pace = law.practice.acts[one.row.act].pace
        if pace is None:
            continue
        least = str(pace.least)
        total += len(one.marked.answers)
        fast += sum(answer.ms < pace.least * 1000 for answer in one.marked.answers)
    return {"fast": fast, "answers": total, "least": least} if fast >= FAST_ANSWERS else {}


def _steady(sets: Iterable[_Seen]) -> dict[str, Any]:
    """Times that hardly differ: nobody reads every question equally long."""
    times = [answer.ms for one in sets for answer in one.marked.answers]
    if len(times) < STEADY_ANSWERS:
        return {}
    total, many = sum(times), len(times)
    # The mean distance from the mean, without a fraction: |n·t - total| summed, over n squared.
    away = sum(abs(many * ms - total) for ms in times)
    if away * STEADY_SHARE >= total * many:
        return {}
    return {"answers": many, "mean_ms": total // many, "away_ms": away // (many * many)}


def _flood(sets: Sequence[_Seen]) -> dict[str, Any]:
    """More sets in a few minutes than anybody does."""
    moments = sorted(one.row.at for one in sets)
    first = most = 0
    for nth, moment in enumerate(moments):
        while moment - moments[first] > FLOOD_SPAN:
            first += 1
        most = max(most, nth - first + 1)
    if most < FLOOD_SETS:
        return {}
    return {"sets": most, "minutes": FLOOD_SPAN.seconds // 60, "day": len(moments)}


def _same(
    learners: Mapping[int, int | None], seen: Mapping[int, Sequence[_Seen]]
) -> Iterator[tuple[int, dict[str, Any]]]:
    """The same mistakes as others of the unit in several sets; the same times, even one's own."""
    mistakes: dict[tuple[object, ...], set[int]] = defaultdict(set)
    times: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for learner, sets in seen.items():
        unit = learners[learner]
        for one in sets:
            if one.mistakes and unit is not None:
                mistakes[unit, one.mistakes].add(learner)
            if one.times:
                times[one.times].append(learner)
    shared: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for together in mistakes.values():
        for learner in together:
            for other in together - {learner}:
                shared[learner][other] += 1
    clocks: dict[int, int] = defaultdict(int)
    for theirs in times.values():
        if len(theirs) > 1:
            for learner in theirs:
                clocks[learner] += 1
    for learner in sorted({*shared, *clocks}):
        others = {other: n for other, n in shared[learner].items() if n >= SAME_SETS}
        if others or clocks[learner]:
            yield (
                learner,
                {
                    "sets": max(others.values(), default=0),
                    "others": sorted(others),
                    "times": clocks[learner],
                },
            )


def _suspicion(
    learner: int, kind: SuspicionKind, day: date, evidence: dict[str, Any], at: datetime
) -> Suspicion:
    history = [[SuspicionState.OPEN.value, ACTOR.account, at.isoformat(), ""]]
    return Suspicion(
        learner_id=learner, kind=kind, day=day, evidence=evidence, history=history, found_at=at
    )
