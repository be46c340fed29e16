"""An empty table for the figures of an outside platform, with the rules' own names as lists."""

from __future__ import annotations

import io
from typing import Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from leitai.practice.selectors.laws import Law
from leitai.practice.services.outside import reading

TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LINES: Final = 500
_WIDTHS: Final = {reading.ID: 22, reading.UNIT: 34, reading.TITLE: 18, reading.CONTEST: 30}
_WIDTH: Final = 14
_LONGEST: Final = 250  # a list of a workbook holds no more characters


def blank_book(law: Law) -> bytes:
    """Every column as text, so that an ID number stays whole."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "外部平台数据"
    names = reading.names_of(law)
    lists = {
        reading.TITLE: names.titles,
        reading.LEDGER: names.ledgers,
        reading.CONTEST: names.contests,
    }
    for column, heading in enumerate(reading.HEADINGS, start=1):
        cell = sheet.cell(1, column, heading)
        cell.font, cell.alignment = Font(bold=True), Alignment(horizontal="center")
        cell.fill = PatternFill("solid", fgColor="E8ECF2")
        letter = get_column_letter(column)
        sheet.column_dimensions[letter].width = _WIDTHS.get(heading, _WIDTH)
        for row in range(2, LINES + 2):
            sheet.cell(row, column).number_format = "@"
        words = ",".join(sorted(lists.get(heading, ())))
        if words and len(words) < _LONGEST:
            known = DataValidation(type="list", formula1=f'"{words}"', allow_blank=True)
            known.add(f"{letter}2:{letter}{LINES + 1}")
            sheet.add_data_validation(known)
    sheet.freeze_panes = "A2"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
