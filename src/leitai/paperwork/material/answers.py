"""Forms of the rulebook as fields of a template: by their titles, tables as lists.

Where filled forms come from: registrations, and what units handed in for orders. Personal numbers
are masked, but for whoever reveals them on the record.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from leitai.base.actor import NOBODY, Actor
from leitai.documents.markers import NUMBER, Picture, Row, Value, Values
from leitai.files import selectors as files
from leitai.files import store
from leitai.kernel.errors import DomainError
from leitai.orders import selectors as orders
from leitai.orders.enums import HandInState
from leitai.orders.models import HandIn
from leitai.people.models import Person
from leitai.registration.enums import State
from leitai.registration.models import Registration
from leitai.registration.selectors import shape
from leitai.rulebook.model import Form, FormField
from leitai.seasons import filling
from leitai.seasons.models import Season

PRINTED = "项目"  # the column of a table whose rows have printed titles
ONE_INCH = (25, 35)  # millimetres of a 一寸 photograph


@dataclass(frozen=True, slots=True)
class Answered:
    """One form that somebody filled in."""

    key: str
    title: str
    values: Values
    person: Person | None = None


def known_fields(form: Form) -> dict[str, tuple[str, ...]]:
    """By list ("" for what stands alone) the names that a template may use."""
    single = [
        name for asked in form.fields if asked.kind != "table" for name in _names(form, asked)
    ]
    lists = {
        asked.title: (
            NUMBER,
            *((PRINTED,) if asked.rows else ()),
            *(column.title for column in asked.columns),
        )
        for asked in form.fields
        if asked.kind == "table"
    }
    return {"": tuple(dict.fromkeys(single)), **lists}


def personal_fields(form: Form) -> frozenset[tuple[str, str]]:
    """List ("" for what stands alone) and name of what holds a personal number."""
    single = {("", name) for one in form.fields if _is_personal(one) for name in _names(form, one)}
    listed = {
        (one.title, column.title)
        for one in form.fields
        for column in one.columns
        if _is_personal(column)
    }
    return frozenset(single | listed)


def filled(
    season: Season, code: str, form: Form, revealed_to: Actor | None = None
) -> list[Answered]:
    """What was handed in, then the blank one, to be filled in by hand.

    Numbers stand in full for `revealed_to` alone, of other units' orders where it may decide them.
    """
    blank = Answered("blank", "空白表", values_of(form, filling.lines(form, {})))
    masked = revealed_to is None
    return [
        *_registered(season, code, form, masked=masked),
        *_handed_in(season, code, form, revealed_to or NOBODY),
        blank,
    ]


def portraits(season: Season, people: Collection[int]) -> dict[int, Picture]:
    """By person (id) the photograph of the newest form that passed and has one."""
    rows = Registration.objects.filter(season=season, person__in=people, state=State.PASSED)
    found: dict[int, Picture] = {}
    for row in rows.select_related("season__rulebook").order_by("pk"):
        form = shape.form_of(row)
        if form is None or not any(one.kind == "photo" for one in form.fields):
            continue
        for line in filling.lines(form, shape.answers_of(row)):
            photo = _photo(line) if line.field.kind == "photo" else ""
            if isinstance(photo, Picture):
                found[row.person_id] = photo
    return found


def values_of(form: Form, lines: Sequence[filling.Line]) -> Values:
    """Answers in words by the fields' titles; two of one title are told apart by their section."""
    values: dict[str, Value | list[Row]] = {}
    for line in lines:
        asked = line.field
        if asked.kind == "table":
            values[asked.title] = _rows(asked, line)
            continue
        value = _photo(line) if asked.kind == "photo" else line.shown
        for name in _names(form, asked):
            values.setdefault(name, value)
    return values


def _is_personal(asked: FormField) -> bool:
    return asked.kind in filling.PERSONAL


def _photo(line: filling.Line) -> Value:
    """The photograph itself; "" where none was given, or it is kept no longer."""
    for told in line.files:
        try:
            held = files.get_file(int(str(told.get("file", 0))))
        except (DomainError, ValueError):
            continue
        path = store.blob_path(held.sha256)
        if held.type in {"png", "jpeg"} and path.is_file():
            return Picture(path.read_bytes(), held.type, *ONE_INCH)
    return ""


def _registered(season: Season, code: str, form: Form, *, masked: bool) -> Iterator[Answered]:
    rows = (
        Registration.objects.filter(season=season, form=code)
        .filter(state__in=(State.SUBMITTED, State.PASSED))
        .select_related("season__rulebook", "person__unit", "delegation")
        .order_by("delegation__position", "pk")
    )
    for row in rows:
        lines = filling.lines(form, shape.answers_of(row), masked=masked)
        title = f"{row.person.name}（{row.delegation.name}）"
        yield Answered(f"registration-{row.pk}", title, values_of(form, lines), row.person)


def _handed_in(season: Season, code: str, form: Form, viewer: Actor) -> Iterator[Answered]:
    rows = (
        HandIn.objects.filter(thing__order__season=season, thing__form=code, newest=True)
        .exclude(state=HandInState.RETURNED)
        .select_related("thing__order__season__rulebook", "thing__order__issuer", "recipient__unit")
        .order_by("recipient__position", "pk")
    )
    for row in rows:
        lines = orders.open_hand_in(viewer, row).lines
        yield Answered(f"hand-in-{row.pk}", row.recipient.name, values_of(form, lines))


def _names(form: Form, asked: FormField) -> tuple[str, ...]:
    """姓名, and 封面·姓名 where another section asks the same."""
    twins = [one for one in form.fields if one.title == asked.title]
    if len(twins) < 2 or not asked.section:
        return (asked.title,)
    return (asked.title, f"{asked.section}·{asked.title}")


def _rows(asked: FormField, line: filling.Line) -> list[Row]:
    titles = [*((PRINTED,) if asked.rows else ()), *(column.title for column in asked.columns)]
    return [dict(zip(titles, row, strict=False)) for row in line.table]
