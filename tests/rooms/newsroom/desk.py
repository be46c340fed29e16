"""An open season with units that hand in, and the publicity desk over them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from leitai.base.actor import Actor
from leitai.files import services as files
from leitai.newsroom import services
from leitai.newsroom.assets import KIND
from leitai.newsroom.models import Article, Item, Version
from leitai.newsroom.services import Pictures, Placed, Said, Words
from leitai.units import selectors as units
from tests.factories import people as make
from tests.rooms.files.content import film, picture
from tests.rooms.orders.season import CODE, Held, open_season

__all__ = ["CODE", "Held", "open_season"]
AT = datetime(2022, 4, 11, 1, 0, tzinfo=UTC)  # 9:00 in the office
DAY = timedelta(days=1)
DESK = make.actor("publicity", season=CODE, unit="51/", account="900020")
NOBODY_SHOWN = Said("nobody")
AGREED = Said("people", "乔如松、苗青禾", "written", date(2022, 4, 10))
WORDS = Words("窗口练兵一周小结", "全员参加。\n效果良好。", "文/图　乔如松")


def uploaded(actor: Actor, content: bytes, name: str, kind: str = KIND) -> str:
    return files.take_posted(
        actor=actor,
        holder=actor.account,
        kind=kind,
        owner="",
        tokens=(),
        plain=[SimpleUploadedFile(name, content)],
        at=AT,
    )[0]


def photo(actor: Actor, name: str = "练兵.jpg") -> str:
    return uploaded(actor, picture(), name)


def clip(actor: Actor, name: str = "练兵.mp4") -> str:
    return uploaded(actor, film(), name)


def written(held: Held, unit: str = "5101", *, words=WORDS, said=NOBODY_SHOWN, **more) -> Item:
    return services.create_item(
        actor=held.actor(unit),
        season=held.season,
        unit=units.get_unit(unit),
        kind=more.pop("kind", "text"),
        words=words,
        said=said,
        at=more.pop("at", AT),
        **more,
    )


def handed_in(held: Held, unit: str = "5101", *, at: datetime = AT, **more) -> Item:
    item = written(held, unit, at=at, **more)
    services.hand_in_item(actor=held.actor(unit), item=item, at=at)
    item.refresh_from_db()
    return item


def adopted(held: Held, unit: str = "5101", *, at: datetime = AT, **more) -> Article:
    return services.adopt_item(actor=DESK, item=handed_in(held, unit, at=at, **more), at=at)


def newest(item: Item) -> Version:
    return item.versions.order_by("-number")[0]


def described(held: Held, item: Item, **more: Placed) -> None:
    """Every picture of the draft gets its words."""
    version = newest(item)
    told = {one.pk: Placed("窗口前的工作人员", **more) for one in version.media.all()}  # type: ignore[arg-type]
    services.edit_item(
        actor=held.actor(item.unit.code),
        item=item,
        kind=item.kind,
        words=Words(version.title, version.text, version.author),
        said=NOBODY_SHOWN,
        pictures=Pictures(told),
        at=AT,
    )
