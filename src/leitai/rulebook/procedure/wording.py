"""Days, instants and terms in words, in Chinese and English."""

from datetime import date, datetime, time, timedelta
from typing import Final

from leitai.rulebook.model import Rulebook, Term
from leitai.rulebook.procedure import moments
from leitai.rulebook.procedure.soft import Span

_WEEKDAYS: Final = "一二三四五六日"
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_UNITS: Final = {
    "minutes": ("分钟", "minute"),
    "hours": ("小时", "hour"),
    "days": ("日", "day"),
    "working-days": ("个工作日", "working day"),
}


def show_day(day: date, lang: str = "zh") -> str:
    """Write a day: «2022年6月10日», «10 June 2022»."""
    if lang == "en":
        return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    return f"{day.year}年{day.month}月{day.day}日"


def show_end(instant: datetime, lang: str = "zh") -> str:
    """Write an instant at which something ends; 00:00 is the 24:00 of the day before.

    «2022年6月10日（星期五）24:00».
    """
    midnight = instant.time() == time()
    day = instant.date() - timedelta(days=1) if midnight else instant.date()
    return _with_clock(day, "24:00" if midnight else _clock(instant), lang)


def show_start(instant: datetime, lang: str = "zh") -> str:
    """Write an instant at which something begins: «2022年6月10日（星期五）0:00»."""
    return _with_clock(instant.date(), _clock(instant), lang)


def show_span(span: Span, lang: str = "zh") -> str:
    """Write a range of days: «2022年3月21日至2022年3月31日», «…起», «不晚于…»."""
    first = show_day(span.first, lang) if span.first else ""
    last = show_day(span.last, lang) if span.last else ""
    if first == last:
        return first
    if first and last:
        return f"{first} to {last}" if lang == "en" else f"{first}至{last}"
    if first:
        return f"from {first}" if lang == "en" else f"{first}起"
    return f"by {last}" if lang == "en" else f"不晚于{last}"


def show_length(term: Term, lang: str = "zh") -> str:
    """Write how long a term is: «5个工作日», «48小时», «5 working days»."""
    zh, en = _UNITS[term.unit]
    if lang == "en":
        return f"{term.within} {en}{'' if term.within == 1 else 's'}"
    return f"{term.within}{zh}"


def show_term(rules: Rulebook, term: Term, lang: str = "zh", inside: str = "内") -> str:
    """Write a term in half a sentence: «自公示发布起5个工作日内（当日不计，末日24:00止）».

    ``inside`` is empty where the term itself is meant, not a moment within it.
    """
    moment, length = moments.say(rules, term.from_, lang), show_length(term, lang)
    how = _how(term, lang)
    if lang == "en":
        return f"within {length} after {moment}" + (f" ({', '.join(how)})" if how else "")
    return f"自{moment}起{length}{inside}" + (f"（{'，'.join(how)}）" if how else "")


def _how(term: Term, lang: str) -> list[str]:
    if term.unit in ("minutes", "hours"):
        return []
    counts = term.first_day == "counts"
    closes = term.closes or "24:00"
    if lang == "en":
        how = [
            "the first day counts" if counts else "the first day does not count",
            f"ends at {closes} of the last day",
        ]
        if term.rolls and term.unit == "days":
            how.append("a last day that is a day off gives way to the next working day")
        return how
    how = ["当日计入" if counts else "当日不计", f"末日{closes}止"]
    if term.rolls and term.unit == "days":
        how.append("末日为休息日的顺延至下一个工作日")
    return how


def _clock(instant: datetime) -> str:
    text = f"{instant.hour}:{instant.minute:02}"
    return f"{text}:{instant.second:02}" if instant.second else text


def _with_clock(day: date, clock: str, lang: str) -> str:
    if lang == "en":
        return f"{_DAYS[day.weekday()]} {show_day(day, lang)}, {clock}"
    return f"{show_day(day)}（星期{_WEEKDAYS[day.weekday()]}）{clock}"
