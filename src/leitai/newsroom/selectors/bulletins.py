"""Bulletins: the desk's list, the next issue's numbers, what can be taken in, public pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Max, Prefetch, QuerySet
from django.utils.translation import gettext as _

from leitai.base.actor import Actor
from leitai.design.moments import SHANGHAI
from leitai.kernel.errors import DomainError
from leitai.newsroom import rules
from leitai.newsroom.enums import ArticleState, BulletinState, MediaKind
from leitai.newsroom.issues import Issue
from leitai.newsroom.models import Article, ArticleMedia, Bulletin, BulletinEntry, EntryMedia
from leitai.newsroom.selectors.items import get_season_of_newsroom
from leitai.seasons.models import Season
from leitai.seasons.selectors import get_season, get_season_for, host_path, rulebook_of

PAGE_SIZE = 20
CHOICES = 60  # adopted pieces to choose from, the newest


@dataclass(frozen=True, slots=True)
class Issues:
    season: Season
    page: Page[Any]  # of bulletins, each with `count` of its entries
    may: bool


def issues_for(viewer: Actor, season: str, *, number: str | None) -> Issues:
    held = get_season_of_newsroom(viewer, season)
    rows = held.bulletins.annotate(count=Count("entries")).order_by("-number")
    page = Paginator(rows, PAGE_SIZE).get_page(number)
    return Issues(held, page, rules.can_run_desk(viewer, season, host_path(held)))


def public_issues(viewer: Actor, season: str, *, number: str | None) -> Issues:
    held = get_season_for(viewer, season)
    rows = published_issues(held).annotate(count=Count("entries"))
    return Issues(held, Paginator(rows, PAGE_SIZE).get_page(number), may=False)


def published_issues(season: Season) -> QuerySet[Bulletin]:
    return season.bulletins.filter(state=BulletinState.PUBLISHED).order_by("-number")


def get_bulletin_of_desk(viewer: Actor, season: str, number: int) -> Bulletin:
    held = get_season(season)
    if not rules.can_run_desk(viewer, season, host_path(held)):
        raise DomainError("forbidden")
    return _get(held.bulletins.all(), number)


def get_bulletin_for_reading(viewer: Actor, season: str, number: int) -> Bulletin:
    """For the office's own copy: drafts too."""
    held = get_season_of_newsroom(viewer, season)
    return _get(held.bulletins.all(), number)


def get_public_bulletin(viewer: Actor, season: str, number: int) -> Bulletin:
    held = get_season_for(viewer, season)
    return _get(published_issues(held), number)


def next_issue(season: Season, *, at: datetime) -> Issue:
    """What the desk finds filled in: numbers that follow, and the words of the issue before."""
    law = rulebook_of(season)
    last = season.bulletins.order_by("-number").first()
    total = Bulletin.objects.filter(season__host=season.host).aggregate(Max("total"))["total__max"]
    name = law.short_title or law.title
    organiser = law.host.name if law.host else ""
    return Issue(
        heading=last.heading if last else _("%(name)s简报") % {"name": name},
        number=(last.number if last else 0) + 1,
        total=(total or 0) + 1,
        day=at.astimezone(SHANGHAI).date(),
        body=last.body if last else organiser,
        to=last.to if last else "",
        copies=last.copies if last else "",
    )


def choices_of(season: Season, beside: Bulletin | None = None) -> list[Article]:
    """Adopted pieces and the office's own that no issue has printed yet, the newest first."""
    printed = BulletinEntry.objects.filter(bulletin__season=season)
    rows = Article.objects.filter(season=season).exclude(state=ArticleState.TAKEN_DOWN)
    if beside is not None:
        printed = printed.exclude(bulletin=beside)
        rows = rows.exclude(pk__in=beside.entries.values("article"))
    rows = rows.exclude(pk__in=printed.values("article"))
    return list(rows.select_related("version").order_by("-made_at", "-pk")[:CHOICES])


def entries_of(bulletin: Bulletin) -> list[BulletinEntry]:
    rows = bulletin.entries.select_related("article__version")
    media = Prefetch("media", EntryMedia.objects.select_related("asset", "poster"))
    placed = Prefetch("article__media", ArticleMedia.objects.select_related("asset"))
    return list(rows.prefetch_related(media, placed))


def pictures_of(article: Article) -> list[ArticleMedia]:
    """What a paper can print of it: no video, and no picture that is only a video's cover."""
    media = list(article.media.all())
    posters = {one.poster_id for one in media if one.poster_id}
    return [
        one for one in media if one.asset.kind == MediaKind.PICTURE and one.asset_id not in posters
    ]


def readable_entries(bulletin: Bulletin) -> list[BulletinEntry]:
    """Without those whose people took their consent back since."""
    return [
        one
        for one in entries_of(bulletin)
        if one.article.version is None or one.article.version.withdrawn_at is None
    ]


def _get(rows: QuerySet[Bulletin], number: int) -> Bulletin:
    found = rows.select_related("season__host", "season__rulebook").filter(pk=number).first()
    if found is None:
        raise DomainError("not_found")
    return found
