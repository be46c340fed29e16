"""What is overdue or will be soon, and whose it is: one line for each thing and deadline."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from leitai.orders.enums import OrderState
from leitai.orders.models import Order, Recipient
from leitai.orders.selectors.boards import Board, Row
from leitai.orders.standings import Cell

SOON = timedelta(days=3)
SHOWN = 20


@dataclass(frozen=True, slots=True)
class Due:
    """`reminders` is how often the one who was reminded most has been."""

    order: Order
    title: str
    due: datetime
    late: bool
    units: tuple[Recipient, ...]

    @property
    def reminders(self) -> int:
        return max(one.reminders for one in self.units)

    @property
    def shape(self) -> str:
        return "late" if self.late else "warn"


def list_due(boards: Iterable[Board], *, now: datetime) -> tuple[Due, ...]:
    """The overdue first, the nearest next; at most SHOWN lines."""
    found: dict[tuple[int, str, datetime], list[Recipient]] = defaultdict(list)
    orders: dict[int, Order] = {}
    for board in boards:
        if board.order.state != OrderState.SENT:
            continue
        orders[board.order.pk] = board.order
        for row in board.rows:
            for title, cell in _waiting(row):
                if cell.due is not None and cell.due <= now + SOON:
                    found[board.order.pk, title, cell.due].append(row.recipient)
    lines = [
        Due(orders[pk], title, due, due < now, tuple(units))
        for (pk, title, due), units in found.items()
    ]
    return tuple(sorted(lines, key=lambda one: (one.due, one.order.pk))[:SHOWN])


def _waiting(row: Row) -> Iterator[tuple[str, Cell]]:
    if row.receipt.waits:
        yield _("签收"), row.receipt
    for thing, cell in row.pairs:
        if thing.required and cell.waits:
            yield thing.title, cell
