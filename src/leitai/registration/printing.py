"""A registration form on paper, in the look of the annex: data for the template; the PDF."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Final

from django.conf import settings

from leitai.documents.pdf import Compiler
from leitai.files import selectors as files
from leitai.kernel.errors import DomainError
from leitai.registration.models import Registration
from leitai.registration.selectors import shape
from leitai.rulebook.model import Form
from leitai.seasons import filling, selectors

TEMPLATE = "form"
COLUMNS: Final = 5
BESIDE: Final = 4  # rows beside the portrait
HEADS: Final = 3
_WIDE: Final = frozenset({"long-text", "table", "files", "file"})


@cache
def compiler() -> Compiler:
    """One compiler a process: it has read the fonts."""
    further = settings.LEITAI_FONTS
    return Compiler(fonts=Path(further) if further else None)


def form_pdf(registration: Registration, *, masked: bool) -> bytes:
    """The form to be signed and stamped; raises DomainError("registration_no_form")."""
    form = shape.form_of(registration)
    if form is None:
        raise DomainError("registration_no_form")
    return compiler().compile(TEMPLATE, page_of(registration, form, masked=masked))


def page_of(registration: Registration, form: Form, *, masked: bool) -> dict[str, object]:
    """What the template prints: the line above the table, its cells, the notes."""
    law = selectors.rulebook_of(registration.season)
    lines = filling.lines(form, shape.answers_of(registration), masked=masked)
    boxes = [line for line in lines if line.field.kind != "photo"]
    photo = next((line for line in lines if line.field.kind == "photo"), None)
    heads = _heads(boxes)
    layout = _Layout(photo)
    for line in boxes[len(heads) :]:
        layout.add(line)
    return {
        "annex": form.annex,
        "title": form.title,
        "contest": law.title,
        "heads": [{"title": line.field.title, "shown": line.shown} for line in heads],
        "cells": layout.finished(),
        "notes": list(form.notes),
        "number": registration.entry.code if registration.entry else "",
    }


def _heads(boxes: Sequence[filling.Line]) -> list[filling.Line]:
    """What stands above the table: the first narrow boxes that belong to no section."""
    found: list[filling.Line] = []
    for line in boxes:
        if _is_wide(line) or line.field.section or len(found) == HEADS:
            break
        found.append(line)
    return found


def _is_wide(line: filling.Line) -> bool:
    field = line.field
    return field.kind in _WIDE or bool(field.seal) or len(field.options) > 2


class _Layout:
    """A table of five columns: title, answer, title, answer, and the portrait beside three rows."""

    def __init__(self, photo: filling.Line | None) -> None:
        self.cells: list[dict[str, object]] = []
        self._photo = photo
        self._beside = 0  # rows that still run beside the portrait
        self._half: filling.Line | None = None
        self._section = ""

    def add(self, line: filling.Line) -> None:
        section = line.field.section
        if section and section != self._section:
            self._close()
            self._clear_portrait()
            self.cells.append({"is": "section", "span": COLUMNS, "shown": section})
        self._section = section
        if _is_wide(line):
            self._close()
            self._clear_portrait()
            self.cells.append({"is": "title", "span": 1, "shown": line.field.title})
            self.cells.append({"is": "wide", "span": COLUMNS - 1, **_body(line)})
        elif self._half is None:
            self._half = line
        else:
            self._row(self._half, line)
            self._half = None

    def finished(self) -> list[dict[str, object]]:
        self._close()
        self._clear_portrait()
        if self._photo is not None:  # a form of wide boxes alone: the portrait comes last
            self.cells.append({"is": "title", "span": 1, "shown": self._photo.field.title})
            self.cells.append(_portrait(self._photo, span=COLUMNS - 1, rows=1))
        return self.cells

    def _row(self, one: filling.Line, other: filling.Line | None) -> None:
        portrait = self._photo if not self._beside else None
        room = COLUMNS - 1 if portrait or self._beside else COLUMNS
        pair = [one] if other is None else [one, other]
        last = room - 1 if other is None else room - 3
        for number, line in enumerate(pair):
            span = last if number == len(pair) - 1 else 1
            self.cells.append({"is": "title", "span": 1, "shown": line.field.title})
            self.cells.append({"is": "value", "span": span, "shown": line.shown})
        if portrait is not None:
            self.cells.append(_portrait(portrait, span=1, rows=BESIDE))
            self._photo, self._beside = None, BESIDE - 1
        elif self._beside:
            self._beside -= 1

    def _close(self) -> None:
        if self._half is not None:
            self._row(self._half, None)
            self._half = None

    def _clear_portrait(self) -> None:
        """Nothing runs across the portrait's column while the portrait stands in it."""
        while self._beside:
            self.cells.append({"is": "value", "span": COLUMNS - 1, "shown": ""})
            self._beside -= 1


def _portrait(line: filling.Line, *, span: int, rows: int) -> dict[str, object]:
    return {
        "is": "photo",
        "span": span,
        "rows": rows,
        "shown": line.field.title,
        "data": _picture(line),
    }


def _body(line: filling.Line) -> dict[str, object]:
    field = line.field
    return {
        "shown": line.shown,
        "choices": [{"title": option, "on": option == line.shown} for option in field.options],
        "tall": field.kind == "long-text",
        "seal": field.seal,
        "sign": field.sign,
        "dated": field.dated,
        "head": list(line.head),
        "table": [list(row) for row in line.table],
    }


def _picture(line: filling.Line) -> list[int]:
    """The portrait's bytes; a list of numbers, since the template's data is JSON."""
    if not line.files:
        return []
    file = files.get_file(int(str(line.files[-1]["file"])))
    return list(files.content_of(file))
