"""Articles: the desk's lists, the public's, one with its pictures, how long it takes to read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Prefetch, QuerySet

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.newsroom import rules
from leitai.newsroom.enums import ArticleKind, ArticleState, MediaKind, Shown
from leitai.newsroom.models import Article, ArticleMedia
from leitai.newsroom.selectors.items import count_states, get_season_of_newsroom
from leitai.seasons.models import Season
from leitai.seasons.selectors import get_season, get_season_for, host_path

PAGE_SIZE = 12
LETTERS_A_MINUTE = 400  # how fast Chinese is read on a screen
VIEWS = (ArticleState.DRAFT, ArticleState.PUBLISHED, ArticleState.TAKEN_DOWN)


@dataclass(frozen=True, slots=True)
class Read:
    """An article as it is read."""

    article: Article
    media: tuple[ArticleMedia, ...]

    @property
    def minutes(self) -> int:
        return minutes_of(self.article.text)

    @property
    def cover(self) -> ArticleMedia | None:
        """The first picture stands for it in lists."""
        pictures = (one for one in self.media if one.asset.kind == MediaKind.PICTURE)
        return next(pictures, None)

    @property
    def summary(self) -> str:
        first = self.article.text.strip().partition("\n")[0]
        return first if len(first) <= _SUMMARY else first[: _SUMMARY - 1] + "…"

    @property
    def shown(self) -> tuple[ArticleMedia, ...]:
        """What the page shows: posters stand in their videos."""
        posters = {one.poster_id for one in self.media if one.poster_id}
        return tuple(one for one in self.media if one.asset_id not in posters)


_SUMMARY = 90


@dataclass(frozen=True, slots=True)
class Shelf:
    """The desk's articles in one state."""

    season: Season
    view: str
    counts: dict[str, int]
    page: Page[Article]
    may: bool


@dataclass(frozen=True, slots=True)
class Board:
    """The public list."""

    season: Season
    kind: str
    page: Page[Article]
    rows: tuple[Read, ...]


def minutes_of(text: str) -> int:
    """Whole minutes, at least one; blanks are not read."""
    letters = len("".join(text.split()))
    return max(1, -(-letters // LETTERS_A_MINUTE))


def shelf_for(viewer: Actor, season: str, *, view: str, number: str | None) -> Shelf:
    held = get_season_of_newsroom(viewer, season)
    rows = Article.objects.filter(season=held).select_related("version__item")
    view = view if view in VIEWS else str(VIEWS[0])
    counts = count_states(rows, VIEWS)
    order = ["-made_at", "-pk"] if view == ArticleState.DRAFT else ["-pinned", "-published_at"]
    page = Paginator(rows.filter(state=view).order_by(*order), PAGE_SIZE).get_page(number)
    may = rules.can_run_desk(viewer, season, host_path(held))
    return Shelf(held, view, counts, page, may)


def get_article_of_desk(viewer: Actor, season: str, number: int) -> Article:
    held = get_season(season)
    if not rules.can_run_desk(viewer, season, host_path(held)):
        raise DomainError("forbidden")
    return _get(Article.objects.filter(season=held), number)


def board_for(viewer: Actor, season: str, *, kind: str, number: str | None) -> Board:
    held = get_season_for(viewer, season)
    rows = published_of(held)
    kind = kind if kind in ArticleKind.values else ""
    page = Paginator(rows.filter(kind=kind) if kind else rows, PAGE_SIZE).get_page(number)
    return Board(held, kind, page, tuple(read(one) for one in page.object_list))


def get_public_article(viewer: Actor, season: str, number: int) -> Read:
    """Published ones; what was taken down is gone for everybody."""
    held = get_season_for(viewer, season)
    return read(_get(_published(held), number))


def latest_of(found: Sequence[Season], *, most: int) -> tuple[Read, ...]:
    """Of several seasons together; each knows its own."""
    rows = Article.objects.filter(season__in=found, state=ArticleState.PUBLISHED)
    rows = rows.select_related("season").order_by("-pinned", "-published_at", "-pk")
    return tuple(read(one) for one in rows.prefetch_related(_MEDIA)[:most])


def published_of(season: Season) -> QuerySet[Article]:
    """Pinned ones first, then the newest; with their pictures."""
    rows = _published(season).order_by("-pinned", "-published_at", "-pk")
    return rows.prefetch_related(_MEDIA)


def _published(season: Season) -> QuerySet[Article]:
    return Article.objects.filter(season=season, state=ArticleState.PUBLISHED)


def has_own_consent(article: Article) -> bool:
    """Whether there is anything that the desk itself declared, and that can be taken back."""
    if any(one.own for one in article.media.all()):
        return True
    return article.version is None and article.shown != Shown.UNSAID


def read(article: Article) -> Read:
    return Read(article, tuple(article.media.all()))


def _get(rows: QuerySet[Article], number: int) -> Article:
    rows = rows.select_related("season__host", "season__rulebook", "version__item__unit")
    found = rows.prefetch_related(_MEDIA).filter(pk=number).first()
    if found is None:
        raise DomainError("not_found")
    return found


_MEDIA = Prefetch("media", ArticleMedia.objects.select_related("asset", "poster"))
