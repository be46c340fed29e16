"""What a posted form says, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Protocol

from leitai.rulebook.model import Form, FormField
from leitai.rulebook.model.forms import Filler

Answers = dict[str, object]
FILES: Final = frozenset({"photo", "file", "files"})
SPANS: Final = frozenset({"dates", "months"})
SEVERAL: Final = frozenset({"choices", "persons"})
NUMBERS: Final = frozenset({"number", "phone", "mobile", "landline", "id-number"})
MOST_ROWS: Final = 200
_FULL: Final = str.maketrans("０１２３４５６７８９．－＋Ｘｘ", "0123456789.-+XX")


class Posted(Protocol):
    """Django's `request.POST`: several values under one name."""

    def getlist(self, key: str) -> list[str]: ...

    def get(self, key: str, default: str = ...) -> str | None: ...


def name_of(field: str, prefix: str = "f") -> str:
    """The name of a field's box on the page."""
    return f"{prefix}-{field}"


def filled_by(form: Form, by: Filler | None) -> tuple[FormField, ...]:
    """The fields that a side fills in; all of them for None."""
    return tuple(field for field in form.fields if by is None or (field.by or form.by) == by)


def read(
    form: Form, post: Posted, *, by: Filler | None = None, standing: Mapping[str, object] = {}
) -> Answers:
    """The answers of a posted form; of files, what was there before (`take_files` brings new ones).

    `by` reads the boxes of that side only; the others keep what `standing` says.
    """
    answers: Answers = {}
    mine = {field.id for field in filled_by(form, by)}
    for field in form.fields:
        if field.id not in mine or field.kind in FILES:
            found = standing.get(field.id)
        elif field.kind == "table":
            found = _table(field, post)
        else:
            found = _one(field, post, name_of(field.id))
        if found not in (None, "", []):
            answers[field.id] = found
    return answers


def _one(field: FormField, post: Posted, name: str) -> object:
    if field.kind in SPANS:
        days = [text.strip() for text in post.getlist(name)[:2]]
        return days if any(days) else []
    if field.kind == "choices":
        return [text for text in post.getlist(name) if text]
    text = (post.get(name, "") or "").replace("\r\n", "\n").strip()
    if field.kind == "persons":
        for mark in "，,；;\n":
            text = text.replace(mark, "、")
        return [one.strip() for one in text.split("、") if one.strip()]
    if field.kind in NUMBERS:
        return text.translate(_FULL)
    return text


def _table(field: FormField, post: Posted) -> list[Answers]:
    """Rows as posted; printed rows keep their place, empty ones among the others are left out."""
    count = len(field.rows) or MOST_ROWS
    found: list[Answers] = []
    for number in range(count):
        row: Answers = {}
        seen = False
        for column in field.columns:
            name = f"{name_of(field.id)}.{number}.{column.id}"
            seen = seen or bool(post.getlist(name))
            value = _one(column, post, name)
            if value not in (None, "", []):
                row[column.id] = value
        if not seen and not field.rows:
            break
        if row or field.rows:
            found.append(row)
    return found if any(found) else []
