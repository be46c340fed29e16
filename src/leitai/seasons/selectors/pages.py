"""The season behind a page for whoever asks, and the calendar's table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.rulebook.model import Rulebook, Window
from leitai.seasons import rules
from leitai.seasons.enums import SeasonState
from leitai.seasons.models import CalendarWindow, Season
from leitai.seasons.selectors.seasons import (
    current_windows,
    get_season,
    host_path,
    own_windows,
    rulebook_of,
)
from leitai.units import selectors as units
from leitai.units.models import Delegation


@dataclass(frozen=True, slots=True)
class CalendarRow:
    name: str
    planned: Window
    window: CalendarWindow | None
    own: tuple[CalendarWindow, ...] = ()  # of single delegations


@dataclass(frozen=True, slots=True)
class CalendarPage:
    season: Season
    law: Rulebook
    windows: Mapping[str, CalendarWindow]
    rows: tuple[CalendarRow, ...]
    delegations: tuple[Delegation, ...]


def get_season_for(actor: Actor, code: str) -> Season:
    """The season for its public pages; one that is being prepared is unknown to the public."""
    season = get_season(code)
    opened = season.state != SeasonState.DRAFT
    if not rules.can_see_season(actor, code, host_path(season), opened=opened):
        raise DomainError("season_unknown", season=code)
    return season


def get_season_of_office(actor: Actor, code: str) -> Season:
    """The season for the office's pages; raises DomainError("forbidden") for others."""
    season = get_season(code)
    if not rules.can_see_office(actor, code, host_path(season)):
        raise DomainError("forbidden")
    return season


def may_run(actor: Actor, season: Season) -> bool:
    """Whether the viewer may act on the office's pages, or only look (supervisors)."""
    return rules.can_run_office(actor, season.code, host_path(season))


def calendar_page(season: Season) -> CalendarPage:
    law, windows = rulebook_of(season), current_windows(season)
    delegations = tuple(units.list_delegations(season.code))
    return CalendarPage(season, law, windows, _calendar(season, law, windows), delegations)


def _calendar(
    season: Season, law: Rulebook, windows: Mapping[str, CalendarWindow]
) -> tuple[CalendarRow, ...]:
    own: defaultdict[str, list[CalendarWindow]] = defaultdict(list)
    for (name, _delegation), window in own_windows(season).items():
        own[name].append(window)
    return tuple(
        CalendarRow(name, planned, windows.get(name), tuple(own[name]))
        for name, planned in law.calendar.items()
    )
