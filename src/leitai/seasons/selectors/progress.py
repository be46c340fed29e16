"""How far a season is: its stages in time, who stands in each, what the next contest is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from django.db.models import Count, Q
from django.utils import timezone

from leitai.rulebook.model import Rulebook, Stage
from leitai.seasons.enums import EntryState, ScoreState, SeasonState
from leitai.seasons.models import CalendarWindow, Entry, Season
from leitai.seasons.selectors.eligibility import LEFT
from leitai.seasons.selectors.seasons import rulebook_of
from leitai.units.models import Delegation

_HELD = ~Q(state__in=LEFT)
_SCORED = Q(scores__isnull=False) & ~Q(scores__state=ScoreState.SUPERSEDED)


class Phase(StrEnum):
    DONE = "done"
    NOW = "now"
    TODO = "todo"


@dataclass(frozen=True, slots=True)
class Tally:
    """Entries of one delegation in one stage: all that stand, the confirmed ones, the scored."""

    entries: int = 0
    confirmed: int = 0
    scored: int = 0


@dataclass(frozen=True, slots=True)
class StageProgress:
    """One stage: `delegations` have entries in it, `full` of them as many as the quota."""

    code: str
    rule: Stage
    window: CalendarWindow | None
    phase: Phase
    total: Tally
    delegations: int
    full: int


@dataclass(frozen=True, slots=True)
class NextUp:
    """The contest that runs now or comes next; `days` until the day it is held."""

    code: str
    title: str
    event: str
    opens_at: datetime
    closes_at: datetime
    running: bool
    days: int


Counts = Mapping[tuple[str, int], Tally]  # by stage code and delegation's id


def count_entries(season: Season) -> Counts:
    """Tallies of every stage and delegation, in one query."""
    rows = (
        Entry.objects.filter(_HELD, stage__season=season)
        .values("stage__code", "delegation_id")
        .annotate(
            entries=Count("pk", distinct=True),
            confirmed=Count("pk", distinct=True, filter=~Q(state=EntryState.NOMINATED)),
            scored=Count("pk", distinct=True, filter=_SCORED),
        )
    )
    counts: defaultdict[tuple[str, int], Tally] = defaultdict(Tally)
    for row in rows:
        key = (row["stage__code"], row["delegation_id"])
        counts[key] = Tally(row["entries"], row["confirmed"], row["scored"])
    return counts


def stage_progress(
    season: Season,
    windows: Mapping[str, CalendarWindow],
    counts: Counts,
    delegations: Sequence[Delegation],
    *,
    at: datetime,
) -> list[StageProgress]:
    """The stages in their order, each with its phase by the calendar."""
    law, opened = rulebook_of(season), season.state != SeasonState.DRAFT
    found = []
    for code in law.stage_order:
        rule = law.stages[code]
        tallies = [counts.get((code, delegation.pk), Tally()) for delegation in delegations]
        quota = rule.quota.count if rule.quota else 0
        window = windows.get(rule.window or "")
        found.append(
            StageProgress(
                code=code,
                rule=rule,
                window=window,
                phase=_phase(window, at) if opened else Phase.TODO,
                total=Tally(
                    sum(tally.entries for tally in tallies),
                    sum(tally.confirmed for tally in tallies),
                    sum(tally.scored for tally in tallies),
                ),
                delegations=sum(tally.entries > 0 for tally in tallies),
                full=sum(0 < quota <= tally.entries for tally in tallies),
            )
        )
    return _passed(found)


def _passed(stages: list[StageProgress]) -> list[StageProgress]:
    """A stage whose people are in a later one is over, however long its window stays open."""
    last = max((at for at, stage in enumerate(stages) if stage.total.entries), default=0)
    return [
        replace(stage, phase=Phase.DONE) if at < last else stage for at, stage in enumerate(stages)
    ]


def all_marked(stages: Sequence[StageProgress]) -> frozenset[str]:
    """Contests of one event in which everybody has a mark: over, however long their window is."""
    return frozenset(
        stage.code
        for stage in stages
        if stage.rule.method == "contest"
        and len(stage.rule.events) == 1
        and 0 < stage.total.entries <= stage.total.scored
    )


def next_up(
    law: Rulebook,
    windows: Mapping[str, CalendarWindow],
    *,
    over: Collection[str] = (),
    at: datetime,
) -> NextUp | None:
    """The contest that runs, or else the next one; None when the calendar has none any more."""
    coming = []
    for code in law.stage_order:
        if code in over:
            continue
        rule = law.stages[code]
        window = windows.get(rule.window or "")
        if rule.method == "contest" and window is not None and window.closes_at > at:
            event = law.events[rule.events[0]].title if rule.events else ""
            coming.append((window.opens_at, code, rule.title, event, window.closes_at))
    if not coming:
        return None
    # Of those that share a window the earlier stage: the codes say nothing of the order.
    opens_at, code, title, event, closes_at = min(coming, key=lambda one: one[0])
    days = (_day(opens_at) - _day(at)) // timedelta(days=1)
    return NextUp(code, title, event, opens_at, closes_at, opens_at <= at, max(days, 0))


def _day(moment: datetime) -> datetime:
    local = timezone.localtime(moment, timezone.get_default_timezone())
    return local.replace(hour=0, minute=0, second=0, microsecond=0)


def _phase(window: CalendarWindow | None, at: datetime) -> Phase:
    if window is None or at < window.opens_at:
        return Phase.TODO
    return Phase.DONE if at > window.closes_at else Phase.NOW
