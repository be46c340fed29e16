"""Orders for those who issue them or look after them, and who may read one at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet

from leitai.base.actor import Actor
from leitai.base.bigrams import containing
from leitai.kernel.errors import DomainError
from leitai.orders import rules
from leitai.orders.enums import HandInState, OrderState
from leitai.orders.models import HandIn, Order, Recipient, Thing
from leitai.orders.selectors.boards import Board, boards_of
from leitai.orders.selectors.due import Due, list_due
from leitai.seasons.models import Season
from leitai.seasons.selectors import get_season, host_path
from leitai.units.enums import UnitState
from leitai.units.models import Unit

PAGE_SIZE = 20
FOUND = 30
_HIGH = 6  # orders above one another: the tree has five levels
VIEWS = ("sent", "draft", "closed")


@dataclass(frozen=True, slots=True)
class Desk:
    """The orders that the viewer may see. `issuers` are the units it may issue for."""

    season: Season
    view: str
    counts: dict[str, int]
    page: Page[Order]
    boards: tuple[Board, ...]
    issuers: tuple[Unit, ...]
    due: tuple[Due, ...]


def desk_for(viewer: Actor, season: str, *, view: str, number: str | None, now: datetime) -> Desk:
    """Raises DomainError("forbidden") for those who neither issue nor look after any."""
    if not rules.can_see_desk(viewer, season):
        raise DomainError("forbidden")
    held = get_season(season)
    rows, issuers = _readable(viewer, held), issuers_for(viewer, held)
    drafts = Q(state=OrderState.DRAFT)
    rows = rows.exclude(drafts & ~Q(issuer__in=issuers))  # of others nobody sees a draft
    counts = dict.fromkeys(VIEWS, 0)
    counts |= dict(rows.order_by().values_list("state").annotate(Count("pk")))
    view = view if view in VIEWS else next((one for one in VIEWS if counts[one]), VIEWS[0])
    page = Paginator(rows.filter(state=view), PAGE_SIZE).get_page(number)
    boards = boards_of(list(page.object_list), now=now)
    shown = tuple(boards[one.pk] for one in page.object_list)
    return Desk(held, view, counts, page, shown, issuers, list_due(shown, now=now))


def _readable(viewer: Actor, season: Season) -> QuerySet[Order]:
    inside = Q()
    for path in rules.reading_paths(viewer, season.code):
        inside |= Q(issuer__path__startswith=path)
    rows = Order.objects.filter(inside, season=season).select_related("issuer", "above__issuer")
    return rows.order_by("-sent_at", "-made_at", "-pk")


def issuers_for(viewer: Actor, season: Season) -> tuple[Unit, ...]:
    """The units for which the viewer may issue orders: the host, or the own units below it."""
    host = host_path(season)
    paths = {one for one in rules.acting_paths(viewer, season.code) if one != host}
    if rules.can_issue(viewer, season.code, host, host):
        paths.add(host)
    found = Unit.objects.filter(path__in=paths, state=UnitState.OPEN).order_by("path")
    return tuple(one for one in found if rules.can_issue(viewer, season.code, host, one.path))


def get_issuer(viewer: Actor, season: Season, code: str) -> Unit:
    """The one asked for, else the first; raises DomainError("forbidden") without any."""
    found = issuers_for(viewer, season)
    asked = [one for one in found if one.code == code] or found[:1]
    if not asked:
        raise DomainError("forbidden")
    return asked[0]


def get_order(season: str, number: int) -> Order:
    """Raises DomainError("not_found")."""
    rows = Order.objects.select_related(
        "issuer", "above__issuer", "season__host", "season__rulebook"
    )
    found = rows.filter(season__code=season, pk=number).first()
    if found is None:
        raise DomainError("not_found")
    return found


def get_order_for(viewer: Actor, season: str, number: int) -> Order:
    """For the committee over its issuer and whoever acts for the issuer."""
    if not rules.can_see_desk(viewer, season):
        raise DomainError("forbidden")
    found = get_order(season, number)
    if not rules.can_read_orders(viewer, season, found.issuer.path):
        raise DomainError("forbidden")
    if found.state == OrderState.DRAFT and not may_issue(viewer, found):
        raise DomainError("forbidden")
    return found


def get_own_order(viewer: Actor, season: str, number: int) -> Order:
    """For whoever may act for its issuer."""
    found = get_order_for(viewer, season, number)
    if not may_issue(viewer, found):
        raise DomainError("forbidden")
    return found


def get_draft(viewer: Actor, season: str, number: int) -> Order:
    """For whoever may act for its issuer. Raises DomainError("orders_not_draft")."""
    found = get_own_order(viewer, season, number)
    if found.state != OrderState.DRAFT:
        raise DomainError("orders_not_draft")
    return found


def may_issue(viewer: Actor, order: Order) -> bool:
    return rules.can_issue(viewer, order.season.code, host_path(order.season), order.issuer.path)


def get_thing(order: Order, number: int) -> Thing:
    """Raises DomainError("orders_thing_unknown")."""
    found = order.things.filter(pk=number).first()
    if found is None:
        raise DomainError("orders_thing_unknown")
    found.order = order
    return found


def issuers_above(order: Order) -> tuple[str, ...]:
    """The paths of the issuers up the way that what is handed in takes."""
    found, one = [order.issuer.path], order
    for _step in range(_HIGH):
        if one.above_id is None:
            break
        one = Order.objects.select_related("issuer").get(pk=one.above_id)
        found.append(one.issuer.path)
    return tuple(found)


def can_read_order(viewer: Actor, order: Order) -> bool:
    """Those who may look after it, and every unit that it or an order passed on from it reached."""
    code = order.season.code
    if rules.can_read_orders(viewer, code, order.issuer.path):
        return order.state != OrderState.DRAFT or may_issue(viewer, order)
    if order.state == OrderState.DRAFT:
        return False
    acting = rules.acting_paths(viewer, code)
    if not acting:
        return False
    mine = Q()
    for path in acting:
        mine |= Q(unit__path__startswith=path)
    reached = [order.pk, *orders_below(order)]
    sent = Recipient.objects.filter(mine, order__in=reached)
    return sent.exclude(order__state=OrderState.DRAFT).exists()


def orders_below(order: Order) -> list[int]:
    """The ids of the orders passed on from it, level by level."""
    found: list[int] = []
    level = [order.pk]
    for _step in range(_HIGH):
        rows = Order.objects.filter(above__in=level).exclude(state=OrderState.DRAFT)
        level = list(rows.order_by("pk").values_list("pk", flat=True))
        if not level:
            break
        found += level
    return found


def find_units(order: Order, words: str) -> Sequence[Unit]:
    """Open units below the issuer, by part of the name or the beginning of the code."""
    words = " ".join(words.split())[:80]
    if not words:
        return []
    rows = Unit.objects.filter(path__startswith=order.issuer.path, state=UnitState.OPEN)
    rows = rows.exclude(pk=order.issuer_id).select_related("parent")
    if words.isascii() and words[:1].isdigit() and " " not in words:
        rows = rows.filter(code__startswith=words)
    else:
        rows = containing(rows, "name", words)
    return list(rows.order_by("path")[:FOUND])


def count_to_review(viewer: Actor, season: Season) -> int:
    """How many hand-ins wait for the viewer's decision; one query, none without a unit."""
    host, mine = host_path(season), Q()
    if rules.can_issue(viewer, season.code, host, host):
        mine |= Q(thing__order__issuer__path=host)
    for path in rules.acting_paths(viewer, season.code):
        if path != host:
            mine |= Q(thing__order__issuer__path=path)
    if not mine:
        return 0
    waiting = HandIn.objects.filter(mine, newest=True, state=HandInState.HANDED_IN)
    return waiting.filter(thing__order__season=season, thing__order__state=OrderState.SENT).count()
