"""How a unit stands with a thing: a pure function of receipt, newest version, deadline and now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from leitai.base.words import remarked
from leitai.orders.enums import SHAPES, HandInState, Standing
from leitai.orders.models import HandIn, Postponement, Recipient, Thing

_DONE = {
    HandInState.HANDED_IN: Standing.HANDED_IN,
    HandInState.ACCEPTED: Standing.ACCEPTED,
}


@dataclass(frozen=True, slots=True)
class Cell:
    """`late`: past its deadline and not done, or done after it. The receipt is a cell as well."""

    standing: Standing
    late: bool = False
    due: datetime | None = None
    hand_in: HandIn | None = None
    receipt: bool = False

    @property
    def waits(self) -> bool:
        """Whether the unit has still to hand in (or to sign)."""
        if self.receipt:
            return self.standing == Standing.UNSIGNED
        return self.standing not in {Standing.HANDED_IN, Standing.ACCEPTED}

    @property
    def overdue(self) -> bool:
        return self.waits and self.late

    @property
    def shape(self) -> str:
        if self.overdue:
            return "late"
        return "ok" if self.receipt and not self.waits else SHAPES[self.standing]

    @property
    def words(self) -> str:
        label = str(self.standing.label)
        if self.overdue:
            overdue = self.standing == Standing.OVERDUE
            return label if overdue else remarked(label, Standing.OVERDUE.label)
        if self.late:
            return remarked(label, _("迟签") if self.receipt else _("迟报"))
        return label


def cell_of(*, signed: bool, newest: HandIn | None, due: datetime | None, now: datetime) -> Cell:
    """A return gives a new deadline where it names one; what is past it is late."""
    if newest is None:
        if due is not None and now > due:
            return Cell(Standing.OVERDUE, late=True, due=due)
        return Cell(Standing.SIGNED if signed else Standing.UNSIGNED, due=due)
    if newest.state == HandInState.RETURNED:
        until = newest.mend_by or due
        late = until is not None and now > until
        return Cell(Standing.RETURNED, late=late, due=until, hand_in=newest)
    standing = _DONE[HandInState(newest.state)]
    return Cell(standing, late=newest.late, due=due, hand_in=newest)


def receipt_of(recipient: Recipient, due: datetime | None, now: datetime) -> Cell:
    """The receipt as a cell of its own."""
    signed = recipient.signed_at
    late = due is not None and (signed or now) > due
    standing = Standing.UNSIGNED if signed is None else Standing.SIGNED
    return Cell(standing, late=late, due=due, receipt=True)


class Deadlines:
    """What holds now for a unit: the newest postponement for it or for all, else the order's."""

    def __init__(self, postponements: Iterable[Postponement]) -> None:
        self._moved: dict[tuple[int, int | None, int | None], Postponement] = {}
        for one in sorted(postponements, key=lambda moved: moved.pk):
            key = (one.supplement.order_id, one.thing_id, one.recipient_id)
            self._moved[key] = one

    def of(self, recipient: Recipient, thing: Thing) -> datetime | None:
        return self._held(recipient.order_id, thing.pk, recipient.pk, thing.due_at)

    def of_receipt(self, recipient: Recipient, first: datetime | None) -> datetime | None:
        return self._held(recipient.order_id, None, recipient.pk, first)

    def for_all(self, order: int, thing: Thing | None, first: datetime | None) -> datetime | None:
        moved = self._moved.get((order, thing.pk if thing else None, None))
        return moved.after if moved else first

    def _held(
        self, order: int, thing: int | None, recipient: int, first: datetime | None
    ) -> datetime | None:
        found = [
            self._moved[key]
            for key in ((order, thing, None), (order, thing, recipient))
            if key in self._moved
        ]
        return max(found, key=lambda moved: moved.pk).after if found else first
