"""When a term ends, worked out day by day."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final

from leitai.kernel.errors import DomainError
from leitai.rulebook.model import Holidays, Term
from leitai.rulebook.procedure import moments
from leitai.rulebook.procedure.days import MIDNIGHT, Days, read_clock

_EXACT: Final = {"minutes": timedelta(minutes=1), "hours": timedelta(hours=1)}
_DAY: Final = timedelta(days=1)
_MOST_STEPS: Final = 60_000  # a hostile list of holidays must not ask for endless work


@dataclass(frozen=True, slots=True)
class Reckoned:
    """How a deadline was worked out.

    ``skipped`` are the days off that were left out, ``rolled_from`` the last day that gave way,
    ``unknown_years`` those whose holidays nobody gave.
    """

    instant: datetime
    skipped: tuple[date, ...] = ()
    rolled_from: date | None = None
    unknown_years: tuple[int, ...] = ()


def deadline(term: Term, start: datetime, holidays: Holidays | None = None) -> datetime:
    """Give the instant at which ``term`` ends, in the zone of ``start``.

    A day that ends at 24:00 is the 00:00 of the next. Raises DomainError("deadline_too_far").
    """
    return reckon(term, start, holidays).instant


def reckon(term: Term, start: datetime, holidays: Holidays | None = None) -> Reckoned:
    """Work out a deadline, with what was skipped on the way."""
    try:
        if term.unit in _EXACT:
            return Reckoned(_exactly(start, _EXACT[term.unit] * term.within))
        return _by_days(term, start, Days(holidays))
    except OverflowError:
        raise DomainError("deadline_too_far", within=term.within) from None


def end_of(day: date, closes: str, zone: tzinfo | None) -> datetime:
    """Give the end of ``day``: 24:00, or the clock time ``closes``."""
    minutes = read_clock(closes)
    whole = datetime.combine(day, time(), tzinfo=zone)
    return whole + timedelta(minutes=MIDNIGHT if minutes is None else minutes)


def _exactly(start: datetime, length: timedelta) -> datetime:
    """Add a length of real time, whatever the clocks of the zone do in between."""
    if start.tzinfo is None:
        return start + length
    return (start.astimezone(UTC) + length).astimezone(start.tzinfo)


def _by_days(term: Term, start: datetime, days: Days) -> Reckoned:
    day = start.date()
    if moments.is_end(term.from_) and start.time() == time():
        day -= _DAY  # what ended at 24:00 ended on the day before
    if term.first_day == "skipped":
        day += _DAY
    skipped: list[date] = []
    unknown: set[int] = set()
    rolled_from = None
    if term.unit == "days":
        day += _DAY * (term.within - 1)
        if term.rolls:
            first = day
            day = _next_working(day, days, skipped, unknown)
            rolled_from = first if skipped else None
    else:
        for count in range(term.within):
            day = _next_working(day + _DAY if count else day, days, skipped, unknown)
    instant = end_of(day, term.closes, start.tzinfo)
    return Reckoned(instant, tuple(skipped), rolled_from, tuple(sorted(unknown)))


def _next_working(day: date, days: Days, skipped: list[date], unknown: set[int]) -> date:
    while days.is_off(day):
        skipped.append(day)
        if len(skipped) > _MOST_STEPS:
            raise OverflowError
        if not days.is_known(day):
            unknown.add(day.year)
        day += _DAY
    if not days.is_known(day):
        unknown.add(day.year)
    return day
