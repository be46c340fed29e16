"""The calendar in public: each window, what it was before and why it moved, and cities' own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from leitai.rulebook.model import Rulebook, Window
from leitai.seasons.models import CalendarWindow, Season
from leitai.seasons.selectors.seasons import rulebook_of


@dataclass(frozen=True, slots=True)
class DateRow:
    """`window` holds now, `earlier` held before, the newest of them first."""

    name: str
    planned: Window
    window: CalendarWindow | None
    earlier: tuple[CalendarWindow, ...]
    own: tuple[CalendarWindow, ...]  # of single delegations, as they hold now


@dataclass(frozen=True, slots=True)
class DatesPage:
    season: Season
    law: Rulebook
    rows: tuple[DateRow, ...]

    @property
    def notices(self) -> tuple[str, ...]:
        """The supplementary notices that moved something, each once."""
        named = [
            window.notice
            for row in self.rows
            for window in (row.window, *row.own)
            if window is not None and window.notice
        ]
        return tuple(dict.fromkeys(named))


def dates_page(season: Season) -> DatesPage:
    """Every window that the rulebook names, with its record."""
    law = rulebook_of(season)
    kept = CalendarWindow.objects.filter(season=season).select_related("delegation__unit")
    rows: defaultdict[str, list[CalendarWindow]] = defaultdict(list)
    for window in kept.order_by("-recorded_at", "-pk"):
        rows[window.name].append(window)
    return DatesPage(
        season,
        law,
        tuple(_row(name, planned, rows[name]) for name, planned in law.calendar.items()),
    )


def _row(name: str, planned: Window, newest_first: Sequence[CalendarWindow]) -> DateRow:
    whole = [one for one in newest_first if one.delegation_id is None]
    own: dict[int, CalendarWindow] = {}
    for one in newest_first:
        if one.delegation_id is not None:
            own.setdefault(one.delegation_id, one)
    shown = sorted(own.values(), key=lambda one: one.delegation.position if one.delegation else 0)
    return DateRow(name, planned, whole[0] if whole else None, tuple(whole[1:]), tuple(shown))
