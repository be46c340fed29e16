"""A sheet of marks at the door: one event's marks by entry, every bad row named.

Headings as the template has them: 参赛编号 (or 姓名 with 代表队), 成绩, the event's further figures
by their own titles, and 备注 for whoever was absent (缺考) or does not count (取消成绩).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType
from typing import BinaryIO, Final

from leitai.base.sheets import read_sheet
from leitai.base.tables import Row, Table
from leitai.kernel.errors import Problem
from leitai.rulebook import numbers
from leitai.rulebook.model import Event
from leitai.seasons import selectors as seasons
from leitai.seasons.enums import ScoreStatus
from leitai.seasons.models import Entry, Season, Stage
from leitai.seasons.services import NewScore, wrong_scores

CODE: Final = "参赛编号"
NAME: Final = "姓名"
DELEGATION: Final = "代表队"
MARK: Final = "成绩"
REMARK: Final = "备注"
_IGNORED: Final = ("序号", "赛项", "单位", "所在单位", "名次")
_STATUSES: Final = {
    "缺考": ScoreStatus.ABSENT,
    "缺席": ScoreStatus.ABSENT,
    "取消成绩": ScoreStatus.VOID,
    "违纪": ScoreStatus.VOID,
}
Wrong = tuple[str, dict[str, object]]


@dataclass(frozen=True, slots=True)
class MarkRow:
    """`line` is the row's number in the file; the mark is scaled as the event declares."""

    line: int
    entry: str
    name: str
    delegation: str
    value: int
    decimals: int
    status: str = ScoreStatus.OK
    keys: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a file says of one event; `missing` are entries that it does not name."""

    name: str
    stage: str
    track: str
    event: str
    rows: tuple[MarkRow, ...]
    problems: tuple[Problem, ...]
    missing: tuple[str, ...]


def headings(event: Event) -> tuple[str, ...]:
    """The template's columns."""
    return (CODE, NAME, DELEGATION, MARK, *(key.title for key in event.keys.values()), REMARK)


def read_marks(
    source: BinaryIO | bytes, *, name: str, season: Season, stage: str, track: str, event: str
) -> Sheet:
    """Read one event's marks. Raises Problems when the file as a whole is unreadable."""
    held = seasons.get_stage(season, stage)
    rules = seasons.rulebook_of(season)
    law = rules.events[event]
    keys = {key.title: code for code, key in law.keys.items()}
    table = read_sheet(
        source,
        name=name,
        columns=(MARK,),
        optional=(CODE, NAME, DELEGATION, REMARK, *_IGNORED, *keys),
        also={"编号": CODE, "得分": MARK, "参赛选手": NAME, rules.delegations.title: DELEGATION},
    )
    reader = _Reader(held, track, law, keys)
    rows, problems = reader.read(table)
    new = [NewScore(r.entry, r.value, r.decimals, "", r.keys, r.status) for r in rows]
    lines = {row.entry: row.line for row in rows}
    problems += [
        Problem(table.place(lines[one.place]), one.code, one.data)
        for one in wrong_scores(law, event, new)
        if one.code != "score_repeated"  # named with both rows
    ]
    named = set(lines)
    missing = [f"{e.name}（{e.delegation.name}）" for e in reader.entries if e.code not in named]
    found = (*table.problems, *problems)
    return Sheet(name, stage, track, event, tuple(rows), found, tuple(missing))


class _Reader:
    def __init__(self, stage: Stage, track: str, law: Event, keys: Mapping[str, str]) -> None:
        self.entries: Sequence[Entry] = list(seasons.list_entries(stage).filter(track=track))
        self._law = law
        self._keys = keys
        self._by_code = {entry.code: entry for entry in self.entries}
        self._by_name: defaultdict[str, list[Entry]] = defaultdict(list)
        for entry in self.entries:
            self._by_name[entry.name].append(entry)

    def read(self, table: Table) -> tuple[list[MarkRow], list[Problem]]:
        rows: list[MarkRow] = []
        problems: list[Problem] = []
        seen: dict[str, int] = {}
        for row in table.rows:
            entry, wrong = self._entry(row.cells)
            if entry is not None and entry.code in seen:
                wrong = ("markrow_twice", {"name": entry.name, "first": seen[entry.code]})
            if entry is None or wrong is not None:
                problems += [Problem(table.place(row.number), *wrong)] if wrong else []
                continue
            seen[entry.code] = row.number
            mark, faults = self._mark(row, entry)
            problems += [Problem(table.place(row.number), *fault) for fault in faults]
            rows += [mark] if mark is not None else []
        return rows, problems

    def _entry(self, cells: Mapping[str, str]) -> tuple[Entry | None, Wrong | None]:
        code, name = cells.get(CODE, ""), cells.get(NAME, "")
        if code:
            return self._numbered(code, name)
        if not name:
            return None, ("markrow_nobody", {})
        delegation = cells.get(DELEGATION, "")
        same = self._by_name.get(name, [])
        found = [one for one in same if not delegation or one.delegation.name == delegation]
        if not found:
            return None, ("markrow_unknown", {"who": f"{name} {delegation}".strip()})
        if len(found) > 1:
            return None, ("markrow_name_twice", {"name": name, "count": len(found)})
        return found[0], None

    def _numbered(self, code: str, name: str) -> tuple[Entry | None, Wrong | None]:
        entry = self._by_code.get(code)
        if entry is None:
            return None, ("markrow_unknown", {"who": code})
        if name and name != entry.name:
            told: dict[str, object] = {"entry": code, "name": name, "known": entry.name}
            return entry, ("markrow_name_differs", told)
        return entry, None

    def _mark(self, row: Row, entry: Entry) -> tuple[MarkRow | None, list[Wrong]]:
        remark, written = row.cells.get(REMARK, ""), row.cells[MARK]
        status = _STATUSES.get(remark) or _STATUSES.get(written) or ScoreStatus.OK
        who = (row.number, entry.code, entry.name, entry.delegation.name)
        places = self._law.decimals
        if status != ScoreStatus.OK:
            if numbers.is_decimal(written):
                return None, [("markrow_absent_scored", {"name": entry.name, "mark": written})]
            return MarkRow(*who, 0, places, status), []
        value = _scaled(written, places)
        if value is None:
            told = {"name": entry.name, "mark": written, "decimals": places}
            return None, [("markrow_number" if written else "marks_empty", told)]
        keys, faults = {}, list(self._wrong_keys(row.cells))
        if not faults:
            for title, code in self._keys.items():
                found = _scaled(row.cells.get(title, ""), self._law.keys[code].decimals)
                if found is not None:
                    keys[code] = found
        return MarkRow(*who, value, places, ScoreStatus.OK, keys), faults

    def _wrong_keys(self, cells: Mapping[str, str]) -> Iterator[Wrong]:
        for title, code in self._keys.items():
            written, places = cells.get(title, ""), self._law.keys[code].decimals
            if written and _scaled(written, places) is None:
                yield "markrow_key", {"title": title, "value": written, "decimals": places}


def _scaled(written: str, decimals: int) -> int | None:
    """None for what is no decimal, or has more places than are declared."""
    if not numbers.is_decimal(written):
        return None
    value: Fraction = numbers.parse(written)
    return int(value * 10**decimals) if numbers.fits(value, decimals) else None
