"""What the soft words of a notice may mean: 上旬, 中旬, 下旬, 月底, 底前, 起, 至.

The reading is declared here and nowhere else, and is used only where a window says ``soft``. It
shows a range and binds nobody. Words with two readings (7月前: is July in it?) are not read.

====================  =====================================================================
words                 range
====================  =====================================================================
6月                   1 to 30 June
6月上旬, 6月初        1 to 10 June
6月中旬, 6月中        11 to 20 June
6月下旬, 6月底 (末)   21 to 30 June
6月10日               that day
第3季度               1 July to 30 September
上半年, 下半年        1 January to 30 June, 1 July to 31 December
2022年, 年底 (末)     the year, 1 to 31 December
X至Y (到 — - ～)      from the first day of X to the last day of Y
X起                   from the first day of X, no end
6月10日前, 6月底前,   no beginning, to that day, to the last of the month, to 31 December: the
年底前                day named is inside
截至 (截止) X         no beginning, to the last day of X
====================  =====================================================================

暂定, 拟定, 原则上, 约, 于 and the like before it and 举办, 完成, 公布 and the like after it are
left out, and so is a remark on a place or time that is 另行通知. Numbers may be Arabic or Chinese.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Final

_DIGITS: Final = {sign: at for at, sign in enumerate("零一二三四五六七八九")}
_WIDE: Final = str.maketrans("０１２３４５６７８９－～", "0123456789-~")
_CHINESE: Final = re.compile("[一二三四五六七八九十]{1,3}(?=[月日号季])")
_LATER: Final = re.compile(
    "[，,；;（(]?(具体)?(竞赛|比赛)?(时间|日期)?[、和]?(地点)?另行通知[）)]?$"
)
_BEFORE: Final = re.compile("^(原则上|暂定|初步定|拟定|计划|预计|拟|定|约)*[于在]?")
_AFTER: Final = re.compile("(举办|举行|开展|进行|完成|公布|启动|报送)$")
_UNIT: Final = re.compile(
    r"(?:([0-9]{4})年)?(?:"
    r"([0-9]{1,2})月(?:(上旬|中旬|下旬|初|中|底|末)|([0-9]{1,2})[日号])?"
    r"|第?([1-4])季度|(上|下)半年|(年?[底末])|)",
    re.ASCII,
)
_DAY_ONLY: Final = re.compile(r"([0-9]{1,2})[日号]", re.ASCII)
_SPAN: Final = re.compile(r"^(.+?)(?:至|到|—+|–|-|~)(.+)$")
_MONTHS_SPAN: Final = re.compile(r"([0-9]{1,2})(?:至|到|—+|–|-|~)([0-9]{1,2}月)", re.ASCII)
_DAYS_SPAN: Final = re.compile(
    r"((?:[0-9]{4}年)?[0-9]{1,2}月[0-9]{1,2})(?:至|到|—+|–|-|~)([0-9]{1,2}[日号])", re.ASCII
)
_SURE_BEFORE: Final = re.compile(r"^(.*(?:[日号底末]))(?:前|之前|以前)$")
_TENS: Final = {"上旬": 1, "初": 1, "中旬": 11, "中": 11, "下旬": 21, "底": 21, "末": 21}
_LONGEST: Final = 80


@dataclass(frozen=True, slots=True)
class Span:
    """Days from ``first`` to ``last``, both included; None where that side is open."""

    first: date | None
    last: date | None

    def holds(self, day: date) -> bool:
        """Say whether ``day`` is inside."""
        late = self.first is None or day >= self.first
        return late and (self.last is None or day <= self.last)


def read_soft(words: str, year: int | None) -> Span | None:
    """Read soft words; ``year`` stands in where they name none. None: not in the table."""
    text = _plain(words)
    if not text or len(words) > _LONGEST:
        return None
    try:
        return _expression(text, year)
    except ValueError:  # 6月31日
        return None


def names_year(words: str) -> bool:
    """Say whether the words name a year of their own."""
    return re.search("[0-9]{4}年", _plain(words)) is not None


def _plain(words: str) -> str:
    text = "".join(words.split()).translate(_WIDE)
    text = _CHINESE.sub(lambda found: _number(found[0]), text)
    text = _LATER.sub("", text)
    return _AFTER.sub("", _BEFORE.sub("", text))


def _number(text: str) -> str:
    """In figures, 十二 as 12; what is no number (十一二) stays as it is, and so is not read."""
    tens, ten, ones = text.rpartition("十")
    if (tens and tens not in _DIGITS) or (ones and ones not in _DIGITS):
        return text
    if not ten:
        return str(_DIGITS[ones])
    return str((_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0))


def _expression(  # noqa: PLR0911  (one return a form)
    text: str, year: int | None
) -> Span | None:
    if text.startswith(("截至", "截止")):
        unit = _unit(text[2:].removeprefix("到").removesuffix("止"), year)
        return unit and Span(None, unit.last)
    if text.endswith("起"):
        unit = _unit(text[:-1].removeprefix("自").removeprefix("从"), year)
        return unit and Span(unit.first, None)
    if before := _SURE_BEFORE.match(text):
        unit = _unit(before[1], year)
        return unit and Span(None, unit.last)
    if days := _DAYS_SPAN.fullmatch(text):
        return _span(f"{days[1]}日", days[2], year)
    if months := _MONTHS_SPAN.fullmatch(text):
        return _span(f"{months[1]}月", months[2], year)
    if found := _SPAN.match(text):
        return _span(found[1].removeprefix("自").removeprefix("从"), found[2], year)
    return _unit(text, year)


def _span(begin: str, end: str, year: int | None) -> Span | None:
    first = _unit(begin, year)
    if first is None or first.first is None:
        return None
    day = _DAY_ONLY.fullmatch(end)
    if day:  # 6月10日至20日: the month stands once
        last_day = first.first.replace(day=int(day[1]))
        return Span(first.first, last_day) if last_day >= first.first else None
    last = _unit(end, first.first.year)
    if last is None or last.last is None:
        return None
    if last.last < first.first and not names_year(end):  # 12月至1月
        last = _unit(end, first.first.year + 1)
    if last is None or last.last is None or last.last < first.first:
        return None
    return Span(first.first, last.last)


def _unit(  # noqa: PLR0911  (one return a form)
    text: str, year: int | None
) -> Span | None:
    found = _UNIT.fullmatch(text)
    if not text or not found:
        return None
    named, month, ten, day, quarter, half, end = found.groups()
    year = int(named) if named else year
    if year is None:
        return None
    if month and day:
        return Span(*[date(year, int(month), int(day))] * 2)
    if month:
        return _month(year, int(month), ten)
    if quarter:
        return _months(year, int(quarter) * 3 - 2, int(quarter) * 3)
    if end and text == end and len(text) == 1:  # 底 alone: of what?
        return None
    if half:
        return _months(year, 1, 6) if half == "上" else _months(year, 7, 12)
    return _months(year, 12, 12) if end else _months(year, 1, 12)


def _month(year: int, month: int, ten: str | None) -> Span:
    whole = _months(year, month, month)
    if ten is None:
        return whole
    begin = _TENS[ten]
    last = whole.last if begin == 21 else date(year, month, begin + 9)
    return Span(date(year, month, begin), last)


def _months(year: int, first: int, last: int) -> Span:
    if not 1 <= first <= 12:
        raise ValueError(first)
    return Span(date(year, first, 1), date(year, last, monthrange(year, last)[1]))
