"""What somebody has to do by a moment: of this room, and of the rooms above, which say so here.

A room above registers a source when the house opens. A duty that was done is no duty: sources give
only what is still open.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from leitai.people.enums import Role
from leitai.rulebook.model import Rulebook, Stage
from leitai.seasons.enums import SeasonState
from leitai.seasons.models import CalendarWindow, LocalStage, Season
from leitai.seasons.selectors.progress import Counts, Tally, count_entries
from leitai.seasons.selectors.seasons import (
    current_windows,
    host_path,
    own_windows,
    rulebook_of,
)
from leitai.units import selectors as units
from leitai.units.models import Delegation

SENDERS = (Role.UNIT_MANAGER.value, Role.LOCAL_OFFICE.value)


@dataclass(frozen=True, slots=True)
class Duty:
    """`who` in words; `roles` over just the unit of `unit_path` are whose duty it is.

    `key` names it within the season, the same as long as it is the same thing.
    """

    key: str
    what: str
    who: str
    due: datetime
    roles: tuple[str, ...] = ()
    unit_path: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Overdue:
    """One thing that is overdue, and of whom: `rows` are their duties."""

    what: str
    due: datetime
    rows: tuple[Duty, ...]

    @property
    def who(self) -> list[str]:
        return [row.who for row in self.rows]


@dataclass(frozen=True, slots=True)
class Known:
    """What the sources read of a season, fetched once for all of them."""

    season: Season
    windows: Mapping[str, CalendarWindow]
    counts: Counts
    delegations: Sequence[Delegation]


Source = Callable[[Known, datetime], Iterable[Duty]]
_sources: list[Source] = []


def register(source: Source) -> None:
    """Let a room above name the open duties of a season."""
    if source not in _sources:
        _sources.append(source)


def look_at(season: Season) -> Known:
    return Known(
        season,
        current_windows(season),
        count_entries(season),
        list(units.list_delegations(season.code)),
    )


def list_duties(season: Season, *, at: datetime, known: Known | None = None) -> list[Duty]:
    """Everything that is open and has a moment, the earliest first."""
    base = known or look_at(season)
    found = [duty for source in (_own, *_sources) for duty in source(base, at)]
    return sorted(found, key=lambda duty: (duty.due, duty.key))


def overdue_of(season: Season, *, at: datetime, known: Known | None = None) -> list[Overdue]:
    """What is overdue, one row a thing, with everybody who has not done it."""
    groups: defaultdict[tuple[str, datetime], list[Duty]] = defaultdict(list)
    for duty in list_duties(season, at=at, known=known):
        if duty.due <= at:
            groups[duty.what, duty.due].append(duty)
    return [Overdue(what, due, tuple(rows)) for (what, due), rows in groups.items()]


def _own(known: Known, _at: datetime) -> Iterator[Duty]:
    """Lists that were not handed in, local contests without a report, windows without a date."""
    season, windows, counts = known.season, known.windows, known.counts
    if season.state == SeasonState.CLOSED:
        return
    law, own = rulebook_of(season), own_windows(season)
    yield from _dates(season, law, windows)
    if season.state != SeasonState.OPEN:
        return
    local = _local(season)
    for code, stage in law.stages.items():
        if stage.method != "nomination" or not stage.window:
            continue
        for delegation in known.delegations:
            window = own.get((stage.window, delegation.pk)) or windows.get(stage.window)
            if window is not None:
                yield from _lists(season, code, stage, delegation, counts, window)
                held = local.get((code, delegation.pk))
                if held is not None and held.how != "recommended" and held.reported_at is None:
                    yield _report(season, code, stage, delegation, window)


def _lists(
    season: Season,
    code: str,
    stage: Stage,
    delegation: Delegation,
    counts: Counts,
    window: CalendarWindow,
) -> Iterator[Duty]:
    tally: Tally = counts.get((code, delegation.pk), Tally())
    if tally.entries == 0 and wanted_of(stage, delegation) != 0:
        yield Duty(
            key=f"list:{code}:{delegation.unit.code}",
            what=_("报送%(stage)s名单") % {"stage": stage.title},
            who=delegation.name,
            due=window.closes_at,
            roles=SENDERS,
            unit_path=delegation.unit.path,
            url=reverse("seasons:local", args=[season.code, code]) if stage.hosts else "",
        )


def _report(
    season: Season, code: str, stage: Stage, delegation: Delegation, window: CalendarWindow
) -> Duty:
    return Duty(
        key=f"report:{code}:{delegation.unit.code}",
        what=_("报送%(stage)s成绩") % {"stage": stage.title},
        who=delegation.name,
        due=window.closes_at,
        roles=SENDERS,
        unit_path=delegation.unit.path,
        url=reverse("seasons:local", args=[season.code, code]),
    )


def wanted_of(stage: Stage, delegation: Delegation) -> int:
    """How many a delegation may send to a stage in all its tracks; -1 where no rule says."""
    quota = stage.quota
    if quota is None or quota.per != "delegation":
        return -1
    names = (delegation.unit.code, delegation.name)
    own = next((quota.counts[name] for name in names if name in quota.counts), quota.count)
    return own * max(1, len(quota.tracks or stage.tracks))


def _dates(season: Season, law: Rulebook, windows: Mapping[str, CalendarWindow]) -> Iterator[Duty]:
    """A day that the notice names has come nearer, and the calendar has no window for it."""
    zone = timezone.get_default_timezone()
    for name, planned in law.calendar.items():
        if planned.latest is None or planned.soft or name in windows:
            continue
        due = datetime.combine(planned.latest + timedelta(days=1), time(), zone)
        yield Duty(
            key=f"date:{name}",
            what=_("填写日程“%(title)s”") % {"title": planned.title},
            who=str(Role.OFFICE.label),
            due=due,
            roles=(Role.OFFICE.value,),
            unit_path=host_path(season),
            url=reverse("seasons:calendar", args=[season.code]) + f"?name={name}#window",
        )


def _local(season: Season) -> dict[tuple[str, int], LocalStage]:
    found = LocalStage.objects.filter(stage__season=season).select_related("stage")
    return {(one.stage.code, one.delegation_id): one for one in found}
