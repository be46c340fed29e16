"""Days off and working days, and clock times of the notice."""

import re
from bisect import bisect_right
from datetime import date
from typing import Final

from leitai.rulebook.model import Holidays

SATURDAY: Final = 5
MIDNIGHT: Final = 24 * 60
_CLOCK: Final = re.compile(r"([0-9]|[01][0-9]|2[0-4]):([0-5][0-9])", re.ASCII)


def read_clock(text: str) -> int | None:
    """Read ``16:00`` as minutes since the day began, up to ``24:00``; None for anything else."""
    found = _CLOCK.fullmatch(text)
    if not found:
        return None
    minutes = int(found[1]) * 60 + int(found[2])
    return minutes if minutes <= MIDNIGHT else None


class Days:
    """Which days are worked. Without holidays: Monday to Friday.

    A day that is both off and worked counts as worked.
    """

    def __init__(self, holidays: Holidays | None) -> None:
        breaks = holidays.days_off if holidays else ()
        self._years = frozenset(holidays.years) if holidays else frozenset[int]()
        self._worked = frozenset(holidays.days_on) if holidays else frozenset[date]()
        self._begins: list[date] = []
        self._ends: list[date] = []
        for first, last in sorted((part.from_, part.to or part.from_) for part in breaks):
            if self._ends and first <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], last)
            else:
                self._begins.append(first)
                self._ends.append(last)

    def is_off(self, day: date) -> bool:
        """Say whether ``day`` is a day off: a weekend or a holiday, and not worked instead."""
        if day in self._worked:
            return False
        if day.weekday() >= SATURDAY:
            return True
        at = bisect_right(self._begins, day) - 1
        return at >= 0 and day <= self._ends[at]

    def is_known(self, day: date) -> bool:
        """Say whether the holidays of the day's year are given."""
        return day.year in self._years


def is_working_day(day: date, holidays: Holidays | None = None) -> bool:
    """Say whether ``day`` is a working day; without holidays Monday to Friday are."""
    return not Days(holidays).is_off(day)
