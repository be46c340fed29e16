"""Columns of a list or boxes of a form, one a line: 姓名*、手机*：手机、住宿*：单间、标间.

The star asks for it; behind the colon stands a type, or the options to choose from. Without a type
it is text.
"""

from __future__ import annotations

import re
from typing import Final

from leitai.kernel.errors import DomainError, Problem, Problems
from leitai.orders.enums import ThingKind
from leitai.orders.models import Thing
from leitai.rulebook.model import Form, FormField, Rulebook
from leitai.rulebook.model.forms import FieldKind

MOST: Final = 40
LONGEST: Final = 40  # characters of a title
ROWS: Final = "rows"
FILES: Final = "files"
TEXT: Final = "text"
MOST_FILES: Final = 50
MOST_ROWS: Final = 1000
MOST_WORDS: Final = 5000
TYPES: Final[dict[str, FieldKind]] = {
    "文字": "text",
    "长文字": "long-text",
    "数字": "number",
    "日期": "date",
    "月份": "month",
    "手机": "mobile",
    "座机": "landline",
    "电话": "phone",
    "邮箱": "email",
    "身份证号": "id-number",
    "是否": "yes-no",
}
_LINE: Final = re.compile(r"([^*＊:：]+)([*＊]?)(?:[:：](.+))?")


def read(text: str) -> tuple[FormField, ...]:
    """The columns of these lines; raises Problems for what cannot be read."""
    found: list[FormField] = []
    problems: list[Problem] = []
    titles: set[str] = set()
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > MOST:
        raise DomainError("orders_columns_many", limit=MOST)
    for number, line in enumerate(lines, start=1):
        field = _field(number, line)
        if field is None:
            problems.append(
                Problem("", "orders_column_wrong", {"number": number, "line": line[:LONGEST]})
            )
        elif field.title in titles:
            problems.append(Problem("", "orders_column_twice", {"title": field.title}))
        else:
            titles.add(field.title)
            found.append(field)
    if problems:
        raise Problems(problems)
    return tuple(found)


def _field(number: int, line: str) -> FormField | None:
    match = _LINE.fullmatch(line)
    title = match[1].strip() if match else ""
    if match is None or not title or len(title) > LONGEST:
        return None
    said, required = (match[3] or "").strip(), bool(match[2])
    options = tuple(one.strip() for one in said.split("、")) if "、" in said else ()
    if said and not options and said not in TYPES:
        return None
    if options and (not all(options) or len(set(options)) != len(options)):
        return None
    kind: FieldKind = "choice" if options else TYPES.get(said, "text")
    return FormField(id=f"c{number}", title=title, kind=kind, required=required, options=options)


def form_of(thing: Thing, law: Rulebook) -> Form:
    """The form that is filled in for a thing; of the rulebook, or made of its columns.

    Raises DomainError("orders_form_gone") where the rules no longer have it.
    """
    if thing.kind == ThingKind.FORM:
        form = law.forms.get(thing.form)
        if form is None:
            raise DomainError("orders_form_gone", title=thing.title)
        return form
    return Form(
        title=thing.title, purpose="hand-in", fields=_own_fields(thing), per="unit", by="unit"
    )


def _own_fields(thing: Thing) -> tuple[FormField, ...]:
    """Whether a thing is asked at all is the order's affair; what is handed in holds something."""
    if thing.kind == ThingKind.FIELDS:
        return read(thing.columns)
    if thing.kind == ThingKind.LIST:
        columns = read(thing.columns)
        return (
            FormField(
                id=ROWS,
                title=thing.title,
                kind="table",
                required=True,
                count=MOST_ROWS,
                columns=columns,
            ),
        )
    if thing.kind == ThingKind.FILE:
        field = FormField(
            id=FILES, title=thing.title, kind="files", required=True, count=MOST_FILES
        )
        return (field,)
    return (
        FormField(id=TEXT, title=thing.title, kind="long-text", required=True, words=MOST_WORDS),
    )
