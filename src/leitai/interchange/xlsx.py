"""The cells of an .xlsx file, read within bounds that hold before anything is parsed.

A spreadsheet is a zip of XML, and calamine holds a sheet as one dense rectangle: a file of a few
kilobytes can ask for gigabytes by its compression, or by one cell in the last corner. So the
parts that matter are unpacked here under a limit, their cells counted, and only what was measured
is handed on.
"""

import io
import re
import struct
import zipfile
import zlib
from datetime import date, time, timedelta
from typing import Final

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

from leitai.kernel.errors import DomainError

MAX_UNPACKED: Final = 200 * 1024 * 1024
MAX_ROWS: Final = 100_000
MAX_COLUMNS: Final = 64
MAX_PARTS: Final = 2_000

Cell = str | bool | int | float | date | time | timedelta

_WANTED: Final = re.compile(
    r"(?:xl/.*\.(?:xml|rels)|_rels/\.rels|\[Content_Types\]\.xml)", re.IGNORECASE
)
_PLACE: Final = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{0,3})(\d{1,9})["']""")
_PACKINGS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# What zipfile raises for bytes that are no zip, or one with a password: it promises no one class.
_BAD_ZIP: Final = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    ValueError,
    OverflowError,
    OSError,
    EOFError,
    RuntimeError,
)
_NAME: Final = rb"<(?:[^\s<>/:!?]+:)?(row|c)"
# A row's or a cell's start tag, its attributes as XML quotes them, and whether it closes at once
# (and so holds nothing). What begins like one must be one.
_BEGIN: Final = re.compile(_NAME + rb"(?=[\s/>])")
_TAG: Final = re.compile(
    _NAME + rb"""((?:\s++[^\s"'<>/=]++\s*+=\s*+(?:"[^"<]*+"|'[^'<]*+'))*+)\s*+(/?)>"""
)

# calamine gives an error back as nothing at all; as text it keeps what it says.
_ERROR_CELL: Final = re.compile(rb"""(<(?:[^\s<>/:!?]+:)?c(?=\s)[^<>]*?\st\s*=\s*)(?:"e"|'e')""")


def read_sheets(
    data: bytes, *, limit: int = MAX_UNPACKED, show_errors: bool = False
) -> dict[str, list[list[Cell]]]:
    """Read every sheet that holds anything, by name, in the workbook's order; row 1 is first.

    With `show_errors` a formula's error is its text ("#REF!"); else it is an empty cell.
    Raises DomainError: unreadable, unpacked_too_large, too_many_rows, too_many_columns.
    """
    packed = _measured(data, limit, show_errors=show_errors)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(packed))
        names = [
            sheet.name for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet
        ]
        sheets = {
            name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in names
        }
    except (CalamineError, ValueError, KeyError, OSError, IndexError) as error:
        raise DomainError("unreadable", detail=type(error).__name__) from None
    return {name: list(rows) for name, rows in sheets.items() if rows}


def _measured(data: bytes, limit: int, *, show_errors: bool) -> bytes:
    """Unpack the workbook's parts under the bounds, and pack them again without compression."""
    packed = io.BytesIO()
    left = limit
    seen: set[str] = set()
    try:
        with (
            zipfile.ZipFile(io.BytesIO(data)) as archive,
            zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as measured,
        ):
            parts = archive.infolist()
            _demand(len(parts) <= MAX_PARTS)
            for part in parts:
                if not _WANTED.fullmatch(part.filename):
                    continue
                _demand(part.filename not in seen and part.compress_type in _PACKINGS)
                seen.add(part.filename)
                if part.file_size > left:
                    raise DomainError("unpacked_too_large", limit=limit >> 20)
                content = archive.read(part)
                left -= len(content)
                _count(content)
                if show_errors:
                    content = _ERROR_CELL.sub(rb'\1"str"', content)
                measured.writestr(part.filename, content)
    except _BAD_ZIP as error:
        raise DomainError("unreadable", detail=type(error).__name__) from None
    _demand("xl/workbook.xml" in seen)
    return packed.getvalue()


def _count(part: bytes) -> None:
    """Refuse a part whose cells reach too far down or too far right.

    A cell without a reference stands right of the one before it, a row without one below it.
    """
    _demand(b"\x00" not in part)  # UTF-16, which the pattern would not see through
    row = column = 0
    for begin in _BEGIN.finditer(part):
        tag = _TAG.match(part, begin.start())
        if tag is None:
            raise DomainError("unreadable", detail="malformed cell")
        name, attributes, closed = tag.groups()
        place = _PLACE.search(attributes)
        if name == b"row":
            row, column = (int(place[2]) if place else row + 1), 0
        elif closed:
            column = _column(place[1]) if place else column + 1
            continue
        else:
            column = _column(place[1]) if place else column + 1
            row = int(place[2]) if place else row
            if row > MAX_ROWS + 1:  # and a heading
                raise DomainError("too_many_rows", limit=MAX_ROWS)
            if column > MAX_COLUMNS:
                raise DomainError("too_many_columns", limit=MAX_COLUMNS)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _demand(condition: bool) -> None:
    if not condition:
        raise DomainError("unreadable", detail="not a workbook")
