"""简报: an issue is composed of adopted pieces, edited, numbered, and published once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.newsroom.assets import sweep_assets
from leitai.newsroom.enums import BulletinState
from leitai.newsroom.issues import Issue
from leitai.newsroom.models import Article, ArticleMedia, Bulletin, BulletinEntry, EntryMedia
from leitai.newsroom.selectors.bulletins import pictures_of
from leitai.newsroom.services.common import demand_consent, demand_desk, demand_open, tidy
from leitai.newsroom.services.publishing import count_published
from leitai.seasons.models import Season
from leitai.seasons.services import demand_unclosed


@dataclass(frozen=True, slots=True)
class Printed:
    """An entry as this issue prints it; `position` orders them.

    `pictures` are the ids of those of the article's pictures (assets) that it prints; None: as is.
    """

    title: str
    text: str
    source: str = ""
    position: int = 0
    drop: bool = False
    pictures: frozenset[int] | None = None


@transaction.atomic
def create_bulletin(
    *, actor: Actor, season: Season, issue: Issue, articles: Sequence[Article], at: datetime
) -> Bulletin:
    demand_desk(actor, season)
    demand_unclosed(season)
    _demand_number(season, issue.number)
    made = Bulletin.objects.create(season=season, made_at=at, made_name=actor.name, **asdict(issue))
    _add(made, articles)
    return made


@transaction.atomic
def edit_bulletin(
    *,
    actor: Actor,
    bulletin: Bulletin,
    issue: Issue,
    printed: Mapping[int, Printed],
    articles: Sequence[Article] = (),
    at: datetime,  # noqa: ARG001  # as all writes
) -> Bulletin:
    """`printed` by the entry's id; `articles` are added at the end."""
    held = _lock(actor, bulletin)
    _demand_number(held.season, issue.number, beside=held)
    for name, value in asdict(issue).items():
        setattr(held, name, value)
    held.save()
    for entry in held.entries.all():
        told = printed.get(entry.pk)
        if told is not None:
            _edit(entry, told)
    _add(held, articles)
    number_anew(held)
    return held


def _edit(entry: BulletinEntry, told: Printed) -> None:
    if told.drop:
        entry.delete()
        return
    if not told.title.strip():
        raise DomainError("newsroom_title_empty")
    entry.title, entry.text = told.title.strip(), tidy(told.text)
    entry.source, entry.position = told.source.strip(), told.position
    entry.save()
    if told.pictures is not None:
        entry.media.all().delete()
        chosen = [one for one in pictures_of(entry.article) if one.asset_id in told.pictures]
        _print(entry, chosen)


@transaction.atomic
def publish_bulletin(*, actor: Actor, bulletin: Bulletin, at: datetime) -> Bulletin:
    """From now on as it is.

    Raises newsroom_consent_missing or newsroom_bulletin_alt for the first piece that lacks it.
    """
    held = _lock(actor, bulletin)
    demand_open(held.season)
    entries = list(held.entries.select_related("article__version"))
    if not entries:
        raise DomainError("newsroom_bulletin_empty")
    for entry in entries:
        _demand_printable(entry)
        count_published(entry.article, at)
    held.state, held.published_at, held.published_name = BulletinState.PUBLISHED, at, actor.name
    held.save(update_fields=["state", "published_at", "published_name"])
    ledger.append(
        chain=held.season.code,
        actor=actor,
        act="newsroom.bulletin_published",
        subject=f"bulletin:{held.pk}",
        data={"number": held.number, "total": held.total, "count": len(entries)},
        at=at,
    )
    return held


def _demand_printable(entry: BulletinEntry) -> None:
    article = entry.article
    if article.version is not None:
        demand_consent(article.version)
    printed = list(entry.media.all())
    own = article.media.filter(own=True, asset__in=[one.asset_id for one in printed])
    if own.exists():
        demand_consent(article)
    if any(not one.alt for one in printed):
        raise DomainError("newsroom_bulletin_alt", title=entry.title)


@transaction.atomic
def drop_bulletin(*, actor: Actor, bulletin: Bulletin) -> None:
    """A draft; its number is free again."""
    held = _lock(actor, bulletin)
    assets = list(EntryMedia.objects.filter(entry__bulletin=held).values_list("asset", flat=True))
    held.delete()
    sweep_assets(assets)


def _lock(actor: Actor, bulletin: Bulletin) -> Bulletin:
    held = Bulletin.objects.select_for_update(of=("self",))
    found = held.select_related("season__host", "season__rulebook").get(pk=bulletin.pk)
    demand_desk(actor, found.season)
    demand_unclosed(found.season)
    if found.state == BulletinState.PUBLISHED:
        raise DomainError("newsroom_bulletin_published")
    return found


def _demand_number(season: Season, number: int, beside: Bulletin | None = None) -> None:
    same = Bulletin.objects.filter(season=season, number=number)
    if beside is not None:
        same = same.exclude(pk=beside.pk)
    if same.exists():
        raise DomainError("newsroom_bulletin_number", number=number)


def _add(bulletin: Bulletin, articles: Sequence[Article]) -> None:
    there = set(bulletin.entries.values_list("article_id", flat=True))
    last = max(bulletin.entries.values_list("position", flat=True), default=0)
    fresh = [one for one in articles if one.pk not in there]
    for place, one in enumerate(fresh, start=last + 1):
        entry = BulletinEntry.objects.create(
            bulletin=bulletin,
            article=one,
            position=place,
            title=one.title,
            text=one.text,
            source=one.source,
        )
        _print(entry, pictures_of(one))


def _print(entry: BulletinEntry, pictures: Sequence[ArticleMedia]) -> None:
    """As they are now: a published issue stays what it was, whatever becomes of the article."""
    EntryMedia.objects.bulk_create(
        EntryMedia(
            entry=entry,
            asset_id=one.asset_id,
            position=place,
            alt=one.alt,
            caption=one.caption,
        )
        for place, one in enumerate(pictures, start=1)
    )


def number_anew(bulletin: Bulletin) -> None:
    for place, entry in enumerate(bulletin.entries.order_by("position", "pk"), start=1):
        if entry.position != place:
            entry.position = place
            entry.save(update_fields=["position"])
