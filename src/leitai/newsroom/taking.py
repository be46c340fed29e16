"""What a request brings: uploads made ready, and forms turned into what services take."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest

from leitai.files import services as files
from leitai.newsroom.assets import CONSENT_KIND, KIND
from leitai.newsroom.forms import (
    ArticleForm,
    EntryForm,
    FaceForm,
    IssueForm,
    ItemForm,
    MediaForm,
    media_forms,
    placed_of,
)
from leitai.newsroom.models import Article, Bulletin, Item, SeasonFace, Version
from leitai.newsroom.selectors import choices_of
from leitai.newsroom.services import (
    Pictures,
    create_bulletin,
    create_item,
    edit_article,
    edit_bulletin,
    edit_item,
    set_face,
)
from leitai.newsroom.views.common import actor_of
from leitai.seasons.models import Season
from leitai.units.models import Unit

FIELD, CONSENTS = "uploads", "consents"


def uploads(request: HttpRequest, at: datetime, kind: str = KIND, field: str = FIELD) -> list[str]:
    actor = actor_of(request)
    return files.take_posted(
        actor=actor,
        holder=actor.account,
        kind=kind,
        owner="",
        tokens=request.POST.getlist(field),
        plain=request.FILES.getlist(f"{field}_file"),  # type: ignore[arg-type]  # what Django uploads is what it asks for
        at=at,
    )


def take_new(
    request: HttpRequest, season: Season, units: tuple[Unit, ...], form: ItemForm, at: datetime
) -> Item:
    asked = form.cleaned_data.get("unit")
    return create_item(
        actor=actor_of(request),
        season=season,
        unit=next((one for one in units if one.code == asked), units[0]),
        kind=form.cleaned_data["kind"],
        words=form.words(),
        said=form.said(),
        uploads=uploads(request, at),
        consents=uploads(request, at, CONSENT_KIND, CONSENTS),
        at=at,
    )


def take_edit(
    request: HttpRequest, item: Item, form: ItemForm, media: list[MediaForm], at: datetime
) -> Item:
    return edit_item(
        actor=actor_of(request),
        item=item,
        kind=form.cleaned_data["kind"],
        words=form.words(),
        said=form.said(),
        pictures=Pictures(placed_of(media), uploads(request, at)),
        consents=uploads(request, at, CONSENT_KIND, CONSENTS),
        at=at,
    )


def take_article(
    request: HttpRequest, article: Article, form: ArticleForm, media: list[MediaForm], at: datetime
) -> Article:
    return edit_article(
        actor=actor_of(request),
        article=article,
        copy=form.copy(),
        said=form.said(),
        pictures=Pictures(placed_of(media), uploads(request, at)),
        at=at,
    )


def media_of(row: Version | Article, request: HttpRequest) -> list[MediaForm]:
    data = request.POST if request.method == "POST" else None
    return media_forms(row.media.select_related("asset", "poster"), data)


def media_unchanged(row: Article) -> list[MediaForm]:
    """As they are kept, whatever the request brought."""
    return media_forms(row.media.select_related("asset", "poster"))


def take_new_bulletin(
    request: HttpRequest, season: Season, form: IssueForm, choices: list[Article], at: datetime
) -> Bulletin:
    return create_bulletin(
        actor=actor_of(request),
        season=season,
        issue=form.issue(),
        articles=_chosen(request, choices),
        at=at,
    )


def take_bulletin(
    request: HttpRequest,
    bulletin: Bulletin,
    form: IssueForm,
    entries: list[EntryForm],
    at: datetime,
) -> Bulletin:
    return edit_bulletin(
        actor=actor_of(request),
        bulletin=bulletin,
        issue=form.issue(),
        printed={one.entry.pk: one.printed() for one in entries if one.is_bound},
        articles=_chosen(request, choices_of(bulletin.season, bulletin)),
        at=at,
    )


def take_face(request: HttpRequest, season: Season, form: FaceForm, at: datetime) -> SeasonFace:
    return set_face(
        actor=actor_of(request),
        season=season,
        face=form.face(),
        uploads=uploads(request, at),
        no_banner=form.cleaned_data["no_banner"],
        at=at,
    )


def _chosen(request: HttpRequest, choices: list[Article]) -> list[Article]:
    asked = set(request.POST.getlist("article"))
    return [one for one in choices if str(one.pk) in asked]
