"""The page of one order for its issuer: rows filtered and paged, the share, what may be done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

from leitai.base.actor import Actor
from leitai.base.words import listed, placed, remarked
from leitai.orders.enums import OrderState, Standing
from leitai.orders.models import Order, Recipient, Supplement, Thing
from leitai.orders.selectors.boards import Board, Row, board_of
from leitai.orders.selectors.mine import supplements_of
from leitai.orders.selectors.orders import get_order_for, may_issue
from leitai.orders.selectors.upper import UpperMove, upper_moves
from leitai.seasons.selectors import is_closed

PAGE_SIZE = 50
_FILTERS: dict[str, Callable[[Row], bool]] = {
    "all": lambda _row: True,
    "unsigned": lambda row: row.receipt.waits,
    "waiting": lambda row: row.waits,
    "review": lambda row: row.review > 0,
    "returned": lambda row: row.returned,
    "late": lambda row: row.late,
    "accepted": lambda row: row.accepted,
}


@dataclass(frozen=True, slots=True)
class Head:
    """A thing above its column: its deadline now, and the first one where it was moved."""

    thing: Thing
    due: datetime | None
    review: int

    @property
    def moved(self) -> bool:
        return self.due != self.thing.due_at


@dataclass(frozen=True, slots=True)
class OrderDesk:
    order: Order
    board: Board
    heads: tuple[Head, ...]
    view: str
    counts: dict[str, int]
    page: Page[Row]
    supplements: tuple[Supplement, ...]
    nearest: datetime | None
    upper: tuple[UpperMove, ...]
    may: bool

    @property
    def open(self) -> bool:
        return self.order.state == OrderState.SENT and not is_closed(self.order.season)

    @property
    def missing(self) -> tuple[Row, ...]:
        return self.board.waiting

    @property
    def missing_text(self) -> str:
        """The whole list for a group, with what each still has to do."""
        lines = [_("%(title)s：还没有办理的单位") % {"title": self.order.title}]
        lines += [placed(row.recipient.name, listed(_waiting(row))) for row in self.missing]
        return "\n".join(lines)

    @property
    def share_text(self) -> str:
        """One line for the group's text; where somebody is missing it names them."""
        if not self.missing:
            return _("请查阅。")
        names = listed(row.recipient.name for row in self.missing)
        return _("请签收并报送。还没有办理：%(units)s") % {"units": names}


def _waiting(row: Row) -> list[str]:
    """Who has not signed has done nothing else either: that alone says it."""
    if row.receipt.waits:
        return [row.receipt.words]
    return [
        remarked(thing.title, cell.words)
        for thing, cell in row.pairs
        if cell.waits and thing.required
    ]


def order_desk(
    viewer: Actor, season: str, number: int, *, view: str, page: str | None, now: datetime
) -> OrderDesk:
    order = get_order_for(viewer, season, number)
    board = board_of(order, now=now)
    view = view if view in _FILTERS else "all"
    counts = {name: sum(map(fits, board.rows)) for name, fits in _FILTERS.items()}
    shown = [row for row in board.rows if _FILTERS[view](row)]
    return OrderDesk(
        order=order,
        board=board,
        heads=tuple(
            Head(
                thing,
                board.due_of(thing),
                sum(row.cells[place].standing == Standing.HANDED_IN for row in board.rows),
            )
            for place, thing in enumerate(board.things)
        ),
        view=view,
        counts=counts,
        page=Paginator(shown, PAGE_SIZE).get_page(page),
        supplements=supplements_of(order),
        nearest=board.nearest(now),
        upper=upper_moves(order),
        may=may_issue(viewer, order),
    )


def recipients_of(order: Order) -> list[Recipient]:
    """In the order's order, each with its unit."""
    return list(order.recipients.select_related("unit").order_by("position", "pk"))
