"""An import as its page shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from leitai.people.enums import DraftState
from leitai.people.models import ImportDraft
from leitai.people.services import parts

TITLES: Final = {
    "new": _("新增"),
    "changed": _("变更"),
    "transfer": _("调动"),
    "request": _("申请调入"),
    "doubt": _("疑似重复"),
    "wrong": _("须更正"),
    "unreadable": _("无法读取"),
    "same": _("无变化"),
    "back": _("未导入"),
}
_FIRST: Final = ("doubt", "wrong", "unreadable", "transfer", "request", "new", "changed")


@dataclass(frozen=True, slots=True)
class Count:
    kind: str
    title: Any
    count: int


@dataclass(frozen=True, slots=True)
class Line:
    number: int
    name: str
    unit: str
    numbers: Sequence[str]
    why: Sequence[str]
    choices: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Preview:
    counts: Sequence[Count]
    kind: str
    lines: Sequence[Line]
    good: int
    percent: int

    @property
    def limit(self) -> int:
        return parts.SHOWN


def preview_of(draft: ImportDraft, kind: str) -> Preview:
    """The counts, and rows of one kind: the asked one, else what needs a person first."""
    percent = draft.done * 100 // draft.total if draft.total else 0
    good = sum(draft.counts.get(k, 0) for k in ("new", "changed", "transfer", "request", "doubt"))
    if draft.state not in {DraftState.READY, DraftState.DONE}:
        return Preview([], "", [], good, percent)
    shown = parts.shown_rows(draft)
    counts = [Count(k, TITLES[k], draft.counts[k]) for k in TITLES if draft.counts.get(k)]
    if kind not in shown:
        kind = next((one for one in _FIRST if one in shown), "")
    return Preview(counts, kind, [_line(row) for row in shown.get(kind, [])], good, percent)


def _line(row: dict[str, Any]) -> Line:
    if "text" in row:
        return Line(0, "", "", (), (row["text"],), ())
    cells = row["cells"]
    return Line(
        row["number"],
        cells.get("name", ""),
        cells.get("unit_name") or row["unit"] or cells.get("unit", ""),
        [cells[name] for name in ("id_number", "phone", "staff_number") if name in cells],
        parts.sentences(row),
        row["choices"],
    )
