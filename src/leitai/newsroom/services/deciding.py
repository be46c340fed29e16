"""What the desk does with a piece: return it, adopt it as an edited copy, or not use it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.newsroom.enums import ArticleKind, ItemState
from leitai.newsroom.models import Article, ArticleMedia, Item, Version
from leitai.newsroom.services.common import demand_desk, lock_item, newest, tidy
from leitai.newsroom.services.telling import tell_adopted, tell_declined, tell_returned
from leitai.seasons.services import demand_unclosed


@transaction.atomic
def return_item(*, actor: Actor, item: Item, reason: str, at: datetime) -> Version:
    """Back to the unit, with what is to be mended; the version stays as it was handed in."""
    held, version = _demand(actor, item)
    reason = tidy(reason)
    if not reason:
        raise DomainError("newsroom_reason_empty")
    version.returned_at, version.returned_name, version.reason = at, actor.name, reason
    version.save(update_fields=["returned_at", "returned_name", "reason"])
    held.state = ItemState.RETURNED
    held.save(update_fields=["state"])
    tell_returned(version, at=at)
    _record(actor, held, version, "newsroom.returned", at, reason=reason)
    return version


@transaction.atomic
def adopt_item(*, actor: Actor, item: Item, at: datetime) -> Article:
    """A copy to edit and publish; the original stays readable as the unit wrote it.

    What was not used at first may still be.
    """
    held, version = _demand(actor, item, ItemState.HANDED_IN, ItemState.DECLINED)
    held.state, held.adopted_at, held.adopted_name = ItemState.ADOPTED, at, actor.name
    held.save(update_fields=["state", "adopted_at", "adopted_name"])
    made = Article.objects.create(
        season=held.season,
        version=version,
        kind=ArticleKind.NEWS,
        title=version.title,
        text=version.text,
        source=held.unit_name,
        author=version.author,
        made_at=at,
        made_name=actor.name,
    )
    ArticleMedia.objects.bulk_create(
        ArticleMedia(
            article=made,
            asset_id=one.asset_id,
            poster_id=one.poster_id,
            position=one.position,
            alt=one.alt,
            caption=one.caption,
        )
        for one in version.media.all()
    )
    tell_adopted(version, at=at)
    _record(actor, held, version, "newsroom.adopted", at)
    return made


@transaction.atomic
def decline_item(*, actor: Actor, item: Item, reason: str, at: datetime) -> Item:
    """Not used, and nothing to mend: the unit is told why; it counts as handed in all the same."""
    held, version = _demand(actor, item)
    reason = tidy(reason)
    if not reason:
        raise DomainError("newsroom_reason_empty")
    held.state, held.declined_reason = ItemState.DECLINED, reason
    held.declined_at, held.declined_name = at, actor.name
    held.save(update_fields=["state", "declined_reason", "declined_at", "declined_name"])
    tell_declined(held, version, at=at)
    _record(actor, held, version, "newsroom.declined", at, reason=reason)
    return held


def _demand(actor: Actor, item: Item, *states: ItemState) -> tuple[Item, Version]:
    held = lock_item(item)
    demand_desk(actor, held.season)
    demand_unclosed(held.season)
    if held.state not in (states or (ItemState.HANDED_IN,)):
        raise DomainError("newsroom_not_handed_in")
    version = newest(held)
    if version.by == actor.account:
        raise DomainError("newsroom_own_item")
    return held, version


def _record(
    actor: Actor, item: Item, version: Version, act: str, at: datetime, **more: object
) -> None:
    ledger.append(
        chain=item.season.code,
        actor=actor,
        act=act,
        subject=f"news-item:{item.pk}",
        data={
            "unit": item.unit_name,
            "code": item.unit.code,
            "title": version.title,
            "version": version.number,
            **more,
        },
        at=at,
    )
