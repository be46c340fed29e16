"""Pieces that units hand in: the unit's own list, the desk's, and one with all its versions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Prefetch, QuerySet

from leitai.base.actor import Actor
from leitai.files.models import StoredFile
from leitai.files.selectors import list_files
from leitai.kernel.errors import DomainError
from leitai.newsroom import rules
from leitai.newsroom.assets import consent_owner
from leitai.newsroom.enums import ItemState
from leitai.newsroom.models import Article, Item, Version, VersionMedia
from leitai.seasons.models import Season
from leitai.seasons.selectors import get_season, host_path
from leitai.units.enums import UnitState
from leitai.units.models import Unit

PAGE_SIZE = 20
DESK_VIEWS = (ItemState.HANDED_IN, ItemState.RETURNED, ItemState.ADOPTED, ItemState.DECLINED)
SHAPES = {
    ItemState.DRAFT: "todo",
    ItemState.HANDED_IN: "half",
    ItemState.RETURNED: "warn",
    ItemState.ADOPTED: "ok",
    ItemState.DECLINED: "none",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A piece in a list, with the version that counts."""

    item: Item
    version: Version

    @property
    def shape(self) -> str:
        return SHAPES[ItemState(self.item.state)]


@dataclass(frozen=True, slots=True)
class Desk:
    season: Season
    view: str
    counts: dict[str, int]
    page: Page[Item]
    lines: tuple[Line, ...]
    may: bool


@dataclass(frozen=True, slots=True)
class Mine:
    """A unit manager's page: own pieces, and what became of them."""

    season: Season
    units: tuple[Unit, ...]
    page: Page[Item]
    lines: tuple[Line, ...]
    handed_in: int
    adopted: int
    published: int


@dataclass(frozen=True, slots=True)
class Opened:
    """One piece with every version that its reader may see, the newest first."""

    item: Item
    versions: tuple[Version, ...]
    article: Article | None
    consents: tuple[StoredFile, ...]
    hands_in: bool
    decides: bool
    may_adopt: bool

    @property
    def newest(self) -> Version:
        return self.versions[0]

    @property
    def editable(self) -> bool:
        return self.hands_in and self.item.state in {ItemState.DRAFT, ItemState.RETURNED}

    @property
    def shape(self) -> str:
        return SHAPES[ItemState(self.item.state)]


def desk_for(viewer: Actor, season: str, *, view: str, number: str | None) -> Desk:
    """Raises DomainError("forbidden") for those who do not look after publicity."""
    held = get_season_of_newsroom(viewer, season)
    rows = Item.objects.filter(season=held).exclude(state=ItemState.DRAFT)
    view = view if view in DESK_VIEWS else str(DESK_VIEWS[0])
    counts = count_states(rows, DESK_VIEWS)
    order = "handed_in_at" if view == ItemState.HANDED_IN else "-handed_in_at"
    page = Paginator(_with_newest(rows.filter(state=view)).order_by(order, "pk"), PAGE_SIZE)
    shown = page.get_page(number)
    return Desk(held, view, counts, shown, _lines(shown), _may_run(viewer, held))


def mine_for(viewer: Actor, season: str, *, number: str | None) -> Mine:
    """Raises DomainError("forbidden") for those who act for no unit."""
    held = get_season(season)
    units = units_of(viewer, held)
    if not rules.hands_in_somewhere(viewer, season):
        raise DomainError("forbidden")
    rows = Item.objects.filter(season=held, unit__in=units)
    counted = rows.aggregate(
        handed_in=Count("handed_in_at"),
        adopted=Count("adopted_at"),
        published=Count("published_at"),
    )
    page = Paginator(_with_newest(rows), PAGE_SIZE).get_page(number)
    return Mine(held, units, page, _lines(page), **counted)


def units_of(viewer: Actor, season: Season) -> tuple[Unit, ...]:
    """The units for which the viewer hands in."""
    paths = rules.handing_paths(viewer, season.code)
    return tuple(Unit.objects.filter(path__in=paths, state=UnitState.OPEN).order_by("path"))


def get_season_of_newsroom(viewer: Actor, code: str) -> Season:
    season = get_season(code)
    if not rules.can_see_newsroom(viewer, code, host_path(season)):
        raise DomainError("forbidden")
    return season


def get_season_of_desk(viewer: Actor, code: str) -> Season:
    season = get_season(code)
    if not rules.can_run_desk(viewer, code, host_path(season)):
        raise DomainError("forbidden")
    return season


def get_item_for(viewer: Actor, season: str, number: int) -> Item:
    """For its unit; for the desk once it was handed in."""
    found = _item(season, number)
    if found is not None and rules.can_hand_in(viewer, season, found.unit.path):
        return found
    host = host_path(get_season(season))
    if not rules.can_see_newsroom(viewer, season, host):
        raise DomainError("forbidden")
    if found is None or found.state == ItemState.DRAFT:
        raise DomainError("not_found")
    return found


def get_own_item(viewer: Actor, season: str, number: int) -> Item:
    """For those who hand in for its unit alone."""
    found = _item(season, number)
    if not rules.hands_in_somewhere(viewer, season):
        raise DomainError("forbidden")
    if found is None or not rules.can_hand_in(viewer, season, found.unit.path):
        raise DomainError("not_found")
    return found


def open_item(viewer: Actor, item: Item) -> Opened:
    hands_in = rules.can_hand_in(viewer, item.season.code, item.unit.path)
    rows = item.versions.prefetch_related(
        Prefetch("media", VersionMedia.objects.select_related("asset", "poster"))
    )
    if not hands_in:  # what a unit is still writing is its own
        rows = rows.filter(handed_in_at__isnull=False)
    versions = tuple(rows)
    article = Article.objects.filter(version__item=item).first()
    others = _may_run(viewer, item.season) and versions[0].by != viewer.account
    decides = others and item.state == ItemState.HANDED_IN
    may_adopt = decides or (others and item.state == ItemState.DECLINED)
    consents = tuple(list_files(consent_owner(item)))
    return Opened(item, versions, article, consents, hands_in, decides, may_adopt)


def count_waiting(season: str) -> int:
    """How many pieces wait for the desk: the figure beside its entry in the navigation."""
    return Item.objects.filter(season__code=season, state=ItemState.HANDED_IN).count()


def count_states(rows: QuerySet[Any], states: Sequence[str]) -> dict[str, int]:
    """By state, in names that a template can ask for: handed_in, taken_down."""
    found = dict(rows.order_by().values_list("state").annotate(Count("pk")))
    return {state.replace("-", "_"): found.get(state, 0) for state in states}


def _item(season: str, number: int) -> Item | None:
    rows = Item.objects.select_related("unit", "season__host", "season__rulebook")
    return rows.filter(season__code=season, pk=number).first()


def _may_run(viewer: Actor, season: Season) -> bool:
    return rules.can_run_desk(viewer, season.code, host_path(season))


def _with_newest(rows: QuerySet[Item]) -> QuerySet[Item]:
    versions = Version.objects.order_by("-number")
    return rows.select_related("unit").prefetch_related(Prefetch("versions", versions))


def _lines(page: Page[Item]) -> tuple[Line, ...]:
    return tuple(Line(item, item.versions.all()[0]) for item in page.object_list)
