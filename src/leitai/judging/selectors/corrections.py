"""Sheets that stand no more, beside what stands in their place: nothing of them is lost."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from leitai.judging.models import JudgedEvent, Mark, Sheet
from leitai.judging.selectors.rubrics import Box, boxes_of, total_of
from leitai.judging.selectors.tallying import recorded_of
from leitai.rulebook import numbers


@dataclass(frozen=True, slots=True)
class Correction:
    """`lines` are what differs: title, before, after. Without `new` the sheet was taken out."""

    old: Sheet
    new: Sheet | None
    lines: tuple[tuple[str, str, str], ...]
    before: str
    after: str


def corrections_of(event: JudgedEvent) -> tuple[Correction, ...]:
    """Of contestants whose sheets are all in: before that nobody sees a mark of anybody."""
    done = [one.slot.pk for one in recorded_of(event) if one.complete]
    rows = Sheet.objects.filter(slot__in=done).select_related("slot", "seat__person", "reopening")
    held: dict[tuple[int, int], list[Sheet]] = defaultdict(list)
    for sheet in rows.order_by("slot__order", "seat__pk", "version"):
        held[sheet.slot_id, sheet.seat_id].append(sheet)
    found = []
    for sheets in held.values():
        later = [*sheets[1:], None]
        found += [
            _correction(event, old, new)
            for old, new in zip(sheets, later, strict=True)
            if not old.standing
        ]
    return tuple(found)


def _correction(event: JudgedEvent, old: Sheet, new: Sheet | None) -> Correction:
    one, other = _marks(old), _marks(new) if new else {}
    changed = [
        (box.called, _word(box, one.get(box.name, "")), _word(box, other.get(box.name, "")))
        for box in boxes_of(event, old.seat)
        if new and one.get(box.name, "") != other.get(box.name, "")
    ]
    return Correction(
        old,
        new,
        tuple(changed),
        numbers.show(total_of(event, old.seat, one)),
        numbers.show(total_of(event, old.seat, other)) if new else "",
    )


def _marks(sheet: Sheet) -> dict[str, str]:
    return dict(Mark.objects.filter(sheet=sheet).values_list("line", "value"))


def _word(box: Box, value: str) -> str:
    return {"1": "√", "0": "×"}.get(value, value) if box.group else value
