"""Answers as people read them: on a page, on a printed form, in a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from leitai.base.words import clauses, listed
from leitai.people.numbers import mask
from leitai.rulebook.model import Form, FormField
from leitai.rulebook.procedure.answer_texts import read_date, read_month

# Kinds of fields that hold personal numbers → the kind of number, for masking.
PERSONAL: Final[Mapping[str, str]] = {
    "id-number": "id_number",
    "mobile": "phone",
    "phone": "phone",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A field with its answer in words; a table has its head and its rows as well."""

    field: FormField
    shown: str
    head: tuple[str, ...] = ()
    table: tuple[tuple[str, ...], ...] = ()
    files: tuple[Mapping[str, object], ...] = ()


def rows(
    form: Form, answers: Mapping[str, object], *, masked: bool = True
) -> list[tuple[str, str]]:
    """(title, shown value) of every field in the form's order; personal numbers are masked."""
    return [(line.field.title, line.shown) for line in lines(form, answers, masked=masked)]


def lines(form: Form, answers: Mapping[str, object], *, masked: bool = True) -> list[Line]:
    """The same with what belongs to it: tables as tables, files to open."""
    return [_line(field, answers.get(field.id), masked=masked) for field in form.fields]


def _line(field: FormField, answer: object, *, masked: bool) -> Line:
    if field.kind == "table":
        return _table(field, answer, masked=masked)
    if field.kind in {"photo", "file", "files"}:
        given = answer if isinstance(answer, list) else [answer]
        files = tuple(one for one in given if isinstance(one, Mapping))
        return Line(field, listed(one.get("name", "") for one in files), files=files)
    return Line(field, _shown(field, answer, masked=masked))


def _shown(field: FormField, answer: object, *, masked: bool) -> str:
    if isinstance(answer, list | tuple):
        texts = [_text(field, str(one)) for one in answer if one]
        if field.kind in {"dates", "months"}:
            return _("至").join(texts)
        return listed(texts)
    text = answer if isinstance(answer, str) else ""
    kind = PERSONAL.get(field.kind)
    if kind and masked:
        return mask(kind, text)
    return _text(field, text)


def _text(field: FormField, text: str) -> str:
    if field.kind == "yes-no":
        return {"yes": _("是"), "no": _("否")}.get(text, text)
    if field.kind in {"date", "dates"} and (day := read_date(text)):
        words = _("%(year)s年%(month)s月%(day)s日")
        return words % {"year": day.year, "month": day.month, "day": day.day}
    if field.kind in {"month", "months"} and (day := read_month(text)):
        return _("%(year)s年%(month)s月") % {"year": day.year, "month": day.month}
    return f"{text}{field.unit}" if text and field.kind == "number" else text


def _table(field: FormField, answer: object, *, masked: bool) -> Line:
    given = answer if isinstance(answer, list) else []
    count = max(len(given), len(field.rows))
    table = []
    for number in range(count):
        row = given[number] if number < len(given) and isinstance(given[number], Mapping) else {}
        cells = tuple(_shown(one, row.get(one.id), masked=masked) for one in field.columns)
        printed = (field.rows[number],) if number < len(field.rows) else ()
        table.append((*printed, *cells))
    titles = tuple(column.title for column in field.columns)
    head = ("", *titles) if field.rows else titles
    first = 1 if field.rows else 0
    text = clauses(listed(cell for cell in row if cell) for row in table if any(row[first:]))
    return Line(field, text, head, tuple(table))
