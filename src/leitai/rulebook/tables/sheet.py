"""One CSV table: rows with their line numbers, columns in any order, everything wrong at once."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from typing import Final, TypeVar

from leitai.kernel.errors import Problem
from leitai.rulebook import numbers

_T = TypeVar("_T", bound=str)
CHINA: Final = timezone(timedelta(hours=8))  # an instant without an offset is meant here
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_INTEGER: Final = re.compile(r"-?[0-9]{1,18}", re.ASCII)
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its line in the file (the heading is line 1), and its cells by column."""

    line: int
    cells: Mapping[str, str]


@dataclass(slots=True)
class Sheet:
    """The rows of one table, and what is wrong in it."""

    name: str
    columns: tuple[str, ...] = ()
    rows: list[Row] = field(default_factory=list)
    problems: list[tuple[int, Problem]] = field(default_factory=list)

    def report(self, line: int, code: str, /, **data: object) -> None:
        """Note a problem of a row."""
        self.problems.append((line, Problem(f"{self.name}:{line}", code, data)))

    # ---- cells; each reader reports what is wrong and gives a stand-in

    def text(self, row: Row, column: str) -> str:
        """Give a cell that must not be blank."""
        found = row.cells.get(column, "")
        if not found:
            self.report(row.line, "csv_blank", column=column)
        return found

    def choice(self, row: Row, column: str, allowed: Sequence[_T], default: str = "") -> _T:
        """Give a cell that is one of some words; a blank one is ``default`` where there is one."""
        found = row.cells.get(column, "") or default
        for word in allowed:
            if word == found:
                return word
        if found:
            values = ", ".join(allowed)
            self.report(row.line, "csv_choice", column=column, value=found[:60], allowed=values)
        else:
            self.report(row.line, "csv_blank", column=column)
        return allowed[0]

    def integer(self, row: Row, column: str) -> int:
        """Give a whole number."""
        found = self.text(row, column)
        if _INTEGER.fullmatch(found):
            return int(found)
        if found:
            self.report(row.line, "csv_integer", column=column, value=found[:60])
        return 0

    def decimal(self, row: Row, column: str, decimals: int) -> int | None:
        """Give a decimal in units of ``10 ** -decimals``; None where it does not fit."""
        found = row.cells.get(column, "")
        if not numbers.is_decimal(found):
            code = "csv_decimal" if found else "csv_blank"
            self.report(row.line, code, column=column, value=found[:60])
            return None
        whole, _, places = found.partition(".")
        if len(places.rstrip("0")) > decimals:
            self.report(row.line, "score_decimals", value=found, decimals=decimals)
            return None
        return int(whole + places[:decimals].ljust(decimals, "0"))

    def day(self, row: Row, column: str) -> date | None:
        """Give a day; None for a blank cell."""
        found = row.cells.get(column, "")
        if not found:
            return None
        try:
            if _DATE.fullmatch(found):
                return date.fromisoformat(found)
        except ValueError:
            pass  # reported below, as every other value that is no day
        self.report(row.line, "csv_date", column=column, value=found[:60])
        return None

    def instant(self, row: Row, column: str) -> datetime | None:
        """Give an instant; without an offset it is meant in China's time."""
        found = self.text(row, column)
        made = read_instant(found)
        if made is None and found:
            self.report(row.line, "csv_instant", column=column, value=found[:60])
        return made

    def listed(self, row: Row, column: str) -> tuple[str, ...]:
        """Give the names of a cell that joins them with ``;``."""
        found = row.cells.get(column, "").replace("；", ";")
        return tuple(part.strip() for part in found.split(";") if part.strip())


def read_instant(text: str) -> datetime | None:
    """Read ``2022-06-10T16:00+08:00``; without an offset in China's time; None if it is none."""
    try:
        made = datetime.fromisoformat(text.strip())
        if len(text.strip()) <= len("2022-06-10"):
            return None  # a day is no instant
        made = made if made.tzinfo else made.replace(tzinfo=CHINA)
        made.astimezone(CHINA)  # the edges of the calendar have no other zones
    except (ValueError, OverflowError):
        return None
    return made


def sheet(name: str, text: str, *, needed: Sequence[str], known: Sequence[str]) -> Sheet:
    """Read a table; rows that cannot be read are left out and reported."""
    made = Sheet(name)
    lines = _lines(made, text.removeprefix("\ufeff"))
    try:
        head_line, head = next(lines)
    except StopIteration:
        return made
    made.columns = tuple(cell.strip() for cell in head)
    for column in dict.fromkeys(made.columns):
        if column and made.columns.count(column) > 1:
            made.report(head_line, "csv_column_twice", column=column[:60])
    for column in needed:
        if column not in made.columns:
            columns = ", ".join(known)
            made.report(head_line, "csv_column_missing", column=column, columns=columns)
    whole = not made.problems
    for line, cells in lines:
        _row(made, line, [cell.strip() for cell in cells], whole=whole)
    return made


def _row(made: Sheet, line: int, cells: list[str], *, whole: bool) -> None:
    expected = len(made.columns)
    while len(cells) > expected and not cells[-1]:
        cells.pop()  # spreadsheets leave commas behind
    if len(cells) != expected:
        made.report(line, "csv_cells", expected=expected, got=len(cells))
        return
    spoilt = [
        column for column, cell in zip(made.columns, cells, strict=True) if _CONTROL.search(cell)
    ]
    for column in spoilt:
        made.report(line, "csv_control", column=column)
    if whole and not spoilt:
        made.rows.append(Row(line, dict(zip(made.columns, cells, strict=True))))


def _lines(made: Sheet, text: str) -> Iterator[tuple[int, list[str]]]:
    """Give every line that has something in it, with the number at which it begins."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        begin = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            made.report(begin, "csv_quotes")
            return
        if any(cell.strip() for cell in cells):
            yield begin, cells
