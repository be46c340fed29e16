"""What the writes share: whose piece it is, how it stands now, and what is said of its pictures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeVar

from leitai.base.actor import Actor
from leitai.design.moments import SHANGHAI
from leitai.kernel.errors import DomainError, Problem, Problems
from leitai.newsroom import rules
from leitai.newsroom.assets import MOST, sweep_assets
from leitai.newsroom.enums import ItemKind, MediaKind, Shown
from leitai.newsroom.models import Article, Asset, Item, Media, Version
from leitai.seasons.enums import SeasonState
from leitai.seasons.models import Season
from leitai.seasons.selectors import host_path
from leitai.seasons.services import demand_unclosed

M = TypeVar("M", bound=Media)
RECORD = "zh-hans"  # messages are written once for all their readers


@dataclass(frozen=True, slots=True)
class Words:
    title: str
    text: str = ""
    author: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """What is declared of those shown."""

    shown: str = Shown.UNSAID
    names: str = ""
    how: str = ""
    on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """What was filled in for one picture or video; `poster` is the id of another asset."""

    alt: str = ""
    caption: str = ""
    poster: int | None = None
    drop: bool = False


@dataclass(frozen=True, slots=True)
class Pictures:
    """By the media's id what was said of it, and tokens of what was uploaded with the form."""

    placed: Mapping[int, Placed] = field(default_factory=dict)
    uploads: Sequence[str] = ()


def demand_desk(actor: Actor, season: Season) -> None:
    if not rules.can_run_desk(actor, season.code, host_path(season)):
        raise DomainError("forbidden")


def demand_unit(actor: Actor, item: Item) -> None:
    if not rules.can_hand_in(actor, item.season.code, item.unit.path):
        raise DomainError("forbidden")


def demand_open(season: Season) -> None:
    """It has begun and is not over: what comes in and goes out does so in between."""
    demand_unclosed(season)
    if season.state == SeasonState.DRAFT:
        raise DomainError("newsroom_season_draft")


def lock_item(item: Item) -> Item:
    held = Item.objects.select_for_update(of=("self",))
    return held.select_related("unit", "season__host", "season__rulebook").get(pk=item.pk)


def lock_article(article: Article) -> Article:
    held = Article.objects.select_for_update(of=("self",))
    return held.select_related("season__host", "season__rulebook", "version__item__unit").get(
        pk=article.pk
    )


def newest(item: Item) -> Version:
    return item.versions.order_by("-number")[0]


def tidy(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def say_consent(row: Version | Article, said: Said, *, at: datetime) -> None:
    """Into a row, if it is whole; raises Problems by the form's fields."""
    problems = []
    if said.shown == Shown.PEOPLE:
        if not said.names.strip():
            problems.append(Problem("names", "newsroom_consent_names"))
        if not said.how:
            problems.append(Problem("how", "newsroom_consent_how"))
        if said.on is None:
            problems.append(Problem("on", "newsroom_consent_on"))
        elif said.on > at.astimezone(SHANGHAI).date():
            problems.append(Problem("on", "newsroom_consent_future"))
    if problems:
        raise Problems(problems)
    people = said.shown == Shown.PEOPLE
    row.shown = said.shown
    row.shown_names = tidy(said.names) if people else ""
    row.consent_how = said.how if people else ""
    row.consent_on = said.on if people else None
    row.consent_note = tidy(said.note)


def place_media(media: Iterable[M], placed: Mapping[int, Placed]) -> list[M]:
    """Write what was said of each, and take away what is to go; gives those that stay."""
    held = list(media)
    gone = {one.pk for one in held if one.pk in placed and placed[one.pk].drop}
    staying = [one for one in held if one.pk not in gone]
    pictures = {one.asset_id for one in staying if one.asset.kind == MediaKind.PICTURE}
    leaving = [one for one in held if one.pk in gone]
    for one in leaving:
        one.delete()
    for one in staying:
        told = placed.get(one.pk)
        if told is not None:
            one.alt, one.caption = tidy(told.alt), tidy(told.caption)
            one.poster_id = _poster(one, told.poster, pictures)
        elif one.poster_id not in pictures:
            one.poster_id = None
        one.save(update_fields=["alt", "caption", "poster"])
    sweep_assets(one.asset_id for one in leaving)
    return staying


def _poster(media: Media, asked: int | None, pictures: set[int]) -> int | None:
    if asked is None or media.asset.kind != MediaKind.VIDEO:
        return None
    if asked not in pictures:
        raise DomainError("newsroom_poster_wrong")
    return asked


def demand_few(assets: Sequence[Asset]) -> None:
    if len(assets) > MOST:
        raise DomainError("newsroom_media_many", limit=MOST)
    if sum(one.kind == MediaKind.VIDEO for one in assets) > 1:
        raise DomainError("newsroom_video_one")


def demand_content(kind: str, text: str, assets: Sequence[Asset]) -> None:
    """A piece has what its kind says that it is."""
    kinds = {one.kind for one in assets}
    if kind == ItemKind.TEXT and not text:
        raise DomainError("newsroom_text_empty")
    if kind == ItemKind.PICTURES and MediaKind.PICTURE not in kinds:
        raise DomainError("newsroom_pictures_missing")
    if kind == ItemKind.VIDEO and MediaKind.VIDEO not in kinds:
        raise DomainError("newsroom_video_missing")


def demand_consent(row: Version | Article) -> None:
    if row.withdrawn_at is not None:
        raise DomainError("newsroom_consent_withdrawn", title=row.title)
    if not row.consented:
        raise DomainError("newsroom_consent_missing", title=row.title)
