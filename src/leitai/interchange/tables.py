"""A file's bytes as one table of trimmed text, whatever spreadsheet or editor wrote them."""

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from leitai.interchange import xlsx
from leitai.kernel.errors import DomainError

MAX_BYTES: Final = 20 * 1024 * 1024
KINDS: Final = (".xlsx", ".csv")


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of trimmed text; ``rows[0]`` is the sheet's row 1, and rows may differ in length.

    ``typed`` are the cells (row, column from 0) that were numbers or dates: what the reader of the
    spreadsheet sees there (50%, 1月2日) may not be what its text says here.
    """

    rows: tuple[tuple[str, ...], ...]
    typed: frozenset[tuple[int, int]] = frozenset()


def read_table(data: bytes, name: str, is_heading: Callable[[Sequence[str]], bool]) -> Table:
    """Read the table out of ``data``, whose kind ``name`` tells by its ending.

    ``is_heading`` says of a row whether it is a table's heading: the sheets of a workbook that have
    none are notes and not read, and two that have one are a question to the person who sent it.

    Raises DomainError: file_too_large, kind_unknown, unreadable, empty, unpacked_too_large,
    too_many_rows, too_many_columns, several_sheets.
    """
    if len(data) > MAX_BYTES:
        raise DomainError("file_too_large", limit=MAX_BYTES >> 20)
    ending = name[name.rfind(".") :].lower()
    if ending not in KINDS:
        raise DomainError("kind_unknown", name=name)
    tables = {"": _csv(data)} if ending == ".csv" else _xlsx(data)
    tables = {sheet: table for sheet, table in tables.items() if any(map(any, table.rows))}
    if not tables:
        raise DomainError("empty")
    headed = {
        sheet: table for sheet, table in tables.items() if any(map(is_heading, table.rows[:TOP]))
    }
    if len(headed) > 1:
        raise DomainError("several_sheets", sheets=tuple(headed))
    return next(iter((headed or tables).values()))


TOP: Final = 10  # a heading stands among the first ten rows, below titles and notes


def _xlsx(data: bytes) -> dict[str, Table]:
    tables = {}
    for name, sheet in xlsx.read_sheets(data).items():
        rows = tuple(tuple(_text(cell) for cell in row) for row in sheet)
        typed = frozenset(
            (at, column)
            for at, row in enumerate(sheet)
            for column, cell in enumerate(row)
            if not isinstance(cell, str | bool)
        )
        tables[name] = Table(rows, typed)
    return tables


def _text(cell: xlsx.Cell) -> str:
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == datetime.min.time() else cell.isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    text = str(cell)
    return text.removesuffix(".0")  # a spreadsheet has no integers


def _csv(data: bytes) -> Table:
    rows: list[tuple[str, ...]] = []
    reader = csv.reader(io.StringIO(_decode(data), newline=""), strict=True)
    try:
        for row in reader:
            if len(rows) > xlsx.MAX_ROWS:  # and a heading
                raise DomainError("too_many_rows", limit=xlsx.MAX_ROWS)
            if len(row) > xlsx.MAX_COLUMNS:
                raise DomainError("too_many_columns", limit=xlsx.MAX_COLUMNS)
            rows.append(tuple(cell.strip() for cell in row))
    except csv.Error:
        raise DomainError("csv_broken", line=reader.line_num) from None
    return Table(tuple(rows))


def _decode(data: bytes) -> str:
    """UTF-8, with or without its mark; else GB18030, as Chinese spreadsheets save by default."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("gb18030")
    except UnicodeDecodeError as error:
        raise DomainError("unreadable", detail=f"byte {error.start}") from None
