"""A list brought as a spreadsheet: its rows as answers of the thing's form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext as _

from leitai.base.sheets import read_sheet
from leitai.kernel.errors import DomainError, Problems
from leitai.orders import columns
from leitai.rulebook.model import Form, FormField

_FULL: Final = str.maketrans("０１２３４５６７８９．－＋Ｘｘ", "0123456789.-+XX")
_NUMBERS: Final = {"number", "phone", "mobile", "landline", "id-number"}


def read_list(form: Form, *, data: bytes, name: str) -> dict[str, object]:
    """Headings may carry the star of what must be filled. Raises Problems, DomainError."""
    fields = form.fields[0].columns
    table = read_sheet(
        data,
        name=name,
        columns=[one.title for one in fields if one.required],
        optional=[one.title for one in fields if not one.required],
        also={f"{one.title}*": one.title for one in fields},
    )
    if table.problems:
        raise Problems(table.problems)
    if not table.rows:
        raise DomainError("orders_list_empty")
    if len(table.rows) > columns.MOST_ROWS:
        raise DomainError("orders_list_long", limit=columns.MOST_ROWS)
    return {columns.ROWS: [_row(fields, row.cells) for row in table.rows]}


def _row(fields: tuple[FormField, ...], cells: Mapping[str, str]) -> dict[str, str]:
    found = {}
    for field in fields:
        text = _plain(field, cells.get(field.title, ""))
        if text:
            found[field.id] = text
    return found


def _plain(field: FormField, text: str) -> str:
    if field.kind in _NUMBERS:
        return text.translate(_FULL)
    if field.kind == "yes-no":
        return {_("是"): "yes", _("否"): "no"}.get(text, text)
    return text
