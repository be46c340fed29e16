"""A spreadsheet or CSV at the door, told apart by its content: one table of trimmed text."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import BinaryIO, Final

from django.utils.translation import gettext_lazy as _

from leitai.base import errors
from leitai.base.tables import NO_OTHERS, Row, Table, read_csv, read_header, wrong_cells
from leitai.interchange import xlsx
from leitai.kernel.errors import DomainError, Problem, Problems

LIMIT: Final = 64 * 1024 * 1024
EXACT: Final = 10**15  # a spreadsheet keeps fifteen digits of a number and loses the rest
_ZIP: Final = b"PK\x03\x04"
_OLD_EXCEL: Final = b"\xd0\xcf\x11\xe0"
_ERRORS: Final = re.compile(
    r"#(?:DIV/0!|N/A|NAME\?|(?:NULL|NUM|REF|VALUE|SPILL|CALC|FIELD|BLOCKED|CONNECT|UNKNOWN|BUSY)!"
    r"|GETTING_DATA)"
)
# The workbook's reader speaks of question banks; here it is any table.
_REFUSALS: Final = {
    "unreadable": "sheet_unreadable",
    "unpacked_too_large": "table_too_large",
    "too_many_rows": "sheet_rows",
    "too_many_columns": "sheet_columns",
}

TEXTS = {
    "sheet_unreadable": _(
        "打不开这个表格，可能已损坏或设有密码。请在表格软件中另存为xlsx后再上传。"
    ),
    "sheet_old": _("这是旧版xls表格。请在表格软件中另存为xlsx后再上传。"),
    "sheet_rows": _("表格超过%(limit)s行。请删去末尾带格式的空行，或拆分后分次导入。"),
    "sheet_columns": _("表格超过%(limit)s列。请删去多余的列。"),
    "sheet_heading_empty": _("第%(column)s列有内容而没有表头。请补上表头，或清空这一列。"),
    "sheet_error": _("“%(column)s”一格的公式出错，显示为%(shown)s。请改正公式，或直接填写内容。"),
    "sheet_number_long": _(
        "“%(column)s”一格被表格软件当作数字，第15位以后的数字已经丢失。"
        "请先把这一列设为文本格式，再重新填写。"
    ),
}
errors.register(TEXTS)


def read_sheet(
    source: BinaryIO | bytes,
    *,
    name: str,
    columns: Sequence[str],
    optional: Sequence[str] = (),
    also: Mapping[str, str] = NO_OTHERS,
) -> Table:
    """Read the named columns of an xlsx or CSV file; `also` gives other headings for them.

    A workbook's first sheet that holds anything is read, and its first row that does is the
    heading. Numbers become text without a point, dates ISO text. Row numbers are the file's own;
    bad rows stand in the table's problems. Raises Problems when the file as a whole is unreadable.
    """
    data = source if isinstance(source, bytes) else source.read(LIMIT + 1)
    if len(data) > LIMIT:
        raise Problems([Problem(name, "table_too_large", {"limit": LIMIT >> 20})])
    if data.startswith(_OLD_EXCEL):
        raise Problems([Problem(name, "sheet_old")])
    if data.startswith(_ZIP):
        return _table(name, _first_sheet(name, data), columns, optional, also)
    text = _Named(_as_utf8(name, data))
    text.name = name
    return read_csv(text, columns=columns, optional=optional, also=also)


class _Named(io.BytesIO):
    name = ""


def _as_utf8(name: str, data: bytes) -> bytes:
    """Chinese spreadsheets save CSV as GB 18030; text that began as UTF-8 is spoilt UTF-8."""
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        begun = data[: error.start].decode("utf-8-sig")
        try:
            if not any(letter >= "\u0800" for letter in begun):
                return data.decode("gb18030").encode()
        except UnicodeDecodeError:
            pass
        raise Problems([Problem(name, "table_encoding", {"at": error.start})]) from None
    return data


def _first_sheet(name: str, data: bytes) -> list[list[xlsx.Cell]]:
    try:
        sheets = xlsx.read_sheets(data, limit=LIMIT, show_errors=True)
    except DomainError as error:
        raise Problems([Problem(name, _REFUSALS[error.code], error.data)]) from None
    for rows in sheets.values():
        if any(_said(cell) for row in rows for cell in row):
            return rows
    raise Problems([Problem(name, "table_empty")])


def _said(cell: xlsx.Cell) -> bool:
    return cell.strip() != "" if isinstance(cell, str) else True


def _table(
    name: str,
    sheet: list[list[xlsx.Cell]],
    columns: Sequence[str],
    optional: Sequence[str],
    also: Mapping[str, str],
) -> Table:
    top = next(at for at, row in enumerate(sheet) if any(map(_said, row)))
    width = 1 + max(at for row in sheet for at, cell in enumerate(row) if _said(cell))
    heading = [text_of_cell(cell) for cell in sheet[top][:width]]
    blank = [at for at in range(width) if not heading[at]]
    problems = [
        Problem(name, "sheet_heading_empty", {"column": at + 1})
        for at in blank
        if any(_said(row[at]) for row in sheet)
    ]
    if problems:
        raise Problems(problems)
    kept = [at for at in range(width) if at not in blank]
    header = read_header(name, [heading[at] for at in kept], columns, optional, also)
    table = Table(name, header, (), ())
    rows: list[Row] = []
    for number, values in enumerate(sheet[top + 1 :], start=top + 2):
        cells = [values[at] for at in kept]
        if not any(map(_said, cells)):
            continue
        texts = [text_of_cell(cell) for cell in cells]
        wrong = _wrong(header, cells) or wrong_cells(header, texts)
        if wrong is None:
            rows.append(Row(number, dict(zip(header, texts, strict=True))))
        else:
            problems.append(Problem(table.place(number), *wrong))
    return Table(name, header, tuple(rows), tuple(problems))


def _wrong(
    header: Sequence[str], cells: Sequence[xlsx.Cell]
) -> tuple[str, dict[str, object]] | None:
    for column, cell in zip(header, cells, strict=True):
        if isinstance(cell, str):
            if _ERRORS.fullmatch(cell.strip()):
                return "sheet_error", {"column": column, "shown": cell.strip()}
        elif not isinstance(cell, (date, time, timedelta)) and abs(cell) >= EXACT:
            return "sheet_number_long", {"column": column}
    return None


def text_of_cell(cell: xlsx.Cell) -> str:
    """A cell as exact text: 510104, 0.5, 2026-05-01, 2026-05-01T09:00:00, TRUE."""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, datetime):
        day_only = cell.time() == time.min
        return cell.date().isoformat() if day_only else cell.isoformat(timespec="seconds")
    if isinstance(cell, (date, time)):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return str(cell)
    # A spreadsheet has no integers; it shows fifteen digits and never an exponent to a clerk.
    return format(Decimal(f"{cell:.15g}"), "f")
