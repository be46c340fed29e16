"""Question files made for a test: the same quirks as real ones, none of their text."""

import csv
import io
from collections.abc import Sequence

import openpyxl

HEADINGS = ["序号", "题型", "模块", "题干", "选项A", "选项B", "选项C", "选项D", "答案", "来源"]
SINGLE = [
    1,
    "单选",
    "社会保险",
    "参保登记应当在多少日内办结？",
    "十日",
    "二十日",
    "三十日",
    "六十日",
    "C",
    "自编",
]
MULTIPLE = [
    2,
    "多选",
    "就业创业",
    "下列哪些属于就业服务？",
    "招聘会",
    "职业指导",
    "婚姻登记",
    "失业登记",
    "ABD",
    "自编",
]


def xlsx(
    rows: Sequence[Sequence[object]], *, title: str = "题库", more: dict | None = None
) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    for name, content in (more or {}).items():
        other = book.create_sheet(name)
        for row in content:
            other.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def csv_bytes(rows: Sequence[Sequence[object]], encoding: str = "utf-8") -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode(encoding)


def changed(row: Sequence[object], **cells: object) -> list[object]:
    """The row with other cells, by heading."""
    new = list(row)
    for heading, value in cells.items():
        new[HEADINGS.index(heading)] = value
    return new
