"""The practice's own clock: local days, calendar periods, times of day, moments of the rules."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache
from typing import Final

from leitai.rulebook.model import Rulebook
from leitai.rulebook.model.practice import Hours, Period, Practice, Span

PERIODS: Final[tuple[Period, ...]] = ("day", "week", "month", "year", "all")
FIRST_YEAR: Final = 1900  # within these years no calculation leaves the calendar
LAST_YEAR: Final = 9990
CLOSES: Final = ":end"  # after a window's name: its end, where that is not the same instant
_DAY_MINUTES: Final = 24 * 60
_OFFSET: Final = re.compile(r"([+-])([01][0-9]|2[0-3]):([0-5][0-9])", re.ASCII)
_CLOCK: Final = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])", re.ASCII)
_MOMENT: Final = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[ T]([0-9]{1,2}:[0-9]{2}))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Stretch:
    """One calendar period: its name in writing, its first day and its last; None without end."""

    name: str
    first: date | None
    last: date | None


def zone(practice: Practice) -> timezone:
    """Give the practice's offset; one that cannot be read counts as UTC (the lint reports it)."""
    return _zone(practice.offset)


@lru_cache(maxsize=64)
def _zone(offset: str) -> timezone:
    found = _OFFSET.fullmatch(offset)
    if found is None:
        return timezone.utc  # noqa: UP017  (datetime.UTC is a constant of the same kind)
    ahead = timedelta(hours=int(found[2]), minutes=int(found[3]))
    return timezone(-ahead if found[1] == "-" else ahead)


def is_offset(text: str) -> bool:
    """Say whether ``text`` is an offset such as ``+08:00``."""
    return _OFFSET.fullmatch(text) is not None


def localize(practice: Practice, at: datetime) -> datetime | None:
    """Put an instant on the practice's clock; one without an offset is on it already.

    None for a year in which calculating would leave the calendar.
    """
    if not FIRST_YEAR <= at.year <= LAST_YEAR:
        return None
    return at.replace(tzinfo=zone(practice)) if at.tzinfo is None else at.astimezone(zone(practice))


def stretch(period: Period, day: date, week: str = "monday") -> Stretch:
    """Give the period in which a day lies, by its name: ``2022-04``, or a week's both days."""
    if period == "day":
        return Stretch(day.isoformat(), day, day)
    if period == "week":
        before = day.weekday() if week == "monday" else (day.weekday() + 1) % 7
        first = day - timedelta(days=before)
        last = first + timedelta(days=6)
        return Stretch(f"{first.isoformat()}/{last.isoformat()}", first, last)
    if period == "month":
        first = day.replace(day=1)
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        return Stretch(f"{day.year:04}-{day.month:02}", first, last)
    if period == "year":
        return Stretch(f"{day.year:04}", date(day.year, 1, 1), date(day.year, 12, 31))
    return Stretch("all", None, None)


def minutes(clock: str) -> int | None:
    """Read ``6:00`` or ``24:00`` as minutes of the day; None for anything else."""
    if clock == "24:00":
        return _DAY_MINUTES
    found = _CLOCK.fullmatch(clock)
    return int(found[1]) * 60 + int(found[2]) if found else None


def inside(hours: Hours, at: datetime) -> bool:
    """Say whether a local time lies in one of the spans: from its start, up to its end."""
    now = at.hour * 60 + at.minute
    return any(_covers(span, now) for span in hours.spans)


def _covers(span: Span, now: int) -> bool:
    start, end = minutes(span.from_), minutes(span.to)
    return start is not None and end is not None and start <= now < end


def is_moment(text: str) -> bool:
    """Say whether ``text`` has the form of a moment (and not of a window's name)."""
    return _MOMENT.fullmatch(text) is not None


def written(practice: Practice, text: str, *, end: bool) -> datetime | None:
    """Read a moment of the rules; a day without a time begins at 0:00, and ends at 24:00."""
    found = _MOMENT.fullmatch(text)
    if found is None:
        return None
    try:
        day = date.fromisoformat(found[1])
    except ValueError:
        return None
    clock = minutes(found[2]) if found[2] else (_DAY_MINUTES if end else 0)
    if clock is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
        return None
    start = datetime(day.year, day.month, day.day, tzinfo=zone(practice))
    return start + timedelta(minutes=clock)


class Moments:
    """The moments of a rulebook: written in it, or given for a window by what has happened."""

    def __init__(self, rules: Rulebook, windows: Mapping[str, datetime]) -> None:
        self._calendar = rules.calendar
        self._practice = rules.practice
        self._windows = windows
        self._known: dict[tuple[str, bool], datetime | None] = {}

    def start(self, text: str | None) -> datetime | None:
        """Give the instant at which ``text`` begins; None if nobody knows it yet."""
        return self._at(text, end=False)

    def end(self, text: str | None) -> datetime | None:
        """Give the instant at which ``text`` is over; None if nobody knows it yet."""
        return self._at(text, end=True)

    def _at(self, text: str | None, *, end: bool) -> datetime | None:
        if text is None or self._practice is None:
            return None
        if (text, end) not in self._known:
            self._known[text, end] = self._find(self._practice, text, end=end)
        return self._known[text, end]

    def _find(self, practice: Practice, text: str, *, end: bool) -> datetime | None:
        if is_moment(text):
            return written(practice, text, end=end)
        given = self._windows.get(f"{text}{CLOSES}") if end else None
        given = given or self._windows.get(text)
        if given is not None:
            return localize(practice, given)
        window = self._calendar.get(text)
        if window is None:
            return None
        day = window.latest if end else window.earliest
        return None if day is None else written(practice, day.isoformat(), end=end)
