"""Fill a template with one row's values, by its kind of file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from leitai.documents import docx, xlsx
from leitai.documents.markers import Filled, Values
from leitai.paperwork.enums import FileKind
from leitai.paperwork.material.subjects import Scope
from leitai.paperwork.models import Template

_FILLERS: Final[Mapping[str, Callable[[bytes, Values], Filled]]] = {
    FileKind.DOCX: docx.fill,
    FileKind.XLSX: xlsx.fill,
}


def scope_of(template: Template) -> Scope:
    return Scope(template.subject, template.stage, template.form)


def fill(template: Template, values: Values) -> Filled:
    return _FILLERS[template.kind](bytes(template.content), values)
