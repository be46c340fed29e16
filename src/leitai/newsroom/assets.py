"""Pictures and videos: how they come in, to whom each belongs, and who may open it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Q

from leitai.base.actor import Actor
from leitai.files import kinds
from leitai.files import services as files
from leitai.files.kinds import MB, FileKind
from leitai.files.selectors import is_image
from leitai.newsroom import rules
from leitai.newsroom.enums import ArticleState, BulletinState, MediaKind
from leitai.newsroom.models import (
    ArticleMedia,
    Asset,
    EntryMedia,
    Item,
    SeasonFace,
    VersionMedia,
)
from leitai.seasons.models import Season
from leitai.seasons.selectors import host_path
from leitai.units.models import Unit

KIND = "news-asset"
CONSENT_KIND = "news-consent"
MOST = 20  # of one piece
_PICTURES = ("png", "jpeg", "webp")


def register() -> None:
    kinds.register(
        FileKind(
            code=KIND,
            max_bytes=500 * MB,
            types=(*_PICTURES, "mp4"),
            can_upload=can_attach,
            can_view=can_open,
            quota_bytes=4096 * MB,
        )
    )
    kinds.register(
        FileKind(
            code=CONSENT_KIND,
            max_bytes=20 * MB,
            types=("pdf", *_PICTURES),
            can_upload=can_attach_consent,
            can_view=can_open_consent,
            quota_bytes=512 * MB,
        )
    )


def owner_of(asset: Asset) -> str:
    return f"{KIND}:{asset.pk}"


def consent_owner(item: Item) -> str:
    return f"{CONSENT_KIND}:{item.pk}"


def can_attach(actor: Actor, owner: str) -> bool:
    """Whoever may hand in for the asset's unit; without one, the desk."""
    if not owner:
        return rules.can_upload_somewhere(actor)
    asset = _asset(owner)
    return asset is not None and _may_write(actor, asset.season, asset.unit)


def can_open(actor: Actor, owner: str) -> bool:
    """Everybody, once it stands in something published; before, those who work with it."""
    asset = _asset(owner)
    if asset is None:
        return False
    if rules.can_see_newsroom(actor, asset.season.code, host_path(asset.season)):
        return True
    own = asset.unit is not None and rules.can_hand_in(actor, asset.season.code, asset.unit.path)
    return own or is_public(asset)


def is_public(asset: Asset) -> bool:
    placed = Q(asset=asset) | Q(poster=asset)
    published = Q(article__state=ArticleState.PUBLISHED)
    printed = Q(entry__bulletin__state=BulletinState.PUBLISHED)
    return (
        ArticleMedia.objects.filter(placed & published).exists()
        or EntryMedia.objects.filter(placed & printed).exists()
        or SeasonFace.objects.filter(banner=asset).exists()
    )


def can_attach_consent(actor: Actor, owner: str) -> bool:
    if not owner:
        return rules.can_upload_somewhere(actor)
    item = _item(owner)
    return item is not None and _may_write(actor, item.season, item.unit)


def can_open_consent(actor: Actor, owner: str) -> bool:
    """The unit and the desk: never the public."""
    item = _item(owner)
    if item is None:
        return False
    host = host_path(item.season)
    return rules.can_read_item(actor, item.season.code, host, item.unit.path)


def keep_assets(
    *, actor: Actor, season: Season, unit: Unit | None, uploads: Iterable[str], at: datetime
) -> list[Asset]:
    """Each checked upload becomes an asset of its own."""
    made = []
    for token in uploads:
        asset = Asset.objects.create(season=season, unit=unit, kind=MediaKind.PICTURE, at=at)
        stored = files.attach(actor=actor, upload=token, kind=KIND, owner=owner_of(asset), at=at)
        asset.file, asset.name = stored.pk, stored.name
        asset.kind = MediaKind.PICTURE if is_image(stored) else MediaKind.VIDEO
        asset.save(update_fields=["file", "name", "kind"])
        made.append(asset)
    return made


def keep_consents(*, actor: Actor, item: Item, uploads: Sequence[str], at: datetime) -> None:
    for token in uploads:
        files.attach(actor=actor, upload=token, kind=CONSENT_KIND, owner=consent_owner(item), at=at)


def sweep_assets(found: Iterable[int]) -> None:
    """Those that nothing names any more are gone for good, with their files."""
    for asset in Asset.objects.filter(pk__in=set(found)):
        placed = Q(asset=asset) | Q(poster=asset)
        if (
            VersionMedia.objects.filter(placed).exists()
            or ArticleMedia.objects.filter(placed).exists()
            or EntryMedia.objects.filter(placed).exists()
            or SeasonFace.objects.filter(banner=asset).exists()
        ):
            continue
        files.remove_files(owner=owner_of(asset), kind=KIND)
        asset.delete()


def _may_write(actor: Actor, season: Season, unit: Unit | None) -> bool:
    if unit is not None and rules.can_hand_in(actor, season.code, unit.path):
        return True
    return rules.can_run_desk(actor, season.code, host_path(season))


def _asset(owner: str) -> Asset | None:
    rows = Asset.objects.select_related("season__host", "season__rulebook", "unit")
    return rows.filter(pk=_number(owner)).first()


def _item(owner: str) -> Item | None:
    rows = Item.objects.select_related("season__host", "season__rulebook", "unit")
    return rows.filter(pk=_number(owner)).first()


def _number(owner: str) -> int:
    number = owner.partition(":")[2]
    return int(number) if number.isdigit() else 0
