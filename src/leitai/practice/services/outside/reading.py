"""What a platform's table says: columns by their headings, figures by the rulebook's names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from leitai.base import sealing
from leitai.base.tables import Row
from leitai.base.words import listed
from leitai.kernel.errors import DomainError
from leitai.people import numbers
from leitai.practice.selectors.laws import Law
from leitai.practice.services.outside.lines import NOTHING, Line, Told
from leitai.rulebook.eligibility import tests_of
from leitai.rulebook.practice import stretch
from leitai.seasons.enums import FactKind

NAME, ID, PHONE, UNIT = "姓名", "身份证号", "手机号", "单位"
TITLE, LEDGER, POINTS, AS_OF = "称号", "积分项目", "积分", "截止日期"
CONTEST, YEAR = "参赛经历", "参赛年份"
HEADINGS: Final = (NAME, ID, PHONE, UNIT, TITLE, LEDGER, POINTS, CONTEST, YEAR, AS_OF)
ALSO: Final = {
    "名字": NAME,
    "学员姓名": NAME,
    "用户姓名": NAME,
    "真实姓名": NAME,
    "身份证号码": ID,
    "身份证": ID,
    "证件号码": ID,
    "证件号": ID,
    "手机": PHONE,
    "手机号码": PHONE,
    "联系电话": PHONE,
    "注册手机号": PHONE,
    "单位名称": UNIT,
    "所在单位": UNIT,
    "工作单位": UNIT,
    "获得称号": TITLE,
    "荣誉称号": TITLE,
    "练习项目": LEDGER,
    "项目": LEDGER,
    "得分": POINTS,
    "总积分": POINTS,
    "累计积分": POINTS,
    "往届参赛": CONTEST,
    "参加赛事": CONTEST,
    "统计日期": AS_OF,
    "数据日期": AS_OF,
}
_NONE: Final = frozenset({"", "无", "否", "-", "—", "——", "/"})
_RUN: Final = re.compile(r"[0-9]{6,}")
_NUMBER: Final = re.compile(r"(0|[1-9][0-9]*)(\.[0-9]+)?")
_GROUPED: Final = re.compile(r"[1-9][0-9]{0,2}(,[0-9]{3})+(\.[0-9]+)?")
_DATE: Final = re.compile(r"([0-9]{4})(?:-|/|\.|年)([0-9]{1,2})(?:-|/|\.|月)([0-9]{1,2})日?")
_YEAR: Final = re.compile(r"((?:19|20)[0-9]{2})年?")
_APART: Final = re.compile(r"[、，,；;]")
_QUOTES: Final = "“”\"'《》「」"
_NUMBERS: Final[Mapping[str, tuple[str, Callable[[str], str]]]] = {
    ID: ("id_number", numbers.parse_id_number),
    PHONE: ("phone", numbers.parse_phone),
}


@dataclass(frozen=True, slots=True)
class Names:
    """What the rules know by name: of practice, and of the bars of every stage."""

    titles: frozenset[str]
    ledgers: frozenset[str]
    contests: frozenset[str]


def names_of(law: Law) -> Names:
    asked: dict[str, set[str]] = {kind: set() for kind in FactKind.values}
    for stage in law.rules.stages.values():
        for bar in stage.bars:
            for condition in filter(None, (bar.refuse, bar.require)):
                for test in tests_of(condition):
                    if test.kind in asked and test.key:
                        asked[test.kind].add(test.key)
    titles = {one.title for one in law.practice.titles.values()}
    ledgers = {one.title for one in law.practice.ledgers.values()}
    return Names(
        frozenset(titles | asked[FactKind.TITLE]),
        frozenset(ledgers | asked[FactKind.POINTS]),
        frozenset(asked[FactKind.CONTEST]),
    )


@dataclass(frozen=True, slots=True)
class Reader:
    """`as_of` is the file's day, for lines that name none; `today` bounds every day."""

    law: Law
    names: Names
    as_of: date
    today: date

    def read(self, rows: Iterable[Row]) -> list[Line]:
        return [self._line(row) for row in rows]

    def _line(self, row: Row) -> Line:
        cells = {heading: row.cells.get(heading, "").strip() for heading in HEADINGS}
        line = Line(row.number, name=hide(cells[NAME]), unit=hide(cells[UNIT]))
        self._who(line, cells)
        as_of = self._day(line, cells[AS_OF])
        self._titles(line, cells[TITLE], as_of)
        self._points(line, cells, as_of)
        self._contest(line, cells)
        if not line.told and not line.problems:
            line.state = NOTHING
        return line

    def _who(self, line: Line, cells: Mapping[str, str]) -> None:
        try:
            line.name = numbers.parse_name(line.name)
        except DomainError as error:
            line.wrong(NAME, error.code, **error.data)
        for heading, (field, parse) in _NUMBERS.items():
            if cells[heading] in _NONE:
                continue
            try:
                number = parse(cells[heading])
            except DomainError as error:
                line.wrong(heading, error.code, **error.data)
                continue
            line.digests[field] = sealing.digest(field, number)
            setattr(line, field, numbers.mask(field, number))
        if not line.digests and not line.unit and not line.problems:
            line.wrong(UNIT, "outside_nobody")

    def _day(self, line: Line, text: str) -> date:
        if not text:
            return self.as_of
        day = day_of(text)
        if day is None:
            line.wrong(AS_OF, "outside_date", said=hide(text)[:40])
            return self.as_of
        if day > self.today:
            line.wrong(AS_OF, "outside_late", said=day.isoformat())
        return day

    def _titles(self, line: Line, text: str, as_of: date) -> None:
        for part in dict.fromkeys(_bare(part) for part in _APART.split(text)):
            if part in _NONE:
                continue
            if part not in self.names.titles:
                known = listed(sorted(self.names.titles))
                line.wrong(TITLE, "outside_title_unknown", said=hide(part)[:40], known=known)
                continue
            until = self._until(part, as_of)
            line.told.append(Told(FactKind.TITLE.value, part, "", as_of, as_of, until))

    def _until(self, title: str, as_of: date) -> date | None:
        """As long as a title of this name holds by the rules of practice; else for good."""
        for one in self.law.practice.titles.values():
            if one.title == title and one.holds != "ever":
                period = "year" if one.holds == "year" else one.per
                return stretch(period, as_of, self.law.practice.week).last
        return None

    def _points(self, line: Line, cells: Mapping[str, str], as_of: date) -> None:
        ledger, text = _bare(cells[LEDGER]), unicodedata.normalize("NFKC", cells[POINTS])
        known = listed(sorted(self.names.ledgers))
        if ledger in _NONE and text in _NONE:
            return
        if ledger in _NONE:
            line.wrong(LEDGER, "outside_ledger_missing", known=known)
        elif ledger not in self.names.ledgers:
            line.wrong(LEDGER, "outside_ledger_unknown", said=hide(ledger)[:40], known=known)
        elif text in _NONE:
            line.wrong(POINTS, "outside_points_missing")
        elif (value := _points_of(text)) is None:
            line.wrong(POINTS, "outside_points_form", said=hide(text)[:40])
        else:
            line.told.append(Told(FactKind.POINTS.value, ledger, value, as_of, as_of, as_of))

    def _contest(self, line: Line, cells: Mapping[str, str]) -> None:
        contest, year = _bare(cells[CONTEST]), _YEAR.fullmatch(cells[YEAR])
        if contest in _NONE:
            return
        if contest not in self.names.contests:
            known = listed(sorted(self.names.contests))
            line.wrong(CONTEST, "outside_contest_unknown", said=hide(contest)[:40], known=known)
        elif year is None or int(year[1]) > self.today.year:
            line.wrong(YEAR, "outside_year", said=hide(cells[YEAR])[:40])
        else:
            first, last = date(int(year[1]), 1, 1), date(int(year[1]), 12, 31)
            line.told.append(Told(FactKind.CONTEST.value, contest, year[1], first, first, last))


def hide(text: str) -> str:
    """What was typed, without what may be a number in the wrong place."""
    return _RUN.sub("******", unicodedata.normalize("NFKC", text))


def day_of(text: str) -> date | None:
    found = _DATE.fullmatch(text.partition("T")[0].strip())
    try:
        return date(*(int(part) for part in found.groups())) if found else None
    except ValueError:
        return None


def _bare(text: str) -> str:
    return text.strip().strip(_QUOTES).strip()


def _points_of(text: str) -> str | None:
    """One form for one figure, so that 1000, 1000.0 and 1,000 do not differ."""
    if _GROUPED.fullmatch(text):
        text = text.replace(",", "")
    if not _NUMBER.fullmatch(text):
        return None
    whole, point, rest = text.partition(".")
    rest = rest.rstrip("0")
    return f"{whole}.{rest}" if point and rest else whole
