"""Articles: the office's own and edited copies; published only with every consent and every alt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError, Problem, Problems
from leitai.ledger import services as ledger
from leitai.newsroom.assets import keep_assets, sweep_assets
from leitai.newsroom.enums import ArticleKind, ArticleState, MediaKind
from leitai.newsroom.models import Article, ArticleMedia, BulletinEntry, Item
from leitai.newsroom.services.common import (
    Pictures,
    Said,
    Words,
    demand_consent,
    demand_desk,
    demand_few,
    demand_open,
    lock_article,
    place_media,
    say_consent,
    tidy,
)
from leitai.seasons.models import Season
from leitai.seasons.services import demand_unclosed


@dataclass(frozen=True, slots=True)
class Copy:
    """An article as the desk writes it."""

    words: Words
    kind: str = ArticleKind.NEWS
    source: str = ""


@transaction.atomic
def create_article(*, actor: Actor, season: Season, copy: Copy, at: datetime) -> Article:
    """The office's own, as a draft."""
    demand_desk(actor, season)
    demand_unclosed(season)
    if not copy.words.title.strip():
        raise DomainError("newsroom_title_empty")
    return Article.objects.create(
        season=season,
        kind=copy.kind,
        title=copy.words.title.strip(),
        text=tidy(copy.words.text),
        author=copy.words.author.strip(),
        source=copy.source.strip(),
        made_at=at,
        made_name=actor.name,
    )


@transaction.atomic
def edit_article(
    *, actor: Actor, article: Article, copy: Copy, said: Said, pictures: Pictures, at: datetime
) -> Article:
    held = lock_article(article)
    demand_desk(actor, held.season)
    demand_unclosed(held.season)
    if held.is_public:
        raise DomainError("newsroom_published")
    if not copy.words.title.strip():
        raise DomainError("newsroom_title_empty")
    held.kind, held.title = copy.kind, copy.words.title.strip()
    held.text, held.author = tidy(copy.words.text), copy.words.author.strip()
    held.source = copy.source.strip()
    say_consent(held, said, at=at)
    held.save()
    staying = place_media(held.media.select_related("asset"), pictures.placed)
    made = keep_assets(actor=actor, season=held.season, unit=None, uploads=pictures.uploads, at=at)
    demand_few([*(one.asset for one in staying), *made])
    last = max((one.position for one in staying), default=0)
    ArticleMedia.objects.bulk_create(
        ArticleMedia(article=held, asset=asset, position=place, own=True)
        for place, asset in enumerate(made, start=last + 1)
    )
    return held


@transaction.atomic
def publish_article(*, actor: Actor, article: Article, at: datetime) -> Article:
    """Everybody sees it from now on.

    Raises newsroom_consent_missing, newsroom_consent_withdrawn, and Problems for pictures without
    words and a video without its poster.
    """
    held = lock_article(article)
    demand_desk(actor, held.season)
    demand_open(held.season)
    if held.is_public:
        raise DomainError("newsroom_published")
    media = list(held.media.select_related("asset"))
    demand_publishable(held, media)
    held.state, held.published_at, held.published_name = ArticleState.PUBLISHED, at, actor.name
    held.taken_down_at, held.taken_down_reason = None, ""
    held.save()
    count_published(held, at)
    _record(actor, held, "newsroom.article_published", at)
    return held


def demand_publishable(article: Article, media: Sequence[ArticleMedia]) -> None:
    if article.version is not None:
        demand_consent(article.version)
    if any(one.own for one in media):
        demand_consent(article)
    problems = []
    for number, one in enumerate(media, start=1):
        if not one.alt:
            problems.append(Problem("", "newsroom_alt_missing", {"number": number}))
        if one.asset.kind == MediaKind.VIDEO and one.poster_id is None:
            problems.append(Problem("", "newsroom_poster_missing", {}))
    if problems:
        raise Problems(problems)


def count_published(article: Article, at: datetime) -> None:
    """The unit's piece counts as published from its first day in the open, wherever that is."""
    if article.version is not None:
        Item.objects.filter(pk=article.version.item_id, published_at=None).update(published_at=at)


@transaction.atomic
def take_down_article(*, actor: Actor, article: Article, reason: str, at: datetime) -> Article:
    held = lock_article(article)
    demand_desk(actor, held.season)
    if not held.is_public:
        raise DomainError("newsroom_not_published")
    reason = tidy(reason)
    if not reason:
        raise DomainError("newsroom_reason_empty")
    held.state, held.pinned = ArticleState.TAKEN_DOWN, False
    held.taken_down_at, held.taken_down_reason = at, reason
    held.save()
    _record(actor, held, "newsroom.article_taken_down", at, reason=reason)
    return held


@transaction.atomic
def pin_article(*, actor: Actor, article: Article, pinned: bool) -> Article:
    """Above the others in every list; no deciding act, and nothing for the record."""
    held = lock_article(article)
    demand_desk(actor, held.season)
    demand_unclosed(held.season)
    if not held.is_public:
        raise DomainError("newsroom_not_published")
    held.pinned = pinned
    held.save(update_fields=["pinned"])
    return held


@transaction.atomic
def drop_article(*, actor: Actor, article: Article) -> None:
    """The office's own draft that nobody outside has seen."""
    held = lock_article(article)
    demand_desk(actor, held.season)
    printed = BulletinEntry.objects.filter(article=held).exists()
    if held.state != ArticleState.DRAFT or held.version is not None or printed:
        raise DomainError("newsroom_not_removable")
    assets = list(held.media.values_list("asset", flat=True))
    held.delete()
    sweep_assets(assets)


def _record(actor: Actor, article: Article, act: str, at: datetime, **more: object) -> None:
    ledger.append(
        chain=article.season.code,
        actor=actor,
        act=act,
        subject=f"article:{article.pk}",
        data={"title": article.title, "kind": article.kind, **more},
        at=at,
    )
