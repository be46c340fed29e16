"""Spreadsheets of orders: an empty list, how everybody stands, and what was handed in."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from leitai.design.moments import SHANGHAI
from leitai.orders.models import HandIn, Thing
from leitai.orders.sealed import answers_of
from leitai.orders.selectors.rolling import Rolled
from leitai.rulebook.model import Form, FormField
from leitai.seasons import filling
from leitai.seasons.filling import Line

TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LINES: Final = 500  # of an empty list that carry their lists to choose from
_WIDE: Final = 30
_NARROW: Final = 14
_LONGEST_LIST: Final = 250  # characters that a spreadsheet takes for options
_CUT: Final = 32_000


def empty_list(columns: Sequence[FormField]) -> bytes:
    """Headings, lists to choose from, every column as text."""
    book, sheet = _begin([_heading(one) for one in columns])
    for place, column in enumerate(columns, start=1):
        letter = get_column_letter(place)
        for row in range(2, _LINES + 2):
            sheet.cell(row, place).number_format = "@"
        options = list(column.options) or ([_("是"), _("否")] if column.kind == "yes-no" else [])
        words = ",".join(options)
        if options and len(words) <= _LONGEST_LIST and "," not in "".join(options):
            known = DataValidation(type="list", formula1=f'"{words}"', allow_blank=True)
            known.add(f"{letter}2:{letter}{_LINES + 1}")
            sheet.add_data_validation(known)
    return _bytes(book)


def _heading(column: FormField) -> str:
    return f"{column.title}*" if column.required else column.title


def states(rolled: Rolled) -> bytes:
    """Every unit with its receipt and how it stands with each thing; lower levels indented."""
    things = rolled.board.things
    heads = [_("单位"), _("代码"), _("签收"), _("签收人"), _("签收时间")]
    for thing in things:
        heads += [thing.title, _("报送时间")]
    heads += [_("下级单位"), _("下级已签收"), _("下级已办理"), _("下级逾期"), _("催办次数")]
    book, sheet = _begin(heads)
    for one in rolled.rows:
        recipient = one.row.recipient
        line: list[object] = [
            "　" * one.depth + recipient.name,
            recipient.unit.code,
            one.row.receipt.words,
            recipient.signed_name,
            _time(recipient.signed_at),
        ]
        for _thing, cell in one.pairs:
            line += [
                cell.words if cell else "",
                _time(cell.hand_in.at) if cell and cell.hand_in else "",
            ]
        below = one.below
        counts = [below.units, below.signed, below.done, below.late] if one.passed else [""] * 4
        _write(sheet, [*line, *counts, recipient.reminders])
    return _bytes(book)


def handed_in(thing: Thing, form: Form, found: Iterable[HandIn]) -> bytes:
    """What all units handed in for a thing: a line each, or a line for each row of its table."""
    table = next((field for field in form.fields if field.kind == "table"), None)
    alone = [field for field in form.fields if field is not table]
    heads = [_("单位"), *(field.title for field in alone)]
    if table is not None:
        heads += [""] * bool(table.rows) + [column.title for column in table.columns]
    book, sheet = _begin([*heads, _("状态"), _("报送人"), _("报送时间")])
    for one in found:
        lines = {line.field.id: line for line in filling.lines(form, answers_of(one), masked=False)}
        shown = [lines[field.id].shown for field in alone]
        end = [one.get_state_display(), one.by_name, _time(one.at)]
        for row in _table_of(lines.get(table.id) if table else None):
            _write(sheet, [one.recipient.name, *shown, *row, *end])
    sheet.title = _sheet_name(thing.title)
    return _bytes(book)


def _table_of(line: Line | None) -> Sequence[Sequence[str]]:
    """One empty row where the form has no table, or nobody filled it."""
    if line is None:
        return [()]
    return [row for row in line.table if any(row)] or [("",) * len(line.head)]


def _begin(headings: Sequence[str]) -> tuple[Workbook, Worksheet]:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)  # noqa: S101  # a new book has one
    for place, heading in enumerate(headings, start=1):
        cell = sheet.cell(1, place, _safe(heading))
        cell.font, cell.alignment = Font(bold=True), Alignment(horizontal="center")
        cell.fill = PatternFill("solid", fgColor="E8ECF2")
        sheet.column_dimensions[get_column_letter(place)].width = _WIDE if place == 1 else _NARROW
    sheet.freeze_panes = "B2"
    return book, sheet


def _write(sheet: Worksheet, values: Sequence[object]) -> None:
    sheet.append([_safe(one) if isinstance(one, str) else one for one in values])


def _safe(text: str) -> str:
    """Never a formula, whatever somebody typed; never longer than a cell can be."""
    text = text[:_CUT]
    return f"'{text}" if text[:1] in {"=", "+", "-", "@"} else text


def _sheet_name(title: str) -> str:
    return "".join(one for one in title if one not in r"[]:*?/\'")[:31] or "1"


def _time(at: datetime | None) -> str:
    return at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M") if at else ""


def _bytes(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
