"""What a judge sees: the order, the own sheet, and others' marks once all are in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from leitai.judging.enums import OUT, SlotState
from leitai.judging.models import Change, Draft, JudgedEvent, Recusal, Reopening, Seat, Sheet, Slot
from leitai.judging.selectors.desks import relations
from leitai.judging.selectors.laws import judging_of, law_of
from leitai.judging.selectors.rubrics import Box, boxes_of, may_veto, panel_rule
from leitai.judging.selectors.tallying import Recorded, recorded_of, sums_of
from leitai.rulebook import numbers


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A turn as a judge sees it; `mine` is what the own sheet comes to."""

    slot: Slot
    mine: str
    recused: bool
    asked: bool
    now: bool


@dataclass(frozen=True, slots=True)
class Queue:
    event: JudgedEvent
    seat: Seat
    track: str
    rows: tuple[QueueRow, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A line of the rubric: one box, or the steps of a checklist."""

    title: str
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class SheetPage:
    """A sheet to fill in, or as it was submitted (`sheet`), with what may be seen beside it."""

    queue: Queue
    slot: Slot
    recorded: Recorded
    groups: tuple[Group, ...]
    values: Mapping[str, str]
    remark: str
    draft: Draft | None
    sheet: Sheet | None
    reopening: Reopening | None
    recusal: Recusal | None
    others: tuple[tuple[Seat, str], ...]
    veto: bool
    full: str
    version: int  # sheets that this judge has submitted of this contestant

    @property
    def open(self) -> bool:
        """Whether it can be filled in."""
        if self.recusal or not self.recorded.panel.has(self.queue.seat):
            return False
        return (self.sheet is None and self.slot.state not in OUT) or self.reopening is not None

    @property
    def submitted(self) -> int:
        return len(self.recorded.sheets)

    @property
    def asked(self) -> int:
        return len(self.recorded.panel.seats)

    @property
    def name(self) -> str:
        """Nobody's name where judges see numbers alone."""
        return "" if self.queue.event.anonymous else self.slot.name


@dataclass(frozen=True, slots=True)
class ChiefPage:
    """What the chief judge decides: sheets to be marked anew, reserves, withdrawals."""

    queue: Queue
    sheets: tuple[Sheet, ...]
    seats: tuple[Seat, ...]
    reserves: tuple[Seat, ...]
    changes: tuple[Change, ...]
    open: tuple[Reopening, ...]
    relations: tuple[tuple[str, str], ...]

    @property
    def slots(self) -> tuple[Slot, ...]:
        return tuple(row.slot for row in self.queue.rows)


def queue_of(event: JudgedEvent, seat: Seat) -> Queue:
    recorded = recorded_of(event)
    recused = set(Recusal.objects.filter(seat=seat).values_list("slot_id", flat=True))
    rows = tuple(
        QueueRow(
            one.slot,
            numbers.show(sums_of(one)[seat.judge]) if seat.judge in one.sheets else "",
            one.slot.pk in recused,
            one.panel.has(seat),
            one.slot.state == SlotState.ON_STAGE,
        )
        for one in recorded
    )
    return Queue(event, seat, law_of(event).tracks[event.track].title, rows)


def sheet_page(event: JudgedEvent, seat: Seat, slot: Slot) -> SheetPage:
    recorded = recorded_of(event, [slot])[0]
    draft = Draft.objects.filter(slot=slot, seat=seat).first()
    sheet = recorded.sheets.get(seat.judge)
    reopening = Reopening.objects.filter(slot=slot, seat=seat, used_at=None).first()
    recusal = Recusal.objects.filter(slot=slot, seat=seat).first()
    values: Mapping[str, str] = recorded.marks.get(seat.judge, {})
    if draft is not None and (sheet is None or reopening is not None):
        values = draft.marks
    panel = panel_rule(judging_of(event), seat)
    sheet_full = panel.full if panel and panel.combine.by != "sum" else None
    return SheetPage(
        queue=queue_of(event, seat),
        slot=slot,
        recorded=recorded,
        groups=_groups(boxes_of(event, seat)),
        values=values,
        remark=draft.remark if draft else (sheet.remark if sheet else ""),
        draft=draft,
        sheet=sheet,
        reopening=reopening,
        recusal=recusal,
        others=_others(recorded, seat),
        veto=may_veto(judging_of(event), seat),
        full="" if sheet_full is None else numbers.show(sheet_full),
        version=Sheet.objects.filter(slot=slot, seat=seat).count(),
    )


def _groups(boxes: tuple[Box, ...]) -> tuple[Group, ...]:
    found: list[Group] = []
    for box in boxes:
        if box.group and found and found[-1].title == box.group:
            found[-1] = Group(box.group, (*found[-1].boxes, box))
        else:
            found.append(Group(box.group or box.title, (box,)))
    return tuple(found)


def _others(recorded: Recorded, seat: Seat) -> tuple[tuple[Seat, str], ...]:
    """Once all are in, or at once where nothing is hidden and the own sheet is in."""
    event = recorded.slot.event
    if seat.judge not in recorded.sheets or (event.hidden and recorded.awaited):
        return ()
    sums = sums_of(recorded)
    return tuple(
        (sheet.seat, numbers.show(sums[judge]))
        for judge, sheet in sorted(recorded.sheets.items())
        if judge != seat.judge
    )


def chief_page(event: JudgedEvent, seat: Seat) -> ChiefPage:
    seats = [one for one in event.seats.select_related("person") if one.left_at is None]
    sheets = Sheet.objects.filter(slot__event=event, standing=True)
    changes = Change.objects.filter(out__event=event)
    waits = Reopening.objects.filter(slot__event=event, used_at=None)
    return ChiefPage(
        queue_of(event, seat),
        tuple(sheets.select_related("slot", "seat__person").order_by("slot__order", "seat__pk")),
        tuple(one for one in seats if not one.reserve),
        tuple(one for one in seats if one.reserve),
        tuple(changes.select_related("out__person", "into__person", "slot")),
        tuple(waits.select_related("slot", "seat__person")),
        relations(event),
    )
