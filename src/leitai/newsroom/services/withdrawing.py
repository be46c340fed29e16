"""Somebody shown takes the consent back: what is public comes down, what is not sent loses it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.newsroom import rules
from leitai.newsroom.assets import sweep_assets
from leitai.newsroom.enums import ArticleState, BulletinState, Shown
from leitai.newsroom.models import Article, BulletinEntry, EntryMedia, Item, Version
from leitai.newsroom.selectors.articles import has_own_consent
from leitai.newsroom.services.bulletins import number_anew
from leitai.newsroom.services.common import (
    RECORD,
    demand_desk,
    lock_article,
    lock_item,
    newest,
)
from leitai.newsroom.services.handing import record_of_consent


@transaction.atomic
def withdraw_consent(*, actor: Actor, item: Item, at: datetime) -> Version:
    """Of a unit's piece: it stands in no news and no bulletin any more, nor do its pictures."""
    held = lock_item(item)
    if not rules.can_hand_in(actor, held.season.code, held.unit.path):
        demand_desk(actor, held.season)
    version = newest(held)
    if version.withdrawn_at is not None:
        return version
    version.withdrawn_at = at
    version.save(update_fields=["withdrawn_at"])
    articles = Article.objects.filter(version__item=held)
    _take_down(articles.exclude(state=ArticleState.TAKEN_DOWN).values_list("pk", flat=True), at)
    for article in articles:
        _leave_bulletins(article)
    record_of_consent(actor, held, version, "newsroom.consent_withdrawn", at)
    return version


@transaction.atomic
def withdraw_article_consent(*, actor: Actor, article: Article, at: datetime) -> Article:
    """Of what the desk added itself: those pictures are gone, the words may be published again."""
    held = lock_article(article)
    demand_desk(actor, held.season)
    own = held.media.filter(own=True)
    if not has_own_consent(held):
        raise DomainError("newsroom_no_own")
    gone = [pk for pair in own.values_list("asset", "poster") for pk in pair if pk]
    own.delete()
    placed = Q(asset__in=gone) | Q(poster__in=gone)
    EntryMedia.objects.filter(placed).delete()
    held.media.filter(poster__in=gone).update(poster=None)
    sweep_assets(gone)
    held.shown, held.shown_names, held.consent_how = Shown.UNSAID, "", ""
    held.consent_on, held.consent_note = None, ""
    held.save()
    if held.state == ArticleState.PUBLISHED:
        _take_down([held.pk], at)
    _leave_bulletins(held)
    held.refresh_from_db()
    ledger.append(
        chain=held.season.code,
        actor=actor,
        act="newsroom.consent_withdrawn",
        subject=f"article:{held.pk}",
        data={"title": held.title, "shown": Shown.PEOPLE},
        at=at,
    )
    return held


def _take_down(articles: Iterable[int], at: datetime) -> None:
    with translation.override(RECORD):
        reason = _("出镜人员撤回同意")
    Article.objects.filter(pk__in=articles).update(
        state=ArticleState.TAKEN_DOWN, pinned=False, taken_down_at=at, taken_down_reason=reason
    )


def _leave_bulletins(article: Article) -> None:
    """Out of every issue that is not sent; of those that are, the pictures go."""
    EntryMedia.objects.filter(entry__article=article).delete()
    drafts = BulletinEntry.objects.filter(article=article, bulletin__state=BulletinState.DRAFT)
    for entry in drafts.select_related("bulletin"):
        entry.delete()
        number_anew(entry.bulletin)
