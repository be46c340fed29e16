"""An empty history list with its headings, and the season's own words to choose from."""

from __future__ import annotations

import io
from typing import Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from leitai.registration.reading_history import HEADINGS
from leitai.seasons import selectors
from leitai.seasons.models import Season

TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LINES: Final = 500
_WIDTHS: Final = {"unit": 34, "id_number": 22, "key": 30}


def sample_book(season: Season) -> bytes:
    """Every column as text; kinds and words of the rules as lists."""
    book = Workbook()
    sheet = book.worksheets[0]
    law = selectors.rulebook_of(season)
    sheet.title = "往届名单"
    for column, (name, title) in enumerate(HEADINGS.items(), start=1):
        cell = sheet.cell(1, column, title)
        cell.font, cell.alignment = Font(bold=True), Alignment(horizontal="center")
        cell.fill = PatternFill("solid", fgColor="E8ECF2")
        letter = get_column_letter(column)
        sheet.column_dimensions[letter].width = _WIDTHS.get(name, 14)
        for row in range(2, LINES + 2):
            sheet.cell(row, column).number_format = "@"
    words = ",".join(fact.title for fact in law.facts.values())
    if words and len(words) < 250:
        known = DataValidation(type="list", formula1=f'"{words}"', allow_blank=True)
        letter = get_column_letter(list(HEADINGS).index("kind") + 1)
        known.add(f"{letter}2:{letter}{LINES + 1}")
        sheet.add_data_validation(known)
    sheet.freeze_panes = "A2"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
