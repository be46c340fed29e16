"""A rubric as a spreadsheet: ranks, every line's points, and how each of them came about."""

from __future__ import annotations

import io

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from leitai.insight.selectors.rubrics import RubricPage
from leitai.rulebook.rubric import said

_WIDE, _NARROW, _SENTENCE = 24, 12, 60


def sheet(page: RubricPage) -> bytes:
    """Two sheets: the table, and the reasons line by line."""
    book = Workbook()
    table = book.active
    assert isinstance(table, Worksheet)  # noqa: S101  # a new book has one
    table.title = _("得分")
    heads = [_("%(title)s（%(most)s分）") % {"title": t, "most": m} for t, m in page.titles]
    _fill(
        table,
        [_("名次"), _("单位"), *heads, _("总分")],
        [[row.score.rank, _safe(row.delegation.name), *row.cells, row.total] for row in page.rows],
    )
    reasons, lang = book.create_sheet(_("计分说明")), get_language() or "zh"
    _fill(
        reasons,
        [_("单位"), _("项目"), _("说明")],
        [
            [_safe(row.delegation.name), one.line.title, said(one, row.decimals, lang)]
            for row in page.rows
            for one in row.score.lines.values()
        ],
    )
    reasons.column_dimensions["C"].width = _SENTENCE
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def file_name(page: RubricPage) -> str:
    named = {"award": page.award.title, "day": page.span.last}
    return _("%(award)s评分表（截至%(day)s）.xlsx") % named


def _fill(sheet: Worksheet, heads: list[str], rows: list[list[object]]) -> None:
    sheet.append(heads)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        cell.alignment = Alignment(horizontal="center", wrap_text=True)
    for row in rows:
        sheet.append(row)
    for number in range(1, len(heads) + 1):
        sheet.column_dimensions[get_column_letter(number)].width = _WIDE if number <= 2 else _NARROW
    sheet.freeze_panes = "C2"


def _safe(name: str) -> str:
    """No name is a formula."""
    return f"'{name}" if name[:1] in {"=", "+", "-", "@"} else name
