"""Checks of forms: names, limits that fit the kind of a field, tables, conditions."""

from collections.abc import Mapping
from typing import Final

from leitai.rulebook.lints.lint import Lint
from leitai.rulebook.model import Form, FormField
from leitai.rulebook.schema import NAME, Path

_TEXTS: Final = frozenset({"text", "long-text", "person"})
_DAYS: Final = frozenset({"date", "dates", "month", "months"})
_FILES: Final = frozenset({"photo", "file", "files"})
_MANY: Final = frozenset({"files", "choices", "persons", "table"})
_CHOICES: Final = frozenset({"choice", "choices"})
_TABLE: Final = frozenset({"table"})
# Key of a field → the kinds for which it means something.
_KEYS: Final[Mapping[str, frozenset[str]]] = {
    "words": _TEXTS,
    "words_least": _TEXTS,
    "least": frozenset({"number"}),
    "most": frozenset({"number"}),
    "unit": frozenset({"number"}),
    "from": _DAYS,
    "to": _DAYS,
    "count": _MANY,
    "count_least": _MANY,
    "size_mb": _FILES,
    "types": _FILES,
    "options": _CHOICES | {"yes-no"},
    "columns": _TABLE,
    "rows": _TABLE,
}
_NEEDED: Final[Mapping[str, str]] = {"choice": "options", "choices": "options", "table": "columns"}


def check_forms(lint: Lint) -> None:
    """Run the checks of this file."""
    for name, form in lint.rules.forms.items():
        at: Path = ("forms", name)
        _check_form(lint, at, form)
        _check_fields(lint, (*at, "fields"), form.fields)


def _check_form(lint: Lint, at: Path, form: Form) -> None:
    rules = lint.rules
    if form.stage is not None and form.stage not in rules.stages:
        lint.report((*at, "stage"), "no_such_stage", name=form.stage)
    for index, track in enumerate(form.tracks):
        if track not in rules.tracks:
            lint.report((*at, "tracks", index), "track_unknown", track=track)
    if form.window is not None and form.window not in rules.calendar:
        lint.report((*at, "window"), "no_such_window", name=form.window)
    if form.window is not None and form.term is not None:
        lint.report((*at, "term"), "due_said_twice", reads=[(*at, "window")])
    if form.most is not None and not form.repeated:
        lint.report((*at, "most"), "most_without_repeated", reads=[(*at, "repeated")])
    if form.correct is not None and not form.corrections:
        lint.report((*at, "correct"), "correct_without_count", reads=[(*at, "corrections")])


def _check_fields(
    lint: Lint, at: Path, fields: tuple[FormField, ...], *, cells: bool = False
) -> None:
    lint.unique(at, [field.id for field in fields], "id")
    earlier: dict[str, FormField] = {}
    for index, field in enumerate(fields):
        where = (*at, index)
        if not NAME.fullmatch(field.id):
            lint.report((*where, "id"), "bad_name", name=field.id)
        _check_kind(lint, where, field)
        _check_bounds(lint, where, field)
        _check_asked(lint, where, field, earlier)
        if cells and field.kind == "table":
            lint.report((*where, "kind"), "table_in_table")
        else:
            _check_fields(lint, (*where, "columns"), field.columns, cells=True)
        earlier[field.id] = field


def _check_kind(lint: Lint, at: Path, field: FormField) -> None:
    for key, kinds in _KEYS.items():
        value = getattr(field, f"{key}_" if key == "from" else key)
        if value not in (None, (), "", 0) and field.kind not in kinds:
            reads = [(*at, "kind")]
            lint.report((*at, key), "field_key_useless", reads=reads, key=key, kind=field.kind)
    needed = _NEEDED.get(field.kind)
    if needed and not getattr(field, needed):
        lint.report(at, "field_needs", reads=[(*at, "kind")], kind=field.kind, key=needed)
    if field.kind == "yes-no" and set(field.options) - {"yes", "no"}:
        lint.report((*at, "options"), "yes_no_options")
    elif field.kind in _CHOICES:
        lint.unique((*at, "options"), field.options)
    if field.dated and not (field.seal or field.sign):
        lint.report((*at, "dated"), "dated_without_seal")


def _check_bounds(lint: Lint, at: Path, field: FormField) -> None:
    wrong = []
    if field.words is not None and (field.words_least or 0) > field.words:
        wrong.append("words_least")
    if field.least is not None and field.most is not None and field.least > field.most:
        wrong.append("most")
    if field.from_ is not None and field.to is not None and field.from_ > field.to:
        wrong.append("to")
    most = field.count
    if field.kind == "choices":
        most = min(most or len(field.options), len(field.options))
    if most is not None and field.count_least > most:
        wrong.append("count_least")
    for key in wrong:
        lint.report((*at, key), "field_bounds", key=key)


def _check_asked(lint: Lint, at: Path, field: FormField, earlier: Mapping[str, FormField]) -> None:
    asked = field.asked_if
    if asked is None:
        return
    other = earlier.get(asked.field)
    if other is None or other.kind not in _CHOICES | {"yes-no"}:
        lint.report((*at, "asked_if", "field"), "asked_of_nothing", name=asked.field)
        return
    allowed = ("yes", "no") if other.kind == "yes-no" else other.options
    for index, value in enumerate(asked.in_):
        if value not in allowed:
            path = (*at, "asked_if", "in", index)
            lint.report(path, "not_among", value=value, allowed=", ".join(allowed))
