"""The tables of an event as `leitai rulebook decide` reads them, in one file.

`marks.csv` and `entries.csv` are whole; `people.csv` has what makes judges withdraw. The rulebook
is the text that the event was called with.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from leitai.judging.models import JudgedEvent
from leitai.judging.selectors.exports import tables_of
from leitai.rulebook.tables.packing import RULES, packed


def bundle(event: JudgedEvent) -> tuple[bytes, str]:
    """The tables and the rulebook as a ZIP, and its name."""
    version = event.law or event.stage.season.rulebook
    files = {RULES: version.text, **tables_of(event)}
    return packed(files), _("%(title)s评分数据.zip") % {"title": event.title}
