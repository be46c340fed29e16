"""What is wrong with the answers, as a sentence under each box."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext as _

from leitai.base.errors import text_of
from leitai.base.words import placed
from leitai.kernel.errors import DomainError, Problem
from leitai.people.numbers import parse_id_number
from leitai.rulebook.model import Form
from leitai.rulebook.model.forms import Filler
from leitai.rulebook.procedure import FileIn, check_answers

_ROW: Final = re.compile(r"([^\[.]+)\[(\d+)\]\.(.+)")


def problems(
    form: Form, answers: Mapping[str, object], *, by: Filler | None = None
) -> dict[str, str]:
    """By the field's id the sentence that the page shows; nothing means that all is in order."""
    told = {key: _told(value) for key, value in answers.items()}
    found: dict[str, list[str]] = {}
    for problem in check_answers(form, told, by=by):
        if problem.code == "answer_not_id_number" and _is_id_number(told, problem.place):
            continue
        field, sentence = _sentence(problem)
        if sentence not in found.setdefault(field, []):
            found[field].append(sentence)
    return {field: "\n".join(sentences) for field, sentences in found.items()}


def _told(value: object) -> object:
    """An answer as the rulebook's check wants it: files are what was handed in."""
    if isinstance(value, Mapping) and "file" in value:
        return FileIn(str(value.get("name", "")), int(str(value.get("size", 0))))
    if isinstance(value, list):
        return tuple(_told(one) for one in value)
    return value


def _is_id_number(answers: Mapping[str, object], place: str) -> bool:
    """The house's own reading of identity numbers is the one that counts: it judges no region."""
    match = _ROW.fullmatch(place)
    value: object = answers.get(place)
    if match:
        table = answers.get(match[1])
        row = table[int(match[2])] if isinstance(table, tuple) else {}
        value = row.get(match[3]) if isinstance(row, Mapping) else ""
    try:
        parse_id_number(str(value))
    except DomainError:
        return False
    return True


def _sentence(problem: Problem) -> tuple[str, str]:
    match = _ROW.fullmatch(problem.place)
    text = text_of(DomainError(problem.code, **problem.data))
    if match:
        return match[1], placed(_("第%(row)s行") % {"row": int(match[2]) + 1}, text)
    return problem.place.partition("[")[0], text
