"""The table of figures as a spreadsheet: every row of it, with the two sides of each ratio."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from leitai.insight.counting import Topic
from leitai.insight.selectors.pages import Ground, Line, Table

TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_GROUND: Final = PatternFill("solid", fgColor="E8ECF2")
_NAMES, _WIDTH = 30, 12


def figures_sheet(table: Table, topics: Sequence[Topic]) -> bytes:
    """A line that says what it is, the heading, the units, the sum at the foot; then the topics."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)  # noqa: S101  # a new book has one
    sheet.title = _("参学统计")
    heading = _heading(table.ground)
    sheet.append([_told(table.ground)])
    sheet.append(heading)
    for line in table.lines:
        sheet.append([*_named(line), *_cells(table.ground, line)])
    sheet.append([_("合计"), "", *_cells(table.ground, table.total)])
    _form(sheet, len(heading))
    _add_topics(book.create_sheet(_("薄弱模块")), table.ground, topics)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _add_topics(sheet: Worksheet, ground: Ground, topics: Sequence[Topic]) -> None:
    """A row a module and one each topic below it, the weakest first."""
    heading = [_("模块"), _("知识点"), _("答题数"), _("答对数"), _("正确率（%）")]
    sheet.append([_told(ground)])
    sheet.append(heading)
    for module in topics:
        name = plain_cell(module.module) or _("（未分模块）")
        for one in (module, *module.below):
            topic = "" if one is module else plain_cell(one.name) or _("（未分知识点）")
            sheet.append([name, topic, one.answers, one.correct, one.accuracy])
    _form(sheet, len(heading))
    sheet.column_dimensions["B"].width = _NAMES


def _form(sheet: Worksheet, columns: int) -> None:
    for cell in sheet[2]:
        cell.font, cell.fill = Font(bold=True), _GROUND
        cell.alignment = Alignment(horizontal="center", wrap_text=True)
    for number in range(1, columns + 1):
        width = _NAMES if number == 1 else _WIDTH
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = "C3"


def plain_cell(text: str) -> str:
    """A name that a spreadsheet would take for a formula stays a name."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@"} else text


def file_name(ground: Ground) -> str:
    span = ground.period.span
    named = {"unit": ground.unit.name, "first": span.first, "last": span.last}
    return _("%(unit)s参学统计（%(first)s至%(last)s）.xlsx") % named


def _told(ground: Ground) -> str:
    span = ground.period.span
    words = {
        "season": ground.law.short_title or ground.law.title,
        "unit": ground.unit.name,
        "first": span.first,
        "last": span.last,
        "cut": cut_title(ground),
    }
    return _("%(season)s　%(unit)s　%(first)s至%(last)s　%(cut)s") % words


def cut_title(ground: Ground) -> str:
    """The words of the cut that was asked for."""
    said = [
        dict(choices).get(value, value) for _name, _title, value, choices in ground.cuts if value
    ]
    return "、".join(said) or _("全部人员")


def _heading(ground: Ground) -> list[str]:
    return [
        *(
            _("单位"),
            _("代码"),
            _("应参学人数"),
            _("已注册人数"),
            _("已参学人数"),
            _("其中计入参学率人数"),
            _("参学率（%）"),
        ),
        *((ground.period.before_title,) if ground.period.before else ()),
        *(_("参学人次"), _("学习人天"), _("答题数"), _("答对数"), _("正确率（%）")),
        *(_("%(ledger)s积分") % {"ledger": title} for title in ground.ledgers.values()),
        *(_("%(title)s人数") % {"title": title} for title in ground.titles.values()),
    ]


def _named(line: Line) -> list[str]:
    if line.unit is None:
        return [_("本单位人员"), ""]
    return [plain_cell(line.unit.name), line.unit.code]


def _cells(ground: Ground, line: Line) -> list[object]:
    now = line.now
    titles = [now.titles.get(name) for name in ground.titles]
    return [
        *(now.due, now.registered, now.persons, now.counted, now.ratio),
        *((line.change,) if ground.period.before else ()),
        *(now.times, now.days, now.answers, now.correct, now.accuracy),
        *(now.points.get(name, 0) for name in ground.ledgers),
        *(held.persons if held else 0 for held in titles),
    ]
