"""汇总: an order with the orders passed on from it, county by county up to the issuer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator

from leitai.orders.models import Order, Thing
from leitai.orders.selectors.boards import Board, Row, board_of, boards_of
from leitai.orders.selectors.orders import orders_below
from leitai.orders.standings import Cell

PAGE_SIZE = 100


@dataclass(frozen=True, slots=True)
class Tally:
    """What stands below one unit: units reached, and how far they are."""

    units: int = 0
    signed: int = 0
    done: int = 0
    accepted: int = 0
    late: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.units + other.units,
            self.signed + other.signed,
            self.done + other.done,
            self.accepted + other.accepted,
            self.late + other.late,
        )


@dataclass(frozen=True, slots=True)
class RolledRow:
    """A unit at `depth` below the issuer; `below` counts all that it passed the order on to."""

    row: Row
    depth: int
    pairs: tuple[tuple[Thing, Cell | None], ...]  # of the upper order's things
    below: Tally
    passed: Order | None


@dataclass(frozen=True, slots=True)
class Rolled:
    board: Board
    rows: tuple[RolledRow, ...]
    total: Tally


def roll_up(order: Order, *, now: datetime) -> Rolled:
    """All levels in the tree's order. A thing of a lower order stands under the one it answers."""
    lower = list(
        Order.objects.filter(pk__in=orders_below(order)).select_related("issuer").order_by("pk")
    )
    boards = boards_of([order, *lower], now=now) if lower else {order.pk: board_of(order, now=now)}
    passed: Mapping[tuple[int | None, int], Order] = {
        (one.above_id, one.issuer_id): one for one in lower
    }
    tops = _tops(boards.values())
    walk = _Walk(boards, passed, tops, boards[order.pk].things)
    rows = tuple(walk.rows(boards[order.pk], depth=0))
    total = sum((_tally(one.row) for one in rows), Tally())
    return Rolled(boards[order.pk], rows, total)


@dataclass(frozen=True, slots=True)
class RollPage:
    """One page of it; the total and what stands below each unit are of everything."""

    rolled: Rolled
    page: Page[RolledRow]


def roll_page(order: Order, number: str | None, *, now: datetime) -> RollPage:
    rolled = roll_up(order, now=now)
    return RollPage(rolled, Paginator(rolled.rows, PAGE_SIZE).get_page(number))


@dataclass(frozen=True, slots=True)
class _Walk:
    """Down the orders: which thing of the top each lower one answers."""

    boards: Mapping[int, Board]
    passed: Mapping[tuple[int | None, int], Order]
    tops: Mapping[int, int]
    things: tuple[Thing, ...]

    def rows(self, board: Board, *, depth: int) -> Iterator[RolledRow]:
        for row in board.rows:
            lower = self.passed.get((board.order.pk, row.recipient.unit_id))
            below = list(self.rows(self.boards[lower.pk], depth=depth + 1)) if lower else []
            counted = sum((_tally(one.row) for one in below), Tally())
            yield RolledRow(row, depth, self._pairs(row), counted, lower)
            yield from below

    def _pairs(self, row: Row) -> tuple[tuple[Thing, Cell | None], ...]:
        answered = {self.tops.get(thing.pk, thing.pk): cell for thing, cell in row.pairs}
        return tuple((thing, answered.get(thing.pk)) for thing in self.things)


def _tops(boards: Iterable[Board]) -> dict[int, int]:
    """By each thing the one that it answers at the top."""
    above = {thing.pk: thing.above_id for board in boards for thing in board.things}
    found = {}
    for one in above:
        top = one
        while (up := above.get(top)) is not None:
            top = up
        found[one] = top
    return found


def _tally(row: Row) -> Tally:
    return Tally(
        units=1,
        signed=int(row.recipient.signed_at is not None),
        done=int(not row.waits),
        accepted=int(row.accepted),
        late=int(row.late),
    )
