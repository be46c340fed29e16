"""Paper sheets on their way in: which are missing, and what the third person sees."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from leitai.base.actor import Actor
from leitai.judging.enums import OUT, SlotState
from leitai.judging.models import JudgedEvent, PaperEntry, Reopening, Seat, Sheet, Slot
from leitai.judging.selectors.rubrics import Box, alike, boxes_of
from leitai.judging.selectors.tallying import recorded_of

TWO = 2


@dataclass(frozen=True, slots=True)
class Missing:
    """A sheet that is still to come: how many have keyed it, and whether this viewer is one."""

    slot: Slot
    seat: Seat
    keyed: int
    mine: bool

    @property
    def third(self) -> bool:
        return self.keyed == TWO


@dataclass(frozen=True, slots=True)
class Cell:
    """A box to key. Of a third keying `read` has what the first two read, if they differ."""

    box: Box
    read: tuple[str, str] | None
    fixed: str


@dataclass(frozen=True, slots=True)
class PaperPage:
    missing: tuple[Missing, ...]
    chosen: Missing | None
    cells: tuple[Cell, ...]
    past: tuple[Sheet, ...]


def paper_page(actor: Actor, event: JudgedEvent, chosen: tuple[Slot, Seat] | None) -> PaperPage:
    """Nobody sees what another keyed but the third, and only where the two differ."""
    held: dict[tuple[int, int], list[PaperEntry]] = {}
    made = _versions(event)
    for entry in PaperEntry.objects.filter(slot__event=event).order_by("pk"):
        place = (entry.slot_id, entry.seat_id)
        if entry.version == made.get(place, 0) + 1:
            held.setdefault(place, []).append(entry)
    anew = set(
        Reopening.objects.filter(slot__event=event, used_at=None).values_list("slot_id", "seat_id")
    )
    missing = []
    for one in recorded_of(event):
        if one.slot.state in OUT or one.slot.state not in (
            SlotState.ON_STAGE,
            SlotState.RELEASED,
        ):
            continue
        for seat in (*one.panel.seats, *one.panel.arbiters):
            place = (one.slot.pk, seat.pk)
            if seat.judge in one.sheets and place not in anew:
                continue
            keyers = [entry.keyer for entry in held.get(place, ())]
            missing.append(Missing(one.slot, seat, len(keyers), actor.account in keyers))
    found = next(
        (
            one
            for one in missing
            if chosen and (one.slot.pk, one.seat.pk) == (chosen[0].pk, chosen[1].pk)
        ),
        None,
    )
    entries = held.get((found.slot.pk, found.seat.pk), []) if found else []
    past = Sheet.objects.filter(slot__event=event, source="paper", standing=True)
    return PaperPage(
        tuple(missing),
        found,
        _cells(event, found, [one.marks for one in entries]) if found else (),
        tuple(past.select_related("slot", "seat__person").order_by("-submitted_at")[:50]),
    )


def _versions(event: JudgedEvent) -> dict[tuple[int, int], int]:
    """How many sheets there were of each contestant and judge."""
    found: dict[tuple[int, int], int] = {}
    for slot, seat in Sheet.objects.filter(slot__event=event).values_list("slot_id", "seat_id"):
        found[slot, seat] = found.get((slot, seat), 0) + 1
    return found


def _cells(event: JudgedEvent, chosen: Missing, marks: list[Mapping[str, str]]) -> tuple[Cell, ...]:
    if not chosen.third or chosen.mine:
        return tuple(Cell(box, None, "") for box in boxes_of(event, chosen.seat))
    first, second = marks[0], marks[1]
    cells = []
    for box in boxes_of(event, chosen.seat):
        one, other = first.get(box.name, ""), second.get(box.name, "")
        same = alike(one, other)
        read = (_word(box, one), _word(box, other))
        cells.append(Cell(box, None if same else read, read[0] if same else ""))
    return tuple(cells)


def _word(box: Box, value: str) -> str:
    """A step is done or not; anything else reads as it was keyed."""
    return {"1": _("完成"), "0": _("未完成")}.get(value, value) if box.group else value
