"""Orders for the units that they are for: the inbox, one order, one thing of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet

from leitai.base.actor import Actor
from leitai.files.models import StoredFile
from leitai.files.selectors import list_files, list_files_of
from leitai.kernel.errors import DomainError
from leitai.orders import rules
from leitai.orders.enums import HandInState, OrderState
from leitai.orders.models import HandIn, Order, Recipient, Supplement, Thing
from leitai.orders.owners import owner_of
from leitai.orders.selectors.boards import Board, Row, boards_of
from leitai.orders.selectors.hand_ins import accepted_below
from leitai.orders.selectors.upper import UpperMove, upper_moves
from leitai.orders.standings import Cell
from leitai.seasons.enums import SeasonState
from leitai.seasons.models import Season
from leitai.seasons.selectors import get_season, host_path, is_closed

PAGE_SIZE = 20
VIEWS = ("open", "all")


@dataclass(frozen=True, slots=True)
class Received:
    """An order as one of the viewer's units received it."""

    order: Order
    row: Row
    board: Board

    @property
    def due(self) -> datetime | None:
        """The next thing's deadline that still waits; the receipt's while it was not signed for."""
        dues = [cell.due for cell in self.row.cells if cell.waits]
        if self.row.receipt.waits:
            dues.append(self.row.receipt.due)
        return min((due for due in dues if due is not None), default=None)


@dataclass(frozen=True, slots=True)
class Inbox:
    season: Season
    view: str
    waiting: int
    page: Page[Recipient]
    rows: tuple[Received, ...]
    several: bool


@dataclass(frozen=True, slots=True)
class ThingCell:
    thing: Thing
    cell: Cell
    gathers: int

    @property
    def moved(self) -> bool:
        return self.cell.due != self.thing.due_at and self.cell.hand_in is None


@dataclass(frozen=True, slots=True)
class OrderPage:
    """One received order. `passed` is the own order that passes it on."""

    received: Received
    things: tuple[ThingCell, ...]
    supplements: tuple[Supplement, ...]
    above: tuple[Order, ...]
    may_pass_on: bool
    passed: Order | None
    upper: tuple[UpperMove, ...]


def inbox_for(viewer: Actor, season: str, *, view: str, number: str | None, now: datetime) -> Inbox:
    """Raises DomainError("forbidden") for whoever acts for no unit in the season."""
    held = get_season(season)
    rows = _received(viewer, season)
    waiting = rows.filter(_waits())
    view = view if view in VIEWS else VIEWS[0]
    shown = waiting if view == "open" else rows
    page = Paginator(shown.order_by("-order__sent_at", "-pk"), PAGE_SIZE).get_page(number)
    received = _rows(page, now)
    return Inbox(
        season=held,
        view=view,
        waiting=waiting.count(),
        page=page,
        rows=received,
        several=len({one.row.recipient.unit_id for one in received}) > 1,
    )


def _received(viewer: Actor, season: str) -> QuerySet[Recipient]:
    """What others sent to the viewer's units: not what they sent to their own."""
    paths = rules.acting_paths(viewer, season)
    if not paths:
        raise DomainError("forbidden")
    mine = Q()
    for path in paths:
        mine |= Q(unit__path__startswith=path) & ~Q(order__issuer__path__startswith=path)
    rows = Recipient.objects.filter(mine, order__season__code=season)
    return rows.exclude(order__state=OrderState.DRAFT).select_related("unit", "order__issuer")


def _waits() -> Q:
    """As `Row.waits`, said to the database; of a season that is over nothing is waited for."""
    handed = HandIn.objects.filter(
        thing=OuterRef("pk"), recipient=OuterRef(OuterRef("pk")), newest=True
    ).exclude(state=HandInState.RETURNED)
    missing = Thing.objects.filter(order=OuterRef("order"), required=True)
    running = Q(order__state=OrderState.SENT) & ~Q(order__season__state=SeasonState.CLOSED)
    return running & (Q(signed_at=None) | Q(Exists(missing.filter(~Exists(handed)))))


def _rows(page: Page[Recipient], now: datetime) -> tuple[Received, ...]:
    recipients = list(page.object_list)
    orders = {one.order_id: one.order for one in recipients}
    boards = boards_of(list(orders.values()), now=now, recipients=recipients)
    rows = {row.recipient.pk: row for board in boards.values() for row in board.rows}
    return tuple(Received(one.order, rows[one.pk], boards[one.order_id]) for one in recipients)


