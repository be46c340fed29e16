"""Answers to a form, checked against its fields: everything that is wrong, all at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from leitai.kernel.errors import Problem
from leitai.rulebook import numbers
from leitai.rulebook.model import Form, FormField
from leitai.rulebook.model.forms import Filler
from leitai.rulebook.procedure.answer_texts import FORMS, read_date, read_month
from leitai.rulebook.procedure.counting import count_words

LONGEST: Final = 100_000  # characters of one answer, whatever the form allows
MOST: Final = 1_000  # items of one answer, whatever the form allows
MEGABYTE: Final = 1024 * 1024
PHOTO_TYPES: Final = ("jpg", "jpeg", "png")
YES_NO: Final = ("yes", "no")


@dataclass(frozen=True, slots=True)
class FileIn:
    """A file that was handed in: its name and its size in bytes."""

    name: str
    size: int


def check_answers(
    form: Form, answers: Mapping[str, object], *, by: Filler | None = None
) -> tuple[Problem, ...]:
    """Check the answers to a form; the empty tuple means that they are in order.

    ``answers`` are by the id of the field: a text; a tuple of texts for ``choices``, ``persons``,
    ``dates`` and ``months``; a ``FileIn`` for ``photo`` and ``file``, a tuple of them for
    ``files``; a tuple of mappings for a ``table``. ``by`` checks only what that side fills in, so
    that the others may come later. A problem's place is the field's id (``contacts[0].mobile``).
    Seals and signatures are on paper and are not looked at.
    """
    check = _Check()
    check.fields("", form.fields, answers, (form.by, by))
    return tuple(check.problems)


class _Check:
    """Collects what is wrong."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def report(self, place: str, code: str, **data: object) -> None:
        """Note a problem."""
        self.problems.append(Problem(place, code, data))

    def fields(
        self,
        before: str,
        fields: Sequence[FormField],
        answers: Mapping[str, object],
        sides: tuple[Filler, Filler | None],
    ) -> None:
        """Check all fields of a form, or all cells of a row."""
        filler, by = sides
        for field in fields:
            place, answer = f"{before}{field.id}", answers.get(field.id)
            if by is not None and by != (field.by or filler):
                continue
            if not _is_asked(field, answers):
                if not _is_blank(answer):
                    self.report(place, "answer_not_asked", title=field.title)
            elif _is_blank(answer):
                if field.required or (field.count_least and field.kind != "table"):
                    self.report(place, "answer_missing", title=field.title)
            else:
                self._answer(place, field, answer, sides)
        known = {field.id for field in fields}
        unknown = sorted({_brief(key) for key in answers if key not in known})
        for name in unknown[:MOST]:
            self.report(f"{before}{name}", "answer_unknown", name=name)

    def _answer(
        self, place: str, field: FormField, answer: object, sides: tuple[Filler, Filler | None]
    ) -> None:
        if field.kind == "table":
            self._table(place, field, answer, sides)
        elif field.kind in ("choices", "persons", "files"):
            self._several(place, field, answer)
        elif field.kind in ("dates", "months"):
            self._days(place, field, answer)
        else:
            self._one(place, field, answer)

    def _one(self, place: str, field: FormField, answer: object) -> None:
        if field.kind in ("photo", "file", "files"):
            self._file(place, field, answer)
        elif not isinstance(answer, str):
            self.report(place, "answer_shape", title=field.title)
        elif len(answer) > LONGEST:
            self.report(place, "answer_long", title=field.title, most=LONGEST)
        elif field.kind == "yes-no":
            self._yes_no(place, field, answer)
        elif field.kind in ("choice", "choices"):
            if answer not in field.options:
                allowed = "、".join(field.options)
                self.report(
                    place,
                    "answer_not_option",
                    title=field.title,
                    value=_brief(answer),
                    allowed=allowed,
                )
        else:
            self._text(place, field, answer.strip())

    def _yes_no(self, place: str, field: FormField, answer: str) -> None:
        if answer not in YES_NO:
            self.report(place, "answer_not_yes_no", title=field.title)
        elif field.options and answer not in field.options:
            self.report(place, "answer_not_agreed", title=field.title)

    def _text(self, place: str, field: FormField, text: str) -> None:
        passes, code = FORMS.get(field.kind, (None, ""))
        if passes is not None and not passes(text):
            self.report(place, code, title=field.title, value=_brief(text))
            return
        if field.kind != "long-text" and len(text.splitlines()) > 1:
            self.report(place, "answer_lines", title=field.title)
        words = count_words(text)
        if field.words is not None and words > field.words:
            self.report(
                place, "answer_words_over", title=field.title, count=words, most=field.words
            )
        if field.words_least is not None and words < field.words_least:
            self.report(
                place, "answer_words_under", title=field.title, count=words, least=field.words_least
            )
        if field.kind == "number":
            self._number(place, field, text)
        elif field.kind in ("date", "month"):
            self._day(place, field, text)

    def _number(self, place: str, field: FormField, text: str) -> None:
        value, title = numbers.parse(text), field.title
        if field.least is not None and value < field.least:
            least = numbers.show(field.least)
            self.report(place, "answer_under", title=title, value=text, least=least)
        if field.most is not None and value > field.most:
            most = numbers.show(field.most)
            self.report(place, "answer_over", title=title, value=text, most=most)

    def _day(self, place: str, field: FormField, text: str) -> date | None:
        """Read a day (or month) and check its bounds; None where it cannot be read."""
        months = field.kind in ("month", "months")
        day = read_month(text) if months else read_date(text)
        if day is None:
            code = "answer_not_month" if months else "answer_not_date"
            self.report(place, code, title=field.title, value=_brief(text))
            return None
        first, last = field.from_, field.to
        if first is not None and day < (first.replace(day=1) if months else first):
            self.report(
                place, "answer_early", title=field.title, value=text, first=first.isoformat()
            )
        if last is not None and day > last:
            self.report(place, "answer_late", title=field.title, value=text, last=last.isoformat())
        return day

    def _days(self, place: str, field: FormField, answer: object) -> None:
        if not isinstance(answer, tuple | list) or len(answer) != 2:
            self.report(place, "answer_shape", title=field.title)
            return
        days = []
        for index, text in enumerate(answer):
            if isinstance(text, str):
                days.append(self._day(f"{place}[{index}]", field, text))
            else:
                self.report(f"{place}[{index}]", "answer_shape", title=field.title)
        first, last = days if len(days) == 2 else (None, None)
        if first is not None and last is not None and first > last:
            self.report(place, "answer_backwards", title=field.title)

    def _several(self, place: str, field: FormField, answer: object) -> None:
        if not isinstance(answer, tuple | list):
            self.report(place, "answer_shape", title=field.title)
            return
        self._count(place, field, len(answer))
        seen: set[str] = set()
        for index, item in enumerate(answer[:MOST]):
            at = f"{place}[{index}]"
            if _is_blank(item):
                self.report(at, "answer_missing", title=field.title)
                continue
            self._one(at, field, item)
            if isinstance(item, str):
                if field.kind == "choices" and item in seen:
                    self.report(at, "answer_twice", title=field.title, value=_brief(item))
                seen.add(item)

    def _count(self, place: str, field: FormField, count: int) -> None:
        most = MOST if field.count is None else field.count
        if field.kind == "table" and field.rows:
            most = len(field.rows)
        if count > most:
            self.report(place, "answer_many", title=field.title, count=count, most=most)
        if count < field.count_least:
            self.report(
                place, "answer_few", title=field.title, count=count, least=field.count_least
            )

    def _file(self, place: str, field: FormField, answer: object) -> None:
        if not isinstance(answer, FileIn):
            self.report(place, "answer_shape", title=field.title)
            return
        types = field.types or (PHOTO_TYPES if field.kind == "photo" else ())
        name = _brief(answer.name)
        ending = answer.name.rpartition(".")[2].casefold() if "." in answer.name else ""
        if types and ending not in {known.casefold() for known in types}:
            self.report(
                place, "answer_file_type", title=field.title, name=name, allowed="、".join(types)
            )
        if answer.size <= 0:
            self.report(place, "answer_file_empty", title=field.title, name=name)
        if field.size_mb is not None and answer.size > field.size_mb * MEGABYTE:
            self.report(place, "answer_file_size", title=field.title, name=name, most=field.size_mb)

    def _table(
        self, place: str, field: FormField, answer: object, sides: tuple[Filler, Filler | None]
    ) -> None:
        if not isinstance(answer, tuple | list):
            self.report(place, "answer_shape", title=field.title)
            return
        filled = 0
        for index, row in enumerate(answer[:MOST]):
            if not isinstance(row, Mapping):
                self.report(f"{place}[{index}]", "answer_shape", title=field.title)
            elif not all(_is_blank(cell) for cell in row.values()):
                filled += 1
                self.fields(f"{place}[{index}].", field.columns, row, (field.by or sides[0], None))
        rows_given = len(answer) if field.rows or len(answer) > MOST else filled
        self._count(place, field, rows_given)
        if field.required and not filled:
            self.report(place, "answer_missing", title=field.title)


def _is_asked(field: FormField, answers: Mapping[str, object]) -> bool:
    if field.asked_if is None:
        return True
    given = answers.get(field.asked_if.field)
    chosen = given if isinstance(given, tuple | list) else (given,)
    return any(isinstance(one, str) and one in field.asked_if.in_ for one in chosen)


def _is_blank(answer: object) -> bool:
    if isinstance(answer, str):
        return not answer.strip()
    return answer is None or (isinstance(answer, tuple | list | Mapping) and not answer)


def _brief(value: object) -> str:
    text = value if isinstance(value, str) else str(value)[:60] if isinstance(value, int) else ""
    return text if len(text) <= 60 else f"{text[:57]}..."
