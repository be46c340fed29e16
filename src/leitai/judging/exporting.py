"""The tables of an event as `leitai rulebook decide` reads them, in one file.

`marks.csv` and `entries.csv` are whole; `people.csv` has what makes judges withdraw. The rulebook
is the text that the event was called with.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from typing import Final

from django.utils.translation import gettext as _

from leitai.judging import selectors
from leitai.judging.models import JudgedEvent
from leitai.rulebook.tables.columns import ENTRIES, IN, MARKS, PEOPLE

RULEBOOK: Final = "rulebook.yaml"
_STAMP: Final = (1980, 1, 1, 0, 0, 0)  # the same tables give the same bytes


def tables_of(event: JudgedEvent) -> dict[str, str]:
    """The tables by file name; `people.csv` only where there is something in it.

    Marks of a contestant leave the house when all of them are in, not before.
    """
    recorded = [one for one in selectors.recorded_of(event) if one.complete]
    marks = selectors.rows_of(event, recorded)
    entries = selectors.entries_in(event)
    found = {
        ENTRIES: _table(
            ("stage", "track", "entry", "name", "delegation", "person"),
            (
                (one.stage, one.track, one.id, one.name, one.delegation, one.person)
                for one in entries
            ),
        ),
        MARKS: _table(
            IN[MARKS].needed,
            (
                (one.stage, one.track, one.event, one.entry, one.judge, one.line, one.mark)
                for one in marks
            ),
        ),
    }
    facts = selectors.facts_of(event)
    if facts:
        rows = ((one.person, _attribute(one.kind, one.key, one.value), one.value) for one in facts)
        found[PEOPLE] = _table(IN[PEOPLE].needed, rows)
    return found


def _attribute(kind: str, key: str, value: str) -> str:
    """`unit`, or `recuse:kinship` where the key is not the value."""
    return kind if key == value else f"{kind}:{key}"


def _table(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    out = io.StringIO(newline="")
    table = csv.writer(out, lineterminator="\n")
    table.writerow(heading)
    table.writerows(rows)
    return out.getvalue()


def bundle(event: JudgedEvent) -> tuple[bytes, str]:
    """The tables and the rulebook as a ZIP, and its name."""
    version = event.law or event.stage.season.rulebook
    files = {RULEBOOK: version.text, **tables_of(event)}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as held:
        for name, text in files.items():
            held.writestr(zipfile.ZipInfo(name, _STAMP), text)
    return out.getvalue(), _("%(title)s评分数据.zip") % {"title": event.title}
