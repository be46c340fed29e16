"""Workbooks of this room, written and read: marks, lists for the level above."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from leitai.kernel.errors import DomainError
from leitai.results.enums import UpwardKind
from leitai.results.marksheet import Sheet, headings, read_marks
from leitai.results.selectors.lists import ListsPage, UpwardPage, entries_named
from leitai.results.services import UpwardLine
from leitai.seasons import selectors as seasons
from leitai.seasons.models import Season

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from django.http import QueryDict

TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TEXT: Final = "@"
_LEADS: Final = ("=", "+", "-", "@")


def read(season: Season, of: str, file: UploadedFile[Any]) -> Sheet:
    """Read marks of "stage/track/event"; the choice was checked by the form."""
    stage, track, event = of.split("/")
    return read_marks(
        file.read(), name=file.name or "", season=season, stage=stage, track=track, event=event
    )


def template(page: ListsPage, of: str) -> bytes:
    """The entries of one event, their marks empty; raises DomainError("not_found")."""
    if of not in dict(page.choices):
        raise DomainError("not_found")
    stage, track, event = of.split("/")
    columns = headings(page.rulebook.events[event])
    entries = seasons.list_entries(seasons.get_stage(page.season, stage)).filter(track=track)
    rows = [
        [entry.code, entry.name, entry.delegation.name, *[""] * (len(columns) - 3)]
        for entry in entries
    ]
    return _write([columns, *rows], widths=[18, 12, 22])


def upward_book(page: UpwardPage) -> bytes:
    """As it is printed: title, table, and room for the seal."""
    rows = [[str(value) for value in row.values()] for row in page.printed]
    tail = [
        [],
        [_("报送单位（盖章）：%(host)s") % {"host": page.host}],
        [_("日期：      年    月    日")],
    ]
    return _write(
        [[page.list.title], page.heads, *rows, *tail], widths=[6, 18, 12, 18, 26, 10], top=2
    )


def lines(
    page: UpwardPage, posted: QueryDict, *, codes: Sequence[str], kind: str
) -> list[UpwardLine]:
    """The draft as the form says it: rows kept, in the order that is written, and those added.

    `codes` are numbers or names, as they were pasted; others were ticked.
    """
    kept = []
    for row in page.rows:
        said = {
            name: posted.get(f"{name}-{row.pk}", "") for name in ("place", "kind", "note", "drop")
        }
        if not said["drop"]:
            place = int(said["place"]) if said["place"].isdecimal() else row.position
            chosen = said["kind"] if said["kind"] in UpwardKind.values else row.kind
            kept.append((place, row.position, UpwardLine(row.entry_id, chosen, said["note"])))
    told = [*posted.getlist("pick"), *codes]
    entries = entries_named(page.list.season, told) if told else {}
    new = [UpwardLine(entry.pk, kind) for entry in entries.values()]
    return [line for _place, _old, line in sorted(kept, key=lambda one: one[:2])] + new


def _write(rows: Sequence[Sequence[str]], *, widths: Sequence[int], top: int = 1) -> bytes:
    book = Workbook()
    sheet = book.active
    if sheet is None:
        raise ValueError
    for number, cells in enumerate(rows, start=1):
        for column, text in enumerate(cells, start=1):
            cell = sheet.cell(number, column, _safe(str(text)))
            cell.number_format = _TEXT
            if number <= top:
                cell.font = Font(bold=True)
                cell.alignment = Alignment(vertical="center")
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _safe(text: str) -> str:
    """Never a formula, whoever typed it."""
    return f"'{text}" if text.startswith(_LEADS) and not text.lstrip("-").isdecimal() else text
