"""How the house writes days and times: 7月15日（星期五）9:30, in the committee's time zone."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.utils.translation import get_language

if TYPE_CHECKING:
    from datetime import date, datetime

SHANGHAI = ZoneInfo("Asia/Shanghai")
_DAYS_ZH = "一二三四五六日"
_DAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS_EN = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()  # noqa: SIM905 - reads so


def is_chinese() -> bool:
    return (get_language() or "zh").startswith("zh")


def day_text(at: datetime, *, weekday: bool = True, year: bool = False) -> str:
    """「7月15日（星期五）」 or "Fri 15 Jul"."""
    local = at.astimezone(SHANGHAI)
    if is_chinese():
        head = f"{local.year}年" if year else ""
        tail = f"（星期{_DAYS_ZH[local.weekday()]}）" if weekday else ""
        return f"{head}{local.month}月{local.day}日{tail}"
    head = f"{_DAYS_EN[local.weekday()]} " if weekday else ""
    tail = f" {local.year}" if year else ""
    return f"{head}{local.day} {_MONTHS_EN[local.month - 1]}{tail}"


def day_of(day: date) -> str:
    """「7月15日」 or "15 Jul" of a plain date."""
    if is_chinese():
        return f"{day.month}月{day.day}日"
    return f"{day.day} {_MONTHS_EN[day.month - 1]}"


def month_of(day: date, *, year: bool = False) -> str:
    """「7月」 or "Jul"; with the year 「2022.7」 or "Jul 22"."""
    if is_chinese():
        return f"{day.year}.{day.month}" if year else f"{day.month}月"
    name = _MONTHS_EN[day.month - 1]
    return f"{name} {day.year % 100:02d}" if year else name


def clock_text(at: datetime, *, seconds: bool = False) -> str:
    """「9:30」 or, with seconds, 「9:30:05」."""
    local = at.astimezone(SHANGHAI)
    text = f"{local.hour}:{local.minute:02d}"
    return f"{text}:{local.second:02d}" if seconds else text


def moment_text(at: datetime, shape: str) -> str:
    """Shapes: date, day (no weekday), year, time, seconds, full (date, time), exact (seconds)."""
    gap = "" if is_chinese() else " "
    plain = day_text(at, weekday=False)
    texts = {
        "date": day_text(at),
        "day": plain,
        "year": day_text(at, weekday=False, year=True),
        "time": clock_text(at),
        "seconds": clock_text(at, seconds=True),
        "exact": f"{plain}{gap}{clock_text(at, seconds=True)}",
    }
    return texts.get(shape, f"{day_text(at)}{gap}{clock_text(at)}")


def span_text(start: datetime, end: datetime) -> str:
    """「7月15日（星期五）9:30—11:00」; two days give both days."""
    if start.astimezone(SHANGHAI).date() == end.astimezone(SHANGHAI).date():
        return f"{moment_text(start, 'full')}—{clock_text(end)}"
    return f"{day_text(start, weekday=False)}—{day_text(end, weekday=False)}"
