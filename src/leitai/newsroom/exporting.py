"""采用情况 as a spreadsheet."""

from __future__ import annotations

import io
from typing import Final

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from leitai.newsroom.selectors.adoption import Adoption, Counts

TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_GROUND: Final = PatternFill("solid", fgColor="E8ECF2")


def adoption_sheet(table: Adoption) -> bytes:
    """Two heading rows: the month over its three columns; a sum at the foot."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)  # noqa: S101  # a new book has one
    sheet.title = _("采用情况")
    months = [_("%(year)s年%(month)s月") % {"year": y, "month": m} for y, m in table.months]
    groups = [*months, _("合计")]
    sheet.append([_("单位"), _("代码"), *(one for group in groups for one in (group, "", ""))])
    sheet.append(["", "", *[_("报送"), _("采用"), _("发布")] * len(groups)])
    for row in table.rows:
        counts = [*(row.of(month) for month in table.months), row.total]
        sheet.append([_safe(row.name), row.code, *_spread(counts)])
    sheet.append([_("合计"), "", *_spread([*table.totals, table.total])])
    _dress(sheet, len(groups))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _spread(counts: list[Counts]) -> list[int]:
    return [n for one in counts for n in (one.handed_in, one.adopted, one.published)]


def _dress(sheet: Worksheet, groups: int) -> None:
    for place in range(groups):
        first = 3 + 3 * place
        sheet.merge_cells(start_row=1, end_row=1, start_column=first, end_column=first + 2)
    for row in (1, 2):
        for cell in sheet[row]:
            cell.font, cell.fill = Font(bold=True), _GROUND
            cell.alignment = Alignment(horizontal="center")
    for column in (1, 2):
        sheet.merge_cells(start_row=1, end_row=2, start_column=column, end_column=column)
    sheet.column_dimensions["A"].width = 30
    for place in range(2, 3 + 3 * groups):
        sheet.column_dimensions[get_column_letter(place)].width = 10
    sheet.freeze_panes = "C3"


def _safe(name: str) -> str:
    """Never a formula, whatever a unit is called."""
    return f"'{name}" if name[:1] in {"=", "+", "-", "@"} else name
