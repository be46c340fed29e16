"""What a template needs to draw each box of a form: `{% include "seasons/_form_fields.html" %}`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from leitai.base.words import clauses, listed
from leitai.rulebook import numbers
from leitai.rulebook.model import Form, FormField
from leitai.rulebook.model.forms import Filler
from leitai.seasons.filling.reading import FILES, SPANS, filled_by, name_of

MORE_ROWS: Final = 2  # empty rows under the filled ones of a table that may grow
_TYPES: Final = {
    "date": "date",
    "dates": "date",
    "month": "month",
    "months": "month",
    "phone": "tel",
    "mobile": "tel",
    "landline": "tel",
    "email": "email",
}
_MODES: Final = {"number": "decimal", "phone": "tel", "mobile": "numeric", "landline": "tel"}
_COMPLETES: Final = {"email": "off", "id-number": "off", "mobile": "off", "phone": "off"}


@dataclass(frozen=True, slots=True)
class Cell:
    """One input. `values` are what it holds now; a cell of a table has a `label` of its own.

    `title` is the column's alone, which a narrow page shows beside each cell.
    """

    name: str
    id: str
    label: str
    title: str
    kind: str
    type: str
    mode: str
    values: tuple[str, ...]
    options: tuple[tuple[str, str, bool], ...]  # value, words, chosen
    required: bool

    @property
    def value(self) -> str:
        return self.values[0] if self.values else ""

    @property
    def other(self) -> str:
        """The end of a span."""
        return self.values[1] if len(self.values) > 1 else ""


@dataclass(frozen=True, slots=True)
class Box:
    """A field of a form as a page shows it."""

    field: FormField
    cell: Cell
    section: str
    new_section: bool
    hint: str
    error: str
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, tuple[Cell, ...]], ...] = ()  # printed title, cells
    files: tuple[Mapping[str, object], ...] = ()

    @property
    def kind(self) -> str:
        return self.field.kind

    @property
    def is_file(self) -> bool:
        return self.field.kind in FILES

    @property
    def several(self) -> bool:
        """Drawn as a group of inputs with a legend."""
        return self.field.kind in {"choices", "yes-no", "table", *SPANS}


def fields(
    form: Form,
    answers: Mapping[str, object],
    problems: Mapping[str, str] = {},
    *,
    by: Filler | None = None,
) -> list[Box]:
    """Every box in the form's order; `problems` are the sentences by the field's id."""
    boxes: list[Box] = []
    section = ""
    for field in filled_by(form, by):
        answer = answers.get(field.id)
        boxes.append(
            Box(
                field=field,
                cell=_cell(field, name_of(field.id), answer),
                section=field.section,
                new_section=bool(field.section) and field.section != section,
                hint=_hint(form, field),
                error=problems.get(field.id, ""),
                columns=tuple(column.title for column in field.columns),
                rows=_rows(field, answer),
                files=tuple(_files(answer)),
            )
        )
        section = field.section
    return boxes


def _cell(field: FormField, name: str, answer: object, *, label: str = "") -> Cell:
    values = _values(answer, joined=field.kind == "persons")
    return Cell(
        name=name,
        id="id_" + name.replace(".", "_"),
        label=label or field.title,
        title=field.title,
        kind=field.kind,
        type=_TYPES.get(field.kind, "text"),
        mode=_MODES.get(field.kind, ""),
        values=values,
        options=tuple((value, words, value in values) for value, words in _options(field, values)),
        required=field.required and field.asked_if is None,
    )


def _values(answer: object, *, joined: bool) -> tuple[str, ...]:
    if isinstance(answer, list | tuple):
        texts = tuple(str(one) for one in answer)
        return ("、".join(texts),) if joined else texts
    return (answer,) if isinstance(answer, str) else ()


def _options(field: FormField, values: tuple[str, ...]) -> list[tuple[str, str]]:
    """What may be chosen; and what a spreadsheet said instead, which stays until it is mended."""
    if field.kind == "yes-no":
        words = {"yes": _("是"), "no": _("否")}
        return [(value, words[value]) for value in field.options or ("yes", "no")]
    known = [(option, option) for option in field.options]
    if field.kind != "choice":
        return known
    strange = [value for value in values if value and value not in field.options]
    return [(value, _("%(value)s（不在选项中）") % {"value": value}) for value in strange] + known


def _rows(field: FormField, answer: object) -> tuple[tuple[str, tuple[Cell, ...]], ...]:
    if field.kind != "table":
        return ()
    given = [row for row in answer if isinstance(row, Mapping)] if isinstance(answer, list) else []
    count = len(field.rows) or len(given) + MORE_ROWS
    if field.count is not None and not field.rows:
        count = max(len(given), min(count, field.count))
    return tuple(
        (
            field.rows[number] if number < len(field.rows) else "",
            tuple(
                _cell(
                    column,
                    f"{name_of(field.id)}.{number}.{column.id}",
                    given[number].get(column.id) if number < len(given) else None,
                    label=_("第%(row)s行%(column)s") % {"row": number + 1, "column": column.title},
                )
                for column in field.columns
            ),
        )
        for number in range(count)
    )


def _files(answer: object) -> list[Mapping[str, object]]:
    given = answer if isinstance(answer, list) else [answer]
    return [one for one in given if isinstance(one, Mapping) and "file" in one]


def _hint(form: Form, field: FormField) -> str:
    """What the notice says of the box, and its bounds."""
    return clauses(part for part in (field.help, _bounds(field), _asked(form, field)) if part)


def _bounds(field: FormField) -> str:
    parts = []
    if field.words is not None:
        parts.append(_("限%(count)s字以内") % {"count": field.words})
    if field.words_least is not None:
        parts.append(_("不少于%(count)s字") % {"count": field.words_least})
    if field.least is not None:
        parts.append(_("不小于%(least)s") % {"least": numbers.show(field.least)})
    if field.most is not None:
        parts.append(_("不大于%(most)s") % {"most": numbers.show(field.most)})
    if field.count is not None and field.kind in {"files", "choices", "persons", "table"}:
        parts.append(_("最多%(count)s项") % {"count": field.count})
    if field.unit:
        parts.append(_("单位：%(unit)s") % {"unit": field.unit})
    if field.kind == "persons":
        parts.append(_("多人之间用顿号隔开"))
    return listed(parts)


def _asked(form: Form, field: FormField) -> str:
    asked = field.asked_if
    if asked is None:
        return ""
    titles = {one.id: one.title for one in form.fields}
    words = {"yes": _("是"), "no": _("否")}
    chosen = listed(words.get(value, value) for value in asked.in_)
    return _("“%(field)s”为%(chosen)s时填写") % {
        "field": titles.get(asked.field, asked.field),
        "chosen": chosen,
    }
