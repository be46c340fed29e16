"""The table of questions that somebody fills in: the import's headings, and examples."""

from __future__ import annotations

import io
from typing import Final
from urllib.parse import quote

from openpyxl import Workbook

TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_OPTIONS: Final = ("选项A", "选项B", "选项C", "选项D")
_ROWS: Final = (
    ("题型", "题干", *_OPTIONS, "答案", "解析"),
    ("单选", "示例：我国的火警电话是（　　）。", "110", "119", "120", "122", "B", ""),
    (
        "多选",
        "示例：下列属于法定节假日的有（　　）。",
        "春节",
        "清明节",
        "国庆节",
        "立春",
        "ABC",
        "",
    ),
    ("判断", "示例：窗口工作人员应当为群众个人信息保密。", "", "", "", "", "对", ""),
    ("填空", "示例：一年有____个月。", "", "", "", "", "12", ""),
)
_WIDTHS: Final = {"A": 8, "B": 48, "G": 10, "H": 24}


def questions() -> bytes:
    """Examples say that they are: whoever leaves them in finds them on the paper."""
    book = Workbook()
    sheet = book.worksheets[0]
    for row in _ROWS:
        sheet.append(list(row))
    for column, width in _WIDTHS.items():
        sheet.column_dimensions[column].width = width
    sheet.freeze_panes = "A2"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def attached(name: str) -> str:
    return f"attachment; filename*=UTF-8''{quote(name)}"
