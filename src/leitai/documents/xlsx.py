"""Fill an xlsx that an organiser uploaded, and write workbooks of our own.

Whatever somebody typed stays a text: a cell that begins with ``=``, ``+``, ``-`` or ``@`` is no
formula, and is marked so that it becomes none when it is edited.
"""

import io
import re
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, cast

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.formula.translate import Translator
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from leitai.documents.markers import (
    Book,
    Filled,
    Marker,
    Picture,
    Value,
    Values,
    find,
    group_of,
    unique,
)
from leitai.documents.packages import parse, read_package, refuse_formula
from leitai.kernel.errors import DomainError

CELLS: Final = 50_000
ROWS: Final = 20_000
_ACTIVE: Final = ("=", "+", "-", "@", "\t", "\r")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_TEXT: Final = "@"
_LENGTH: Final = 32_000  # of a cell
_SHEET: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_THIN: Final = Side(style="thin", color="808080")
_BOX: Final = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet that we write; ``kind`` money and number stand right."""

    title: str
    width: int = 12
    kind: str = "text"  # text, number, money


@dataclass(frozen=True, slots=True)
class Sheet:
    """Title and notes above the heading, rows, and a line of totals under the columns named."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[str | int | Decimal]]
    notes: tuple[str, ...] = ()
    totals: Mapping[str, Decimal] | None = None
    foot: tuple[str, ...] = ()
    landscape: bool = False


def fields(data: bytes) -> tuple[Marker, ...]:
    """List the markers of a workbook, each once; raises DomainError as ``read_package`` does."""
    book = _load(data)
    return unique(
        one.marker
        for sheet in book.worksheets
        for cell in _cells(sheet)
        if isinstance(cell.value, str) and cell.data_type != "f"
        for one in find(cell.value)
    )


def fill(data: bytes, values: Values) -> Filled:
    """Put values into the markers; what has none is left blank and named."""
    workbook = _load(data)
    book = Book(values)
    for sheet in workbook.worksheets:
        _repeat(sheet, book)
        resolve = book.lookup(None, "")
        for cell in _cells(sheet):
            _fill_cell(cell, resolve)
    return Filled(_bytes(workbook), book.missing)


def write(sheets: Sequence[Sheet]) -> bytes:
    """Write a workbook of ours: bordered tables that print on A4."""
    workbook = Workbook()
    for old in list(workbook.worksheets):
        workbook.remove(old)
    for sheet in sheets:
        _write_sheet(workbook.create_sheet(_sheet_name(sheet.name)), sheet)
    return _bytes(workbook)


def put_text(cell: Cell | MergedCell, text: str) -> None:
    """Keep a text a text, whatever it looks like."""
    held: Any = cell
    held.value = _CONTROL.sub("", text)[:_LENGTH]
    held.data_type = "s"
    if text.startswith(_ACTIVE):
        held.quotePrefix = True


def _load(data: bytes) -> Workbook:
    parts = read_package(data, kind="xlsx")
    cells = 0
    for name, content in parts.items():
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            root = parse(content)
            cells += sum(1 for _ in root.iter(f"{_SHEET}c"))
            for formula in root.iter(f"{_SHEET}f"):
                refuse_formula(formula.text or "")
    if cells > CELLS:
        raise DomainError("template_file_cells", limit=CELLS)
    try:
        return load_workbook(io.BytesIO(data), keep_links=False)
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, OSError):
        raise DomainError("template_file_broken") from None


def _cells(sheet: Worksheet) -> list[Cell]:
    places: dict[tuple[int, int], Any] = sheet._cells  # noqa: SLF001  # the sparse ones; iter_rows makes a rectangle
    return [places[at] for at in sorted(places) if isinstance(places[at], Cell)]


def _fill_cell(cell: Cell, resolve: Any) -> None:
    if not isinstance(cell.value, str) or cell.data_type == "f":
        return
    text = cell.value
    found = find(text)
    if not found:
        return
    for one in reversed(found):
        value: Value = resolve(one.marker)
        shown = "" if isinstance(value, Picture) else value
        text = text[: one.start] + shown + text[one.end :]
    put_text(cell, text)


def _repeat(sheet: Worksheet, book: Book) -> None:
    """From the last marked row to the first, so that rows above keep their numbers."""
    marked: dict[int, list[str]] = {}
    for cell in _cells(sheet):
        if isinstance(cell.value, str) and cell.data_type != "f":
            marked.setdefault(cell.row, []).append(cell.value)
    for row in sorted(marked, reverse=True):
        group = group_of(marked[row])
        if not group:
            continue
        items = book.items(group)
        if len(items) > ROWS:
            raise DomainError("template_file_rows", limit=ROWS)
        _make_room(sheet, row, len(items) - 1)
        for offset, item in enumerate(items):
            resolve = book.lookup(item, group)
            for cell in _row_cells(sheet, row + offset):
                _fill_cell(cell, resolve)


def _row_cells(sheet: Worksheet, row: int) -> list[Cell]:
    return [cell for cell in _cells_of_row(sheet, row) if isinstance(cell, Cell)]


def _cells_of_row(sheet: Worksheet, row: int) -> list[Cell | MergedCell]:
    places: dict[tuple[int, int], Any] = sheet._cells  # noqa: SLF001  # as above
    return [
        places[row, column] for column in range(1, sheet.max_column + 1) if (row, column) in places
    ]


