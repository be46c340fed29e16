"""The desk's pages for what is published: articles and bulletins."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leitai.base.errors import text_of
from leitai.base.forms import refuse
from leitai.kernel.errors import DomainError
from leitai.newsroom import selectors, services, taking
from leitai.newsroom.forms import ArticleForm, NewArticleForm, ReasonForm, fit
from leitai.newsroom.models import Article
from leitai.newsroom.views.common import actor_of

_PAGES = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@login_required
def shelf(request: HttpRequest, season: str) -> HttpResponse:
    asked, number = request.GET.get("view", ""), request.GET.get("page")
    page = selectors.shelf_for(actor_of(request), season, view=asked, number=number)
    return render(request, "newsroom/shelf.html", {"shelf": page})


@_PAGES
@login_required
def new(request: HttpRequest, season: str) -> HttpResponse:
    held = selectors.get_season_of_desk(actor_of(request), season)
    form = NewArticleForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        made = services.create_article(
            actor=actor_of(request), season=held, copy=form.copy(), at=timezone.now()
        )
        return redirect("newsroom:article-edit", season, made.pk)
    context = {"season": held, "form": form}
    return render(request, "newsroom/article_new.html", context, status=422 if form.errors else 200)


@_PAGES
@login_required
def edit(request: HttpRequest, season: str, written: int) -> HttpResponse:
    """Words and pictures while it is a draft; once published, what can still be done with it."""
    held = selectors.get_article_of_desk(actor_of(request), season, written)
    data = request.POST if request.method == "POST" else None
    form = ArticleForm(data, initial=ArticleForm.told(held))
    media = taking.media_of(held, request)
    if form.is_valid() and fit(media):
        try:
            taking.take_article(request, held, form, media, timezone.now())
        except DomainError as error:
            refuse(form, error)
        else:
            messages.success(request, _("已保存，尚未发布。"))
            return redirect("newsroom:article-edit", season, written)
    context = {"form": form, "media": media}
    return _page(request, held, context, status=422 if data is not None else 200)


@require_POST
@login_required
def publish(request: HttpRequest, season: str, written: int) -> HttpResponse:
    held = selectors.get_article_of_desk(actor_of(request), season, written)
    try:
        services.publish_article(actor=actor_of(request), article=held, at=timezone.now())
    except DomainError as error:
        told = {"form": ArticleForm(initial=ArticleForm.told(held)), "refusal": text_of(error)}
        told["media"] = taking.media_unchanged(held)
        return _page(request, held, told, status=422)
    messages.success(request, _("已发布，人人可见。"))
    return redirect("newsroom:article-edit", season, written)


@require_POST
@login_required
def take_down(request: HttpRequest, season: str, article: int) -> HttpResponse:
    held = selectors.get_article_of_desk(actor_of(request), season, article)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, held, {"reason": form}, status=422)
    reason = form.cleaned_data["reason"]
    services.take_down_article(
        actor=actor_of(request), article=held, reason=reason, at=timezone.now()
    )
    messages.success(request, _("已撤下，公开页面不再显示。"))
    return redirect("newsroom:article-edit", season, article)


@require_POST
@login_required
def withdraw(request: HttpRequest, season: str, article: int) -> HttpResponse:
    held = selectors.get_article_of_desk(actor_of(request), season, article)
    services.withdraw_article_consent(actor=actor_of(request), article=held, at=timezone.now())
    messages.success(request, _("已登记撤回；有关图片和视频已删去，已经发布的随即撤下。"))
    return redirect("newsroom:article-edit", season, article)


@require_POST
@login_required
def pin(request: HttpRequest, season: str, article: int) -> HttpResponse:
    held = selectors.get_article_of_desk(actor_of(request), season, article)
    services.pin_article(actor=actor_of(request), article=held, pinned="pin" in request.POST)
    return redirect("newsroom:article-edit", season, article)


@require_POST
@login_required
def drop(request: HttpRequest, season: str, written: int) -> HttpResponse:
    held = selectors.get_article_of_desk(actor_of(request), season, written)
    services.drop_article(actor=actor_of(request), article=held)
    messages.success(request, _("草稿已删去。"))
    return redirect("newsroom:articles", season)


def _page(
    request: HttpRequest, article: Article, told: dict[str, object], *, status: int
) -> HttpResponse:
    context = {
        "season": article.season,
        "article": article,
        "read": selectors.read(article),
        "reason": ReasonForm(),
        "may_withdraw": selectors.has_own_consent(article),
        **told,
    }
    return render(request, "newsroom/article_edit.html", context, status=status)
