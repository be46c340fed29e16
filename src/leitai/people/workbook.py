"""The import's workbooks: an empty one with its lists, and the rows that were not taken.

More of those than `MOST` come as CSV, line by line: a workbook of so many takes many seconds.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from leitai.people.services.cells import labels_of
from leitai.people.services.importing import REASON
from leitai.people.services.planning import CHOICES, HEADINGS

LINES: Final = 2_000
MOST: Final = 10_000
TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV: Final = "text/csv; charset=utf-8"
Back = Iterable[tuple[int, Mapping[str, str], str]]  # number, cells as typed, why
_WIDTHS: Final = {"id_number": 22, "phone": 15, "unit_name": 34, "line": 16, "post": 18}
_WIDTH: Final = 12
_TEXT: Final = "@"  # a spreadsheet keeps fifteen digits of a number, and all of a text


def template() -> bytes:
    """Headings, lists to choose from, and every column as text."""
    book, sheet = _begin()
    for column, name in enumerate(HEADINGS, start=1):
        letter = get_column_letter(column)
        for row in range(2, LINES + 2):
            sheet.cell(row, column).number_format = _TEXT
        if name in CHOICES:
            words = ",".join(labels_of(CHOICES[name]))
            known = DataValidation(type="list", formula1=f'"{words}"', allow_blank=True)
            known.add(f"{letter}2:{letter}{LINES + 1}")
            sheet.add_data_validation(known)
    return _bytes(book)


def rows_back(rows: Back) -> bytes:
    """Rows as they were typed, the reason beside each: mend them and bring them again."""
    book, sheet = _begin([REASON])
    for line, (_number, cells, why) in enumerate(rows, start=2):
        for column, name in enumerate(HEADINGS, start=1):
            cell = sheet.cell(line, column, _safe(cells.get(name, "")))
            cell.number_format = _TEXT
        sheet.cell(line, len(HEADINGS) + 1, why)
    return _bytes(book)


def lines_back(rows: Back) -> Iterator[bytes]:
    """The same as CSV; its first bytes say that it is UTF-8."""
    line = io.StringIO(newline="")
    writer = csv.writer(line)
    line.write("\ufeff")
    writer.writerow([*HEADINGS.values(), REASON])
    for _number, cells, why in rows:
        yield _taken_from(line)
        writer.writerow([*(_safe(cells.get(name, "")) for name in HEADINGS), why])
    yield _taken_from(line)


def _taken_from(line: io.StringIO) -> bytes:
    text = line.getvalue()
    line.seek(0)
    line.truncate()
    return text.encode()


def _begin(more: Iterable[str] = ()) -> tuple[Workbook, Worksheet]:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)  # noqa: S101  # a new book has one
    sheet.title = "人员"
    for column, heading in enumerate([*HEADINGS.values(), *more], start=1):
        cell = sheet.cell(1, column, heading)
        cell.font, cell.alignment = Font(bold=True), Alignment(horizontal="center")
        cell.fill = PatternFill("solid", fgColor="E8ECF2")
    for column, name in enumerate(HEADINGS, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = _WIDTHS.get(name, _WIDTH)
    if more:
        sheet.column_dimensions[get_column_letter(len(HEADINGS) + 1)].width = 60
    sheet.freeze_panes = "A2"
    return book, sheet


def _safe(text: str) -> str:
    """Never a formula, whatever somebody typed."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@"} else text


def _bytes(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
