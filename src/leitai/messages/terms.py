"""The clock of a complaint: working days are Monday to Friday, but for the days in the data."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from leitai.design.moments import SHANGHAI

DATA = Path(__file__).parent / "data" / "complaints.toml"
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Terms:
    """`holidays` are weekdays off, `workdays` Saturdays and Sundays that are worked."""

    accept_working_days: int
    answer_days: int
    holidays: frozenset[date] = frozenset()
    workdays: frozenset[date] = frozenset()

    def is_working(self, day: date) -> bool:
        if day in self.workdays:
            return True
        return day.weekday() < _SATURDAY and day not in self.holidays

    def accept_by(self, filed_at: datetime) -> datetime:
        """The end of the n-th working day after the day of filing."""
        day, left = filed_at.astimezone(SHANGHAI).date(), self.accept_working_days
        while left:
            day += timedelta(days=1)
            left -= self.is_working(day)
        return _end_of(day)

    def answer_by(self, filed_at: datetime) -> datetime:
        """The end of the n-th day after the day of filing."""
        return _end_of(filed_at.astimezone(SHANGHAI).date() + timedelta(days=self.answer_days))


def current() -> Terms:
    """From the file that LEITAI_COMPLAINT_DAYS names, or the packaged one."""
    return _read(Path(settings.LEITAI_COMPLAINT_DAYS or DATA))


@lru_cache(maxsize=2)
def _read(path: Path) -> Terms:
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    return Terms(
        accept_working_days=int(told["accept_working_days"]),
        answer_days=int(told["answer_days"]),
        holidays=frozenset(told.get("holidays", ())),
        workdays=frozenset(told.get("workdays", ())),
    )


def _end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), SHANGHAI).astimezone(UTC)
