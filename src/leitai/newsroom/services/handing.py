"""What a unit does with a piece of its own: write, hand in, mend, speak for those shown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from leitai.base.actor import Actor
from leitai.files import services as files
from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.newsroom import rules
from leitai.newsroom.assets import (
    CONSENT_KIND,
    consent_owner,
    keep_assets,
    keep_consents,
    sweep_assets,
)
from leitai.newsroom.enums import ItemState
from leitai.newsroom.models import Item, Version, VersionMedia
from leitai.newsroom.services.answering import answer_orders
from leitai.newsroom.services.common import (
    Pictures,
    Said,
    Words,
    demand_content,
    demand_desk,
    demand_few,
    demand_open,
    demand_unit,
    lock_item,
    newest,
    place_media,
    say_consent,
    tidy,
)
from leitai.seasons.models import Season
from leitai.seasons.services import demand_unclosed
from leitai.units.models import Unit


@transaction.atomic
def create_item(
    *,
    actor: Actor,
    season: Season,
    unit: Unit,
    kind: str,
    words: Words,
    said: Said | None = None,
    uploads: Sequence[str] = (),
    consents: Sequence[str] = (),
    at: datetime,
) -> Item:
    """A draft with its first version; nobody but the unit sees it."""
    demand_open(season)
    if not rules.can_hand_in(actor, season.code, unit.path):
        raise DomainError("forbidden")
    item = Item.objects.create(season=season, unit=unit, unit_name=unit.name, kind=kind, made_at=at)
    Version.objects.create(
        item=item, number=1, title=words.title, by=actor.account, by_name=actor.name
    )
    return edit_item(
        actor=actor,
        item=item,
        kind=kind,
        words=words,
        said=said or Said(),
        pictures=Pictures(uploads=uploads),
        consents=consents,
        at=at,
    )


@transaction.atomic
def edit_item(
    *,
    actor: Actor,
    item: Item,
    kind: str,
    words: Words,
    said: Said,
    pictures: Pictures,
    consents: Sequence[str] = (),
    at: datetime,
) -> Item:
    """Change the draft; of a returned piece the next version is begun by itself."""
    held = lock_item(item)
    demand_unit(actor, held)
    demand_unclosed(held.season)
    version = _draft_of(actor, held)
    if not words.title.strip():
        raise DomainError("newsroom_title_empty")
    version.title, version.text = words.title.strip(), tidy(words.text)
    version.author = words.author.strip()
    version.by, version.by_name = actor.account, actor.name
    say_consent(version, said, at=at)
    version.save()
    staying = place_media(version.media.select_related("asset"), pictures.placed)
    made = keep_assets(
        actor=actor, season=held.season, unit=held.unit, uploads=pictures.uploads, at=at
    )
    demand_few([*(one.asset for one in staying), *made])
    last = max((one.position for one in staying), default=0)
    VersionMedia.objects.bulk_create(
        VersionMedia(version=version, asset=asset, position=place)
        for place, asset in enumerate(made, start=last + 1)
    )
    keep_consents(actor=actor, item=held, uploads=consents, at=at)
    held.kind = kind
    held.save(update_fields=["kind"])
    return held


def _draft_of(actor: Actor, item: Item) -> Version:
    version = newest(item)
    if version.handed_in_at is None:
        return version
    if item.state != ItemState.RETURNED:
        raise DomainError("newsroom_not_editable")
    return _next_version(actor, version)


def _next_version(actor: Actor, before: Version) -> Version:
    """The next one begins as what was returned; a consent that was taken back is asked anew."""
    media = list(before.media.all())
    kept = before.withdrawn_at is None
    made = Version.objects.create(
        item=before.item,
        number=before.number + 1,
        title=before.title,
        text=before.text,
        author=before.author,
        by=actor.account,
        by_name=actor.name,
        shown=before.shown if kept else "",
        shown_names=before.shown_names if kept else "",
        consent_how=before.consent_how if kept else "",
        consent_on=before.consent_on if kept else None,
        consent_note=before.consent_note if kept else "",
    )
    for one in media:
        one.pk, one.version = None, made
        one._state.adding = True  # noqa: SLF001  # Django's own way to copy a row
        one.save()
    return made


@transaction.atomic
def begin_again(*, actor: Actor, item: Item, at: datetime) -> Version:  # noqa: ARG001  # as all writes
    """The draft of a returned piece's next version, so that its pictures can be worked on."""
    held = lock_item(item)
    demand_unit(actor, held)
    demand_unclosed(held.season)
    return _draft_of(actor, held)


@transaction.atomic
def hand_in_item(*, actor: Actor, item: Item, at: datetime) -> Version:
    """The draft becomes a version for good. Consent may follow, but nothing is published before."""
    held = lock_item(item)
    demand_unit(actor, held)
    demand_open(held.season)
    version = newest(held)
    if version.handed_in_at is not None:
        raise DomainError("newsroom_not_editable")
    assets = [one.asset for one in version.media.select_related("asset")]
    demand_content(held.kind, version.text, assets)
    version.handed_in_at, version.by, version.by_name = at, actor.account, actor.name
    version.save(update_fields=["handed_in_at", "by", "by_name"])
    held.state, held.handed_in_at = ItemState.HANDED_IN, held.handed_in_at or at
    held.save(update_fields=["state", "handed_in_at"])
    answer_orders(actor=actor, item=held, version=version, at=at)
    ledger.append(
        chain=held.season.code,
        actor=actor,
        act="newsroom.handed_in",
        subject=f"news-item:{held.pk}",
        data={
            "unit": held.unit_name,
            "code": held.unit.code,
            "title": version.title,
            "version": version.number,
        },
        at=at,
    )
    return version


@transaction.atomic
def drop_item(*, actor: Actor, item: Item) -> None:
    """A draft that was never handed in, with its files."""
    held = lock_item(item)
    demand_unit(actor, held)
    if held.state != ItemState.DRAFT:
        raise DomainError("newsroom_not_editable")
    assets = list(VersionMedia.objects.filter(version__item=held).values_list("asset", flat=True))
    files.remove_files(owner=consent_owner(held), kind=CONSENT_KIND)
    held.delete()
    sweep_assets(assets)


@transaction.atomic
def record_consent(*, actor: Actor, item: Item, said: Said, at: datetime) -> Version:
    """What was missing at handing in; once withdrawn it cannot be given here again."""
    held = lock_item(item)
    if not rules.can_hand_in(actor, held.season.code, held.unit.path):
        demand_desk(actor, held.season)
    demand_unclosed(held.season)
    version = newest(held)
    if version.withdrawn_at is not None:
        raise DomainError("newsroom_consent_withdrawn", title=version.title)
    say_consent(version, said, at=at)
    version.save()
    record_of_consent(actor, held, version, "newsroom.consent_recorded", at)
    return version


def record_of_consent(actor: Actor, item: Item, version: Version, act: str, at: datetime) -> None:
    ledger.append(
        chain=item.season.code,
        actor=actor,
        act=act,
        subject=f"news-item:{item.pk}",
        data={"title": version.title, "shown": version.shown},
        at=at,
    )