def count_waiting(viewer: Actor, season: str) -> int:
    """How many orders wait for the viewer's units; one query, none for others."""
    if not rules.acting_paths(viewer, season):
        return 0
    return _received(viewer, season).filter(_waits()).count()


def list_waiting(viewer: Actor, season: str, *, limit: int, now: datetime) -> tuple[Received, ...]:
    """The newest of those, for a page that lists what is to do."""
    if not rules.acting_paths(viewer, season):
        return ()
    rows = _received(viewer, season).filter(_waits())
    return _rows(Paginator(rows.order_by("-order__sent_at", "-pk"), limit).get_page(1), now)


def get_recipient_for(viewer: Actor, season: str, number: int) -> Recipient:
    """A sent order of one of the viewer's units."""
    if not rules.acting_paths(viewer, season):
        raise DomainError("forbidden")
    rows = Recipient.objects.select_related(
        "unit", "order__issuer", "order__season__host", "order__season__rulebook"
    ).exclude(order__state=OrderState.DRAFT)
    found = rows.filter(order__season__code=season, pk=number).first()
    if found is None:
        raise DomainError("not_found")
    if not rules.can_act_for(viewer, season, found.unit.path):
        raise DomainError("forbidden")
    return found


def own_recipient(viewer: Actor, season: str, order: int) -> Recipient:
    """Where the one address of an order leads its reader: the page of the first own unit."""
    found = _received(viewer, season).filter(order=order).order_by("unit__path").first()
    if found is None:
        raise DomainError("not_found")
    return found


def order_page(viewer: Actor, recipient: Recipient, *, now: datetime) -> OrderPage:
    order = recipient.order
    board = boards_of([order], now=now, recipients=[recipient])[order.pk]
    row = board.rows[0]
    season, unit = order.season, recipient.unit
    may = rules.can_issue(viewer, season.code, host_path(season), unit.path)
    may = may and not is_closed(season)
    passed = order.passed_on.filter(issuer=unit).first()
    return OrderPage(
        received=Received(order, row, board),
        things=tuple(
            ThingCell(thing, cell, len(accepted_below(recipient, thing)) if passed else 0)
            for thing, cell in row.pairs
        ),
        supplements=supplements_of(order, recipient),
        above=_above(order),
        may_pass_on=may and order.state == OrderState.SENT and passed is None,
        passed=passed,
        upper=upper_moves(passed) if passed else (),
    )


def supplements_of(order: Order, recipient: Recipient | None = None) -> tuple[Supplement, ...]:
    """In their order, each with what it moved; a unit sees no other unit's own deadlines."""
    found = order.supplements.prefetch_related("postponements__thing", "postponements__recipient")
    kept = []
    for one in found.order_by("pk"):
        moved = list(one.postponements.all())
        mine = [
            move for move in moved if recipient is None or move.recipient_id in (None, recipient.pk)
        ]
        if mine or not moved:
            one.moved = mine  # type: ignore[attr-defined]  # for the page alone
            kept.append(one)
    _with_files(order, kept)
    return tuple(kept)


def _with_files(order: Order, supplements: Iterable[Supplement]) -> None:
    wanted = [one for one in supplements if one.files]
    held = {file.pk: file for file in list_files(owner_of(order))} if wanted else {}
    for one in wanted:
        one.attached = [held[pk] for pk in one.files if pk in held]  # type: ignore[attr-defined]  # as above


def notice_files(orders: Iterable[Order]) -> dict[int, list[StoredFile]]:
    """By order what came with the notice itself, not with a supplement; two queries."""
    shown = list(orders)
    later = Supplement.objects.filter(order__in=shown).values_list("files", flat=True)
    supplements = {pk for files in later for pk in files}
    held = list_files_of([owner_of(one) for one in shown])
    return {
        one.pk: [file for file in held.get(owner_of(one), []) if file.pk not in supplements]
        for one in shown
    }


def _above(order: Order) -> tuple[Order, ...]:
    """The orders that this one passes on, the nearest first."""
    found, one = [], order
    while one.above_id is not None:
        one = Order.objects.select_related("issuer").get(pk=one.above_id)
        found.append(one)
    return tuple(found)
