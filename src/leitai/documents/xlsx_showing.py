"""A filled xlsx as blocks, for its preview: each sheet a table with its merged cells."""

import io
from typing import Final

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from leitai.documents.packages import read_package
from leitai.documents.pages import (
    HEITI,
    MM,
    SONGTI,
    Align,
    Block,
    Break,
    Cell,
    Document,
    Paper,
    Para,
    Run,
    Table,
)

ROWS: Final = 300
COLUMNS: Final = 40
_PER_CHARACTER: Final = 5.6  # points of a column's width unit
_ALIGNS: Final[dict[str, Align]] = {"center": "center", "right": "right"}


def show(data: bytes, *, title: str = "") -> Document:
    """Read a workbook; of a long sheet the first rows."""
    read_package(data, kind="xlsx")
    book = load_workbook(io.BytesIO(data), keep_links=False)
    blocks: list[Block] = []
    widest = 0.0
    for sheet in book.worksheets:
        if sheet.max_row == 1 and sheet.max_column == 1 and sheet["A1"].value is None:
            continue
        if blocks:
            blocks.append(Break())
        table = _table(sheet)
        widest = max(widest, sum(table.widths))
        blocks += [Para((Run(sheet.title, HEITI, 10.5),), line=18), table]
    return Document(title, tuple(blocks), _paper(widest))


def _paper(widest: float) -> Paper:
    margin = 15 * MM
    landscape = widest > 180 * MM
    width, height = (297 * MM, 210 * MM) if landscape else (210 * MM, 297 * MM)
    return Paper(max(width, widest + 2 * margin), height, margin, margin, margin, margin, False)


def _table(sheet: Worksheet) -> Table:
    last, wide = min(sheet.max_row, ROWS), min(sheet.max_column, COLUMNS)
    merged: dict[tuple[int, int], tuple[int, int]] = {}
    hidden: set[tuple[int, int]] = set()
    for one in sheet.merged_cells.ranges:
        if one.min_row > last or one.min_col > wide:
            continue
        end, right = min(one.max_row, last), min(one.max_col, wide)
        merged[one.min_row, one.min_col] = (end - one.min_row + 1, right - one.min_col + 1)
        hidden |= {
            (row, column)
            for row in range(one.min_row, end + 1)
            for column in range(one.min_col, right + 1)
        } - {(one.min_row, one.min_col)}
    widths = tuple(_width(sheet, column) for column in range(1, wide + 1))
    rows = tuple(
        tuple(
            _cell(sheet, row, column, *merged.get((row, column), (1, 1)))
            for column in range(1, wide + 1)
            if (row, column) not in hidden
        )
        for row in range(1, last + 1)
    )
    heights = tuple(min(sheet.row_dimensions[row].height or 0, 400) for row in range(1, last + 1))
    return Table(widths, rows, heights)


def _width(sheet: Worksheet, column: int) -> float:
    held = sheet.column_dimensions.get(get_column_letter(column))
    units = held.width if held is not None and held.width else 9
    return min(max(units, 3), 80) * _PER_CHARACTER


def _cell(sheet: Worksheet, row: int, column: int, rows: int, columns: int) -> Cell:
    cell = sheet.cell(row, column)
    text = "" if cell.value is None else str(cell.value)
    if isinstance(cell, SheetCell) and cell.data_type == "f":
        text = "（公式）"
    size = min(max(float(cell.font.sz or 11), 6), 36)
    align = _ALIGNS.get(str(cell.alignment.horizontal), "left")
    run = Run(text, cell.font.name or SONGTI, size, bold=bool(cell.font.b))
    para = Para((run,), align=align, line=0)
    return Cell((para,), columns=columns, rows=rows, middle=True)
