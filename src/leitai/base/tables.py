"""CSV at the door: rows counted as a spreadsheet counts them, everything wrong said at once."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from leitai.base import errors
from leitai.base.words import listed
from leitai.kernel.errors import Problem, Problems

MAX_BYTES = 64 * 1024 * 1024
NO_OTHERS: Mapping[str, str] = MappingProxyType({})
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")

TEXTS = {
    "table_too_large": _("文件超过%(limit)s MB。请拆分后分次导入。"),
    "table_encoding": _("第%(at)s字节处不是UTF-8编码。请在表格软件中另存为“CSV UTF-8”。"),
    "table_empty": _("文件是空的，至少要有一行表头。"),
    "table_columns_missing": _("缺少列：%(columns)s。表头应写在第一行。"),
    "table_columns_unknown": _("不认识的列：%(columns)s。请删去，或改成：%(known)s。"),
    "table_column_twice": _("列名重复：%(columns)s。每列只能出现一次。"),
    "table_cells": _("应有%(expected)s格，实有%(got)s格。请检查多余或缺少的逗号。"),
    "table_control": _("“%(column)s”一格含有不可见的控制字符。请重新键入。"),
    "table_quotes": _("引号没有成对，无法继续读下去。请补上引号。"),
}
errors.register(TEXTS)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the file; `number` counts from the heading, which is 1."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """The readable rows, and what is wrong with the others."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]

    def place(self, number: int) -> str:
        return _place(self.name, number)


def read_csv(
    source: Path | BinaryIO,
    *,
    columns: Sequence[str],
    optional: Sequence[str] = (),
    also: Mapping[str, str] = NO_OTHERS,
) -> Table:
    """Read the named columns, trimmed; `also` gives other headings for them.

    Raises Problems when the file as a whole is unreadable.
    """
    name, text = _text(source)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header = read_header(name, next(reader, None), columns, optional, also)
    rows: list[Row] = []
    problems: list[Problem] = []
    number = 1
    try:
        for number, values in enumerate(reader, start=2):
            if not any(value.strip() for value in values):
                continue
            problem = wrong_cells(header, values)
            if problem is None:
                cells = dict(zip(header, (value.strip() for value in values), strict=True))
                rows.append(Row(number, cells))
            else:
                problems.append(Problem(_place(name, number), *problem))
    except csv.Error:
        problems.append(Problem(_place(name, number + 1), "table_quotes"))
    return Table(name, header, tuple(rows), tuple(problems))


def _text(source: Path | BinaryIO) -> tuple[str, str]:
    if isinstance(source, Path):
        with source.open("rb") as opened:
            name, data = source.name, opened.read(MAX_BYTES + 1)
    else:
        name, data = Path(getattr(source, "name", "") or "CSV").name, source.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise Problems([Problem(name, "table_too_large", {"limit": MAX_BYTES >> 20})])
    try:
        return name, data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Problems([Problem(name, "table_encoding", {"at": error.start})]) from None


def read_header(
    name: str,
    found: Sequence[str] | None,
    columns: Sequence[str],
    optional: Sequence[str],
    also: Mapping[str, str] = NO_OTHERS,
) -> tuple[str, ...]:
    """The heading's columns. Raises Problems for missing, unknown and repeated ones."""
    if found is None:
        raise Problems([Problem(name, "table_empty")])
    header = tuple(also.get(cell.strip(), cell.strip()) for cell in found)
    known = (*columns, *optional)
    wrong = {
        "table_columns_missing": [column for column in columns if column not in header],
        "table_columns_unknown": [column for column in header if column not in known],
        "table_column_twice": sorted({column for column in header if header.count(column) > 1}),
    }
    problems = [
        Problem(_place(name, 1), code, {"columns": listed(names), "known": listed(known)})
        for code, names in wrong.items()
        if names
    ]
    if problems:
        raise Problems(problems)
    return header


def wrong_cells(
    header: Sequence[str], values: Sequence[str]
) -> tuple[str, dict[str, object]] | None:
    """What is wrong with a row: the code and its data, or None."""
    if len(values) != len(header):
        return "table_cells", {"expected": len(header), "got": len(values)}
    for column, value in zip(header, values, strict=True):
        if _CONTROL.search(value):
            return "table_control", {"column": column}
    return None


def _place(name: str, number: int) -> str:
    return gettext("%(file)s 第%(row)s行") % {"file": name, "row": number}
