"""How all units of an order stand with all its things: one read for any number of orders."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from leitai.orders.enums import Standing
from leitai.orders.models import HandIn, Order, Postponement, Recipient, Thing
from leitai.orders.standings import Cell, Deadlines, cell_of, receipt_of


@dataclass(frozen=True, slots=True)
class Row:
    """A unit: its receipt, and a cell for each thing in the board's order."""

    recipient: Recipient
    receipt: Cell
    cells: tuple[Cell, ...]
    things: tuple[Thing, ...]

    @property
    def pairs(self) -> tuple[tuple[Thing, Cell], ...]:
        return tuple(zip(self.things, self.cells, strict=True))

    @property
    def waits(self) -> bool:
        """Whether it has still to sign, or to hand in something that must be."""
        return self.receipt.waits or any(cell.waits for thing, cell in self.pairs if thing.required)

    @property
    def late(self) -> bool:
        """Whether something that waits is past its deadline."""
        return self.receipt.overdue or any(
            cell.overdue for thing, cell in self.pairs if thing.required
        )

    @property
    def review(self) -> int:
        """How many of its hand-ins wait for the office."""
        return sum(cell.standing == Standing.HANDED_IN for cell in self.cells)

    @property
    def returned(self) -> bool:
        return any(cell.standing == Standing.RETURNED for cell in self.cells)

    @property
    def accepted(self) -> bool:
        """Whether all that must be handed in was accepted, and the order signed for."""
        return not self.receipt.waits and all(
            cell.standing == Standing.ACCEPTED for thing, cell in self.pairs if thing.required
        )


@dataclass(frozen=True, slots=True)
class Board:
    order: Order
    things: tuple[Thing, ...]
    rows: tuple[Row, ...]
    deadlines: Deadlines

    @property
    def signed(self) -> int:
        return sum(not row.receipt.waits for row in self.rows)

    @property
    def waiting(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.waits)

    @property
    def late(self) -> int:
        return sum(row.late for row in self.rows)

    @property
    def review(self) -> int:
        return sum(row.review for row in self.rows)

    @property
    def returned(self) -> int:
        return sum(row.returned for row in self.rows)

    @property
    def accepted(self) -> int:
        return sum(row.accepted for row in self.rows)

    @property
    def done(self) -> int:
        """Units that have nothing left to do."""
        return len(self.rows) - len(self.waiting)

    @property
    def sign_by(self) -> datetime | None:
        return self.deadlines.for_all(self.order.pk, None, self.order.sign_by)

    def due_of(self, thing: Thing) -> datetime | None:
        return self.deadlines.for_all(self.order.pk, thing, thing.due_at)

    def nearest(self, now: datetime) -> datetime | None:
        """The next deadline that somebody still has to keep."""
        dues = {row.receipt.due for row in self.rows if row.receipt.waits}
        dues |= {cell.due for row in self.rows for cell in row.cells if cell.waits}
        return min((due for due in dues if due is not None and due > now), default=None)


def board_of(order: Order, *, now: datetime) -> Board:
    return boards_of([order], now=now)[order.pk]


def boards_of(
    orders: Sequence[Order], *, now: datetime, recipients: Iterable[Recipient] | None = None
) -> dict[int, Board]:
    """By the order's id; four queries. `recipients` are those wanted where not all are."""
    ids = [one.pk for one in orders]
    things: dict[int, list[Thing]] = defaultdict(list)
    for thing in Thing.objects.filter(order__in=ids).order_by("position"):
        things[thing.order_id].append(thing)
    if recipients is None:
        recipients = Recipient.objects.filter(order__in=ids).select_related("unit")
        recipients = recipients.order_by("position", "pk")
    wanted: dict[int, list[Recipient]] = defaultdict(list)
    for recipient in recipients:
        wanted[recipient.order_id].append(recipient)
    newest = _newest([one.pk for rows in wanted.values() for one in rows])
    deadlines = deadlines_of(ids)
    return {
        order.pk: Board(
            order,
            tuple(things[order.pk]),
            tuple(
                _row(order, one, things[order.pk], newest, deadlines, now)
                for one in wanted[order.pk]
            ),
            deadlines,
        )
        for order in orders
    }


def deadlines_of(orders: Iterable[int]) -> Deadlines:
    moved = Postponement.objects.filter(supplement__order__in=list(orders))
    return Deadlines(moved.select_related("supplement"))


def _newest(recipients: list[int]) -> dict[tuple[int, int], HandIn]:
    """Without what they hold: a board tells only how they stand."""
    rows = HandIn.objects.filter(recipient__in=recipients, newest=True).defer("content")
    return {(one.recipient_id, one.thing_id): one for one in rows}


def _row(
    order: Order,
    recipient: Recipient,
    things: Iterable[Thing],
    newest: dict[tuple[int, int], HandIn],
    deadlines: Deadlines,
    now: datetime,
) -> Row:
    now = order.closed_at or now  # a closed order stands as it stood then
    cells = [
        cell_of(
            signed=recipient.signed_at is not None,
            newest=newest.get((recipient.pk, thing.pk)),
            due=deadlines.of(recipient, thing),
            now=now,
        )
        for thing in things
    ]
    return Row(
        recipient,
        receipt_of(recipient, deadlines.of_receipt(recipient, order.sign_by), now),
        tuple(cells),
        tuple(things),
    )