def _make_room(sheet: Worksheet, row: int, more: int) -> None:
    """Move what stands below down, and write the row again so many times, looks and merges too."""
    if more <= 0:
        return
    merged = [copy(one) for one in sheet.merged_cells.ranges]
    for one in merged:
        sheet.unmerge_cells(one.coord)
    last = max((at[0] for at in sheet._cells), default=row)  # noqa: SLF001  # as above
    if last > row:
        area = f"A{row + 1}:{get_column_letter(sheet.max_column)}{last}"
        sheet.move_range(area, rows=more, translate=True)
    heights = {at: one.height for at, one in sheet.row_dimensions.items() if one.height}
    for at in sorted((at for at in heights if at > row), reverse=True):
        sheet.row_dimensions[at].height = None
        sheet.row_dimensions[at + more].height = heights[at]
    _stretch_formulas(sheet, row, more)
    for source in _row_cells(sheet, row):
        for offset in range(1, more + 1):
            made: Any = sheet.cell(row + offset, source.column)
            made.value = _moved(source, offset)
            made._style = copy(cast("Any", source)._style)  # noqa: SLF001  # openpyxl's own way to copy a look
    for offset in range(1, more + 1):
        sheet.row_dimensions[row + offset].height = heights.get(row)
    for one in merged:
        if one.min_row > row:
            one.shift(row_shift=more)
        elif one.max_row > row:
            one.expand(down=more)
        sheet.merge_cells(one.coord)
        if one.min_row == one.max_row == row:
            for _ in range(more):
                one.shift(row_shift=1)
                sheet.merge_cells(one.coord)


def _moved(source: Cell, rows: int) -> Any:
    if source.data_type != "f" or not isinstance(source.value, str):
        return source.value
    target = f"{get_column_letter(source.column)}{source.row + rows}"
    return Translator(source.value, origin=source.coordinate).translate_formula(target)


_RANGE: Final = re.compile(r"(\$?[A-Z]{1,3}\$?)(\d+)(:\$?[A-Z]{1,3}\$?)(\d+)")


def _stretch_formulas(sheet: Worksheet, row: int, more: int) -> None:
    """A sum over the repeated row, standing below it, takes in all of its repetitions."""

    def stretched(match: re.Match[str]) -> str:
        first, last = int(match[2]), int(match[4])
        # The formula itself has moved down with its relative rows; bring them back to the row.
        if first - more == row and last - more == row:
            return f"{match[1]}{row}{match[3]}{row + more}"
        return match[0]

    for cell in _cells(sheet):
        if cell.data_type == "f" and cell.row > row and isinstance(cell.value, str):
            cell.value = _RANGE.sub(stretched, cell.value)


def _write_sheet(sheet: Worksheet, made: Sheet) -> None:
    width = len(made.columns)
    at = _headline(sheet, made, width)
    for column, one in enumerate(made.columns, start=1):
        cell = sheet.cell(at, column)
        put_text(cell, one.title)
        cell.font, cell.border = Font(name="黑体", size=11), _BOX
        cell.fill = PatternFill("solid", fgColor="F0F2F5")
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        sheet.column_dimensions[get_column_letter(column)].width = one.width
    for number, row in enumerate(made.rows, start=at + 1):
        for column, (kind, value) in enumerate(zip(made.columns, row, strict=True), start=1):
            _put(sheet.cell(number, column), value, kind.kind)
    end = at + len(made.rows) + 1
    if made.totals is not None:
        _put(sheet.cell(end, 1), "合计", "text")
        for column, one in enumerate(made.columns[1:], start=2):
            total = made.totals.get(one.title)
            _put(sheet.cell(end, column), "" if total is None else total, one.kind)
        end += 1
    for number, line in enumerate(made.foot, start=end + 1):
        put_text(sheet.cell(number, 1), line)
    sheet.freeze_panes = sheet.cell(at + 1, 1).coordinate
    sheet.print_title_rows = f"{at}:{at}"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.orientation = "landscape" if made.landscape else "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _headline(sheet: Worksheet, made: Sheet, width: int) -> int:
    """Write the title and the notes; give the row of the heading."""
    put_text(sheet.cell(1, 1), made.title)
    sheet.cell(1, 1).font = Font(name="方正小标宋简体", size=18)
    sheet.cell(1, 1).alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    sheet.row_dimensions[1].height = 34
    for number, note in enumerate(made.notes, start=2):
        put_text(sheet.cell(number, 1), note)
        sheet.cell(number, 1).font = Font(name="仿宋_GB2312", size=11)
        if width > 1:
            sheet.merge_cells(start_row=number, end_row=number, start_column=1, end_column=width)
    if width > 1:
        sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=width)
    return len(made.notes) + 2


def _put(cell: Any, value: str | int | Decimal, kind: str) -> None:
    cell.border, cell.font = _BOX, Font(name="仿宋_GB2312", size=11)
    cell.alignment = Alignment(
        horizontal="left" if kind == "text" else "right", vertical="center", wrap_text=True
    )
    if isinstance(value, str):
        put_text(cell, value)
        cell.number_format = _TEXT
        return
    cell.value = value
    cell.number_format = "#,##0.00" if kind == "money" else "General"


def _sheet_name(text: str) -> str:
    return re.sub(r"[\[\]:*?/\\]", "", text)[:31] or "Sheet"


def _bytes(workbook: Workbook) -> bytes:
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()
