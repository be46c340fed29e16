"""Pieces of 成都 in each state, articles and bulletins in draft and published."""

from __future__ import annotations

from datetime import date
from typing import Any

from leitai.base.actor import Actor, AppointmentRef
from leitai.newsroom import services
from leitai.newsroom.models import Article, Item
from leitai.newsroom.services import Copy, Issue, Said, Words
from leitai.units import selectors as units
from tests.factories import people as make
from tests.world import AWAY, HOME, World

_ISSUE = {
    "heading": "练兵比武简报",
    "number": "9",
    "total": "9",
    "day": "2022-04-12",
    "body": "办公室",
}
_PIECE = {"kind": "text", "title": "窗口练兵小结", "text": "全员参加。", "shown": "nobody"}
FORMS = {
    "newsroom:new": _PIECE,
    "newsroom:edit": _PIECE,
    "newsroom:consent": {"shown": "nobody"},
    "newsroom:return": {"reason": "请补充人数。"},
    "newsroom:decline": {"decline-reason": "同类稿件已经用过。"},
    "newsroom:article-new": {"kind": "news", "title": "开赛"},
    "newsroom:article-edit": {"kind": "news", "title": "开赛", "text": "开赛了。"},
    "newsroom:article-take-down": {"reason": "更正。"},
    "newsroom:article-pin": {"pin": "1"},
    "newsroom:bulletin-new": _ISSUE,
    "newsroom:bulletin-edit": _ISSUE,
    "newsroom:face": {"telephone": "000-00000000"},
}
NO_PAGE = {
    "/office/<slug:season>/news/adoption.xlsx",
    "/office/<slug:season>/news/bulletins/<int:composed>/docx",
    "/s/<slug:season>/bulletins/<int:bulletin>/docx",
}


def things(world: World, place: str) -> dict[str, Any]:
    """Routes name what they work on: `draft`, `written`, `composed` where a draft is needed."""
    code = HOME if place == "own" else AWAY
    held = world.home if place == "own" else world.away
    office = make.actor("office", season=code, account="900007")
    item = _item(world, held.season, code, hand_in=True)
    returned = _item(world, held.season, code, hand_in=True)
    services.return_item(actor=office, item=returned, reason="请补充。", at=world.now)
    published = _article(world, held.season, office)
    services.publish_article(actor=office, article=published, at=world.now)
    Article.objects.filter(pk=published.pk).update(shown="nobody")
    issued = _bulletin(world, held.season, office, 1, published)
    services.publish_bulletin(actor=office, bulletin=issued, at=world.now)
    unpublished = _article(world, held.season, office)
    return {
        "item": item.pk,
        "draft": _item(world, held.season, code, hand_in=False).pk,
        "returned": returned.pk,
        "article": published.pk,
        "written": unpublished.pk,
        "bulletin": issued.pk,
        "composed": _bulletin(world, held.season, office, 2, published).pk,
    }


def _item(world: World, season: Any, code: str, *, hand_in: bool) -> Item:
    city = Actor("900008", "贺知秋", "", (AppointmentRef("unit_manager", "51/5101/", code),))
    item = services.create_item(
        actor=city,
        season=season,
        unit=units.get_unit("5101"),
        kind="text",
        words=Words("窗口练兵小结", "全员参加。"),
        said=Said("nobody"),
        at=world.now,
    )
    if hand_in:
        services.hand_in_item(actor=city, item=item, at=world.now)
        item.refresh_from_db()
    return item


def _article(world: World, season: Any, office: Actor) -> Article:
    copy = Copy(Words("开赛", "今天开赛。"))
    return services.create_article(actor=office, season=season, copy=copy, at=world.now)


def _bulletin(world: World, season: Any, office: Actor, number: int, article: Article) -> Any:
    issue = Issue("练兵比武简报", number, number, date(2022, 4, 12), "办公室")
    return services.create_bulletin(
        actor=office, season=season, issue=issue, articles=[article], at=world.now
    )
